#include "tile/ring_tracer.hpp"

#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <limits>
#include <optional>
#include <utility>

#include "tile/mvt_decoder.hpp"

namespace kharita::tile {

namespace {

using TileRing = std::vector<TilePoint>;

struct Edge {
    TilePoint from;
    TilePoint to;

    friend constexpr auto operator<=>(Edge const&, Edge const&) = default;
};

struct Direction {
    std::int64_t x = 0;
    std::int64_t y = 0;
};

Direction operator-(TilePoint to, TilePoint from) noexcept {
    return {std::int64_t{to.x} - from.x, std::int64_t{to.y} - from.y};
}

std::int64_t cross(Direction a, Direction b) noexcept {
    return a.x * b.y - a.y * b.x;
}

std::int64_t dot(Direction a, Direction b) noexcept {
    return a.x * b.x + a.y * b.y;
}

/// Quarters of the turn from one direction to another, against the sense of positive area: 0 below half a
/// turn, 1 half a turn, 2 beyond it, 3 a whole turn.
int part_of_turn(Direction from, Direction to) noexcept {
    std::int64_t const side = cross(from, to);
    if (side != 0) {
        return side < 0 ? 0 : 2;
    }
    return dot(from, to) < 0 ? 1 : 3;
}

/// Whether `a` comes before `b` when turning from `from` against the sense of positive area.
bool turns_less(Direction from, Direction a, Direction b) noexcept {
    int const part_a = part_of_turn(from, a);
    int const part_b = part_of_turn(from, b);
    return part_a != part_b ? part_a < part_b : cross(a, b) < 0;
}

/// An edge and how many times more it is walked in its direction than against it.
struct CountedEdge {
    Edge edge;
    int count = 0;
};

/// The edges that remain of rings when those walked in both directions have fallen away.
std::vector<CountedEdge> remaining_edges(CutRings const& snapped, std::size_t begin, std::size_t end) {
    std::vector<CountedEdge> walks; // each from its lesser end
    for (std::size_t r = begin; r < end; ++r) {
        CutRings::Ring const& ring = snapped.rings[r];
        for (std::size_t i = ring.begin; i < ring.end; ++i) {
            SubPoint const a = snapped.points[i];
            SubPoint const b = snapped.points[i + 1 == ring.end ? ring.begin : i + 1];
            TilePoint const from{a.x, a.y};
            TilePoint const to{b.x, b.y};
            if (from < to) {
                walks.push_back({{from, to}, 1});
            } else if (to < from) {
                walks.push_back({{to, from}, -1});
            }
        }
    }
    std::sort(walks.begin(), walks.end(),
              [](CountedEdge const& a, CountedEdge const& b) { return a.edge < b.edge; });
    std::vector<CountedEdge> edges;
    for (std::size_t i = 0, k = 0; i < walks.size(); i = k) {
        Edge const& edge = walks[i].edge;
        int sum = 0;
        for (k = i; k < walks.size() && walks[k].edge == edge; ++k) {
            sum += walks[k].count;
        }
        if (sum > 0) {
            edges.push_back({edge, sum});
        } else if (sum < 0) {
            edges.push_back({{edge.to, edge.from}, -sum});
        }
    }
    return edges;
}

/// How often the edges wind round the points beside the middle of one of them, on the side of rising x (of
/// rising y, if that edge is level).
int winding_beside(Edge const& edge, std::vector<CountedEdge> const& edges) {
    bool const level = edge.from.y == edge.to.y;
    std::int64_t const x = std::int64_t{edge.from.x} + edge.to.x; // twice the middle
    std::int64_t const y = std::int64_t{edge.from.y} + edge.to.y;
    int winding = 0;
    for (CountedEdge const& other : edges) {
        Direction a{2 * std::int64_t{other.edge.from.x} - x, 2 * std::int64_t{other.edge.from.y} - y};
        Direction b{2 * std::int64_t{other.edge.to.x} - x, 2 * std::int64_t{other.edge.to.y} - y};
        if (level) { // a quarter turn brings the ray towards rising y onto the one towards rising x
            a = {a.y, -a.x};
            b = {b.y, -b.x};
        }
        if (other.edge == edge || (a.y > 0) == (b.y > 0)) {
            continue;
        }
        bool const rises = b.y > a.y;
        if ((cross(a, b) > 0) == rises) {
            winding += rises ? other.count : -other.count;
        }
    }
    return winding;
}

/// The outline of what edges wind round at least once. What simplification has turned inside out winds -1 or
/// 2 times; this is for those few, since it compares every edge with every other.
std::vector<Edge> outline(std::vector<CountedEdge> const& edges) {
    std::vector<Edge> result;
    for (CountedEdge const& each : edges) {
        bool const level = each.edge.from.y == each.edge.to.y;
        // Crossing an edge that rises (or, if level, falls back) towards lesser x (y) adds one turn.
        bool const adds = level ? each.edge.to.x < each.edge.from.x : each.edge.to.y > each.edge.from.y;
        int const beyond = winding_beside(each.edge, edges);
        int const before = beyond + (adds ? each.count : -each.count);
        if ((beyond > 0) == (before > 0)) {
            continue;
        }
        // The inside must lie where more turns are.
        bool const keeps_direction = (before > beyond) == adds;
        result.push_back(keeps_direction ? each.edge : Edge{each.edge.to, each.edge.from});
    }
    return result;
}

/// Walks edges into simple rings, always taking the way that keeps the area's inside narrowest, so that parts
/// which only touch at a vertex become rings of their own.
class Walker {
public:
    explicit Walker(std::vector<Edge> edges) : m_edges{std::move(edges)} {
        std::sort(m_edges.begin(), m_edges.end());
        m_used.assign(m_edges.size(), false);
        m_place.assign(m_edges.size(), not_on_path);
    }

    std::vector<TileRing> run() {
        for (std::size_t i = 0; i < m_edges.size(); ++i) {
            if (!m_used[i]) {
                walk_from(i);
            }
        }
        return std::move(m_rings);
    }

private:
    /// A vertex is known by the first edge that leaves it.
    std::size_t vertex(TilePoint at) const {
        auto const first =
            std::lower_bound(m_edges.begin(), m_edges.end(), at,
                             [](Edge const& each, TilePoint wanted) { return each.from < wanted; });
        return static_cast<std::size_t>(first - m_edges.begin());
    }

    void walk_from(std::size_t start) {
        std::size_t const home = vertex(m_edges[start].from);
        step_to(home);
        std::optional<std::size_t> edge = start;
        while (edge) {
            m_used[*edge] = true;
            std::size_t const at = vertex(m_edges[*edge].to);
            assert(at < m_edges.size());
            if (m_place[at] != not_on_path) {
                cut_off(m_place[at]);
            } else {
                step_to(at);
            }
            edge = at == home ? std::nullopt : next(*edge, at);
        }
        for (std::size_t const each : m_path) {
            m_place[each] = not_on_path;
        }
        m_path.clear();
    }

    void step_to(std::size_t vertex) {
        m_place[vertex] = m_path.size();
        m_path.push_back(vertex);
    }

    /// The path has come back to its vertex `place`: what lies after it is a ring.
    void cut_off(std::size_t place) {
        TileRing ring;
        for (std::size_t i = place; i < m_path.size(); ++i) {
            ring.push_back(m_edges[m_path[i]].from);
            if (i > place) {
                m_place[m_path[i]] = not_on_path;
            }
        }
        m_path.resize(place + 1);
        TileRing corners = without_straight_corners(ring);
        if (corners.size() >= 3) {
            m_rings.push_back(std::move(corners));
        }
    }

    std::optional<std::size_t> next(std::size_t edge, std::size_t vertex) const {
        TilePoint const at = m_edges[edge].to;
        Direction const back = m_edges[edge].from - at;
        std::optional<std::size_t> best;
        for (std::size_t each = vertex; each < m_edges.size() && m_edges[each].from == at; ++each) {
            if (!m_used[each] && (!best || turns_less(back, m_edges[each].to - at, m_edges[*best].to - at))) {
                best = each;
            }
        }
        return best;
    }

    static constexpr std::size_t not_on_path = std::numeric_limits<std::size_t>::max();

    std::vector<Edge> m_edges;
    std::vector<bool> m_used;
    std::vector<std::size_t> m_path;  ///< vertices
    std::vector<std::size_t> m_place; ///< by vertex: where it stands in the path
    std::vector<TileRing> m_rings;
};

struct Box {
    TilePoint least;
    TilePoint most;
};

Box box_of(TileRing const& ring) {
    Box box{ring.front(), ring.front()};
    for (TilePoint const at : ring) {
        box.least = {std::min(box.least.x, at.x), std::min(box.least.y, at.y)};
        box.most = {std::max(box.most.x, at.x), std::max(box.most.y, at.y)};
    }
    return box;
}

/// Whether the middle of a ring's first edge lies inside another: rings share no edges, so it is on neither.
bool lies_in(TileRing const& inner, TileRing const& outer) {
    std::int64_t const x = std::int64_t{inner[0].x} + inner[1].x; // twice the middle
    std::int64_t const y = std::int64_t{inner[0].y} + inner[1].y;
    bool inside = false;
    for (std::size_t i = 0, last = outer.size() - 1; i < outer.size(); last = i++) {
        Direction const a{2 * std::int64_t{outer[last].x} - x, 2 * std::int64_t{outer[last].y} - y};
        Direction const b{2 * std::int64_t{outer[i].x} - x, 2 * std::int64_t{outer[i].y} - y};
        if ((a.y > 0) != (b.y > 0) && (cross(a, b) > 0) == (b.y > a.y)) {
            inside = !inside;
        }
    }
    return inside;
}

/// Puts each hole behind its exterior. Nothing when a ring's sense does not fit where it lies: an exterior
/// within an exterior, a hole in nothing.
std::optional<std::vector<TileRing>> nested(std::vector<TileRing> rings) {
    struct Placed {
        std::size_t ring = 0;
        std::int64_t area = 0;
        Box box;
        std::vector<std::size_t> holes;
    };
    std::vector<Placed> order;
    for (std::size_t i = 0; i < rings.size(); ++i) {
        order.push_back({i, twice_area(rings[i]), box_of(rings[i]), {}});
    }
    std::sort(order.begin(), order.end(), [&](Placed const& a, Placed const& b) {
        std::int64_t const size_a = std::abs(a.area);
        std::int64_t const size_b = std::abs(b.area);
        return size_a != size_b ? size_a > size_b : rings[a.ring] < rings[b.ring];
    });
    std::vector<Placed> kept;
    for (Placed& each : order) {
        auto const holds = [&](Placed const& other) {
            return other.box.least.x <= each.box.least.x && other.box.least.y <= each.box.least.y &&
                   other.box.most.x >= each.box.most.x && other.box.most.y >= each.box.most.y &&
                   lies_in(rings[each.ring], rings[other.ring]);
        };
        auto const around = std::find_if(kept.rbegin(), kept.rend(), holds); // the smallest comes first
        bool const in_exterior = around != kept.rend() && around->area > 0;
        if ((each.area > 0) == in_exterior) {
            return std::nullopt;
        }
        if (each.area < 0) {
            around->holes.push_back(each.ring);
        }
        kept.push_back(std::move(each));
    }
    std::vector<TileRing> result;
    for (Placed const& each : kept) {
        if (each.area > 0) {
            result.push_back(std::move(rings[each.ring]));
            for (std::size_t const hole : each.holes) {
                result.push_back(std::move(rings[hole]));
            }
        }
    }
    return result;
}

} // namespace

std::vector<TilePoint> without_straight_corners(std::vector<TilePoint> const& ring) {
    TileRing result;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        TilePoint const before = result.empty() ? ring.back() : result.back();
        TilePoint const after = ring[i + 1 == ring.size() ? 0 : i + 1];
        if (cross(ring[i] - before, after - ring[i]) != 0) {
            result.push_back(ring[i]);
        }
    }
    // The first corner was judged by the last vertex given, which may itself have been removed.
    while (result.size() >= 3 && cross(result.front() - result.back(), result[1] - result.front()) == 0) {
        result.erase(result.begin());
    }
    return result;
}

std::vector<TileRing> trace_rings(CutRings const& snapped, std::size_t begin, std::size_t end) {
    std::vector<CountedEdge> const counted = remaining_edges(snapped, begin, end);
    bool const once =
        std::all_of(counted.begin(), counted.end(), [](CountedEdge const& each) { return each.count == 1; });
    if (once) {
        std::vector<Edge> edges;
        edges.reserve(counted.size());
        for (CountedEdge const& each : counted) {
            edges.push_back(each.edge);
        }
        if (auto rings = nested(Walker{std::move(edges)}.run())) {
            return std::move(*rings);
        }
    }
    return nested(Walker{outline(counted)}.run()).value_or(std::vector<TileRing>{});
}

} // namespace kharita::tile
