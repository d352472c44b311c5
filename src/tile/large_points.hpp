#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "tile/layer_data.hpp"
#include "tile/tileset.hpp"

namespace kharita::tile {

/// Makes the tiles of a layer of points larger than memory, the same as build_tileset() of all of them.
/// Points come along the Z-order curve; about `chunk` of them are in memory at a time, and the tiles that
/// they fill are made. Of a tile that goes on in the next chunk, what its finished quarters show is carried
/// over. Tiles are put into `store`; needs memory for all points of the fullest tile of the last zoom.
Tileset tile_large_points(LargeLayer layer, TilesetConfig const& config, std::size_t chunk, std::size_t jobs,
                          TileBlobs store = {});

/// One tileset of several that have different layers of one configuration: as build_tileset() of all layers.
/// `bounds` is that of all features. Tiles are put into `store`.
Tileset joined_layers(std::span<Tileset const> tilesets, TilesetConfig const& config, Extent const& bounds,
                      TileBlobs store = {});

} // namespace kharita::tile
