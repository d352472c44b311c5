#include "ogr/geometry.hpp"

#include "base/error.hpp"

namespace kharita::ogr {

namespace {

std::vector<LonLat> positions(OGRSimpleCurve const& curve) {
    std::vector<LonLat> all;
    all.reserve(static_cast<std::size_t>(curve.getNumPoints()));
    for (int i = 0; i < curve.getNumPoints(); ++i) {
        all.push_back({curve.getX(i), curve.getY(i)});
    }
    return all;
}

Polygon polygon_of(OGRPolygon const& shape) {
    Polygon polygon;
    bool outer = true;
    for (OGRLinearRing const* const ring : shape) {
        if (outer) {
            polygon.outer = positions(*ring);
        } else {
            polygon.holes.push_back(positions(*ring));
        }
        outer = false;
    }
    return polygon;
}

template <typename Collection, typename Convert>
auto parts_of(Collection const& shape, Convert const& convert) {
    std::vector<decltype(convert(**shape.begin()))> parts;
    parts.reserve(static_cast<std::size_t>(shape.getNumGeometries()));
    for (auto const* const part : shape) {
        parts.push_back(convert(*part));
    }
    return parts;
}

void add_positions(std::vector<LonLat> const& from, OGRSimpleCurve& to) {
    to.setNumPoints(static_cast<int>(from.size()));
    for (std::size_t i = 0; i < from.size(); ++i) {
        to.setPoint(static_cast<int>(i), from[i].lon, from[i].lat);
    }
}

std::unique_ptr<OGRLineString> line_to_ogr(LineString const& line) {
    auto shape = std::make_unique<OGRLineString>();
    add_positions(line.points, *shape);
    return shape;
}

std::unique_ptr<OGRPolygon> polygon_to_ogr(Polygon const& polygon) {
    auto shape = std::make_unique<OGRPolygon>();
    auto const add = [&](Ring const& ring) {
        OGRLinearRing curve;
        add_positions(ring, curve);
        shape->addRing(&curve);
    };
    add(polygon.outer);
    for (Ring const& hole : polygon.holes) {
        add(hole);
    }
    return shape;
}

} // namespace

Geometry from_ogr(OGRGeometry const& shape) {
    if (shape.IsEmpty()) {
        fail<GeometryError>("its shape is empty");
    }
    switch (wkbFlatten(shape.getGeometryType())) {
    case wkbPoint:
        return Point{{shape.toPoint()->getX(), shape.toPoint()->getY()}};
    case wkbLineString:
        return LineString{positions(*shape.toLineString())};
    case wkbPolygon:
        return polygon_of(*shape.toPolygon());
    case wkbMultiPoint:
        return MultiPoint{parts_of(*shape.toMultiPoint(), [](OGRPoint const& point) {
            return LonLat{point.getX(), point.getY()};
        })};
    case wkbMultiLineString:
        return MultiLineString{parts_of(*shape.toMultiLineString(), [](OGRLineString const& line) {
            return LineString{positions(line)};
        })};
    case wkbMultiPolygon:
        return MultiPolygon{parts_of(*shape.toMultiPolygon(), polygon_of)};
    default:
        break;
    }
    if (shape.hasCurveGeometry() != FALSE) {
        std::unique_ptr<OGRGeometry> const straight{shape.getLinearGeometry()};
        if (straight && straight->hasCurveGeometry() == FALSE) {
            return from_ogr(*straight);
        }
    }
    fail<GeometryError>("its shape is a {}; expected points, lines or polygons", shape.getGeometryName());
}

std::unique_ptr<OGRGeometry> to_ogr(Geometry const& geometry) {
    return std::visit(
        detail::Overloaded{
            [](Point const& point) -> std::unique_ptr<OGRGeometry> {
                return std::make_unique<OGRPoint>(point.at.lon, point.at.lat);
            },
            [](MultiPoint const& points) -> std::unique_ptr<OGRGeometry> {
                auto shape = std::make_unique<OGRMultiPoint>();
                for (LonLat const at : points.points) {
                    OGRPoint const point{at.lon, at.lat};
                    shape->addGeometry(&point);
                }
                return shape;
            },
            [](LineString const& line) -> std::unique_ptr<OGRGeometry> { return line_to_ogr(line); },
            [](MultiLineString const& lines) -> std::unique_ptr<OGRGeometry> {
                auto shape = std::make_unique<OGRMultiLineString>();
                for (LineString const& line : lines.lines) {
                    shape->addGeometry(line_to_ogr(line).get());
                }
                return shape;
            },
            [](Polygon const& polygon) -> std::unique_ptr<OGRGeometry> { return polygon_to_ogr(polygon); },
            [](MultiPolygon const& polygons) -> std::unique_ptr<OGRGeometry> {
                auto shape = std::make_unique<OGRMultiPolygon>();
                for (Polygon const& polygon : polygons.polygons) {
                    shape->addGeometry(polygon_to_ogr(polygon).get());
                }
                return shape;
            }},
        geometry);
}

} // namespace kharita::ogr
