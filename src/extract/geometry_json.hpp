#pragma once

#include "extract/json_writer.hpp"
#include "model/geometry.hpp"

namespace kharita::extract {

/// Writes a geometry as GeoJSON (RFC 7946, section 3.1), longitude first.
void write_geometry(JsonWriter &json, Geometry const &geometry);

} // namespace kharita::extract
