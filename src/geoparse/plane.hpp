#pragma once

#include "model/lon_lat.hpp"

namespace kharita::geoparse {

// Quick measures for comparing candidates, on a sphere and locally flat: right to about 1 % within a few
// hundred kilometres. What is written out is measured on the ellipsoid (geo/).

Metres distance(LonLat a, LonLat b) noexcept;
/// Direction from one position to another, clockwise from north, 0 to 360.
Degrees direction(LonLat from, LonLat to) noexcept;
/// The angle between two directions, 0 to 180 degrees.
double angle_between(Degrees a, Degrees b) noexcept;

/// Reports round, and measure from anywhere in a town: within a quarter, or 4 km.
bool is_at_distance(Metres measured, Metres stated) noexcept;

} // namespace kharita::geoparse
