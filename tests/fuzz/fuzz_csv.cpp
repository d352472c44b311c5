#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/csv.hpp"
#include "base/error.hpp"

// Comma-separated values: records whose fields, written again, read the same, or an InputError.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    try {
        kharita::CsvReader reader{{reinterpret_cast<char const*>(data), size}};
        while (auto const fields = reader.next()) {
            for (std::string const& field : *fields) {
                std::string line;
                kharita::append_csv_field(line, field);
                line += ",end";
                auto const again = kharita::CsvReader{line}.next();
                // A mark of byte order at the beginning of a text is passed over.
                if (!field.starts_with("\xEF\xBB\xBF") && (!again || again->front() != field)) {
                    std::abort();
                }
            }
        }
    } catch (kharita::InputError const&) { // the documented answer
    }
    return 0;
}
