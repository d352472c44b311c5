#include "geo/geodesic.hpp"

#include <cmath>

#include <doctest/doctest.h>

using namespace kharita;
using doctest::Approx;

TEST_CASE("distance, azimuth: the worked examples of GeographicLib's documentation") {
    LonLat const wellington{174.81, -41.32};
    LonLat const salamanca{-5.50, 40.96};
    CHECK(geo::distance(wellington, salamanca).value == Approx(19959679.267).epsilon(1e-10));
    LonLat const new_york{-73.8, 40.6};
    LonLat const london{-0.5, 51.6};
    CHECK(geo::distance(new_york, london).value == Approx(5551759.400).epsilon(1e-9));
    CHECK(geo::distance(london, london).value == 0);
}

TEST_CASE("distance: the WGS 84 meridian quadrant, a degree of the equator") {
    CHECK(geo::distance({0, 0}, {0, 90}).value == Approx(10001965.729).epsilon(1e-10));
    CHECK(geo::distance({179.5, 0}, {-179.5, 0}).value ==
          Approx(6378137.0 * 3.14159265358979 / 180).epsilon(1e-12));
}

TEST_CASE("azimuth: clockwise from north, never negative") {
    CHECK(geo::azimuth({36, 35}, {36, 36}).value == Approx(0));
    CHECK(geo::azimuth({36, 0}, {37, 0}).value == Approx(90));
    CHECK(geo::azimuth({36, 35}, {36, 34}).value == Approx(180));
    CHECK(geo::azimuth({37, 0}, {36, 0}).value == Approx(270));
}

TEST_CASE("destination: undoes distance and azimuth") {
    LonLat const hama{36.7578, 35.1318};
    for (double const direction : {0.0, 33.0, 90.0, 181.5, 270.0, 359.0}) {
        for (double const metres : {1.0, 5'000.0, 250'000.0}) {
            LonLat const there = geo::destination(hama, Degrees{direction}, Metres{metres});
            CHECK(geo::distance(hama, there).value == Approx(metres).epsilon(1e-9));
            double const turn = geo::azimuth(hama, there).value - direction;
            CHECK(std::abs(std::remainder(turn, 360.0)) < 1e-6);
        }
    }
}

TEST_CASE("area: an octant of the ellipsoid, and GeographicLib's outline of Antarctica") {
    Ring const octant{{0, 0}, {90, 0}, {0, 90}, {0, 0}};
    CHECK(geo::area(octant).value == Approx(510065621724088.44 / 8).epsilon(1e-9));
    Ring antarctica{{-58, -63.1}, {-74, -72.9}, {-102, -71.9}, {-102, -74.9}, {-131, -74.3}, {-163, -77.5},
                    {163, -77.4}, {172, -71.7}, {140, -65.9},  {113, -65.7},  {88, -66.6},   {59, -66.9},
                    {25, -69.8},  {-4, -70.0},  {-14, -71.0},  {-33, -77.3},  {-46, -77.9},  {-61, -74.7}};
    antarctica.push_back(antarctica.front());
    CHECK(geo::area(antarctica).value == Approx(13662703680020.1).epsilon(1e-12));
    CHECK(geo::length(LineString{antarctica}).value == Approx(16831067.893).epsilon(1e-9));
}

TEST_CASE("area: holes are taken away, parts are added, direction does not matter") {
    Ring const outer{{0, 0}, {2, 0}, {2, 2}, {0, 2}, {0, 0}};
    Ring const inner{{0.5, 0.5}, {0.5, 1}, {1, 1}, {1, 0.5}, {0.5, 0.5}};
    double const holed = geo::area(Polygon{outer, {inner}}).value;
    CHECK(holed == Approx(geo::area(outer).value - geo::area(inner).value));
    CHECK(geo::area(MultiPolygon{{Polygon{outer, {inner}}, Polygon{inner, {}}}}).value ==
          Approx(geo::area(outer).value));
    CHECK(geo::area(Ring{outer.rbegin(), outer.rend()}).value == Approx(geo::area(outer).value));
    CHECK(geo::area(MultiPolygon{}).value == 0);
}
