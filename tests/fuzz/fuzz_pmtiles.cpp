#include "support.hpp"
#include "tile/mvt_decoder.hpp"
#include "tile/pmtiles.hpp"

// A PMTiles directory, and a whole archive: read, or answered by FormatError.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace kharita::tile;
    std::string_view const bytes = kharita::fuzz::as_text(data, size);
    try {
        auto const entries = decode_directory(bytes);
        kharita::fuzz::require(decode_directory(encode_directory(entries)) == entries,
                               "a directory encodes and decodes as the same");
    } catch (FormatError const&) { // the documented answer
    }
    if (bytes.starts_with("PMTiles")) {
        try {
            auto const reader = open_pmtiles(kharita::fuzz::as_file(data, size, "a.pmtiles"));
            reader->metadata();
            std::size_t tiles = 0;
            // Runs may claim more tiles than anyone would read.
            reader->for_each([&](TileId tile, std::string_view) {
                if (++tiles > 1000) {
                    throw FormatError{"enough"};
                }
                kharita::fuzz::require(reader->find(tile).has_value(), "a listed tile is found");
            });
        } catch (FormatError const&) { // the documented answer
        }
    }
    return 0;
}
