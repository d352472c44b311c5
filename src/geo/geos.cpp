#include "geo/geos.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <iterator>
#include <limits>
#include <numbers>
#include <numeric>
#include <utility>

#include "geo/geos_session.hpp"

namespace kharita::geo {

Geos::Geos() : m_state{std::make_unique<State>()} {}
Geos::Geos(Geos&&) noexcept = default;
Geos& Geos::operator=(Geos&&) noexcept = default;
Geos::~Geos() = default;

std::optional<std::string> Geos::invalid_because(Geometry const& geometry) {
    GeosPtr const shape = m_state->to_geos(geometry);
    if (m_state->answer(geos().is_valid(m_state->raw(), shape.get()), "GEOS: is it valid")) {
        return std::nullopt;
    }
    std::unique_ptr<char, FreeText> const reason{geos().is_valid_reason(m_state->raw(), shape.get()),
                                                 FreeText{m_state->raw()}};
    return reason ? std::string{reason.get()} : std::string{"not valid"};
}

Geometry Geos::make_valid(Geometry const& geometry) {
    GeosPtr const shape = m_state->to_geos(geometry);
    GeosPtr const valid = m_state->own(geos().make_valid(m_state->raw(), shape.get()), "GEOS: making valid");
    return m_state->from_geos(m_state->snapped(valid), dimension_of(geometry));
}

bool Geos::intersects(Geometry const& a, Geometry const& b) {
    GeosPtr const left = m_state->to_geos(a);
    GeosPtr const right = m_state->to_geos(b);
    return m_state->answer(geos().intersects(m_state->raw(), left.get(), right.get()), "GEOS: intersects");
}

bool Geos::covers(Geometry const& outer, Geometry const& inner) {
    GeosPtr const left = m_state->to_geos(outer);
    GeosPtr const right = m_state->to_geos(inner);
    return m_state->answer(geos().covers(m_state->raw(), left.get(), right.get()), "GEOS: covers");
}

Geometry Geos::intersection(Geometry const& a, Geometry const& b) {
    GeosPtr const left = m_state->to_geos(a);
    GeosPtr const right = m_state->to_geos(b);
    GeosPtr const common = m_state->own(
        geos().intersection_prec(m_state->raw(), left.get(), right.get(), grid), "GEOS: intersection");
    return m_state->from_geos(common, std::min(dimension_of(a), dimension_of(b)));
}

Geometry Geos::difference(Geometry const& a, Geometry const& b) {
    GeosPtr const left = m_state->to_geos(a);
    GeosPtr const right = m_state->to_geos(b);
    GeosPtr const rest = m_state->own(geos().difference_prec(m_state->raw(), left.get(), right.get(), grid),
                                      "GEOS: difference");
    return m_state->from_geos(rest, dimension_of(a));
}

Geometry Geos::union_all(std::span<Geometry const> geometries) {
    int dimension = 0;
    std::vector<GeosPtr> parts;
    parts.reserve(geometries.size());
    for (Geometry const& geometry : geometries) {
        dimension = std::max(dimension, dimension_of(geometry));
        parts.push_back(m_state->to_geos(geometry));
    }
    GeosPtr const all = m_state->collection(GEOS_GEOMETRYCOLLECTION, std::move(parts));
    GeosPtr const merged =
        m_state->own(geos().unary_union_prec(m_state->raw(), all.get(), grid), "GEOS: union");
    return m_state->from_geos(merged, dimension);
}

MultiPolygon Geos::coverage_union(std::span<Polygon const> polygons) {
    std::vector<GeosPtr> parts;
    parts.reserve(polygons.size());
    for (Polygon const& polygon : polygons) {
        parts.push_back(m_state->to_geos(Geometry{polygon}));
    }
    GeosPtr const all = m_state->collection(GEOS_MULTIPOLYGON, std::move(parts));
    GeosPtr const merged =
        m_state->own(geos().coverage_union(m_state->raw(), all.get()), "GEOS: union of a coverage");
    return polygons_of(m_state->from_geos(merged, 2));
}

std::vector<Polygon> Geos::polygonize(MultiLineString const& noded) {
    GeosPtr const lines = m_state->to_geos(Geometry{noded});
    GEOSGeometry const* const input = lines.get();
    GeosPtr const faces = m_state->own(geos().polygonize(m_state->raw(), &input, 1), "GEOS: polygonize");
    return m_state->parts_of(faces).polygons;
}

Geometry Geos::simplified(Geometry const& geometry, Degrees tolerance) {
    GeosPtr const shape = m_state->to_geos(geometry);
    GeosPtr const simple = m_state->own(
        geos().topology_preserve_simplify(m_state->raw(), shape.get(), tolerance.value), "GEOS: simplifying");
    return m_state->from_geos(m_state->snapped(simple), dimension_of(geometry));
}

LonLat Geos::point_inside(Geometry const& geometry) {
    GeosPtr const shape = m_state->to_geos(geometry);
    GeosPtr const point =
        m_state->own(geos().point_on_surface(m_state->raw(), shape.get()), "GEOS: a point inside");
    auto const points = m_state->parts_of(point).points;
    if (points.empty()) {
        fail<GeometryError>("GEOS: an empty geometry has no point inside");
    }
    return points.front();
}

namespace {

extern "C" int scale_longitude(double* lon, double* /*lat*/, void* factor) noexcept {
    *lon *= *static_cast<double const*>(factor);
    return 1;
}

} // namespace

LonLat Geos::label_point(Geometry const& area) {
    if (dimension_of(area) != 2) {
        fail<GeometryError>("only areas have a place for a label");
    }
    GeosPtr const given = m_state->to_geos(make_valid(area));
    Extent const around = extent(area);
    // Degrees of longitude as long as those of latitude at the area's middle: circles are circles there.
    double scale = std::max(0.01, std::cos((around.south + around.north) / 2 * std::numbers::pi / 180));
    GeosPtr const shape = m_state->own(
        geos().transform_xy(m_state->raw(), given.get(), scale_longitude, &scale), "GEOS: scaling an area");
    double const size = std::min((around.east - around.west) * scale, around.north - around.south);
    GeosPtr const radius =
        m_state->own(geos().maximum_inscribed_circle(m_state->raw(), shape.get(), std::max(size / 100, grid)),
                     "GEOS: the largest circle inside");
    auto const lines = m_state->parts_of(radius).lines;
    if (lines.empty()) {
        fail<GeometryError>("GEOS: an empty area has no circle inside");
    }
    LonLat const middle = lines.front().points.front(); // from there the radius goes to the border
    return rounded(LonLat{middle.lon / scale, middle.lat});
}

} // namespace kharita::geo
