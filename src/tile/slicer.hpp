#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "tile/layer_data.hpp"
#include "tile/tile_id.hpp"

namespace kharita::tile {

/// Lines and polygons are cut on a grid finer than tile units, so that rounding to units can be done once and
/// for all shapes of a tile together: a unit is 16 of these.
inline constexpr int sub_bits = 4;
inline constexpr std::int32_t subs_per_unit = 1 << sub_bits;

/// A position in a tile, in sixteenths of a tile unit.
struct SubPoint {
    std::int32_t x = 0;
    std::int32_t y = 0;

    friend constexpr auto operator<=>(SubPoint const&, SubPoint const&) = default;
};

/// What becomes of paths too small for a position more than the least, and of such pieces.
enum class SmallPaths {
    dropped,
    kept, ///< as a piece of fewer positions, one at least
};

/// Cuts paths of one zoom into the pieces that lie in each tile and its buffer. One object a thread: it holds
/// scratch memory.
class Slicer {
public:
    /// `buffer` in tile units.
    Slicer(int zoom, int buffer, SmallPaths small = SmallPaths::dropped);

    /// From now on, only tiles of the rectangle between these two matter; others may be left out.
    void look_at(TileId first, TileId last);

    /// Receives a piece: valid during the call.
    using Visit = std::function<void(TileId, std::span<SubPoint const>)>;

    /// Cuts a path and calls `visit` for each piece in a tile.
    ///
    /// Pieces of a line are connected, two positions or more; there may be several in a tile. The piece of a
    /// ring (its first position not repeated) is one ring of three positions or more, which may run along the
    /// edge of the buffer forth and back; its direction is kept. Of SmallPaths::kept, pieces may have fewer
    /// positions, and a path that is a single one is a piece of the tile in which it lies.
    void slice(std::span<GridPoint const> path, PathKind kind, Visit const& visit);

private:
    struct Fine { // a position on this zoom's fine grid, from the world's corner
        std::int64_t x = 0;
        std::int64_t y = 0;
        friend constexpr auto operator<=>(Fine const&, Fine const&) = default;
    };
    using Pieces = std::vector<std::vector<Fine>>;
    struct Range { // of columns or rows
        std::int64_t first = 0;
        std::int64_t last = 0;
    };
    struct Stripes { // columns or rows first .. first + pieces.size() - 1
        std::int64_t first = 0;
        std::vector<Pieces> pieces;
    };

    Fine fine(GridPoint at) const noexcept;
    template <std::int64_t Fine::*along, std::int64_t Fine::*across>
    void cut(std::span<Fine const> path, PathKind kind, Range wanted, Stripes& stripes) const;
    template <std::int64_t Fine::*along, std::int64_t Fine::*across>
    void cut_segment(Fine from, Fine to, PathKind kind, Stripes& stripes) const;
    void emit_single(Fine at, Visit const& visit);
    void emit(std::span<Fine const> piece, PathKind kind, std::int64_t column, std::int64_t row,
              Visit const& visit);

    int m_zoom;
    std::int64_t m_buffer;
    SmallPaths m_small;
    Range m_wanted_columns;
    Range m_wanted_rows;
    std::vector<Fine> m_path;
    Stripes m_columns;
    Stripes m_rows;
    std::vector<SubPoint> m_piece;
};

} // namespace kharita::tile
