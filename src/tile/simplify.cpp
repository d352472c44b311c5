#include "tile/simplify.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <utility>

#include "tile/segment_grid.hpp"

namespace kharita::tile {

namespace {

/// A stretch of an arc that simplification made straight: the vertices between its ends are left out.
struct Stretch {
    std::uint32_t first = 0; ///< into Arcs::vertices
    std::uint32_t last = 0;

    bool is_simplified() const noexcept { return last - first > 1; }
};

/// Puts vertices back where stretches cross or pass others on the wrong side.
class Untangler {
public:
    Untangler(Arcs const& arcs, std::vector<bool>& kept) : m_arcs{arcs}, m_kept{kept} { scale(); }

    void run() {
        // Each round gives every faulty stretch one vertex back, so the rounds end; few are ever needed.
        do {
            collect();
        } while (!m_segments.empty() && repair());
    }

private:
    /// Coordinates that Segment can hold.
    void scale() {
        if (m_arcs.vertices.empty()) {
            return;
        }
        GridPoint least = m_arcs.vertices.front();
        GridPoint most = least;
        for (GridPoint const at : m_arcs.vertices) {
            least = {std::min(least.x, at.x), std::min(least.y, at.y)};
            most = {std::max(most.x, at.x), std::max(most.y, at.y)};
        }
        m_origin = least;
        auto const bits = static_cast<int>(std::bit_width(std::max(most.x - least.x, most.y - least.y)));
        m_shift = static_cast<unsigned>(std::max(bits - 29, 0));
    }

    SubPoint at(std::size_t vertex) const noexcept {
        GridPoint const point = m_arcs.vertices[vertex];
        return {static_cast<std::int32_t>((point.x - m_origin.x) >> m_shift),
                static_cast<std::int32_t>((point.y - m_origin.y) >> m_shift)};
    }

    void collect() {
        m_stretches.clear();
        m_segments.clear();
        auto const count = static_cast<std::size_t>(std::count(m_kept.begin(), m_kept.end(), true));
        m_stretches.reserve(count);
        m_segments.reserve(count);
        for (Arc const& arc : m_arcs.arcs) {
            auto first = static_cast<std::uint32_t>(arc.begin);
            for (std::uint32_t i = first + 1; i < arc.end; ++i) {
                if (m_kept[i]) {
                    m_stretches.push_back({first, i});
                    m_segments.push_back({std::min(at(first), at(i)), std::max(at(first), at(i))});
                    first = i;
                }
            }
        }
    }

    /// Answers whether anything was put back.
    bool repair() {
        SegmentGrid const grid{m_segments};
        std::vector<bool> faulty(m_stretches.size(), false);
        for (std::size_t cell = 0; cell < grid.cell_count(); ++cell) {
            find_crossings(grid.segments_in(cell), faulty);
        }
        for (std::size_t i = 0; i < m_stretches.size(); ++i) {
            if (m_stretches[i].is_simplified() && !faulty[i] && passes_a_vertex(m_stretches[i], grid)) {
                faulty[i] = true;
            }
        }
        bool any = false;
        for (std::size_t i = 0; i < m_stretches.size(); ++i) {
            if (faulty[i]) {
                put_back(m_stretches[i]);
                any = true;
            }
        }
        return any;
    }

    void find_crossings(std::span<std::uint32_t const> members, std::vector<bool>& faulty) const {
        for (std::size_t i = 0; i < members.size(); ++i) {
            for (std::size_t k = i + 1; k < members.size(); ++k) {
                std::uint32_t const a = members[i];
                std::uint32_t const b = members[k];
                bool const a_simplified = m_stretches[a].is_simplified();
                bool const b_simplified = m_stretches[b].is_simplified();
                if ((a_simplified || b_simplified) && boxes_meet(m_segments[a], m_segments[b]) &&
                    crossing(m_segments[a], m_segments[b])) {
                    faulty[a] = faulty[a] || a_simplified;
                    faulty[b] = faulty[b] || b_simplified;
                }
            }
        }
    }

    /// Whether a vertex that remains lies between a stretch and the straight line that stands for it.
    bool passes_a_vertex(Stretch const& stretch, SegmentGrid const& grid) const {
        SubPoint least = at(stretch.first);
        SubPoint most = least;
        for (std::size_t i = stretch.first + 1; i <= stretch.last; ++i) {
            SubPoint const each = at(i);
            least = {std::min(least.x, each.x), std::min(least.y, each.y)};
            most = {std::max(most.x, each.x), std::max(most.y, each.y)};
        }
        SubPoint const first = at(stretch.first);
        SubPoint const last = at(stretch.last);
        auto const lies_between = [&](SubPoint vertex) {
            return vertex.x > least.x && vertex.x < most.x && vertex.y > least.y && vertex.y < most.y &&
                   vertex != first && vertex != last && encloses(stretch, vertex);
        };
        bool found = false;
        grid.for_each_cell(least, most, [&](std::size_t cell) {
            for (std::uint32_t const each : grid.segments_in(cell)) {
                found = found || lies_between(m_segments[each].low) || lies_between(m_segments[each].high);
            }
        });
        return found;
    }

    /// Whether a position lies within the ring that a stretch and its straight line make. Vertices of the
    /// stretch itself are on the ring; its own kept ends are no question, and it has no others.
    bool encloses(Stretch const& stretch, SubPoint vertex) const {
        bool inside = false;
        SubPoint before = at(stretch.last);
        for (std::size_t i = stretch.first; i <= stretch.last; ++i) {
            SubPoint const here = at(i);
            if (here == vertex) {
                return false;
            }
            if ((before.y > vertex.y) != (here.y > vertex.y) &&
                (turn(vertex, before, here) > 0) == (here.y > before.y)) {
                inside = !inside;
            }
            before = here;
        }
        return inside;
    }

    /// The vertex that Douglas–Peucker would take next.
    void put_back(Stretch const& stretch) {
        auto const first = m_arcs.keep_below.begin() + static_cast<std::ptrdiff_t>(stretch.first);
        auto const last = m_arcs.keep_below.begin() + static_cast<std::ptrdiff_t>(stretch.last);
        auto const next = std::max_element(first + 1, last);
        m_kept[static_cast<std::size_t>(next - m_arcs.keep_below.begin())] = true;
    }

    Arcs const& m_arcs;
    std::vector<bool>& m_kept;
    GridPoint m_origin;
    unsigned m_shift = 0;
    std::vector<Stretch> m_stretches;
    std::vector<Segment> m_segments; ///< by stretch
};

} // namespace

std::vector<bool> kept_vertices(Arcs const& arcs, double tolerance, Crossings crossings) {
    std::vector<bool> kept(arcs.vertices.size());
    for (std::size_t i = 0; i < kept.size(); ++i) {
        kept[i] = static_cast<double>(arcs.keep_below[i]) > tolerance;
    }
    if (crossings == Crossings::prevented) {
        Untangler{arcs, kept}.run();
    }
    return kept;
}

} // namespace kharita::tile
