#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "tile/feature_index.hpp"
#include "tile/tile_update.hpp"

namespace kharita::tile {

/// update_tileset() of a layer of lines and polygons, which the index has as FeatureIndex::Layer::shapes.
UpdateResult update_shapes(Tileset previous, FeatureIndex& index, LayerBuilder& changes,
                           std::span<std::uint64_t const> removed, TilesetConfig const& config,
                           std::size_t jobs);

} // namespace kharita::tile
