#include "geoparse/plane.hpp"

#include <doctest/doctest.h>

#include "geo/geodesic.hpp"

using namespace kharita;
namespace flat = kharita::geoparse;

TEST_CASE("plane: distances are within 1 % of the ellipsoid's, directions within 1 degree") {
    LonLat const here{37.16, 36.2};
    for (LonLat const there :
         {LonLat{36.75, 35.13}, LonLat{38.5, 36.9}, LonLat{36.3, 33.5}, LonLat{37.2, 36.2}}) {
        CAPTURE(there.lon);
        double const exact = geo::distance(here, there).value;
        CHECK(flat::distance(here, there).value == doctest::Approx(exact).epsilon(0.01));
        CHECK(flat::angle_between(flat::direction(here, there), geo::azimuth(here, there)) < 1);
    }
    CHECK(flat::distance(here, here).value == 0);
}

TEST_CASE("plane: across the antimeridian the short way counts") {
    CHECK(flat::distance({179.9, 0}, {-179.9, 0}).value == doctest::Approx(22239).epsilon(0.01));
    CHECK(flat::direction({179.9, 0}, {-179.9, 0}).value == doctest::Approx(90));
}

TEST_CASE("plane: the angle between directions never exceeds 180") {
    CHECK(flat::angle_between(Degrees{350}, Degrees{10}) == doctest::Approx(20));
    CHECK(flat::angle_between(Degrees{0}, Degrees{180}) == doctest::Approx(180));
}
