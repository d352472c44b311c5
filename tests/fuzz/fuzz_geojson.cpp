#include "base/error.hpp"
#include "geo/geojson.hpp"
#include "support.hpp"

// A geometry that reads is written and reads again as the same; all else is an InputError.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    try {
        auto const geometry = kharita::geo::parse_geojson_geometry(kharita::fuzz::as_text(data, size));
        std::string const written = kharita::geo::to_geojson(geometry);
        kharita::fuzz::require(kharita::geo::to_geojson(kharita::geo::parse_geojson_geometry(written)) ==
                                   written,
                               "what was written reads as the same");
    } catch (kharita::InputError const&) { // the documented answer
    }
    return 0;
}
