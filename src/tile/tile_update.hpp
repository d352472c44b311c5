#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "tile/feature_index.hpp"
#include "tile/layer_data.hpp"
#include "tile/tileset.hpp"

namespace kharita::tile {

/// What an update did.
struct UpdateResult {
    Tileset tileset;
    std::size_t encoded = 0; ///< tiles that are other than before
    std::size_t added = 0;   ///< features that were not there before
    std::size_t changed = 0; ///< features that were
    std::size_t removed = 0;
};

/// The tileset with some features of a layer changed: of points, or of lines and polygons.
///
/// `changes` holds those that are new or other than before (the id says which), with the configuration and
/// the rank of the previous build and SameIds::set_aside; `removed` the ids of those that are no more, where
/// ids that no feature has are passed over. `index` is that of `previous`, and of the result afterwards.
///
/// Of points, only tiles that hold such a feature, before or after, are made again, at every zoom: there,
/// points are chosen anew from those that the tile's four quarters show one zoom deeper, which the previous
/// tiles tell where nothing changed. Of lines and polygons, only tiles in which what is left of some path
/// differs from before, see ArcUpdate. The result is what a build of all features would give, byte for byte.
///
/// Throws InputError when the layer cannot be updated, the index is of other tiles, or they were compressed
/// otherwise; the tileset must be
/// made in full then. FormatError when the previous tiles are damaged.
UpdateResult update_tileset(Tileset previous, FeatureIndex& index, LayerBuilder& changes,
                            std::span<std::uint64_t const> removed, TilesetConfig const& config,
                            std::size_t jobs);

} // namespace kharita::tile
