#include "base/error.hpp"
#include "base/tsv.hpp"
#include "support.hpp"

// A vocabulary table: rows, or an InputError.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::filesystem::path const file = kharita::fuzz::as_file(data, size, "tsv");
    try {
        kharita::Tsv const table{file, {"id", "name", "lon"}};
        for (std::size_t row = 0; row < table.size(); ++row) {
            (void)table.list(row, 1);
            (void)table.number_or(row, 2, 0.0);
        }
    } catch (kharita::InputError const&) { // the documented answer
    }
    std::filesystem::remove(file);
    return 0;
}
