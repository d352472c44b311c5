#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/geometry.hpp"
#include "model/lon_lat.hpp"

namespace kharita::eval {

/// A point on the small map: where a mention was labelled, and where the system puts it.
struct MapPoint {
    LonLat at;
    std::string_view style; ///< CSS class
    std::string title;      ///< shown by the browser when pointed at
};

/// A picture of points over border lines as an SVG element, 480 units wide, in plate carrée with the middle
/// latitude true. Empty without points. Of the outlines only what lies near the points is drawn.
std::string map_svg(std::vector<MapPoint> const& points, std::vector<Ring> const& outlines);

} // namespace kharita::eval
