#include "tile/planar.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "tile/noder.hpp"
#include "tile/ring_tracer.hpp"

namespace kharita::tile {

void CutRings::add(std::uint32_t owner, std::span<SubPoint const> ring) {
    std::size_t const begin = points.size();
    points.insert(points.end(), ring.begin(), ring.end());
    rings.push_back({owner, begin, points.size()});
}

void CutRings::clear() noexcept {
    points.clear();
    rings.clear();
}

std::vector<TilePolygons> snap_polygons(CutRings const& cut) {
    CutRings const snapped = snap_rings(cut);
    std::vector<TilePolygons> polygons;
    for (std::size_t begin = 0, end = 0; begin < snapped.rings.size(); begin = end) {
        std::uint32_t const owner = snapped.rings[begin].owner;
        while (end < snapped.rings.size() && snapped.rings[end].owner == owner) {
            ++end;
        }
        TilePolygons traced{owner, trace_rings(snapped, begin, end)};
        if (!traced.rings.empty()) {
            polygons.push_back(std::move(traced));
        }
    }
    return polygons;
}

} // namespace kharita::tile
