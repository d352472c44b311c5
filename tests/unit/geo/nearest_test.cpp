#include "geo/nearest.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "geo/geodesic.hpp"

using namespace kharita;
using namespace kharita::geo;

namespace {

/// A square of one degree with its corner at 36 E 35 N, and a hole in its middle third.
MultiPolygon holed_square() {
    Ring const outer{{36, 35}, {37, 35}, {37, 36}, {36, 36}, {36, 35}};
    Ring const hole{{36.4, 35.4}, {36.4, 35.6}, {36.6, 35.6}, {36.6, 35.4}, {36.4, 35.4}};
    return {{Polygon{outer, {hole}}}};
}

} // namespace

TEST_CASE("nearest_on: between positions, at an end, on the nearer part") {
    LineString const line{{{36, 35}, {38, 35}}};
    auto const between = nearest_on(line, {36.5, 35.25});
    REQUIRE(between);
    CHECK(between->lon == doctest::Approx(36.5));
    CHECK(between->lat == doctest::Approx(35));
    CHECK(nearest_on(line, {35, 36}) == LonLat{36, 35});
    CHECK(nearest_on(line, {39, 34}) == LonLat{38, 35});

    MultiLineString const parts{{line, LineString{{{36, 40}, {38, 40}}}}};
    auto const north = nearest_on(parts, {37, 39});
    REQUIRE(north);
    CHECK(north->lat == doctest::Approx(40));

    CHECK_FALSE(nearest_on(LineString{}, {36, 35}));
    CHECK_FALSE(nearest_on(MultiLineString{}, {36, 35}));
    CHECK(nearest_on(LineString{{{36, 35}}}, {40, 40}) == LonLat{36, 35});
}

TEST_CASE("nearest_on: a degree of longitude counts less than one of latitude") {
    // From 60 N, 0.8 degrees east are 44 km, 0.6 degrees north 67 km.
    LineString const line{{{10.8, 60}, {10.8, 60.0001}, {10, 60.6}}};
    auto const found = nearest_on(line, {10, 60});
    REQUIRE(found);
    CHECK(distance({10, 60}, *found).value < 44'700);
}

TEST_CASE("distance_outside: nothing inside, the way to the edge outside") {
    MultiPolygon const area = holed_square();
    CHECK(distance_outside(area, {36.2, 35.2}).value == 0);
    // A tenth of a degree of latitude is 11.1 km.
    CHECK(distance_outside(area, {36.5, 34.9}).value == doctest::Approx(11'094).epsilon(0.001));
    CHECK(distance_outside(area, {36.5, 36.1}).value == doctest::Approx(11'096).epsilon(0.001));
    // In the hole: a tenth of a degree of longitude at 35.5 N is 9.1 km.
    CHECK(distance_outside(area, {36.5, 35.5}).value == doctest::Approx(9'073).epsilon(0.001));
    CHECK(std::isinf(distance_outside({}, {36, 35}).value));
}
