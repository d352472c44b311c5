#include "eval/map_svg.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>

#include <fmt/format.h>

#include "base/markup.hpp"

namespace kharita::eval {

namespace {

/// Degrees to units of the picture.
class Frame {
public:
    explicit Frame(std::vector<MapPoint> const& points) {
        for (MapPoint const& point : points) {
            m_west = std::min(m_west, point.at.lon);
            m_east = std::max(m_east, point.at.lon);
            m_south = std::min(m_south, point.at.lat);
            m_north = std::max(m_north, point.at.lat);
        }
        // Room round the points: a fifth of their extent, a third of a degree at least.
        double const margin = std::max({(m_east - m_west) / 5, (m_north - m_south) / 5, 1.0 / 3});
        m_west -= margin;
        m_east += margin;
        m_south -= margin;
        m_north += margin;
    }

    double x(LonLat at) const { return (at.lon - m_west) * per_lon(); }
    double y(LonLat at) const { return (m_north - at.lat) * per_lat(); }
    double height() const { return (m_north - m_south) * per_lat(); }

    bool is_near(Ring const& ring) const {
        auto const [west, east] =
            std::minmax_element(ring.begin(), ring.end(), [](LonLat a, LonLat b) { return a.lon < b.lon; });
        auto const [south, north] =
            std::minmax_element(ring.begin(), ring.end(), [](LonLat a, LonLat b) { return a.lat < b.lat; });
        return west->lon <= m_east && m_west <= east->lon && south->lat <= m_north && m_south <= north->lat;
    }

    static constexpr double width = 480;

private:
    double per_lon() const { return width / (m_east - m_west); }
    double per_lat() const {
        double const middle = (m_south + m_north) / 2;
        return per_lon() / std::max(0.1, std::cos(middle * std::numbers::pi / 180));
    }

    double m_west = 180;
    double m_east = -180;
    double m_south = 90;
    double m_north = -90;
};

} // namespace

std::string map_svg(std::vector<MapPoint> const& points, std::vector<Ring> const& outlines) {
    std::string svg;
    if (points.empty()) {
        return svg;
    }
    Frame const frame{points};
    auto const out = std::back_inserter(svg);
    fmt::format_to(out, R"(<svg class="map" viewBox="0 0 {:.0f} {:.0f}" role="img">)", Frame::width,
                   frame.height());
    for (Ring const& ring : outlines) {
        if (ring.empty() || !frame.is_near(ring)) {
            continue;
        }
        svg += R"(<path class="border" d=")";
        char command = 'M';
        for (LonLat const at : ring) {
            fmt::format_to(out, "{}{:.1f} {:.1f}", command, frame.x(at), frame.y(at));
            command = 'L';
        }
        svg += R"("/>)";
    }
    for (MapPoint const& point : points) {
        fmt::format_to(out, R"(<circle class="{}" cx="{:.1f}" cy="{:.1f}" r="4"><title>{}</title></circle>)",
                       point.style, frame.x(point.at), frame.y(point.at), in_markup(point.title));
    }
    svg += "</svg>\n";
    return svg;
}

} // namespace kharita::eval
