#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "model/feature.hpp"
#include "tile/tileset.hpp"
#include "tile/tileset_config.hpp"

namespace kharita::publish {

/// The tiles of a build.
struct FolderTiles {
    tile::Tileset tileset;
    std::string made_anew; ///< why no tile of the last build could be taken; empty: they could, or none were
};

/// Makes all tiles. Those that come out as they are in `last`, an archive of the last build, are taken from
/// it as they are; the result is the same, byte for byte, with and without. It need not exist, and may be
/// damaged.
FolderTiles make_tiles(std::vector<FeatureLayer> const& layers, tile::TilesetConfig const& config,
                       std::filesystem::path const& last, std::size_t jobs);

} // namespace kharita::publish
