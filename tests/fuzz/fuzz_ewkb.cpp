#include "base/error.hpp"
#include "geo/ewkb.hpp"
#include "support.hpp"

// A geometry of PostGIS: decodes, or is a GeometryError.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    try {
        auto const geometry = kharita::geo::decode_hex_ewkb(kharita::fuzz::as_text(data, size));
        std::string const text = kharita::geo::encode_hex_ewkb(geometry);
        kharita::fuzz::require(kharita::geo::decode_hex_ewkb(text) == geometry,
                               "it encodes and decodes as the same");
    } catch (kharita::GeometryError const&) { // the documented answer
    }
    return 0;
}
