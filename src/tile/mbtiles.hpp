#pragma once

#include <filesystem>
#include <memory>

#include "tile/archive.hpp"

namespace kharita::tile {

/// Writes an MBTiles 1.3 database: tables `map` and `images`, each distinct tile stored once under a hash of
/// its content, joined by the view `tiles`; gzip'd tiles, TMS rows, table `metadata` with `json`.
/// `jobs` is the number of threads. Throws OutputError or DatabaseError; nothing is left behind then.
void write_mbtiles(Tileset const& tileset, std::filesystem::path const& file, Overwrite overwrite,
                   std::size_t jobs = 1);

/// Opens an MBTiles database, whatever way it keeps `tiles`. Throws InputError when it cannot be read,
/// FormatError when it is no MBTiles.
std::unique_ptr<TileReader> open_mbtiles(std::filesystem::path const& file);

} // namespace kharita::tile
