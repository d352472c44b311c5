#pragma once

#include <compare>

namespace kharita {

/// A length on the ground.
struct Metres {
    double value = 0;
    friend constexpr auto operator<=>(Metres, Metres) = default;
};

/// An angle or azimuth; azimuths count clockwise from true north.
struct Degrees {
    double value = 0;
    friend constexpr auto operator<=>(Degrees, Degrees) = default;
};

/// A position in WGS 84 degrees (EPSG:4326), longitude first.
struct LonLat {
    double lon = 0;
    double lat = 0;
    friend constexpr bool operator==(LonLat, LonLat) = default;
};

/// Finite, and within ±180 and ±90. Must hold before GEOS sees a coordinate.
bool is_valid(LonLat at) noexcept;

/// Rounded to 1e-7 degrees (about 1 cm), the precision of everything stored, so that runs compare byte for
/// byte.
LonLat rounded(LonLat at) noexcept;

/// A rectangle of positions; empty while west > east. It never crosses the antimeridian.
struct Extent {
    double west = 180;
    double south = 90;
    double east = -180;
    double north = -90;

    bool is_empty() const noexcept { return west > east; }
    void add(LonLat at) noexcept;
    void add(Extent const& other) noexcept;
    bool contains(LonLat at) const noexcept;
    friend constexpr bool operator==(Extent const&, Extent const&) = default;
};

} // namespace kharita
