#pragma once

#include <string>
#include <string_view>

#include "model/geometry.hpp"

namespace kharita::geo {

/// A geometry as PostGIS's extended well-known binary: little endian, two dimensions, SRID 4326. Coordinates
/// go in as they are.
///
/// Throws GeometryError for an empty geometry and for a position that is not finite or out of range.
/// Source: PostGIS 3.3 manual, "ST_AsEWKB"; OGC 06-103r4, "Well-known Binary Representation".
std::string encode_ewkb(Geometry const& geometry);

/// The same as two hexadecimal digits a byte: how PostgreSQL writes and reads a geometry as text.
std::string encode_hex_ewkb(Geometry const& geometry);

/// The geometry of hexadecimal EWKB in either byte order; Z and M are dropped.
///
/// Takes any text: throws GeometryError, saying what is wrong, for what is not hexadecimal, not of SRID 4326,
/// none of the six kinds or empty, for positions out of range, rings of fewer than four points or not closed,
/// and lines of fewer than two. Needs memory in proportion to the text given, whatever counts it claims.
Geometry decode_hex_ewkb(std::string_view text);

} // namespace kharita::geo
