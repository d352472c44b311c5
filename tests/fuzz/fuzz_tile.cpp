#include "support.hpp"
#include "tile/mvt_decoder.hpp"

// A vector tile: decodes and can be checked, or is a FormatError.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    try {
        auto const tile = kharita::tile::decode_tile(kharita::fuzz::as_text(data, size));
        if (size < 4096) { // checking compares rings with one another
            kharita::tile::check_tile(tile, 2048);
        }
    } catch (kharita::tile::FormatError const&) { // the documented answer
    }
    return 0;
}
