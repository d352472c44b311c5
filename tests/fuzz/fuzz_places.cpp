#include "base/error.hpp"
#include "gazetteer/check.hpp"
#include "gazetteer/gazetteer.hpp"
#include "support.hpp"
#include "text/tokens.hpp"

namespace {

using namespace kharita;

/// One folder for all inputs: making and removing one takes longer than reading it.
class TableFolder {
public:
    TableFolder() { std::filesystem::create_directories(m_path / "places"); }
    TableFolder(TableFolder const&) = delete;
    TableFolder& operator=(TableFolder const&) = delete;
    TableFolder(TableFolder&&) = delete;
    TableFolder& operator=(TableFolder&&) = delete;
    ~TableFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }

    std::filesystem::path const& path() const noexcept { return m_path; }

private:
    std::filesystem::path m_path =
        std::filesystem::temp_directory_path() / ("kharita_fuzz." + std::to_string(::getpid()));
};

} // namespace

// A table of places: a gazetteer, or an InputError. What the check finds nothing wrong with can be loaded.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static TableFolder const tables;
    std::filesystem::path const& folder = tables.path();
    std::ofstream{folder / "places" / "some.tsv", std::ios::binary | std::ios::trunc}
        << fuzz::as_text(data, size);
    bool sound = false;
    try {
        sound = gazetteer::check(folder).problems.empty();
    } catch (InputError const&) { // the documented answer
    }
    try {
        auto const loaded = gazetteer::Gazetteer::load(folder / "places");
        std::string all;
        for (gazetteer::PlaceIndex i = 0; i < loaded.size(); ++i) {
            Place const& place = loaded.place(i);
            fuzz::require(loaded.find(place.id) == i, "a place is found by its id");
            fuzz::require(is_valid(place.at), "coordinates are those of the earth");
            for (std::string const& name : loaded.names(i)) {
                all += name + "\n";
            }
        }
        loaded.match(text::TokenizedText{all});
    } catch (InputError const&) { // the documented answer
        fuzz::require(!sound, "what is sound can be loaded");
    }
    return 0;
}
