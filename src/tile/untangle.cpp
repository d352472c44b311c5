#include "tile/untangle.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <utility>

#include "tile/segment_grid.hpp"

namespace kharita::tile {

namespace {

/// More stretches than this are looked at in strips, one after the other, so that memory stays bounded.
constexpr std::size_t stretches_at_a_time = std::size_t{1} << 18U;

/// A stretch of an arc that simplification made straight: the vertices between its ends are left out.
struct Stretch {
    std::uint32_t arc = 0;
    std::uint32_t first = 0; ///< into the arc's vertices
    std::uint32_t last = 0;

    bool is_simplified() const noexcept { return last - first > 1; }
    friend constexpr auto operator<=>(Stretch const&, Stretch const&) = default;
};

struct Box {
    SubPoint least;
    SubPoint most;
};

/// Where something is to be looked at: squares of a coarse grid.
class MarkedArea {
public:
    /// A grid of up to `side` rows and columns over coordinates 0 .. `width`.
    MarkedArea(std::int32_t width, std::int32_t side)
        : m_shift{static_cast<unsigned>(std::bit_width(static_cast<std::uint32_t>(width / side)))},
          m_side{(width >> m_shift) + 1},
          m_marks(static_cast<std::size_t>(m_side) * static_cast<std::size_t>(m_side), false) {}

    std::int32_t rows() const noexcept { return m_side; }
    /// The row or column of a coordinate.
    std::int32_t index(std::int32_t coordinate) const noexcept {
        return std::clamp(coordinate >> m_shift, 0, m_side - 1);
    }

    void mark(Box const& box) {
        for (std::int32_t r = index(box.least.y); r <= index(box.most.y); ++r) {
            auto const begin = m_marks.begin() + at(r, index(box.least.x));
            std::fill(begin, begin + (index(box.most.x) - index(box.least.x) + 1), true);
        }
    }

    /// Whether a box meets a marked square of rows [first, last).
    bool meets(Box const& box, std::int32_t first, std::int32_t last) const noexcept {
        std::int32_t const end = std::min(index(box.most.y) + 1, last);
        for (std::int32_t r = std::max(index(box.least.y), first); r < end; ++r) {
            for (std::int32_t c = index(box.least.x); c <= index(box.most.x); ++c) {
                if (m_marks[static_cast<std::size_t>(at(r, c))]) {
                    return true;
                }
            }
        }
        return false;
    }

private:
    std::ptrdiff_t at(std::int32_t r, std::int32_t c) const noexcept {
        return std::ptrdiff_t{r} * m_side + c;
    }

    unsigned m_shift;
    std::int32_t m_side;
    std::vector<bool> m_marks;
};

/// A row of marks that can be searched quickly for the next one.
class Marks {
public:
    /// Nothing is marked, but for the place behind the last.
    explicit Marks(std::size_t size) : m_words(size / word_bits + 1, 0) { set(size); }

    bool operator[](std::size_t index) const noexcept {
        return (m_words[index / word_bits] >> index % word_bits & 1U) != 0;
    }
    void set(std::size_t index, bool value = true) noexcept {
        m_words[index / word_bits] |= std::uint64_t{value} << index % word_bits;
    }
    /// The first mark at `from` or behind it.
    std::size_t next(std::size_t from) const noexcept {
        std::size_t word = from / word_bits;
        std::uint64_t bits = m_words[word] >> from % word_bits << from % word_bits;
        while (bits == 0) {
            bits = m_words[++word];
        }
        return word * word_bits + static_cast<std::size_t>(std::countr_zero(bits));
    }
    std::size_t count() const noexcept {
        return std::accumulate(m_words.begin(), m_words.end(), std::size_t{0},
                               [](std::size_t sum, std::uint64_t word) {
                                   return sum + static_cast<std::size_t>(std::popcount(word));
                               });
    }

private:
    static constexpr std::size_t word_bits = 64;
    std::vector<std::uint64_t> m_words;
};

std::vector<std::size_t> begins_of(std::span<ArcView const> arcs) {
    std::vector<std::size_t> begins{0};
    begins.reserve(arcs.size() + 1);
    for (ArcView const& arc : arcs) {
        begins.push_back(begins.back() + arc.vertices.size());
    }
    return begins;
}

class Untangler {
public:
    explicit Untangler(Tangle const& tangle)
        : m_tangle{tangle},
          // On a grid of the whole world, so that what lies elsewhere changes nothing here.
          m_origin{tangle.box.least.x >> tangle.shift, tangle.box.least.y >> tangle.shift},
          m_begin{begins_of(tangle.arcs)},
          m_kept{m_begin.back()} {
        for (std::size_t arc = 0; arc < tangle.arcs.size(); ++arc) {
            std::size_t at = m_begin[arc];
            for (float const rate : tangle.arcs[arc].keep_below) {
                m_kept.set(at++, static_cast<double>(rate) > tangle.tolerance);
            }
        }
    }

    std::vector<PutBack> run() {
        if (m_tangle.box.is_empty()) {
            return {};
        }
        find_first_changes();
        auto known = m_tangle.known.begin();
        bool any = true;
        // Each round gives every faulty stretch one vertex back, so the rounds end; few are ever needed.
        for (std::uint32_t round = 0; any || known != m_tangle.known.end(); ++round) {
            std::vector<Stretch> const faulty = find_faulty();
            any = !faulty.empty();
            for (Stretch const& stretch : faulty) {
                put_back(stretch, round);
            }
            for (; known != m_tangle.known.end() && known->round <= round; ++known) {
                m_changed.push_back(box_round(stretch_over(known->arc, known->vertex)));
                m_kept.set(m_begin[known->arc] + known->vertex);
            }
        }
        std::sort(m_result.begin(), m_result.end());
        return std::move(m_result);
    }

private:
    /// A stretch that may be repaired.
    struct Open {
        std::uint32_t segment = 0; ///< its number
        Stretch stretch;
        Box box; ///< box_round()
    };

    SubPoint at(std::uint32_t arc, std::uint32_t vertex) const noexcept {
        GridPoint const point = m_tangle.arcs[arc].vertices[vertex];
        return {static_cast<std::int32_t>((point.x >> m_tangle.shift) - m_origin.x),
                static_cast<std::int32_t>((point.y >> m_tangle.shift) - m_origin.y)};
    }

    /// Calls `visit` for each stretch, in the order of arcs.
    template <typename Visit>
    void for_each_stretch(Visit const& visit) const {
        for (std::uint32_t arc = 0; arc < m_tangle.arcs.size(); ++arc) {
            std::size_t const begin = m_begin[arc];
            std::size_t const last = m_begin[arc + 1] - 1; // the ends always remain
            for (std::size_t first = begin; first < last;) {
                std::size_t const next = m_kept.next(first + 1);
                if (next > last) {
                    break;
                }
                visit(Stretch{arc, static_cast<std::uint32_t>(first - begin),
                              static_cast<std::uint32_t>(next - begin)});
                first = next;
            }
        }
    }

    bool may_repair(Stretch const& stretch) const noexcept {
        return stretch.is_simplified() && m_tangle.active[stretch.arc];
    }

    /// The stretch on which a vertex lies that is left out, or one of its ends.
    Stretch stretch_over(std::uint32_t arc, std::uint32_t vertex) const {
        Stretch stretch{arc, vertex, vertex};
        while (stretch.first > 0 && (stretch.first == vertex || !m_kept[m_begin[arc] + stretch.first])) {
            --stretch.first;
        }
        auto const end = static_cast<std::uint32_t>(m_tangle.arcs[arc].vertices.size() - 1);
        while (stretch.last < end && (stretch.last == vertex || !m_kept[m_begin[arc] + stretch.last])) {
            ++stretch.last;
        }
        return stretch;
    }

    /// Round all vertices of a stretch, those left out among them.
    Box box_round(Stretch const& stretch) const noexcept {
        Box box{at(stretch.arc, stretch.first), at(stretch.arc, stretch.first)};
        for (std::uint32_t i = stretch.first + 1; i <= stretch.last; ++i) {
            SubPoint const each = at(stretch.arc, i);
            box.least = {std::min(box.least.x, each.x), std::min(box.least.y, each.y)};
            box.most = {std::max(box.most.x, each.x), std::max(box.most.y, each.y)};
        }
        return box;
    }

    void find_first_changes() {
        for_each_stretch([&](Stretch const& stretch) {
            if (may_repair(stretch)) {
                m_changed.push_back(box_round(stretch));
            }
        });
    }

    /// The stretches that are faulty because of what changed: only there can anything be.
    std::vector<Stretch> find_faulty() {
        std::vector<Stretch> faulty;
        if (m_changed.empty()) {
            return faulty;
        }
        GridBox const& box = m_tangle.box;
        auto const width = static_cast<std::int32_t>(std::max((box.most.x >> m_tangle.shift) - m_origin.x,
                                                              (box.most.y >> m_tangle.shift) - m_origin.y));
        auto const side = static_cast<std::int32_t>(2 * std::sqrt(static_cast<double>(m_changed.size())));
        MarkedArea area{width, std::clamp(side, 1, 1024)};
        std::for_each(m_changed.begin(), m_changed.end(), [&](Box const& each) { area.mark(each); });
        std::vector<std::int32_t> const strips = strips_of(area);
        for (std::size_t i = 0; i + 1 < strips.size(); ++i) {
            collect(area, strips[i], strips[i + 1]);
            if (!m_segments.empty()) {
                add_faulty(faulty);
            }
        }
        m_segments = std::vector<Segment>{}; // `= {}` would keep the memory
        m_open = std::vector<Open>{};
        m_changed = std::vector<Box>{};
        m_all_new = false;
        std::sort(faulty.begin(), faulty.end());
        faulty.erase(std::unique(faulty.begin(), faulty.end()), faulty.end());
        return faulty;
    }

    /// Bounds of strips of rows with about as many stretches as may be looked at together.
    std::vector<std::int32_t> strips_of(MarkedArea const& area) const {
        std::vector<std::int32_t> bounds{0};
        if (m_kept.count() > stretches_at_a_time) {
            std::vector<std::size_t> count(static_cast<std::size_t>(area.rows()), 0);
            for_each_stretch([&](Stretch const& stretch) {
                Box const box = may_repair(stretch) ? box_round(stretch) : box_of(stretch);
                if (area.meets(box, 0, area.rows())) {
                    ++count[static_cast<std::size_t>(area.index(box.least.y))];
                }
            });
            std::size_t sum = 0;
            for (std::int32_t row = 0; row + 1 < area.rows(); ++row) {
                sum += count[static_cast<std::size_t>(row)];
                if (sum + count[static_cast<std::size_t>(row) + 1] > stretches_at_a_time) {
                    bounds.push_back(row + 1);
                    sum = 0;
                }
            }
        }
        bounds.push_back(area.rows());
        return bounds;
    }

    /// Round the ends of a stretch.
    Box box_of(Stretch const& stretch) const noexcept {
        SubPoint const a = at(stretch.arc, stretch.first);
        SubPoint const b = at(stretch.arc, stretch.last);
        return {{std::min(a.x, b.x), std::min(a.y, b.y)}, {std::max(a.x, b.x), std::max(a.y, b.y)}};
    }

    /// The stretches that come near what changed in some rows.
    void collect(MarkedArea const& area, std::int32_t first, std::int32_t last) {
        m_segments.clear();
        m_open.clear();
        m_is_open.clear();
        std::size_t next = 0;
        for_each_stretch([&](Stretch const& stretch) {
            bool const open = may_repair(stretch);
            Box const box = open ? m_all_new ? m_changed[next++] : box_round(stretch) : box_of(stretch);
            if (!area.meets(box, first, last)) {
                return;
            }
            if (open) {
                m_open.push_back({static_cast<std::uint32_t>(m_segments.size()), stretch, box});
            }
            m_is_open.push_back(open);
            SubPoint const a = at(stretch.arc, stretch.first);
            SubPoint const b = at(stretch.arc, stretch.last);
            m_segments.push_back({std::min(a, b), std::max(a, b)});
        });
    }

    /// Adds those of the stretches collected that are faulty.
    void add_faulty(std::vector<Stretch>& to) const {
        SegmentGrid const grid{m_segments};
        std::vector<bool> faulty(m_segments.size(), false);
        for (std::size_t cell = 0; cell < grid.cell_count(); ++cell) {
            find_crossings(grid.segments_in(cell), faulty);
        }
        for (Open const& open : m_open) {
            if (faulty[open.segment] || passes_a_vertex(open, grid)) {
                to.push_back(open.stretch);
            }
        }
    }

    void find_crossings(std::span<std::uint32_t const> members, std::vector<bool>& faulty) const {
        for (std::size_t i = 0; i < members.size(); ++i) {
            std::uint32_t const a = members[i];
            bool const a_open = m_is_open[a];
            for (std::size_t k = i + 1; k < members.size(); ++k) {
                std::uint32_t const b = members[k];
                bool const b_open = m_is_open[b];
                if ((a_open || b_open) && boxes_meet(m_segments[a], m_segments[b]) &&
                    crossing(m_segments[a], m_segments[b])) {
                    faulty[a] = faulty[a] || a_open;
                    faulty[b] = faulty[b] || b_open;
                }
            }
        }
    }

    /// Whether a vertex that remains lies between a stretch and the straight line that stands for it.
    bool passes_a_vertex(Open const& open, SegmentGrid const& grid) const {
        Stretch const& stretch = open.stretch;
        auto const [least, most] = open.box;
        SubPoint const first = at(stretch.arc, stretch.first);
        SubPoint const last = at(stretch.arc, stretch.last);
        auto const lies_between = [&, least = least, most = most](SubPoint vertex) {
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
        m_changed.push_back(box_round(stretch));
        m_kept.set(m_begin[stretch.arc] + next);
        m_result.push_back({stretch.arc, round, next});
    }

    Tangle const& m_tangle;
    GridPoint m_origin;               ///< shortened
    std::vector<std::size_t> m_begin; ///< by arc, and one more: into m_kept
    Marks m_kept;                     ///< by arc and vertex
    std::vector<Box> m_changed;       ///< round stretches that are new since the last round
    bool m_all_new = true;            ///< these are, in order, all that may be repaired: no round has been
    std::vector<Segment> m_segments;  ///< of the stretches collected
    std::vector<bool> m_is_open;      ///< by segment: whether it may be repaired
    std::vector<Open> m_open;         ///< those
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
