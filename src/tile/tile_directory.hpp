#pragma once

#include <filesystem>
#include <memory>

#include "tile/archive.hpp"

namespace kharita::tile {

/// Writes {z}/{x}/{y}.pbf files and `tiles.json` (TileJSON 3.0) into a folder that appears whole or not at
/// all. Tiles are not compressed by default, since QGIS draws nothing from compressed ones; with gzip, a
/// server must send `Content-Encoding: gzip`. With Overwrite::replace a folder is replaced only if it holds
/// `tiles.json`, or nothing.
void write_directory(Tileset const& tileset, std::filesystem::path const& folder, Overwrite overwrite,
                     Compression compression = Compression::none);

/// Opens a folder of {z}/{x}/{y}.pbf or .mvt files. Throws InputError when it is none.
std::unique_ptr<TileReader> open_directory(std::filesystem::path const& folder);

} // namespace kharita::tile
