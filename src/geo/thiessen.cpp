#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <iterator>
#include <limits>
#include <numeric>
#include <utility>

#include "geo/geos_session.hpp"
#include "geo/projection.hpp"

namespace kharita::geo {

namespace {

/// The site that a Thiessen cell belongs to: the nearest to any position inside it.
class NearestSite {
public:
    explicit NearestSite(std::vector<PlanePoint> const& sites) : m_sites{sites}, m_by_x(sites.size()) {
        std::iota(m_by_x.begin(), m_by_x.end(), std::size_t{0});
        std::sort(m_by_x.begin(), m_by_x.end(), [&](std::size_t a, std::size_t b) {
            return std::pair{sites[a].x, a} < std::pair{sites[b].x, b};
        });
    }

    /// The lowest index where several are equally near.
    std::size_t operator()(PlanePoint at) const {
        auto const right = std::partition_point(m_by_x.begin(), m_by_x.end(),
                                                [&](std::size_t i) { return m_sites[i].x < at.x; });
        Best best;
        // Outwards on both sides, until even the difference in x is larger than the best distance.
        for (auto i = right; i != m_by_x.end() && best.may_improve(m_sites[*i].x - at.x); ++i) {
            best.consider(*i, m_sites[*i], at);
        }
        for (auto i = right; i != m_by_x.begin() && best.may_improve(at.x - m_sites[*std::prev(i)].x); --i) {
            best.consider(*std::prev(i), m_sites[*std::prev(i)], at);
        }
        return best.site;
    }

private:
    struct Best {
        std::size_t site = 0;
        double squared = std::numeric_limits<double>::infinity();

        bool may_improve(double dx) const noexcept { return dx * dx <= squared; }
        void consider(std::size_t index, PlanePoint position, PlanePoint at) noexcept {
            double const dx = position.x - at.x;
            double const dy = position.y - at.y;
            double const distance = dx * dx + dy * dy;
            if (distance < squared || (distance == squared && index < site)) {
                squared = distance;
                site = index;
            }
        }
    };

    std::vector<PlanePoint> const& m_sites;
    std::vector<std::size_t> m_by_x;
};

/// A rectangle of the plane round all sites, as a closed ring; its x and y stand for longitude and latitude.
Ring frame(std::vector<PlanePoint> const& sites, Metres margin) {
    double const infinity = std::numeric_limits<double>::infinity();
    PlanePoint low{infinity, infinity};
    PlanePoint high{-infinity, -infinity};
    for (PlanePoint const site : sites) {
        low = {std::min(low.x, site.x), std::min(low.y, site.y)};
        high = {std::max(high.x, site.x), std::max(high.y, site.y)};
    }
    low = {low.x - margin.value, low.y - margin.value};
    high = {high.x + margin.value, high.y + margin.value};
    return {{low.x, low.y}, {high.x, low.y}, {high.x, high.y}, {low.x, high.y}, {low.x, low.y}};
}

PlanePoint middle(Ring const& convex) {
    PlanePoint sum;
    for (std::size_t i = 1; i < convex.size(); ++i) {
        sum = {sum.x + convex[i].lon, sum.y + convex[i].lat};
    }
    auto const count = static_cast<double>(convex.size() - 1);
    return {sum.x / count, sum.y / count};
}

} // namespace

std::vector<Polygon> Geos::voronoi(std::span<LonLat const> sites, Metres margin) {
    std::vector<Polygon> cells(sites.size());
    Extent box;
    for (LonLat const site : sites) {
        if (!is_valid(site)) {
            fail<GeometryError>("Thiessen cells: the site [{}, {}] is no position", site.lon, site.lat);
        }
        box.add(site);
    }
    if (sites.empty()) {
        return cells;
    }
    auto const projection =
        Projection::azimuthal_equidistant({(box.west + box.east) / 2, (box.south + box.north) / 2});
    std::vector<PlanePoint> plane;
    std::vector<LonLat> spots; // plane metres in the place of degrees: GEOS knows no units
    for (LonLat const site : sites) {
        plane.push_back(projection.to_plane(rounded(site)));
        spots.push_back({plane.back().x, plane.back().y});
    }
    NearestSite const nearest{plane};
    auto const assign = [&](Ring const& ring) {
        Polygon& cell = cells[nearest(middle(ring))];
        cell.outer.clear();
        for (LonLat const corner : ring) {
            cell.outer.push_back(kharita::rounded(projection.to_lon_lat({corner.lon, corner.lat})));
        }
    };
    Ring const border = frame(plane, margin);
    if (std::adjacent_find(spots.begin(), spots.end(), std::not_equal_to<>{}) == spots.end()) {
        assign(border); // GEOS draws nothing for a single site
        return cells;
    }
    GeosPtr const input = m_state->own(geos().create_line_string(m_state->raw(), m_state->sequence(spots)),
                                       "GEOS: collecting sites");
    GeosPtr const rectangle = m_state->to_geos(Polygon{border, {}});
    GeosPtr const diagram = m_state->own(
        geos().voronoi_diagram(m_state->raw(), input.get(), rectangle.get(), 0, 0), "GEOS: Thiessen cells");
    for (Polygon const& cell : m_state->parts_of(diagram).polygons) {
        assign(cell.outer);
    }
    return cells;
}

} // namespace kharita::geo
