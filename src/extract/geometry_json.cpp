#include "extract/geometry_json.hpp"

namespace kharita::extract {

namespace {

void write(JsonWriter &json, LonLat at) {
    json.begin_array().real(at.lon).real(at.lat).end_array();
}

void write(JsonWriter &json, std::vector<LonLat> const &positions) {
    json.begin_array();
    for (LonLat const at : positions) {
        write(json, at);
    }
    json.end_array();
}

void write(JsonWriter &json, Polygon const &polygon) {
    json.begin_array();
    write(json, polygon.outer);
    for (Ring const &hole : polygon.holes) {
        write(json, hole);
    }
    json.end_array();
}

void write(JsonWriter &json, MultiLineString const &lines) {
    json.begin_array();
    for (LineString const &line : lines.lines) {
        write(json, line.points);
    }
    json.end_array();
}

void write(JsonWriter &json, MultiPolygon const &polygons) {
    json.begin_array();
    for (Polygon const &polygon : polygons.polygons) {
        write(json, polygon);
    }
    json.end_array();
}

struct GeometryWriter {
    JsonWriter &json;

    template <typename Coordinates>
    void write_as(std::string_view type, Coordinates const &coordinates) const {
        json.begin_object().key("type").string(type).key("coordinates");
        write(json, coordinates);
        json.end_object();
    }

    void operator()(Point const &each) const { write_as("Point", each.at); }
    void operator()(MultiPoint const &each) const { write_as("MultiPoint", each.points); }
    void operator()(LineString const &each) const { write_as("LineString", each.points); }
    void operator()(MultiLineString const &each) const { write_as("MultiLineString", each); }
    void operator()(Polygon const &each) const { write_as("Polygon", each); }
    void operator()(MultiPolygon const &each) const { write_as("MultiPolygon", each); }
};

} // namespace

void write_geometry(JsonWriter &json, Geometry const &geometry) {
    std::visit(GeometryWriter{json}, geometry);
}

} // namespace kharita::extract
