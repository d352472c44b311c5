#include "base/error.hpp"
#include "support.hpp"
#include "tile/tileset_config.hpp"

// A tileset's configuration: read, or an InputError that names file and line.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    try {
        kharita::tile::parse_tileset_config(kharita::fuzz::as_text(data, size), "t.json");
    } catch (kharita::InputError const& error) {
        kharita::fuzz::require(std::string_view{error.what()}.starts_with("t.json:"),
                               "the message names the file");
    }
    return 0;
}
