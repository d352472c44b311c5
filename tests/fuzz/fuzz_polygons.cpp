#include <vector>

#include "support.hpp"
#include "tile/mvt_decoder.hpp"
#include "tile/planar.hpp"

// Any rings give valid polygons. A byte is a coordinate in sixteenths of a unit, 255 ends a ring, 254 a ring
// and its owner.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace kharita::tile;
    CutRings cut;
    std::uint32_t owner = 0;
    std::vector<SubPoint> ring;
    for (std::size_t i = 0; i + 1 < size && i < 400; i += 2) {
        if (data[i] >= 254) {
            if (ring.size() >= 3) {
                cut.add(owner, ring);
            }
            owner += data[i] == 254 ? 1U : 0U;
            ring.clear();
        } else {
            ring.push_back({data[i], data[i + 1]});
        }
    }
    if (ring.size() >= 3) {
        cut.add(owner, ring);
    }
    for (TilePolygons const& polygons : snap_polygons(cut)) {
        DecodedFeature feature;
        feature.type = GeometryType::polygon;
        feature.parts = polygons.rings;
        kharita::fuzz::require(check_tile({{{"l", 2, 4096, {feature}}}}, 64).empty(), "polygons are valid");
    }
    return 0;
}
