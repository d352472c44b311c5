#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "model/geometry.hpp"
#include "store/features.hpp"

namespace kharita::store {

class Database;

/// Appends each feature of an event layer to `line` as GeoJSON, as geo::append_geojson() writes what
/// features() gives, and calls `use` after it, which may empty `line`. Of a database in a file only.
///
/// It reads tables in the order of their keys, and writes places and reports once and copies them: a third
/// of the time that reading features and writing them costs.
WithoutPosition event_lines(Database& database, Layer layer, std::string& line,
                            std::function<void(LonLat)> const& use);

} // namespace kharita::store
