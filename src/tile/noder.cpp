#include "tile/noder.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "tile/segment_grid.hpp"

namespace kharita::tile {

namespace {

/// A vertex that a segment gets on its way.
struct Stop {
    std::uint32_t segment = 0;
    std::int64_t along = 0; ///< how far from its lesser end, in some unit
    SubPoint at;            ///< whole units

    friend constexpr auto operator<=>(Stop const&, Stop const&) = default;
};

/// The stops of all segments, for coordinates in parts of a unit. A segment stops at every vertex (its own or
/// another's), and every crossing, through whose unit square it runs.
class StopFinder {
public:
    StopFinder(std::span<Segment const> segments, std::int32_t parts)
        : m_segments{segments},
          m_parts{parts},
          m_grid{segments} {}

    std::vector<Stop> run() {
        collect_vertices();
        collect_crossings();
        std::sort(m_vertices.begin(), m_vertices.end());
        m_vertices.erase(std::unique(m_vertices.begin(), m_vertices.end()), m_vertices.end());
        for (SubPoint const vertex : m_vertices) {
            find_stops_at(vertex);
        }
        std::sort(m_stops.begin(), m_stops.end());
        m_stops.erase(std::unique(m_stops.begin(), m_stops.end()), m_stops.end());
        return std::move(m_stops);
    }

    /// To whole units: the square round a unit reaches from its lower half, included, to its upper, excluded.
    SubPoint rounded(SubPoint at) const noexcept {
        return {floor_div(at.x + m_parts / 2), floor_div(at.y + m_parts / 2)};
    }

private:
    std::int32_t floor_div(std::int32_t value) const noexcept {
        return value >= 0 ? value / m_parts : -((-value + m_parts - 1) / m_parts);
    }

    void collect_vertices() {
        for (Segment const& segment : m_segments) {
            m_vertices.push_back(rounded(segment.low));
            m_vertices.push_back(rounded(segment.high));
        }
    }

    void collect_crossings() {
        for (std::size_t cell = 0; cell < m_grid.cell_count(); ++cell) {
            auto const members = m_grid.segments_in(cell);
            for (std::size_t i = 0; i < members.size(); ++i) {
                Segment const& a = m_segments[members[i]];
                for (std::size_t k = i + 1; k < members.size(); ++k) {
                    Segment const& b = m_segments[members[k]];
                    if (!boxes_meet(a, b)) {
                        continue;
                    }
                    if (auto const found = crossing(a, b)) {
                        SubPoint const vertex{
                            static_cast<std::int32_t>(std::floor(found->x / m_parts + 0.5)),
                            static_cast<std::int32_t>(std::floor(found->y / m_parts + 0.5))};
                        m_vertices.push_back(vertex);
                        // The unit square may be missed by whole units, which have none; both must stop all
                        // the same.
                        add_stop(members[i], vertex);
                        add_stop(members[k], vertex);
                    }
                }
            }
        }
    }

    void add_stop(std::uint32_t index, SubPoint vertex) {
        Segment const& segment = m_segments[index];
        if (rounded(segment.low) == vertex || rounded(segment.high) == vertex) {
            return;
        }
        std::int64_t const along =
            (std::int64_t{vertex.x} * m_parts - segment.low.x) * (segment.high.x - segment.low.x) +
            (std::int64_t{vertex.y} * m_parts - segment.low.y) * (segment.high.y - segment.low.y);
        m_stops.push_back({index, along, vertex});
    }

    /// Whether a segment runs through the unit square round a vertex. In halves of parts, so that the
    /// square's open upper side lies between two positions.
    bool runs_through(Segment const& segment, SubPoint vertex) const noexcept {
        std::int32_t const lower = m_parts == 1 ? 0 : m_parts;
        std::int32_t const upper = m_parts == 1 ? 0 : m_parts - 1;
        SubPoint const a{2 * segment.low.x, 2 * segment.low.y};
        SubPoint const b{2 * segment.high.x, 2 * segment.high.y};
        SubPoint const middle{2 * m_parts * vertex.x, 2 * m_parts * vertex.y};
        std::int32_t const left = middle.x - lower;
        std::int32_t const right = middle.x + upper;
        std::int32_t const top = middle.y - lower;
        std::int32_t const bottom = middle.y + upper;
        if (b.x < left || a.x > right || std::max(a.y, b.y) < top || std::min(a.y, b.y) > bottom) {
            return false;
        }
        std::array<std::int64_t, 4> const corners{turn(a, b, {left, top}), turn(a, b, {right, top}),
                                                  turn(a, b, {left, bottom}), turn(a, b, {right, bottom})};
        auto const [least, most] = std::minmax_element(std::begin(corners), std::end(corners));
        return *least <= 0 && *most >= 0;
    }

    void find_stops_at(SubPoint vertex) {
        SubPoint const from{vertex.x * m_parts - m_parts, vertex.y * m_parts - m_parts};
        SubPoint const to{vertex.x * m_parts + m_parts, vertex.y * m_parts + m_parts};
        m_grid.for_each_cell(from, to, [&](std::size_t cell) {
            for (std::uint32_t const index : m_grid.segments_in(cell)) {
                if (runs_through(m_segments[index], vertex)) {
                    add_stop(index, vertex);
                }
            }
        });
    }

    std::span<Segment const> m_segments;
    std::int32_t m_parts;
    SegmentGrid m_grid;
    std::vector<SubPoint> m_vertices; ///< whole units
    std::vector<Stop> m_stops;
};

/// The distinct segments of all rings, sorted.
std::vector<Segment> distinct_segments(CutRings const& rings) {
    std::vector<Segment> segments;
    segments.reserve(rings.points.size());
    for (CutRings::Ring const& ring : rings.rings) {
        for (std::size_t i = ring.begin; i < ring.end; ++i) {
            SubPoint const from = rings.points[i];
            SubPoint const to = rings.points[i + 1 == ring.end ? ring.begin : i + 1];
            if (from != to) {
                segments.push_back({std::min(from, to), std::max(from, to)});
            }
        }
    }
    std::sort(segments.begin(), segments.end());
    segments.erase(std::unique(segments.begin(), segments.end()), segments.end());
    return segments;
}

/// Rings with their vertices rounded and their segments' stops put in. Answers whether there were stops.
bool put_stops_in(CutRings& rings, std::int32_t parts) {
    std::vector<Segment> const segments = distinct_segments(rings);
    if (segments.empty()) {
        return false;
    }
    StopFinder finder{segments, parts};
    std::vector<Stop> const stops = finder.run();
    if (stops.empty() && parts == 1) {
        return false;
    }
    CutRings result;
    result.points.reserve(rings.points.size() + stops.size());
    auto const stops_of = [&](Segment const& segment) {
        if (stops.empty()) {
            return std::span<Stop const>{};
        }
        auto const index = static_cast<std::uint32_t>(
            std::lower_bound(segments.begin(), segments.end(), segment) - segments.begin());
        auto const by_segment = [](Stop const& stop, std::uint32_t wanted) { return stop.segment < wanted; };
        auto const first = std::lower_bound(stops.begin(), stops.end(), index, by_segment);
        auto const last = std::lower_bound(first, stops.end(), index + 1, by_segment);
        return std::span<Stop const>{first, last};
    };
    for (CutRings::Ring const& ring : rings.rings) {
        std::size_t const begin = result.points.size();
        auto const put = [&](SubPoint at) {
            if (result.points.size() == begin || result.points.back() != at) {
                result.points.push_back(at);
            }
        };
        for (std::size_t i = ring.begin; i < ring.end; ++i) {
            SubPoint const from = rings.points[i];
            SubPoint const to = rings.points[i + 1 == ring.end ? ring.begin : i + 1];
            put(finder.rounded(from));
            if (from == to) {
                continue;
            }
            auto const between = stops_of({std::min(from, to), std::max(from, to)});
            if (from < to) {
                std::for_each(between.begin(), between.end(), [&](Stop const& stop) { put(stop.at); });
            } else {
                std::for_each(between.rbegin(), between.rend(), [&](Stop const& stop) { put(stop.at); });
            }
        }
        while (result.points.size() > begin + 1 && result.points.back() == result.points[begin]) {
            result.points.pop_back();
        }
        result.rings.push_back({ring.owner, begin, result.points.size()});
    }
    rings = std::move(result);
    return !stops.empty();
}

} // namespace

void node_rings(CutRings& rings) {
    // A segment may have moved onto a vertex. Each round only adds vertices, and there are finitely many
    // units.
    while (put_stops_in(rings, 1)) {
    }
}

CutRings snap_rings(CutRings const& cut) {
    CutRings rings = cut;
    put_stops_in(rings, subs_per_unit);
    node_rings(rings);
    return rings;
}

} // namespace kharita::tile
