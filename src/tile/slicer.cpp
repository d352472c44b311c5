#include "tile/slicer.hpp"

#include <algorithm>
#include <cmath>

namespace kharita::tile {

namespace {

constexpr unsigned tile_bits = 12 + sub_bits;
constexpr std::int64_t tile_size = std::int64_t{1} << tile_bits;

static_assert(tile_size == std::int64_t{tile_units} * subs_per_unit);

constexpr std::size_t least_positions(PathKind kind) noexcept {
    return kind == PathKind::ring ? 3 : 2;
}

} // namespace

Slicer::Slicer(int zoom, int buffer, SmallPaths small)
    : m_zoom{zoom},
      m_buffer{std::int64_t{buffer} * subs_per_unit},
      m_small{small} {
    auto const last = static_cast<std::uint32_t>((std::uint64_t{1} << static_cast<unsigned>(zoom)) - 1);
    look_at({zoom, 0, 0}, {zoom, last, last});
}

void Slicer::look_at(TileId first, TileId last) {
    m_wanted_columns = {first.x, last.x};
    m_wanted_rows = {first.y, last.y};
}

Slicer::Fine Slicer::fine(GridPoint at) const noexcept {
    std::int64_t const x = at.x;
    std::int64_t const y = at.y;
    int const shift = grid_bits - m_zoom - static_cast<int>(tile_bits);
    if (shift <= 0) {
        return {x << static_cast<unsigned>(-shift), y << static_cast<unsigned>(-shift)};
    }
    std::int64_t const half = std::int64_t{1} << static_cast<unsigned>(shift - 1);
    return {(x + half) >> static_cast<unsigned>(shift), (y + half) >> static_cast<unsigned>(shift)};
}

/// Appends the part of a segment within each stripe. Of rings, parts of one stripe are joined to one ring:
/// between leaving and coming back lies the stripe's edge, so joining is all that clipping asks.
template <std::int64_t Slicer::Fine::*along, std::int64_t Slicer::Fine::*across>
void Slicer::cut_segment(Fine from, Fine to, PathKind kind, Stripes& stripes) const {
    // Calculated from the lesser end, so that both neighbours of a border get the same position.
    auto const at_line = [&, low = std::min(from, to), high = std::max(from, to)](std::int64_t line) {
        auto const share =
            static_cast<double>(line - low.*along) / static_cast<double>(high.*along - low.*along);
        Fine crossing;
        crossing.*along = line;
        crossing.*across =
            low.*across + std::llround(share * static_cast<double>(high.*across - low.*across));
        return crossing;
    };
    auto const [low, high] = std::minmax(from.*along, to.*along);
    auto const last = stripes.first + static_cast<std::int64_t>(stripes.pieces.size()) - 1;
    std::int64_t const first_met = std::max(((low - m_buffer) >> tile_bits) - 1, stripes.first);
    std::int64_t const last_met = std::min((high + m_buffer) >> tile_bits, last);
    for (std::int64_t stripe = first_met; stripe <= last_met; ++stripe) {
        std::int64_t const begin = stripe * tile_size - m_buffer;
        std::int64_t const end = (stripe + 1) * tile_size + m_buffer;
        if (high < begin || low > end) {
            continue;
        }
        auto const clipped = [&](Fine at) {
            std::int64_t const value = at.*along;
            return value < begin ? at_line(begin) : value > end ? at_line(end) : at;
        };
        Fine const enter = clipped(from);
        Fine const leave = clipped(to);
        Pieces& pieces = stripes.pieces[static_cast<std::size_t>(stripe - stripes.first)];
        if (pieces.empty() || (kind == PathKind::line && pieces.back().back() != enter)) {
            pieces.emplace_back().push_back(enter);
        }
        std::vector<Fine>& piece = pieces.back();
        if (piece.back() != enter) {
            piece.push_back(enter);
        }
        if (piece.back() != leave) {
            piece.push_back(leave);
        }
    }
}

template <std::int64_t Slicer::Fine::*along, std::int64_t Slicer::Fine::*across>
void Slicer::cut(std::span<Fine const> path, PathKind kind, Range wanted, Stripes& stripes) const {
    auto const by_along = [](Fine const& a, Fine const& b) { return a.*along < b.*along; };
    auto const [low, high] = std::minmax_element(path.begin(), path.end(), by_along);
    stripes.first = std::max((((*low).*along - m_buffer) >> tile_bits) - 1, wanted.first);
    std::int64_t const last = std::min(((*high).*along + m_buffer) >> tile_bits, wanted.last);
    stripes.pieces.resize(static_cast<std::size_t>(std::max<std::int64_t>(last - stripes.first + 1, 0)));
    for (Pieces& pieces : stripes.pieces) {
        pieces.clear();
    }
    for (std::size_t i = 1; i < path.size(); ++i) {
        cut_segment<along, across>(path[i - 1], path[i], kind, stripes);
    }
    if (kind == PathKind::ring) {
        cut_segment<along, across>(path.back(), path.front(), kind, stripes);
    }
}

void Slicer::emit_single(Fine at, Visit const& visit) {
    std::int64_t const last = (std::int64_t{1} << static_cast<unsigned>(m_zoom)) - 1;
    std::int64_t const column = std::clamp<std::int64_t>(at.x >> tile_bits, 0, last);
    std::int64_t const row = std::clamp<std::int64_t>(at.y >> tile_bits, 0, last);
    bool const is_wanted = column >= m_wanted_columns.first && column <= m_wanted_columns.last &&
                           row >= m_wanted_rows.first && row <= m_wanted_rows.last;
    if (is_wanted) {
        emit({&at, 1}, PathKind::line, column, row, visit);
    }
}

void Slicer::emit(std::span<Fine const> piece, PathKind kind, std::int64_t column, std::int64_t row,
                  Visit const& visit) {
    m_piece.clear();
    for (Fine const at : piece) {
        SubPoint const local{static_cast<std::int32_t>(at.x - column * tile_size),
                             static_cast<std::int32_t>(at.y - row * tile_size)};
        if (m_piece.empty() || m_piece.back() != local) {
            m_piece.push_back(local);
        }
    }
    if (kind == PathKind::ring && m_piece.size() > 1 && m_piece.back() == m_piece.front()) {
        m_piece.pop_back();
    }
    if (m_piece.size() >= least_positions(kind) || m_small == SmallPaths::kept) {
        visit({m_zoom, static_cast<std::uint32_t>(column), static_cast<std::uint32_t>(row)}, m_piece);
    }
}

void Slicer::slice(std::span<GridPoint const> path, PathKind kind, Visit const& visit) {
    m_path.clear();
    for (GridPoint const at : path) {
        Fine const next = fine(at);
        if (m_path.empty() || m_path.back() != next) {
            m_path.push_back(next);
        }
    }
    if (m_path.size() < least_positions(kind)) {
        if (m_small == SmallPaths::kept && !m_path.empty()) {
            emit_single(m_path.front(), visit);
        }
        return;
    }
    cut<&Fine::x, &Fine::y>(m_path, kind, m_wanted_columns, m_columns);
    for (std::size_t i = 0; i < m_columns.pieces.size(); ++i) {
        std::int64_t const column = m_columns.first + static_cast<std::int64_t>(i);
        for (std::vector<Fine> const& strip : m_columns.pieces[i]) {
            if (strip.size() < 2) {
                continue;
            }
            cut<&Fine::y, &Fine::x>(strip, kind, m_wanted_rows, m_rows);
            for (std::size_t k = 0; k < m_rows.pieces.size(); ++k) {
                for (std::vector<Fine> const& piece : m_rows.pieces[k]) {
                    emit(piece, kind, column, m_rows.first + static_cast<std::int64_t>(k), visit);
                }
            }
        }
    }
}

} // namespace kharita::tile
