#include "geo/nearest.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <span>

#include "geo/geodesic.hpp"
#include "geo/geometry.hpp"

namespace kharita::geo {

namespace {

/// The nearest position so far, seen from `m_at` on a plane whose unit is a degree of latitude.
class Nearest {
public:
    explicit Nearest(LonLat at) noexcept : m_at{at}, m_squeeze{std::cos(at.lat * std::numbers::pi / 180)} {}

    void visit(std::span<LonLat const> line) noexcept {
        if (line.size() == 1) {
            visit(line.front(), line.front());
        }
        for (std::size_t i = 1; i < line.size(); ++i) {
            visit(line[i - 1], line[i]);
        }
    }

    std::optional<LonLat> found() const noexcept { return m_found; }

private:
    void visit(LonLat from, LonLat to) noexcept {
        double const x = (from.lon - m_at.lon) * m_squeeze;
        double const y = from.lat - m_at.lat;
        double const along_x = (to.lon - from.lon) * m_squeeze;
        double const along_y = to.lat - from.lat;
        double const length = along_x * along_x + along_y * along_y;
        double const share = length > 0 ? std::clamp(-(x * along_x + y * along_y) / length, 0.0, 1.0) : 0.0;
        double const away = std::hypot(x + share * along_x, y + share * along_y);
        if (away < m_least) {
            m_least = away;
            m_found = LonLat{from.lon + share * (to.lon - from.lon), from.lat + share * along_y};
        }
    }

    LonLat m_at;
    double m_squeeze; ///< a degree of longitude in degrees of latitude
    double m_least = std::numeric_limits<double>::infinity();
    std::optional<LonLat> m_found;
};

} // namespace

std::optional<LonLat> nearest_on(LineString const& line, LonLat at) noexcept {
    Nearest nearest{at};
    nearest.visit(line.points);
    return nearest.found();
}

std::optional<LonLat> nearest_on(MultiLineString const& lines, LonLat at) noexcept {
    Nearest nearest{at};
    for (LineString const& line : lines.lines) {
        nearest.visit(line.points);
    }
    return nearest.found();
}

Metres distance_outside(MultiPolygon const& area, LonLat at) noexcept {
    if (contains(area, at)) {
        return Metres{0};
    }
    Nearest nearest{at};
    for (Polygon const& polygon : area.polygons) {
        nearest.visit(polygon.outer);
        for (Ring const& hole : polygon.holes) {
            nearest.visit(hole);
        }
    }
    auto const edge = nearest.found();
    return edge ? distance(at, *edge) : Metres{std::numeric_limits<double>::infinity()};
}

} // namespace kharita::geo
