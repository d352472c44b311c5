#include "base/error.hpp"
#include "geo/geojson.hpp"
#include "support.hpp"

// A GeoJSON file: features, features set aside, or an InputError.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::filesystem::path const file = kharita::fuzz::as_file(data, size, "geojson");
    try {
        std::string written;
        kharita::geo::read_geojson(
            file, [&](kharita::Feature&& feature) { kharita::geo::append_geojson(written, feature); },
            [](kharita::Reject&& reject) {
                kharita::fuzz::require(!reject.reason.empty(), "a reject has its reason");
            });
    } catch (kharita::InputError const&) { // the documented answer
    }
    std::filesystem::remove(file);
    return 0;
}
