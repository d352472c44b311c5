#pragma once

#include <optional>

#include "model/geometry.hpp"

namespace kharita::geo {

// Nearest positions. Which one is nearest is found on a plane at the position asked about, good to 1 % within
// 500 km of it; the distance to it is measured on the ellipsoid. Lines that cross the antimeridian are not
// understood. Safe to call from any thread.

/// The position on a line, between its positions too, that is nearest to `at`; nothing for an empty line.
std::optional<LonLat> nearest_on(LineString const& line, LonLat at) noexcept;
std::optional<LonLat> nearest_on(MultiLineString const& lines, LonLat at) noexcept;

/// How far `at` lies outside an area: 0 inside, else the distance to its edge. Infinite for an empty area.
Metres distance_outside(MultiPolygon const& area, LonLat at) noexcept;

} // namespace kharita::geo
