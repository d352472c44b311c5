#include "geo/geometry.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include <fmt/core.h>

namespace kharita::geo {

namespace {

using Problem = std::optional<std::string>;

Problem problem_of_positions(std::vector<LonLat> const& positions) {
    auto const bad = std::find_if_not(positions.begin(), positions.end(), is_valid);
    if (bad == positions.end()) {
        return std::nullopt;
    }
    return fmt::format("position [{}, {}] is not finite or not within ±180, ±90", bad->lon, bad->lat);
}

Problem problem_of_part(LineString const& line) {
    if (line.points.size() < 2) {
        return fmt::format("a line of {} positions; expected 2 or more", line.points.size());
    }
    return problem_of_positions(line.points);
}

Problem problem_of_ring(Ring const& ring) {
    if (ring.size() < 4) {
        return fmt::format("a ring of {} positions; expected 4 or more", ring.size());
    }
    if (Problem problem = problem_of_positions(ring)) {
        return problem;
    }
    if (ring.front() != ring.back()) {
        return fmt::format("a ring that starts at [{}, {}] and ends at [{}, {}]; expected a closed one",
                           ring.front().lon, ring.front().lat, ring.back().lon, ring.back().lat);
    }
    return std::nullopt;
}

Problem problem_of_part(Polygon const& polygon) {
    if (Problem problem = problem_of_ring(polygon.outer)) {
        return problem;
    }
    for (Ring const& hole : polygon.holes) {
        if (Problem problem = problem_of_ring(hole)) {
            return problem;
        }
    }
    return std::nullopt;
}

template <typename Part>
Problem first_problem(std::vector<Part> const& parts) {
    for (Part const& part : parts) {
        if (Problem problem = problem_of_part(part)) {
            return problem;
        }
    }
    return std::nullopt;
}

void round_all(std::vector<LonLat>& positions) {
    std::transform(positions.begin(), positions.end(), positions.begin(), kharita::rounded);
}

void round_all(Polygon& polygon) {
    round_all(polygon.outer);
    for (Ring& hole : polygon.holes) {
        round_all(hole);
    }
}

/// Whether a ray from `at` to the east crosses the ring an odd number of times.
bool odd_crossings(Ring const& ring, LonLat at) noexcept {
    bool inside = false;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        LonLat const a = ring[i - 1];
        LonLat const b = ring[i];
        if ((a.lat > at.lat) != (b.lat > at.lat) &&
            at.lon < a.lon + (b.lon - a.lon) * (at.lat - a.lat) / (b.lat - a.lat)) {
            inside = !inside;
        }
    }
    return inside;
}

} // namespace

Problem problem_of(Geometry const& geometry) {
    return std::visit(detail::Overloaded{
                          [](Point const& each) { return problem_of_positions({each.at}); },
                          [](MultiPoint const& each) { return problem_of_positions(each.points); },
                          [](LineString const& each) { return problem_of_part(each); },
                          [](MultiLineString const& each) { return first_problem(each.lines); },
                          [](Polygon const& each) { return problem_of_part(each); },
                          [](MultiPolygon const& each) { return first_problem(each.polygons); },
                      },
                      geometry);
}

Geometry rounded(Geometry geometry) {
    std::visit(detail::Overloaded{
                   [](Point& each) { each.at = kharita::rounded(each.at); },
                   [](MultiPoint& each) { round_all(each.points); },
                   [](LineString& each) { round_all(each.points); },
                   [](MultiLineString& each) {
                       for (LineString& line : each.lines) {
                           round_all(line.points);
                       }
                   },
                   [](Polygon& each) { round_all(each); },
                   [](MultiPolygon& each) {
                       for (Polygon& polygon : each.polygons) {
                           round_all(polygon);
                       }
                   },
               },
               geometry);
    return geometry;
}

double signed_area(Ring const& ring) noexcept {
    double sum = 0;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        // Relative to the first position: less is lost to rounding.
        double const ax = ring[i - 1].lon - ring[0].lon;
        double const ay = ring[i - 1].lat - ring[0].lat;
        double const bx = ring[i].lon - ring[0].lon;
        double const by = ring[i].lat - ring[0].lat;
        sum += ax * by - bx * ay;
    }
    return sum;
}

Polygon right_handed(Polygon polygon) {
    if (signed_area(polygon.outer) < 0) {
        std::reverse(polygon.outer.begin(), polygon.outer.end());
    }
    for (Ring& hole : polygon.holes) {
        if (signed_area(hole) > 0) {
            std::reverse(hole.begin(), hole.end());
        }
    }
    return polygon;
}

MultiPolygon polygons_of(Geometry geometry) {
    if (auto* const many = std::get_if<MultiPolygon>(&geometry)) {
        return std::move(*many);
    }
    MultiPolygon result;
    if (auto* const one = std::get_if<Polygon>(&geometry)) {
        result.polygons.push_back(std::move(*one));
    }
    return result;
}

MultiLineString lines_of(Geometry geometry) {
    if (auto* const many = std::get_if<MultiLineString>(&geometry)) {
        return std::move(*many);
    }
    MultiLineString result;
    if (auto* const one = std::get_if<LineString>(&geometry)) {
        result.lines.push_back(std::move(*one));
    }
    return result;
}

bool contains(Polygon const& polygon, LonLat at) noexcept {
    return odd_crossings(polygon.outer, at) &&
           std::none_of(polygon.holes.begin(), polygon.holes.end(),
                        [&](Ring const& hole) { return odd_crossings(hole, at); });
}

bool contains(MultiPolygon const& polygons, LonLat at) noexcept {
    return std::any_of(polygons.polygons.begin(), polygons.polygons.end(),
                       [&](Polygon const& polygon) { return contains(polygon, at); });
}

} // namespace kharita::geo
