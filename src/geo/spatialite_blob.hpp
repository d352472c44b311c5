#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "model/geometry.hpp"

namespace kharita::geo {

/// The spatial reference of every geometry the database holds: WGS 84, longitude first.
inline constexpr std::int32_t srid_wgs84 = 4326;

/// A geometry as SpatiaLite's BLOB: little endian, two dimensions, SRID 4326. Coordinates go in as they are.
///
/// Throws GeometryError for an empty geometry and for a position that is not finite or out of range:
/// SpatiaLite has no form for the one and no use for the other.
/// Source: SpatiaLite, "BLOB-Geometry internal format".
std::string encode_spatialite(Geometry const& geometry);

/// A point as SpatiaLite's BLOB, whose length is always the same.
using PointBlob = std::array<std::byte, 60>;

/// As encode_spatialite(), of a point.
PointBlob encode_spatialite_point(LonLat at);

/// The geometry of a SpatiaLite BLOB, in either byte order; Z and M are dropped.
///
/// Takes any bytes: throws GeometryError, saying what is wrong, for what is no BLOB of SRID 4326 and one of
/// the six kinds, for positions out of range, rings of fewer than four points or not closed, and lines of
/// fewer than two. Needs memory in proportion to the bytes given, whatever counts they claim.
Geometry decode_spatialite(std::string_view blob);

} // namespace kharita::geo
