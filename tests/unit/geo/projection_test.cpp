#include "geo/projection.hpp"

#include <cmath>
#include <limits>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "geo/geodesic.hpp"

using namespace kharita;
using doctest::Approx;

TEST_CASE("azimuthal_equidistant: distance and direction from the centre are those of the ellipsoid") {
    LonLat const centre{37, 35.5};
    auto const projection = geo::Projection::azimuthal_equidistant(centre);
    for (LonLat const at : {LonLat{36.1, 36.7}, LonLat{42.3, 37.1}, LonLat{35.7, 32.4}, LonLat{37, 35.6}}) {
        auto const plane = projection.to_plane(at);
        CHECK(std::hypot(plane.x, plane.y) == Approx(geo::distance(centre, at).value).epsilon(1e-9));
        CHECK(std::abs(std::remainder(std::atan2(plane.x, plane.y) * 180 / 3.14159265358979 -
                                          geo::azimuth(centre, at).value,
                                      360.0)) < 1e-6);
        auto const back = projection.to_lon_lat(plane);
        CHECK(back.lon == Approx(at.lon).epsilon(1e-11));
        CHECK(back.lat == Approx(at.lat).epsilon(1e-11));
    }
}

TEST_CASE("projections refuse what is no position") {
    auto const projection = geo::Projection::azimuthal_equidistant({37, 35.5});
    CHECK_THROWS_AS(projection.to_plane({std::numeric_limits<double>::quiet_NaN(), 0}), GeometryError);
    CHECK_THROWS_AS(projection.to_plane({200, 0}), GeometryError);
    CHECK_THROWS_AS(projection.to_lon_lat({1e12, 1e12}), GeometryError);
    CHECK_THROWS_AS(geo::Projection::azimuthal_equidistant({0, 95}), GeometryError);
}
