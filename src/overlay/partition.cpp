#include "overlay/partition.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "geo/buffer.hpp"
#include "geo/geometry.hpp"

namespace kharita::overlay {

namespace {

void add_rings(std::vector<LineString>& lines, Polygon const& polygon) {
    lines.push_back({polygon.outer});
    for (Ring const& hole : polygon.holes) {
        lines.push_back({hole});
    }
}

/// The ground that some site reaches.
MultiPolygon reached(geo::Geos& geos, std::span<LonLat const> sites, MultiPolygon const& ground,
                     Metres reach) {
    std::vector<Geometry> discs;
    discs.reserve(sites.size());
    std::transform(sites.begin(), sites.end(), std::back_inserter(discs),
                   [&](LonLat site) { return geo::disc(site, reach); });
    return geo::polygons_of(geos.intersection(geos.union_all(discs), ground));
}

} // namespace

std::vector<Face> partition(geo::Geos& geos, std::span<LonLat const> sites, MultiPolygon const& ground,
                            Metres reach) {
    if (sites.empty() || ground.polygons.empty()) {
        return {};
    }
    std::vector<Polygon> const cells = geos.voronoi(sites, Metres{2 * reach.value});
    MultiPolygon const known = reached(geos, sites, ground, reach);
    // All edges are noded together and the faces read off them, so that no edge is computed twice: two
    // neighbours cannot disagree about it.
    MultiLineString edges;
    std::vector<Extent> boxes;
    for (Polygon const& cell : cells) {
        boxes.push_back(extent(cell));
        if (!cell.outer.empty()) {
            add_rings(edges.lines, cell);
        }
    }
    for (Polygon const& part : known.polygons) {
        add_rings(edges.lines, part);
    }
    std::vector<Geometry> const linework{std::move(edges)};
    std::vector<Face> faces;
    for (Polygon& area : geos.polygonize(geo::lines_of(geos.union_all(linework)))) {
        LonLat const inside = geos.point_inside(area);
        if (!geo::contains(known, inside)) {
            continue;
        }
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (boxes[i].contains(inside) && geo::contains(cells[i], inside)) {
                faces.push_back({std::move(area), i});
                break;
            }
        }
    }
    std::stable_sort(faces.begin(), faces.end(),
                     [](Face const& a, Face const& b) { return a.site < b.site; });
    return faces;
}

} // namespace kharita::overlay
