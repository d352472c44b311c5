#include "geo/geos.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "geo/geodesic.hpp"
#include "geo/geometry.hpp"

using namespace kharita;
using doctest::Approx;

namespace {

Polygon box(double west, double south, double east, double north) {
    return {{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}, {}};
}

double flat_area(Geometry const& geometry) {
    double sum = 0;
    for (Polygon const& polygon : geo::polygons_of(geometry).polygons) {
        sum += geo::signed_area(polygon.outer) / 2;
        for (Ring const& hole : polygon.holes) {
            sum += geo::signed_area(hole) / 2; // clockwise, so negative
        }
    }
    return sum;
}

} // namespace

TEST_CASE("Geos: intersection, difference and union of two squares") {
    geo::Geos geos;
    Geometry const a = box(0, 0, 2, 2);
    Geometry const b = box(1, 1, 3, 3);
    CHECK(flat_area(geos.intersection(a, b)) == Approx(1));
    CHECK(flat_area(geos.difference(a, b)) == Approx(3));
    CHECK(flat_area(geos.union_all(std::vector<Geometry>{a, b})) == Approx(7));
    CHECK(geos.intersects(a, b));
    CHECK_FALSE(geos.covers(a, b));
    CHECK(geos.covers(a, Geometry{Point{{1, 1}}}));
}

TEST_CASE("Geos: parts below the dimension asked for are dropped, outer rings turn left") {
    geo::Geos geos;
    CHECK(geos.intersection(box(0, 0, 1, 1), box(1, 0, 2, 1)) == Geometry{MultiPolygon{}});
    CHECK(geos.intersection(LineString{{{-1, 0.5}, {3, 0.5}}}, box(0, 0, 1, 1)) ==
          Geometry{LineString{{{0, 0.5}, {1, 0.5}}}});
    CHECK(geos.difference(box(0, 0, 1, 1), box(-1, -1, 2, 2)) == Geometry{MultiPolygon{}});
    auto const ring = std::get<Polygon>(geos.difference(box(0, 0, 3, 3), box(1, 1, 2, 2)));
    CHECK(geo::signed_area(ring.outer) > 0);
    REQUIRE(ring.holes.size() == 1);
    CHECK(geo::signed_area(ring.holes[0]) < 0);
}

TEST_CASE("Geos: a bow tie is not valid, is told why, and made valid") {
    geo::Geos geos;
    Geometry const bow = Polygon{{{0, 0}, {1, 1}, {1, 0}, {0, 1}, {0, 0}}, {}};
    CHECK(geos.invalid_because(bow).value_or("").find("Self-intersection") != std::string::npos);
    Geometry const valid = geos.make_valid(bow);
    CHECK_FALSE(geos.invalid_because(valid).has_value());
    CHECK(flat_area(valid) == Approx(0.5));
    CHECK_FALSE(geos.invalid_because(box(0, 0, 1, 1)).has_value());
}

TEST_CASE("Geos: positions that are no numbers or out of range never reach GEOS") {
    geo::Geos geos;
    double const nan = std::numeric_limits<double>::quiet_NaN();
    Polygon broken = box(0, 0, 1, 1);
    broken.outer[2].lat = nan;
    CHECK_THROWS_AS(geos.make_valid(broken), GeometryError);
    CHECK_THROWS_AS(geos.intersection(box(0, 0, 1, 1), box(0, 0, 1, 91)), GeometryError);
    CHECK_THROWS_AS(geos.union_all(std::vector<Geometry>{Point{{nan, nan}}}), GeometryError);
    CHECK_THROWS_AS(geos.voronoi(std::vector<LonLat>{{nan, 0}}, Metres{1}), GeometryError);
    CHECK_THROWS_AS(geos.point_inside(MultiPolygon{}), GeometryError);
    CHECK(geos.union_all({}) == Geometry{MultiPoint{}});
}

TEST_CASE("Geos: noding, faces, coverage union, joined lines") {
    geo::Geos geos;
    Geometry const cross = MultiLineString{{{box(0, 0, 2, 2).outer}, {{{1, 0}, {1, 2}}}, {{{0, 1}, {2, 1}}}}};
    auto const noded = geo::lines_of(geos.union_all(std::vector<Geometry>{cross}));
    auto const faces = geos.polygonize(noded);
    CHECK(faces.size() == 4);
    CHECK(flat_area(geos.coverage_union(faces)) == Approx(4));
    CHECK(geos.coverage_union(faces).polygons.size() == 1);
}

TEST_CASE("Geos: simplified stays within its tolerance, point_inside is inside") {
    geo::Geos geos;
    LineString wave;
    for (int i = 0; i <= 100; ++i) {
        wave.points.push_back({i * 0.01, (i % 2) * 0.001});
    }
    CHECK(vertex_count(geos.simplified(wave, Degrees{0.002})) == 2);
    Polygon const hook{{{0, 0}, {5, 0}, {5, 5}, {4, 5}, {4, 1}, {0, 1}, {0, 0}}, {}};
    CHECK(geo::contains(hook, geos.point_inside(hook)));
}

TEST_CASE("Geos: a label stands in the middle of the widest part") {
    geo::Geos geos;
    // A square of 4 degrees with an arm to the east: the circle of the square is the largest.
    Polygon const armed{
        {{0, -2}, {4, -2}, {4, -0.5}, {20, -0.5}, {20, 0.5}, {4, 0.5}, {4, 2}, {0, 2}, {0, -2}}, {}};
    LonLat const at = geos.label_point(armed);
    CHECK(at.lon == Approx(2).epsilon(0.05));
    CHECK(std::abs(at.lat) < 0.1);
    CHECK(geos.label_point(MultiPolygon{{box(30, 0, 31, 1), armed}}) == at);
    // At 60 degrees north a degree of longitude is half as long: a box of 4 by 2 degrees is a square there.
    Polygon const north{{{0, 59}, {4, 59}, {4, 61}, {0, 61}, {0, 59}}, {}};
    CHECK(geos.label_point(north).lon == Approx(2).epsilon(0.02));
    // Not in the hole, where the middle of the square is.
    Polygon const holed{box(0, 0, 10, 10).outer, {box(3, 3, 7, 7).outer}};
    CHECK(geo::contains(holed, geos.label_point(holed)));
    CHECK_THROWS_AS(geos.label_point(Point{{1, 2}}), GeometryError);
    CHECK_THROWS_AS(geos.label_point(MultiPolygon{}), GeometryError);
}

TEST_CASE("voronoi: one site takes all; two share the line between them") {
    geo::Geos geos;
    CHECK(geos.voronoi({}, Metres{1000}).empty());
    auto const one = geos.voronoi(std::vector<LonLat>{{36, 35}, {36, 35}}, Metres{1000});
    CHECK(geo::area(one[0]).value == Approx(4e6).epsilon(1e-4));
    CHECK(one[1].outer.empty());
    auto const two = geos.voronoi(std::vector<LonLat>{{36, 35}, {36.1, 35}}, Metres{5000});
    CHECK(geo::contains(two[0], {36.049, 35.01}));
    CHECK(geo::contains(two[1], {36.051, 35.01}));
    CHECK(geo::area(two[0]).value == Approx(geo::area(two[1]).value).epsilon(1e-4));
}

TEST_CASE("voronoi: every position is in the cell of its nearest site; neighbours share positions") {
    geo::Geos geos;
    std::mt19937 random{42};
    std::uniform_real_distribution<double> lon{36, 37};
    std::uniform_real_distribution<double> lat{35, 36};
    std::vector<LonLat> sites;
    sites.reserve(60);
    for (int i = 0; i < 60; ++i) {
        sites.push_back({lon(random), lat(random)});
    }
    auto const cells = geos.voronoi(sites, Metres{20'000});
    for (int i = 0; i < 500; ++i) {
        LonLat const at{lon(random), lat(random)};
        std::vector<double> away;
        away.reserve(sites.size());
        for (LonLat const site : sites) {
            away.push_back(geo::distance(at, site).value);
        }
        auto const nearest =
            static_cast<std::size_t>(std::min_element(away.begin(), away.end()) - away.begin());
        std::sort(away.begin(), away.end());
        if (away[1] - away[0] > 20) { // metres; the cells' edges are straight in a projection
            CHECK(geo::contains(cells[nearest], at));
        }
    }
    double sum = 0;
    for (Polygon const& cell : cells) {
        CHECK_FALSE(geos.invalid_because(cell).has_value());
        sum += flat_area(cell);
    }
    CHECK(flat_area(geos.coverage_union(cells)) == Approx(sum).epsilon(1e-9));
    CHECK(geos.coverage_union(cells).polygons.size() == 1);
}
