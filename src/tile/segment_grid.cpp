#include "tile/segment_grid.hpp"

#include <cmath>
#include <numeric>

namespace kharita::tile {

std::optional<Crossing> crossing(Segment const& a, Segment const& b) noexcept {
    std::int64_t const b_low = turn(a.low, a.high, b.low);
    std::int64_t const b_high = turn(a.low, a.high, b.high);
    if (b_low == 0 || b_high == 0 || (b_low > 0) == (b_high > 0)) {
        return std::nullopt;
    }
    std::int64_t const a_low = turn(b.low, b.high, a.low);
    std::int64_t const a_high = turn(b.low, b.high, a.high);
    if (a_low == 0 || a_high == 0 || (a_low > 0) == (a_high > 0)) {
        return std::nullopt;
    }
    double const share =
        static_cast<double>(a_low) / (static_cast<double>(a_low) - static_cast<double>(a_high));
    return Crossing{a.low.x + share * (a.high.x - a.low.x), a.low.y + share * (a.high.y - a.low.y)};
}

SegmentGrid::SegmentGrid(std::span<Segment const> segments) {
    SubPoint least = segments.front().low;
    SubPoint most = least;
    for (Segment const& segment : segments) {
        least.x = std::min(least.x, segment.low.x);
        most.x = std::max(most.x, segment.high.x);
        least.y = std::min({least.y, segment.low.y, segment.high.y});
        most.y = std::max({most.y, segment.low.y, segment.high.y});
    }
    m_origin = least;
    // About as many cells as segments.
    std::int32_t const width = std::max(most.x - least.x, most.y - least.y) + 1;
    auto const side = static_cast<std::int32_t>(std::sqrt(static_cast<double>(segments.size())));
    m_cell = std::max(width / std::clamp(side, 1, 2048) + 1, 4);
    m_columns = (most.x - least.x) / m_cell + 1;
    m_rows = (most.y - least.y) / m_cell + 1;

    m_begin.assign(cell_count() + 1, 0);
    for (Segment const& segment : segments) {
        for_each_cell_of(segment, [&](std::size_t cell) { ++m_begin[cell]; });
    }
    std::partial_sum(m_begin.begin(), m_begin.end(), m_begin.begin());
    m_members.resize(m_begin.back());
    for (auto i = static_cast<std::uint32_t>(segments.size()); i-- > 0;) { // each cell from its end
        for_each_cell_of(segments[i], [&](std::size_t cell) { m_members[--m_begin[cell]] = i; });
    }
}

/// Calls `visit(cell)` for the cells on a segment's way; one part wider than exact, to be on the safe side.
template <typename Visit>
void SegmentGrid::for_each_cell_of(Segment const& segment, Visit const& visit) const {
    std::int32_t const first_column = column(segment.low.x);
    std::int32_t const last_column = column(segment.high.x);
    double const slope = segment.high.x == segment.low.x
                             ? 0
                             : static_cast<double>(segment.high.y - segment.low.y) /
                                   static_cast<double>(segment.high.x - segment.low.x);
    auto const y_at = [&](std::int32_t column_edge) {
        return segment.low.y + slope * (static_cast<double>(m_origin.x) - segment.low.x +
                                        static_cast<double>(column_edge) * m_cell);
    };
    for (std::int32_t c = first_column; c <= last_column; ++c) {
        double const from = c > first_column ? y_at(c) : segment.low.y;
        double const to = c < last_column ? y_at(c + 1) : segment.high.y;
        std::int32_t const first_row = row(static_cast<std::int32_t>(std::floor(std::min(from, to))) - 1);
        std::int32_t const last_row = row(static_cast<std::int32_t>(std::ceil(std::max(from, to))) + 1);
        for (std::int32_t r = first_row; r <= last_row; ++r) {
            visit(cell_index(c, r));
        }
    }
}

} // namespace kharita::tile
