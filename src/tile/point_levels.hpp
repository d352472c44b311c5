#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tile/layer_data.hpp"
#include "tile/thinning.hpp"
#include "tile/tile_encoder.hpp"
#include "tile/tile_id.hpp"

namespace kharita::tile {

/// Points of two levels that have none in common, in the order of the layer's points. `aggregates` is
/// LayerData::aggregate_count().
PointLevel merged(PointLevel const& a, PointLevel const& b, std::size_t aggregates);

/// Appends points [begin, end) of a level to another.
void append_points(PointLevel& to, PointLevel const& from, std::size_t begin, std::size_t end,
                   std::size_t aggregates);

/// What one tile shows of a layer of points. The level must outlive it.
struct PointTileContent {
    TileId tile;
    LayerContent content;
};

/// The tiles of levels, by level and then along the Z-order curve.
std::vector<PointTileContent> tile_contents(LayerData const& layer, std::vector<PointLevel> const& levels);

} // namespace kharita::tile
