#pragma once

#include "extract/json_fields.hpp"
#include "model/geometry.hpp"

// Included by .cpp files only, as json_fields.hpp.

namespace kharita::extract {

/// A geometry from GeoJSON (RFC 7946, section 3.1), GeometryCollection excepted.
/// Throws InputError naming what is wrong, positions out of range among it.
Geometry read_geometry(JsonObject geojson);

} // namespace kharita::extract
