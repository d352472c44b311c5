#include "tile/self_crossing.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "tile/segment_grid.hpp"

namespace kharita::tile {

namespace {

/// The segments of all rings, on the finest grid that Segment can hold.
class Segments {
public:
    explicit Segments(Geometry const& geometry) {
        Extent const box = extent(geometry);
        m_west = box.west;
        m_south = box.south;
        double const width = std::max(box.east - box.west, box.north - box.south);
        m_scale = width > 0 ? 0x1p28 / width : 0;
        if (auto const* polygon = std::get_if<Polygon>(&geometry)) {
            add(*polygon);
        } else if (auto const* polygons = std::get_if<MultiPolygon>(&geometry)) {
            for (Polygon const& each : polygons->polygons) {
                add(each);
            }
        }
    }

    std::span<Segment const> all() const noexcept { return m_segments; }

private:
    void add(Polygon const& polygon) {
        add(polygon.outer);
        for (Ring const& hole : polygon.holes) {
            add(hole);
        }
    }

    void add(Ring const& ring) {
        for (std::size_t i = 1; i < ring.size(); ++i) {
            SubPoint const from = at(ring[i - 1]);
            SubPoint const to = at(ring[i]);
            m_segments.push_back({std::min(from, to), std::max(from, to)});
        }
    }

    SubPoint at(LonLat position) const noexcept {
        return {static_cast<std::int32_t>(std::lround((position.lon - m_west) * m_scale)),
                static_cast<std::int32_t>(std::lround((position.lat - m_south) * m_scale))};
    }

    double m_west = 0;
    double m_south = 0;
    double m_scale = 0;
    std::vector<Segment> m_segments;
};

bool any_cross(std::span<std::uint32_t const> members, std::span<Segment const> segments) {
    for (std::size_t i = 0; i < members.size(); ++i) {
        for (std::size_t k = i + 1; k < members.size(); ++k) {
            Segment const& a = segments[members[i]];
            Segment const& b = segments[members[k]];
            if (boxes_meet(a, b) && crossing(a, b)) {
                return true;
            }
        }
    }
    return false;
}

} // namespace

bool rings_cross(Geometry const& geometry) {
    Segments const segments{geometry};
    if (segments.all().empty()) {
        return false;
    }
    SegmentGrid const grid{segments.all()};
    for (std::size_t cell = 0; cell < grid.cell_count(); ++cell) {
        if (any_cross(grid.segments_in(cell), segments.all())) {
            return true;
        }
    }
    return false;
}

} // namespace kharita::tile
