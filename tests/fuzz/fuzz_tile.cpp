#include "support.hpp"
#include "tile/mvt_decoder.hpp"
#include "tile/point_tile.hpp"

// A vector tile: decodes and can be checked, or is a FormatError; so are its features, as an update takes
// them over.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    try {
        auto const tile = kharita::tile::decode_tile(kharita::fuzz::as_text(data, size));
        if (size < 4096) { // checking compares rings with one another
            kharita::tile::check_tile(tile, 2048);
        }
    } catch (kharita::tile::FormatError const&) { // the documented answer
    }
    try {
        for (kharita::tile::RawLayer const& layer :
             kharita::tile::raw_layers(kharita::fuzz::as_text(data, size))) {
            for (kharita::tile::BareFeature const& feature : kharita::tile::bare_features(layer.bytes)) {
                kharita::fuzz::require(!feature.geometry.empty() && feature.geometry.size() < size,
                                       "a feature's geometry is a part of the tile");
            }
        }
    } catch (kharita::tile::FormatError const&) { // the documented answer
    }
    return 0;
}
