#include "model/geometry.hpp"

#include <limits>

#include <doctest/doctest.h>

using namespace kharita;

TEST_CASE("extent and vertex_count of every kind") {
    Polygon const square{{{0, 0}, {2, 0}, {2, 1}, {0, 1}, {0, 0}},
                         {{{0.5, 0.5}, {0.6, 0.6}, {0.6, 0.5}, {0.5, 0.5}}}};
    CHECK(extent(square) == Extent{0, 0, 2, 1});
    CHECK(vertex_count(square) == 9);
    CHECK(extent(Point{{36.6, 35.4}}) == Extent{36.6, 35.4, 36.6, 35.4});
    CHECK(extent(MultiLineString{}).is_empty());
    CHECK(vertex_count(MultiPolygon{{square, square}}) == 18);
}

TEST_CASE("is_valid: NaN and infinity are no positions") {
    CHECK(is_valid({36.6, 35.4}));
    CHECK(is_valid({-180, 90}));
    CHECK_FALSE(is_valid({std::numeric_limits<double>::quiet_NaN(), 0}));
    CHECK_FALSE(is_valid({0, std::numeric_limits<double>::infinity()}));
    CHECK_FALSE(is_valid({181, 0}));
}

TEST_CASE("rounded: idempotent, and never more than half a unit away") {
    LonLat const once = rounded({36.123456789, -35.987654321});
    CHECK(rounded(once) == once);
    CHECK(once.lon == doctest::Approx(36.1234568).epsilon(1e-12));
}
