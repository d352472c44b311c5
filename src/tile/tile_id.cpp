#include "tile/tile_id.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>
#include <utility>

namespace kharita::tile {

namespace {

/// Tiles of all zooms above this one: 1 + 4 + 16 + … = (4^zoom - 1) / 3.
constexpr std::uint64_t tiles_above(int zoom) noexcept {
    return ((std::uint64_t{1} << (2U * static_cast<unsigned>(zoom))) - 1) / 3;
}

/// Turns a quadrant of the curve so that it continues its neighbour; x and y are below `size`.
void rotate(std::uint32_t size, std::uint32_t& x, std::uint32_t& y, bool right, bool lower) noexcept {
    if (lower) {
        return;
    }
    if (right) {
        x = size - 1 - x;
        y = size - 1 - y;
    }
    std::swap(x, y);
}

} // namespace

bool is_valid(TileId tile) noexcept {
    return tile.zoom >= 0 && tile.zoom <= max_zoom && (tile.x >> static_cast<unsigned>(tile.zoom)) == 0 &&
           (tile.y >> static_cast<unsigned>(tile.zoom)) == 0;
}

std::uint64_t hilbert_key(TileId tile) noexcept {
    assert(is_valid(tile));
    std::uint64_t along = 0;
    std::uint32_t x = tile.x;
    std::uint32_t y = tile.y;
    for (std::uint32_t size = (std::uint32_t{1} << static_cast<unsigned>(tile.zoom)) >> 1U; size > 0;
         size >>= 1U) {
        bool const right = (x & size) != 0;
        bool const lower = (y & size) != 0;
        along = 4 * along + ((right ? 3U : 0U) ^ (lower ? 1U : 0U));
        x &= size - 1;
        y &= size - 1;
        rotate(size, x, y, right, lower);
    }
    return tiles_above(tile.zoom) + along;
}

std::optional<TileId> tile_from_hilbert_key(std::uint64_t key) noexcept {
    if (key >= tiles_above(max_zoom + 1)) {
        return std::nullopt;
    }
    TileId tile;
    while (tiles_above(tile.zoom + 1) <= key) {
        ++tile.zoom;
    }
    std::uint64_t along = key - tiles_above(tile.zoom);
    for (std::uint32_t size = 1; (size >> static_cast<unsigned>(tile.zoom)) == 0; size <<= 1U) {
        bool const right = (along & 2U) != 0;
        bool const lower = ((along & 1U) != 0) != right;
        rotate(size, tile.x, tile.y, right, lower);
        tile.x += right ? size : 0;
        tile.y += lower ? size : 0;
        along >>= 2U;
    }
    return tile;
}

WorldPoint to_world(LonLat at) noexcept {
    assert(is_valid(at));
    auto const size = static_cast<double>(world_size);
    double const sine =
        std::sin(std::clamp(at.lat, -mercator_limit, mercator_limit) * std::numbers::pi / 180);
    double const x = (at.lon + 180) / 360;
    double const y = 0.5 - std::log((1 + sine) / (1 - sine)) / (4 * std::numbers::pi);
    return {std::clamp<std::int64_t>(std::llround(x * size), 0, world_size),
            std::clamp<std::int64_t>(std::llround(y * size), 0, world_size)};
}

LonLat to_lon_lat(WorldPoint point) noexcept {
    auto const size = static_cast<double>(world_size);
    double const north = std::numbers::pi * (1 - 2 * static_cast<double>(point.y) / size);
    return {static_cast<double>(point.x) / size * 360 - 180,
            std::atan(std::sinh(north)) * 180 / std::numbers::pi};
}

Extent extent_of(WorldBox const& box) noexcept {
    Extent bounds;
    if (!box.is_empty()) {
        bounds.add(to_lon_lat(box.least));
        bounds.add(to_lon_lat(box.most));
    }
    return bounds;
}

TileId tile_at(WorldPoint point, int zoom) noexcept {
    auto const shift = static_cast<unsigned>(world_bits - zoom);
    auto const cell = [&](std::int64_t value) {
        return static_cast<std::uint32_t>(std::clamp<std::int64_t>(value, 0, world_size - 1) >> shift);
    };
    return {zoom, cell(point.x), cell(point.y)};
}

Extent tile_extent(TileId tile) noexcept {
    std::int64_t const size = world_size >> static_cast<unsigned>(tile.zoom);
    LonLat const north_west = to_lon_lat({tile.x * size, tile.y * size});
    LonLat const south_east =
        to_lon_lat({(tile.x + std::int64_t{1}) * size, (tile.y + std::int64_t{1}) * size});
    return {north_west.lon, south_east.lat, south_east.lon, north_west.lat};
}

} // namespace kharita::tile
