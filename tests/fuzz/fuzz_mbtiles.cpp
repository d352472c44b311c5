#include "base/error.hpp"
#include "support.hpp"
#include "tile/mbtiles.hpp"
#include "tile/mvt_decoder.hpp"

// An MBTiles database: read, or answered by FormatError or, where SQLite cannot open it at all, by
// InputError.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace kharita::tile;
    try {
        auto const reader = open_mbtiles(kharita::fuzz::as_file(data, size, "a.mbtiles"));
        reader->metadata();
        std::size_t tiles = 0;
        reader->for_each([&](TileId tile, std::string_view) {
            if (++tiles > 1000) {
                throw FormatError{"enough"};
            }
            kharita::fuzz::require(reader->find(tile).has_value(), "a listed tile is found");
        });
    } catch (kharita::InputError const&) { // the documented answer
    }
    return 0;
}
