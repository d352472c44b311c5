#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "model/feature.hpp"
#include "tile/feature_index.hpp"
#include "tile/tileset.hpp"
#include "tile/tileset_config.hpp"

namespace kharita::publish {

/// What the last build left for the tiles of this one. Neither need exist, and both may be damaged.
struct LastTiles {
    std::filesystem::path archive;
    std::filesystem::path index; ///< beside the folder, see tile_index_of()
};

/// The tiles of a build.
struct FolderTiles {
    tile::Tileset tileset;
    tile::FeatureIndex index; ///< for the next build
    std::size_t encoded = 0;  ///< tiles that were made; the others are those of the last build
    std::string made_anew;    ///< why all were made though there was a last build; empty: they were not
};

/// Where a build keeps what the next one needs to change tiles instead of making all: `.NAME.index` beside
/// the folder, since it is of no use to whoever is served the folder, and as large as the archive.
std::filesystem::path tile_index_of(std::filesystem::path const& folder);

/// The tiles of layers. Where the index of the last build tells which features changed since, and they are
/// not too many, only tiles that these touch are made; else all are, and those that come out as they were are
/// not compressed again. The result is the same, byte for byte.
///
/// `settings` is a hash of all that tiles depend on besides features.
FolderTiles make_tiles(std::vector<FeatureLayer> const& layers, tile::TilesetConfig const& config,
                       std::uint64_t settings, LastTiles const& last, std::size_t jobs);

} // namespace kharita::publish
