#include "geo/geodesic.hpp"

#include <cmath>
#include <cstddef>

#include "geo/proj_library.hpp"

namespace kharita::geo {

namespace {

geod_geodesic make_wgs84() {
    geod_geodesic ellipsoid{};
    proj().geod_init(&ellipsoid, 6378137.0, 1 / 298.257223563);
    return ellipsoid;
}

geod_geodesic const& wgs84() {
    static geod_geodesic const ellipsoid = make_wgs84();
    return ellipsoid;
}

struct Inverse {
    double metres = 0;
    double azimuth = 0; ///< -180 .. 180
};

Inverse inverse(LonLat a, LonLat b) {
    Inverse result;
    proj().geod_inverse(&wgs84(), a.lat, a.lon, b.lat, b.lon, &result.metres, &result.azimuth, nullptr);
    return result;
}

} // namespace

Metres distance(LonLat a, LonLat b) {
    return Metres{inverse(a, b).metres};
}

Degrees azimuth(LonLat from, LonLat to) {
    double const signed_azimuth = inverse(from, to).azimuth;
    return Degrees{signed_azimuth < 0 ? signed_azimuth + 360 : signed_azimuth};
}

LonLat destination(LonLat from, Degrees azimuth, Metres distance) {
    LonLat to;
    proj().geod_direct(&wgs84(), from.lat, from.lon, azimuth.value, distance.value, &to.lat, &to.lon,
                       nullptr);
    return to;
}

Metres length(LineString const& line) {
    Metres total;
    for (std::size_t i = 1; i < line.points.size(); ++i) {
        total.value += distance(line.points[i - 1], line.points[i]).value;
    }
    return total;
}

Metres length(MultiLineString const& lines) {
    Metres total;
    for (LineString const& line : lines.lines) {
        total.value += length(line).value;
    }
    return total;
}

SquareMetres area(Ring const& ring) {
    geod_polygon polygon{};
    proj().polygon_init(&polygon, 0);
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) { // PROJ closes the ring itself
        proj().polygon_add(&wgs84(), &polygon, ring[i].lat, ring[i].lon);
    }
    double metres = 0;
    proj().polygon_compute(&wgs84(), &polygon, 0, 1, &metres, nullptr);
    return SquareMetres{std::abs(metres)};
}

SquareMetres area(Polygon const& polygon) {
    SquareMetres total = area(polygon.outer);
    for (Ring const& hole : polygon.holes) {
        total.value -= area(hole).value;
    }
    return total;
}

SquareMetres area(MultiPolygon const& polygons) {
    SquareMetres total;
    for (Polygon const& polygon : polygons.polygons) {
        total.value += area(polygon).value;
    }
    return total;
}

} // namespace kharita::geo
