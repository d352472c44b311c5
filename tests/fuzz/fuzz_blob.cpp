#include "base/error.hpp"
#include "geo/spatialite_blob.hpp"
#include "support.hpp"

// A geometry of SpatiaLite: decodes, or is a GeometryError.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    try {
        auto const geometry = kharita::geo::decode_spatialite(kharita::fuzz::as_text(data, size));
        std::string const blob = kharita::geo::encode_spatialite(geometry);
        kharita::fuzz::require(kharita::geo::decode_spatialite(blob) == geometry,
                               "it encodes and decodes as the same");
    } catch (kharita::GeometryError const&) { // the documented answer
    }
    return 0;
}
