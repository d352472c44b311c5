#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string_view>

#include <unistd.h>

#include "base/error.hpp"
#include "base/tsv.hpp"

// A vocabulary table: rows, or an InputError.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static std::filesystem::path const file =
        std::filesystem::temp_directory_path() / ("kharita_fuzz_tsv." + std::to_string(::getpid()));
    std::ofstream{file, std::ios::binary}.write(reinterpret_cast<char const*>(data),
                                                static_cast<std::streamsize>(size));
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
