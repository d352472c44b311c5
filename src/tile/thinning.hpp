#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tile/layer_data.hpp"

namespace kharita::tile {

/// A point that shows at a zoom, and how many features it stands for there (itself among them).
struct ShownPoint {
    std::uint32_t item = 0; ///< index into LayerData::points
    std::uint32_t count = 0;
};

/// The points that show at one zoom, in the order of LayerData::points.
struct PointLevel {
    int zoom = 0;
    std::vector<ShownPoint> shown;
    std::vector<Sum> sums; ///< shown.size() times LayerData::sum_count()
};

/// Sorts the points of a layer along a Z-order curve, so that the points of any tile at any zoom, and of any
/// cell within it, stand together.
void sort_points(LayerData& layer);

/// Every point of a layer, as its last zoom shows them.
PointLevel all_points(LayerData const& layer);

/// Where each tile's points begin in a level, by index into PointLevel::shown, and the end.
std::vector<std::size_t> tile_bounds(LayerData const& layer, PointLevel const& level, int zoom);

/// Chooses the points of every zoom of a thinned layer, as Thinning describes it; from its minzoom to its
/// maxzoom. The points must be sorted.
///
/// Zooms are chosen from the deepest up, each from the points that show at the next deeper. In a tile, points
/// are taken by rank (then by a hash of the id, so that equal ranks mix evenly and an added feature moves
/// nothing else); one that finds its cell taken or its tile full is counted to the point that shows there.
/// Counts and sums therefore add up to the whole layer at every zoom.
std::vector<PointLevel> thin_points(LayerData const& layer, std::size_t jobs);

} // namespace kharita::tile
