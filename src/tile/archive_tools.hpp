#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "tile/archive.hpp"
#include "tile/mvt_decoder.hpp"
#include "tile/tile_id.hpp"
#include "tile/tileset.hpp"

namespace kharita::tile {

/// An archive as a tileset that can be written in any format. Tiles stay as they are; those that are not
/// compressed, or otherwise, are gzip'd. They are put into `store`. Throws FormatError when it is damaged.
Tileset read_tileset(TileReader const& archive, TileBlobs store);

/// The same in memory; what of an archive is mapped into memory is not read, but stays there.
Tileset read_tileset(TileReader const& archive);

/// All tiles of several tilesets. Where more than one has a tile, it gets the layers of all of them, in their
/// order; tiles that are the same count once. Throws InputError when two tiles that differ have a layer of
/// the same name, since features cannot be told apart then. Name and texts are those of the first. Tiles are
/// put into `store`.
Tileset join_tilesets(std::span<Tileset const> tilesets, TileBlobs store = {});

/// How a tile differs between two archives.
struct TileDifference {
    enum class Kind { only_first, only_second, content };
    TileId tile;
    Kind kind = Kind::content;
    friend bool operator==(TileDifference const&, TileDifference const&) = default;
};

/// The tiles that differ, in the order of hilbert_key(): by content, however that is compressed.
std::vector<TileDifference> compare_archives(TileReader const& first, TileReader const& second);

/// A tile as a GeoJSON FeatureCollection: positions of the tile's grid in degrees, each feature with its id,
/// its properties and, as property "layer" in front of them, its layer's name.
std::string tile_geojson(DecodedTile const& decoded, TileId tile);

} // namespace kharita::tile
