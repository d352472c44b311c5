#pragma once

#include "model/geometry.hpp"

namespace kharita::tile {

/// Whether segments of a polygon's rings cross each other's insides; false for all other kinds. Coordinates
/// must be valid. Touching and overlapping rings do not count: those are made right tile by tile.
bool rings_cross(Geometry const& geometry);

} // namespace kharita::tile
