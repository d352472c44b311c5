#pragma once

#include <compare>

#include "model/geometry.hpp"

namespace kharita::geo {

// Everything here is measured on the WGS 84 ellipsoid, exact to nanometres, and safe to call from any
// thread. Positions must be valid (kharita::is_valid). InputError where PROJ's library is missing.
//
// Source: C. F. F. Karney, "Algorithms for geodesics", J. Geodesy 87 (2013), as implemented in PROJ.

/// A surface on the ground.
struct SquareMetres {
    double value = 0;
    friend constexpr auto operator<=>(SquareMetres, SquareMetres) = default;
};

/// Length of the shortest line between two positions.
Metres distance(LonLat a, LonLat b);

/// Direction in which the shortest line leaves `from` for `to`: 0 north, 90 east, below 360.
Degrees azimuth(LonLat from, LonLat to);

/// The position reached after `distance` along the geodesic that leaves `from` in direction `azimuth`.
LonLat destination(LonLat from, Degrees azimuth, Metres distance);

/// Length of a line whose segments are geodesics.
Metres length(LineString const& line);
Metres length(MultiLineString const& lines);

/// Area inside a closed ring, whatever its direction.
SquareMetres area(Ring const& ring);
/// Area of the outer ring without the holes.
SquareMetres area(Polygon const& polygon);
SquareMetres area(MultiPolygon const& polygons);

} // namespace kharita::geo
