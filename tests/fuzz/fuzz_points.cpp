#include "support.hpp"
#include "tile/mvt_decoder.hpp"
#include "tile/point_tile.hpp"

// The layers of a tile, and their points as they are encoded: read, or answered by FormatError.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace kharita::tile;
    std::string_view const bytes = kharita::fuzz::as_text(data, size);
    try {
        std::string again;
        for (RawLayer const& layer : raw_layers(bytes)) {
            append_layer(layer.bytes, again);
            count_features(layer.bytes);
            try {
                PointTile const points = read_points(layer.bytes);
                kharita::fuzz::require(points.features.empty() ||
                                           points.features.back().tags_end == points.tags.size(),
                                       "tags belong to features");
            } catch (FormatError const&) { // the documented answer
            }
        }
        kharita::fuzz::require(raw_layers(again).size() == raw_layers(bytes).size(), "layers are kept");
    } catch (FormatError const&) { // the documented answer
    }
    return 0;
}
