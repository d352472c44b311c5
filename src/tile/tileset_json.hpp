#pragma once

#include <string>
#include <string_view>

#include "tile/tileset.hpp"

namespace kharita::tile {

// What archives say of their content as JSON. Reading is lenient: members that are missing or of another type
// are left empty, text that is no JSON object is a FormatError.

/// The metadata object of a PMTiles archive: name, description, attribution, version, type, vector_layers.
std::string pmtiles_metadata_json(TilesetMetadata const& metadata);

/// The value of MBTiles' metadata row `json`: vector_layers and tilestats.
std::string mbtiles_metadata_json(TilesetMetadata const& metadata);

/// Takes what tilejson() and the two above write (except zooms, bounds and centre, which only TileJSON
/// holds).
TilesetMetadata parse_metadata_json(std::string_view text);

} // namespace kharita::tile
