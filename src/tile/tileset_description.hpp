#pragma once

#include <vector>

#include "model/lon_lat.hpp"
#include "tile/layer_data.hpp"
#include "tile/tile_id.hpp"
#include "tile/tileset.hpp"

namespace kharita::tile {

/// What encoding found out about a layer.
struct LayerUse {
    std::vector<bool> keys; ///< by LayerData::keys: whether some tile has it
    int minzoom = max_zoom + 1;
    int maxzoom = -1; ///< below minzoom: the layer is in no tile

    void add(LayerUse const& other);
};

/// What a tileset says of a layer.
VectorLayer describe(LayerData const& layer, LayerUse const& use);

/// What the configuration says of the tileset, and what follows from its layers (which must be there) and the
/// bounds of their features.
void complete_description(TilesetMetadata& metadata, TilesetConfig const& config, Extent bounds);

} // namespace kharita::tile
