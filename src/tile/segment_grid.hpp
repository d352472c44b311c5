#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "tile/slicer.hpp"

namespace kharita::tile {

/// A straight line from its lesser to its greater end. Coordinates are below 2^29 in size, so that what is
/// calculated from them is exact.
struct Segment {
    SubPoint low;
    SubPoint high;

    friend constexpr auto operator<=>(Segment const&, Segment const&) = default;
};

/// Twice the signed area of the triangle a, b, c.
constexpr std::int64_t turn(SubPoint a, SubPoint b, SubPoint c) noexcept {
    return std::int64_t{b.x - a.x} * (c.y - a.y) - std::int64_t{b.y - a.y} * (c.x - a.x);
}

/// Whether the rectangles round two segments have a position in common.
constexpr bool boxes_meet(Segment const& a, Segment const& b) noexcept {
    return std::max(a.low.x, b.low.x) <= std::min(a.high.x, b.high.x) && // low.x <= high.x by order
           std::max(std::min(a.low.y, a.high.y), std::min(b.low.y, b.high.y)) <=
               std::min(std::max(a.low.y, a.high.y), std::max(b.low.y, b.high.y));
}

/// Where the insides of two segments cross.
struct Crossing {
    double x = 0;
    double y = 0;
};

/// Nothing when the segments only touch, or lie along each other.
std::optional<Crossing> crossing(Segment const& a, Segment const& b) noexcept;

/// Segments sorted into square cells, so that only neighbours are compared.
class SegmentGrid {
public:
    /// The segments (one or more) must outlive the grid.
    explicit SegmentGrid(std::span<Segment const> segments);

    std::size_t cell_count() const noexcept {
        return static_cast<std::size_t>(m_columns) * static_cast<std::size_t>(m_rows);
    }

    /// The segments whose way leads through a cell, in rising order.
    std::span<std::uint32_t const> segments_in(std::size_t cell) const noexcept {
        return std::span{m_members}.subspan(m_begin[cell], m_begin[cell + 1] - m_begin[cell]);
    }

    /// Calls `visit(cell)` for each cell that a rectangle meets, given its lesser and greater corner.
    template <typename Visit>
    void for_each_cell(SubPoint from, SubPoint to, Visit const& visit) const {
        std::int32_t const last_row = row(to.y);
        std::int32_t const last_column = column(to.x);
        for (std::int32_t r = row(from.y); r <= last_row; ++r) {
            for (std::int32_t c = column(from.x); c <= last_column; ++c) {
                visit(cell_index(c, r));
            }
        }
    }

private:
    std::int32_t column(std::int32_t x) const noexcept {
        return std::clamp((x - m_origin.x) / m_cell, 0, m_columns - 1);
    }
    std::int32_t row(std::int32_t y) const noexcept {
        return std::clamp((y - m_origin.y) / m_cell, 0, m_rows - 1);
    }
    std::size_t cell_index(std::int32_t c, std::int32_t r) const noexcept {
        return static_cast<std::size_t>(r) * static_cast<std::size_t>(m_columns) +
               static_cast<std::size_t>(c);
    }
    template <typename Visit>
    void for_each_cell_of(Segment const& segment, Visit const& visit) const;

    SubPoint m_origin;
    std::int32_t m_cell = 1;
    std::int32_t m_columns = 1;
    std::int32_t m_rows = 1;
    std::vector<std::uint32_t> m_begin; ///< by cell, and one more: into m_members
    std::vector<std::uint32_t> m_members;
};

} // namespace kharita::tile
