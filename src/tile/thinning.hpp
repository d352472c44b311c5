#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
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
    std::vector<Aggregate>
        aggregates; ///< shown.size() times LayerData::aggregate_count(); empty once they are in `values`
    /// Count (if Thinning::count asks for it) and aggregates as numbers in LayerData::values, by point;
    /// no_value where unknown. Empty before intern_aggregates().
    std::vector<std::uint32_t> values;
    /// How many tiles of the zoom reached Thinning::max_features or max_bytes.
    std::size_t full_tiles = 0;
};

inline constexpr std::uint32_t no_value = std::numeric_limits<std::uint32_t>::max();

/// Every point of a layer, as its last zoom shows them.
PointLevel all_points(LayerData const& layer);

/// Where each tile's points begin in a level, by index into PointLevel::shown, and the end.
std::vector<std::size_t> tile_bounds(LayerData const& layer, PointLevel const& level, int zoom);

/// Chooses the points of every zoom of a thinned layer, as Thinning describes it; from its minzoom to its
/// maxzoom.
///
/// Zooms are chosen from the deepest up, each from the points that show at the next deeper. In a tile, points
/// are taken by rank (then by a hash of the id, so that equal ranks mix evenly and an added feature moves
/// nothing else); one that finds its cell taken or its tile full is counted to the point that shows there.
/// Counts and aggregates therefore add up to the whole layer at every zoom.
std::vector<PointLevel> thin_points(LayerData const& layer, std::size_t jobs);

/// The points of one zoom, chosen from those that show at the next deeper one; tile by tile, so that of a
/// part of the layer that is made of whole tiles it gives that part.
PointLevel thin_level(LayerData const& layer, PointLevel const& deeper, int zoom, std::size_t jobs);

/// Puts the counts and aggregates of a layer's points among its values.
void intern_aggregates(LayerData& layer, std::vector<PointLevel>& levels);

} // namespace kharita::tile
