#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "model/lon_lat.hpp"
#include "tile/tileset.hpp"

namespace kharita::publish {

/// A MapLibre style for a published tileset, made from schemas/style.json: its vector sources read
/// `tiles_url`, its layers are those whose tile layer the tileset has, and it opens on `view`.
///
/// Throws InputError naming the file when it is no style.
/// Source: MapLibre Style Specification, version 8.
std::string map_style(std::filesystem::path const& style_file, tile::TilesetMetadata const& tileset,
                      std::string_view tiles_url, Extent const& view);

} // namespace kharita::publish
