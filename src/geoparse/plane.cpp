#include "geoparse/plane.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace kharita::geoparse {

namespace {

constexpr double metres_per_degree = 111195; // of a sphere of radius 6371 km

struct Offset {
    double east = 0;
    double north = 0;
};

Offset offset(LonLat from, LonLat to) noexcept {
    constexpr double radians = std::numbers::pi / 180;
    double const middle = (from.lat + to.lat) / 2 * radians;
    double east = to.lon - from.lon;
    if (east > 180) {
        east -= 360;
    } else if (east < -180) {
        east += 360;
    }
    return {east * std::cos(middle) * metres_per_degree, (to.lat - from.lat) * metres_per_degree};
}

} // namespace

Metres distance(LonLat a, LonLat b) noexcept {
    Offset const between = offset(a, b);
    return {std::hypot(between.east, between.north)};
}

Degrees direction(LonLat from, LonLat to) noexcept {
    Offset const between = offset(from, to);
    double const degrees = std::atan2(between.east, between.north) * 180 / std::numbers::pi;
    return {degrees < 0 ? degrees + 360 : degrees};
}

double angle_between(Degrees a, Degrees b) noexcept {
    double const turn = std::fmod(std::abs(a.value - b.value), 360.0);
    return turn > 180 ? 360 - turn : turn;
}

bool is_at_distance(Metres measured, Metres stated) noexcept {
    constexpr double least = 4000;
    return std::abs(measured.value - stated.value) <= std::max(stated.value / 4, least);
}

} // namespace kharita::geoparse
