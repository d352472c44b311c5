#include "geo/buffer.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <utility>

#include "base/error.hpp"
#include "geo/geodesic.hpp"
#include "geo/geometry.hpp"

namespace kharita::geo {

namespace {

// Arcs are drawn with corners every few degrees. Corners on the true circle would put the chords inside it,
// so they stand a little outside and the error falls on both sides: at 6 degrees, 0.034 % either way.
constexpr double arc_step = 6;

// Degrees by which a slice reaches into the strips beside it.
constexpr double slice_overlap = 0.5;

double outward(double step_degrees) noexcept {
    double const inside = std::cos(step_degrees * std::numbers::pi / 360); // how far in the chord's middle is
    return 2 / (1 + inside);
}

void require_one_hemisphere(Ring const& ring, LonLat centre) {
    bool const far =
        std::any_of(ring.begin(), ring.end(), [&](LonLat at) { return std::abs(at.lon - centre.lon) > 90; });
    if (far) {
        fail<GeometryError>("a distance round [{}, {}] reaches across the antimeridian or a pole", centre.lon,
                            centre.lat);
    }
}

/// The segment cut where, in longitude and latitude, it leaves the geodesic: short pieces stay close to it.
std::vector<LonLat> in_short_pieces(LineString const& line, Metres step) {
    std::vector<LonLat> pieces;
    for (std::size_t i = 0; i < line.points.size(); ++i) {
        LonLat const to = line.points[i];
        if (i > 0) {
            LonLat const from = line.points[i - 1];
            int const count = static_cast<int>(std::ceil(geo::distance(from, to).value / step.value));
            for (int k = 1; k < count; ++k) {
                double const along = static_cast<double>(k) / count;
                pieces.push_back({std::lerp(from.lon, to.lon, along), std::lerp(from.lat, to.lat, along)});
            }
        }
        if (pieces.empty() || pieces.back() != to) {
            pieces.push_back(to);
        }
    }
    return pieces;
}

/// A slice of the disc round `centre`, from one azimuth clockwise over `sweep` degrees.
Polygon slice(LonLat centre, double azimuth, double sweep, Metres radius) {
    int const pieces = std::max(1, static_cast<int>(std::ceil(sweep / arc_step)));
    double const longer = outward(sweep / pieces);
    Polygon result;
    result.outer.push_back(centre);
    for (int k = 0; k <= pieces; ++k) {
        // The first and last corner lie in the neighbouring strips, whose edge is at the very distance.
        double const length = k == 0 || k == pieces ? radius.value : radius.value * longer;
        result.outer.push_back(destination(centre, Degrees{azimuth + sweep * k / pieces}, Metres{length}));
    }
    result.outer.push_back(centre);
    require_one_hemisphere(result.outer, centre);
    return result;
}

/// The four-cornered strip along one short segment, `distance` wide on both sides. It goes on a little
/// beyond both ends, so that strips overlap there; a corner is further off by 0.002 % for it.
Polygon strip(LonLat from, LonLat to, Metres distance) {
    Metres const overlap{distance.value / 200};
    double const forth = azimuth(from, to).value;
    double const back = azimuth(to, from).value;
    LonLat const begin = destination(from, Degrees{forth + 180}, overlap);
    LonLat const end = destination(to, Degrees{back + 180}, overlap);
    Ring ring{destination(begin, Degrees{forth + 90}, distance),
              destination(end, Degrees{back - 90}, distance), destination(end, Degrees{back + 90}, distance),
              destination(begin, Degrees{forth - 90}, distance)};
    ring.push_back(ring.front());
    require_one_hemisphere(ring, from);
    return Polygon{std::move(ring), {}};
}

void add_pieces(std::vector<Geometry>& pieces, LineString const& line, Metres distance) {
    // Pieces of a fraction of the distance, and never long enough to leave the geodesic by more than metres.
    Metres const step{std::clamp(distance.value / 2, 500.0, 5'000.0)};
    std::vector<LonLat> const points = in_short_pieces(line, step);
    for (std::size_t i = 1; i < points.size(); ++i) {
        pieces.emplace_back(strip(points[i - 1], points[i], distance));
    }
    pieces.emplace_back(disc(points.front(), distance));
    if (points.size() > 1) {
        pieces.emplace_back(disc(points.back(), distance));
    }
    for (std::size_t i = 1; i + 1 < points.size(); ++i) {
        double const in = azimuth(points[i], points[i - 1]).value + 180;
        double const out = azimuth(points[i], points[i + 1]).value;
        double const turn = std::remainder(out - in, 360.0); // to the right where positive
        // The gap between two strips is on the outer side of their bend. A slice reaches a little into both,
        // and where the line is nearly straight there is one on either side, so that the outline is smooth.
        double const first = std::min(in, in + turn) - slice_overlap;
        double const sweep = std::abs(turn) + 2 * slice_overlap;
        if (turn > -slice_overlap) {
            pieces.emplace_back(slice(points[i], first - 90, sweep, distance));
        }
        if (turn < slice_overlap) {
            pieces.emplace_back(slice(points[i], first + 90, sweep, distance));
        }
    }
}

} // namespace

Polygon disc(LonLat centre, Metres radius, int corners) {
    double const step = 360.0 / corners;
    Metres const longer{radius.value * outward(step)};
    Polygon result;
    for (int i = 0; i < corners; ++i) {
        result.outer.push_back(destination(centre, Degrees{-step * i}, longer));
    }
    result.outer.push_back(result.outer.front());
    require_one_hemisphere(result.outer, centre);
    return result;
}

MultiPolygon buffer(Geos& geos, MultiLineString const& lines, Metres distance) {
    if (!(distance.value > 0)) {
        fail<GeometryError>("a buffer of {} m; expected more than 0", distance.value);
    }
    if (auto const problem = problem_of(lines)) {
        fail<GeometryError>("{}", *problem);
    }
    std::vector<Geometry> pieces;
    for (LineString const& line : lines.lines) {
        add_pieces(pieces, line, distance);
    }
    return polygons_of(geos.union_all(pieces));
}

} // namespace kharita::geo
