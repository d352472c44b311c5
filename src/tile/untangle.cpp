#include "tile/untangle.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "tile/segment_grid.hpp"

namespace kharita::tile {

namespace {

/// A stretch of an arc that simplification made straight: the vertices between its ends are left out.
struct Stretch {
    std::uint32_t arc = 0;
    std::uint32_t first = 0; ///< into the arc's vertices
    std::uint32_t last = 0;

    bool is_simplified() const noexcept { return last - first > 1; }
};

class Untangler {
public:
    explicit Untangler(Tangle const& tangle)
        : m_tangle{tangle},
          // On a grid of the whole world, so that what lies elsewhere changes nothing here.
          m_origin{tangle.box.least.x >> tangle.shift, tangle.box.least.y >> tangle.shift} {
        m_begin.reserve(tangle.arcs.size() + 1);
        m_begin.push_back(0);
        for (ArcView const& arc : tangle.arcs) {
            m_begin.push_back(m_begin.back() + arc.vertices.size());
            for (float const rate : arc.keep_below) {
                m_kept.push_back(static_cast<double>(rate) > tangle.tolerance);
            }
        }
    }

    std::vector<PutBack> run() {
        auto known = m_tangle.known.begin();
        bool any = true;
        // Each round gives every faulty stretch one vertex back, so the rounds end; few are ever needed.
        for (std::uint32_t round = 0; any || known != m_tangle.known.end(); ++round) {
            collect();
            any = !m_segments.empty() && repair(round);
            for (; known != m_tangle.known.end() && known->round <= round; ++known) {
                m_kept[m_begin[known->arc] + known->vertex] = true;
            }
        }
        std::sort(m_result.begin(), m_result.end());
        return std::move(m_result);
    }

private:
    SubPoint at(std::uint32_t arc, std::uint32_t vertex) const noexcept {
        GridPoint const point = m_tangle.arcs[arc].vertices[vertex];
        return {static_cast<std::int32_t>((point.x >> m_tangle.shift) - m_origin.x),
                static_cast<std::int32_t>((point.y >> m_tangle.shift) - m_origin.y)};
    }

    void collect() {
        m_stretches.clear();
        m_segments.clear();
        for (std::uint32_t arc = 0; arc < m_tangle.arcs.size(); ++arc) {
            auto const size = static_cast<std::uint32_t>(m_tangle.arcs[arc].vertices.size());
            std::uint32_t first = 0;
            for (std::uint32_t i = 1; i < size; ++i) {
                if (m_kept[m_begin[arc] + i]) {
                    m_stretches.push_back({arc, first, i});
                    m_segments.push_back(
                        {std::min(at(arc, first), at(arc, i)), std::max(at(arc, first), at(arc, i))});
                    first = i;
                }
            }
        }
    }

    bool may_repair(std::uint32_t stretch) const noexcept {
        return m_stretches[stretch].is_simplified() && m_tangle.active[m_stretches[stretch].arc];
    }

    /// Answers whether anything was put back.
    bool repair(std::uint32_t round) {
        SegmentGrid const grid{m_segments};
        std::vector<bool> faulty(m_stretches.size(), false);
        for (std::size_t cell = 0; cell < grid.cell_count(); ++cell) {
            find_crossings(grid.segments_in(cell), faulty);
        }
        bool any = false;
        for (std::uint32_t i = 0; i < m_stretches.size(); ++i) {
            if (may_repair(i) && !faulty[i]) {
                faulty[i] = passes_a_vertex(m_stretches[i], grid);
            }
        }
        for (std::uint32_t i = 0; i < m_stretches.size(); ++i) {
            if (faulty[i]) {
                put_back(m_stretches[i], round);
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
                bool const a_open = may_repair(a);
                bool const b_open = may_repair(b);
                if ((a_open || b_open) && boxes_meet(m_segments[a], m_segments[b]) &&
                    crossing(m_segments[a], m_segments[b])) {
                    faulty[a] = faulty[a] || a_open;
                    faulty[b] = faulty[b] || b_open;
                }
            }
        }
    }

    /// Whether a vertex that remains lies between a stretch and the straight line that stands for it.
    bool passes_a_vertex(Stretch const& stretch, SegmentGrid const& grid) const {
        SubPoint least = at(stretch.arc, stretch.first);
        SubPoint most = least;
        for (std::uint32_t i = stretch.first + 1; i <= stretch.last; ++i) {
            SubPoint const each = at(stretch.arc, i);
            least = {std::min(least.x, each.x), std::min(least.y, each.y)};
            most = {std::max(most.x, each.x), std::max(most.y, each.y)};
        }
        SubPoint const first = at(stretch.arc, stretch.first);
        SubPoint const last = at(stretch.arc, stretch.last);
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
        SubPoint before = at(stretch.arc, stretch.last);
        for (std::uint32_t i = stretch.first; i <= stretch.last; ++i) {
            SubPoint const here = at(stretch.arc, i);
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
    void put_back(Stretch const& stretch, std::uint32_t round) {
        auto const rates = m_tangle.arcs[stretch.arc].keep_below;
        auto const inner = rates.subspan(stretch.first + 1, stretch.last - stretch.first - 1);
        auto const next =
            static_cast<std::uint32_t>(std::max_element(inner.begin(), inner.end()) - inner.begin()) +
            stretch.first + 1;
        m_kept[m_begin[stretch.arc] + next] = true;
        m_result.push_back({stretch.arc, round, next});
    }

    Tangle const& m_tangle;
    GridPoint m_origin;               ///< shortened
    std::vector<std::size_t> m_begin; ///< by arc, and one more: into m_kept
    std::vector<bool> m_kept;         ///< by arc and vertex
    std::vector<Stretch> m_stretches;
    std::vector<Segment> m_segments; ///< by stretch
    std::vector<PutBack> m_result;
};

} // namespace

unsigned shift_for(GridBox const& box) noexcept {
    if (box.is_empty()) {
        return 0;
    }
    constexpr int held = 29;
    std::uint32_t const width = std::max(box.most.x - box.least.x, box.most.y - box.least.y);
    return static_cast<unsigned>(std::max(static_cast<int>(std::bit_width(width)) - held, 0));
}

std::vector<PutBack> untangle(Tangle const& tangle) {
    return Untangler{tangle}.run();
}

} // namespace kharita::tile
