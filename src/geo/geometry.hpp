#pragma once

#include <optional>
#include <string>

#include "model/geometry.hpp"

namespace kharita::geo {

/// What keeps a geometry from being used, in words, or nothing: a position not finite or out of range, a
/// line of fewer than two positions, a ring of fewer than four or not closed. Says nothing of shape (rings
/// that cross themselves); that is Geos::invalid_because().
std::optional<std::string> problem_of(Geometry const& geometry);

/// With every position rounded to 1e-7 degrees, the precision of what is stored.
Geometry rounded(Geometry geometry);

/// With outer rings counter-clockwise and holes clockwise (RFC 7946, section 3.1.6).
Polygon right_handed(Polygon polygon);

/// Twice the signed area in square degrees: positive for a counter-clockwise ring.
double signed_area(Ring const& ring) noexcept;

/// The polygons of a geometry; none where it has points or lines.
MultiPolygon polygons_of(Geometry geometry);

/// The lines of a geometry; none where it has points or polygons.
MultiLineString lines_of(Geometry geometry);

/// Whether a position is inside a polygon (even-odd rule; on an edge: either), without a GEOS session.
bool contains(MultiPolygon const& polygons, LonLat at) noexcept;
bool contains(Polygon const& polygon, LonLat at) noexcept;

} // namespace kharita::geo
