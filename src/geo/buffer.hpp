#pragma once

#include <vector>

#include "geo/geos.hpp"
#include "model/geometry.hpp"

namespace kharita::geo {

/// What lies within `radius` of a position on the ellipsoid, as a ring of `corners` geodesic points, half of
/// the error outside and half inside: with 64 corners every edge point is within 0.07 % of the radius.
/// Throws GeometryError where it would cross the antimeridian or a pole.
Polygon disc(LonLat centre, Metres radius, int corners = 64);

/// What lies within `distance` of a line on the ellipsoid, on both sides and round its ends.
///
/// Every position of the outline is at `distance` ± 0.2 % of the line, whose segments are straight in
/// longitude and latitude.
/// Throws GeometryError where it would cross the antimeridian or a pole.
MultiPolygon buffer(Geos& geos, MultiLineString const& lines, Metres distance);

} // namespace kharita::geo
