#include "base/error.hpp"
#include "gazetteer/import/geonames.hpp"
#include "support.hpp"

// A table of alternate names: names by place, lines set aside, or an InputError.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::filesystem::path const file = kharita::fuzz::as_file(data, size, "alternates.txt");
    try {
        kharita::gazetteer::AlternateNames const names{
            file, std::filesystem::temp_directory_path(), {"ar", "en"}, [](kharita::Reject&&) {}};
        for (std::uint32_t const id : {0U, 1U, 9'900'001U}) {
            for (auto const& name : names.find(id)) {
                kharita::fuzz::require(!name.text.empty(), "a name has letters");
            }
        }
    } catch (kharita::InputError const&) { // the documented answer
    }
    std::filesystem::remove(file);
    return 0;
}
