#include "geo/buffer.hpp"

#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "geo/geodesic.hpp"

using namespace kharita;
using doctest::Approx;

namespace {

/// Least distance to a line by brute force: positions every 250 m, straight in longitude and latitude.
double metres_to(MultiLineString const& lines, LonLat at) {
    double best = 1e9;
    for (LineString const& line : lines.lines) {
        for (std::size_t i = 1; i < line.points.size(); ++i) {
            LonLat const a = line.points[i - 1];
            LonLat const b = line.points[i];
            int const steps = 1 + static_cast<int>(geo::distance(a, b).value / 250);
            for (int k = 0; k <= steps; ++k) {
                double const t = static_cast<double>(k) / steps;
                best = std::min(
                    best, geo::distance(at, {std::lerp(a.lon, b.lon, t), std::lerp(a.lat, b.lat, t)}).value);
            }
        }
    }
    return best;
}

void check_outline(MultiPolygon const& area, MultiLineString const& lines, double metres) {
    for (Polygon const& polygon : area.polygons) {
        std::vector<Ring> rings = polygon.holes;
        rings.push_back(polygon.outer);
        for (Ring const& ring : rings) {
            for (std::size_t i = 1; i < ring.size(); ++i) {
                LonLat const middle{(ring[i - 1].lon + ring[i].lon) / 2, (ring[i - 1].lat + ring[i].lat) / 2};
                CHECK(metres_to(lines, ring[i]) == Approx(metres).epsilon(0.002));
                CHECK(metres_to(lines, middle) == Approx(metres).epsilon(0.002));
            }
        }
    }
}

} // namespace

TEST_CASE("disc: the edge is at its radius within 0.07 %, the area that of a circle") {
    for (double const lat : {0.0, 35.0, 70.0}) {
        for (double const radius : {500.0, 30'000.0}) {
            Polygon const disc = geo::disc({36, lat}, Metres{radius});
            CHECK(disc.outer.size() == 65);
            for (std::size_t i = 1; i < disc.outer.size(); ++i) {
                LonLat const a = disc.outer[i - 1];
                LonLat const b = disc.outer[i];
                CHECK(geo::distance({36, lat}, a).value == Approx(radius).epsilon(0.0007));
                CHECK(geo::distance({36, lat}, {(a.lon + b.lon) / 2, (a.lat + b.lat) / 2}).value ==
                      Approx(radius).epsilon(0.0007));
            }
            CHECK(geo::area(disc).value == Approx(3.14159265 * radius * radius).epsilon(0.001));
        }
    }
    CHECK_THROWS_AS(geo::disc({179.9, 0}, Metres{50'000}), GeometryError);
    CHECK_THROWS_AS(geo::disc({0, 89.9}, Metres{50'000}), GeometryError);
}

TEST_CASE("buffer: every position of the outline is at the distance, for bends, hooks and islands") {
    geo::Geos geos;
    MultiLineString const bent{{{{{36, 36.5}, {37.5, 36.7}, {37.6, 36.2}, {39, 36.9}}}}};
    check_outline(geo::buffer(geos, bent, Metres{30'000}), bent, 30'000);
    check_outline(geo::buffer(geos, bent, Metres{2'000}), bent, 2'000);
    MultiLineString const loop{
        {{{{36, 35}, {37, 35}, {37, 36}, {36, 36}, {36, 35}}}, {{{38, 35}, {38.2, 35.1}}}}};
    MultiPolygon const holed = geo::buffer(geos, loop, Metres{10'000});
    CHECK(holed.polygons.size() == 2);
    CHECK(std::max(holed.polygons[0].holes.size(), holed.polygons[1].holes.size()) == 1);
    check_outline(holed, loop, 10'000);
}

TEST_CASE("buffer: a stadium's area, and what is refused") {
    geo::Geos geos;
    LineString const meridian{{{36, 35}, {36, 35.9}}};
    double const length = geo::length(meridian).value;
    double const radius = 5'000;
    CHECK(geo::area(geo::buffer(geos, {{meridian}}, Metres{radius})).value ==
          Approx(2 * radius * length + 3.14159265 * radius * radius).epsilon(0.001));
    CHECK_THROWS_AS(geo::buffer(geos, {{meridian}}, Metres{0}), GeometryError);
    CHECK_THROWS_AS(geo::buffer(geos, {{{{{36, 35}}}}}, Metres{1}), GeometryError);
    CHECK(geo::buffer(geos, {}, Metres{1}).polygons.empty());
}
