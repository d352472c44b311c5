#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <limits>
#include <optional>

#include "model/lon_lat.hpp"

namespace kharita::tile {

/// The deepest zoom that a tile may have. Positions are kept to 1/4096 of a tile there, about 1 mm.
inline constexpr int max_zoom = 24;

/// Units along the side of a tile.
inline constexpr int tile_units = 4096;

/// A tile in the XYZ scheme: column x counts east, row y counts south from the top left.
struct TileId {
    int zoom = 0;        ///< 0 .. max_zoom
    std::uint32_t x = 0; ///< 0 .. 2^zoom - 1
    std::uint32_t y = 0; ///< 0 .. 2^zoom - 1

    friend constexpr auto operator<=>(TileId const&, TileId const&) = default;
};

/// Whether zoom, column and row are in range.
bool is_valid(TileId tile) noexcept;

/// Position along the Hilbert curve through all zoom levels, the key of a PMTiles archive.
/// Source: PMTiles v3 specification, "Tile ID".
std::uint64_t hilbert_key(TileId tile) noexcept;

/// The tile of a key, the inverse of hilbert_key(); nothing for keys deeper than max_zoom.
std::optional<TileId> tile_from_hilbert_key(std::uint64_t key) noexcept;

/// The row as MBTiles counts it, from the bottom. Its own inverse. Source: MBTiles 1.3, "tiles".
constexpr std::uint32_t tms_row(TileId tile) noexcept {
    return (std::uint32_t{1} << static_cast<unsigned>(tile.zoom)) - 1 - tile.y;
}

/// A position in Web Mercator (EPSG:3857) as integers: the square world, west to east and north to south, is
/// 0 .. world_size. At zoom z one tile unit is 2^(max_zoom - z) of these, so that every zoom's grid is a
/// shift away.
struct WorldPoint {
    std::int64_t x = 0;
    std::int64_t y = 0;

    friend constexpr auto operator<=>(WorldPoint const&, WorldPoint const&) = default;
};

inline constexpr int world_bits = max_zoom + 12;
inline constexpr std::int64_t world_size = std::int64_t{1} << world_bits;

/// A vertex of a line or polygon: the world as 2^32 columns and rows, from the north-west. One is 9 mm at the
/// equator, less than the 1e-7 degrees to which coordinates are stored, in half the memory of a WorldPoint.
struct GridPoint {
    std::uint32_t x = 0;
    std::uint32_t y = 0;

    friend constexpr auto operator<=>(GridPoint const&, GridPoint const&) = default;
};

inline constexpr int grid_bits = 32;

/// The nearest grid point. The right and lower edge of the world, which would be one too far, are the last.
constexpr GridPoint to_grid(WorldPoint at) noexcept {
    constexpr unsigned shift = world_bits - grid_bits;
    constexpr std::int64_t half = std::int64_t{1} << (shift - 1);
    constexpr std::int64_t last = (std::int64_t{1} << grid_bits) - 1;
    auto const rounded = [](std::int64_t value) {
        std::int64_t const index = (value + half) >> shift;
        return static_cast<std::uint32_t>(index < last ? index : last);
    };
    return {rounded(at.x), rounded(at.y)};
}

/// The place of a grid point.
constexpr WorldPoint from_grid(GridPoint at) noexcept {
    constexpr unsigned shift = world_bits - grid_bits;
    return {std::int64_t{at.x} << shift, std::int64_t{at.y} << shift};
}

/// A rectangle, edges included; empty at first.
template <typename Point>
struct Box {
    using Number = decltype(Point::x);
    Point least{std::numeric_limits<Number>::max(), std::numeric_limits<Number>::max()};
    Point most{std::numeric_limits<Number>::lowest(), std::numeric_limits<Number>::lowest()};

    constexpr void add(Point at) noexcept { add(Box{at, at}); }
    constexpr void add(Box const& other) noexcept {
        least = {std::min(least.x, other.least.x), std::min(least.y, other.least.y)};
        most = {std::max(most.x, other.most.x), std::max(most.y, other.most.y)};
    }
    /// Whether two have a position in common; an empty one has none.
    constexpr bool meets(Box const& other) const noexcept {
        return least.x <= other.most.x && other.least.x <= most.x && least.y <= other.most.y &&
               other.least.y <= most.y;
    }
    constexpr bool is_empty() const noexcept { return least.x > most.x; }
    friend constexpr bool operator==(Box const&, Box const&) = default;
};

using WorldBox = Box<WorldPoint>;
using GridBox = Box<GridPoint>;

/// The same rectangle on the world square, where the last column and row of the grid are its edges. It must
/// not be empty.
constexpr WorldBox from_grid(GridBox const& box) noexcept {
    constexpr auto last = std::numeric_limits<std::uint32_t>::max();
    auto const place = [](std::uint32_t index) {
        return index == last ? world_size : from_grid(GridPoint{index, 0}).x;
    };
    return {{place(box.least.x), place(box.least.y)}, {place(box.most.x), place(box.most.y)}};
}

/// Latitude where Web Mercator's square ends, in degrees.
inline constexpr double mercator_limit = 85.051128779806604;

/// The position on the world square, rounded to the nearest unit. Latitudes beyond the square are moved to
/// its edge; longitude 180 is the right edge. The position must be valid (is_valid(LonLat)).
WorldPoint to_world(LonLat at) noexcept;

/// The inverse of to_world(), to within its rounding.
LonLat to_lon_lat(WorldPoint point) noexcept;

/// The same rectangle in degrees; empty of an empty one.
Extent extent_of(WorldBox const& box) noexcept;

/// The tile that holds a point; points on the right and lower edge of the world belong to the last tile.
TileId tile_at(WorldPoint point, int zoom) noexcept;

/// The rectangle of a tile, without buffer.
Extent tile_extent(TileId tile) noexcept;

} // namespace kharita::tile
