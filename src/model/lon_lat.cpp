#include "model/lon_lat.hpp"

#include <algorithm>
#include <cmath>

namespace kharita {

bool is_valid(LonLat at) noexcept {
    // Written so that NaN fails.
    return at.lon >= -180 && at.lon <= 180 && at.lat >= -90 && at.lat <= 90;
}

LonLat rounded(LonLat at) noexcept {
    constexpr double scale = 1e7;
    return {std::round(at.lon * scale) / scale, std::round(at.lat * scale) / scale};
}

void Extent::add(LonLat at) noexcept {
    west = std::min(west, at.lon);
    east = std::max(east, at.lon);
    south = std::min(south, at.lat);
    north = std::max(north, at.lat);
}

void Extent::add(Extent const& other) noexcept {
    west = std::min(west, other.west);
    east = std::max(east, other.east);
    south = std::min(south, other.south);
    north = std::max(north, other.north);
}

bool Extent::contains(LonLat at) const noexcept {
    return at.lon >= west && at.lon <= east && at.lat >= south && at.lat <= north;
}

} // namespace kharita
