#pragma once

#include <cstddef>
#include <variant>
#include <vector>

#include "model/lon_lat.hpp"

namespace kharita {

// Plain values in WGS 84 degrees, longitude first. What they can do is in geo/.

struct Point {
    LonLat at;
    friend bool operator==(Point const&, Point const&) = default;
};

struct MultiPoint {
    std::vector<LonLat> points;
    friend bool operator==(MultiPoint const&, MultiPoint const&) = default;
};

/// An open line of two points or more.
struct LineString {
    std::vector<LonLat> points;
    friend bool operator==(LineString const&, LineString const&) = default;
};

struct MultiLineString {
    std::vector<LineString> lines;
    friend bool operator==(MultiLineString const&, MultiLineString const&) = default;
};

/// A closed ring: four points or more, the last equal to the first.
using Ring = std::vector<LonLat>;

/// An outer ring, counter-clockwise, and its holes, clockwise (RFC 7946, section 3.1.6).
struct Polygon {
    Ring outer;
    std::vector<Ring> holes;
    friend bool operator==(Polygon const&, Polygon const&) = default;
};

struct MultiPolygon {
    std::vector<Polygon> polygons;
    friend bool operator==(MultiPolygon const&, MultiPolygon const&) = default;
};

using Geometry = std::variant<Point, MultiPoint, LineString, MultiLineString, Polygon, MultiPolygon>;

/// The smallest rectangle round all positions; empty for an empty geometry.
Extent extent(Geometry const& geometry);

/// How many positions it has, closing points of rings included.
std::size_t vertex_count(Geometry const& geometry);

/// All positions in order, rings and parts one after the other: calls `visit(LonLat)`.
template <typename Visit>
void for_each_position(Geometry const& geometry, Visit&& visit);

namespace detail {

template <typename... Visitors>
struct Overloaded : Visitors... {
    using Visitors::operator()...;
};
// clang 16 does not deduce aggregates by itself.
template <typename... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

} // namespace detail

template <typename Visit>
void for_each_position(Geometry const& geometry, Visit&& visit) {
    auto const all = [&](std::vector<LonLat> const& positions) {
        for (LonLat const at : positions) {
            visit(at);
        }
    };
    auto const polygon = [&](Polygon const& each) {
        all(each.outer);
        for (Ring const& hole : each.holes) {
            all(hole);
        }
    };
    std::visit(detail::Overloaded{[&](Point const& each) { visit(each.at); },
                                  [&](MultiPoint const& each) { all(each.points); },
                                  [&](LineString const& each) { all(each.points); },
                                  [&](MultiLineString const& each) {
                                      for (LineString const& line : each.lines) {
                                          all(line.points);
                                      }
                                  },
                                  polygon,
                                  [&](MultiPolygon const& each) {
                                      for (Polygon const& part : each.polygons) {
                                          polygon(part);
                                      }
                                  }},
               geometry);
}

} // namespace kharita
