#include "extract/geometry_reader.hpp"

namespace kharita::extract {

namespace {

simdjson::dom::array as_array(JsonElement value) {
    simdjson::dom::array array;
    if (value.get(array) != simdjson::SUCCESS) {
        fail<InputError>("coordinates hold {}; expected an array", kind_of(value));
    }
    return array;
}

LonLat position(JsonElement value) {
    auto const pair = as_array(value);
    LonLat at;
    if (pair.size() < 2 || pair.at(0).get(at.lon) != simdjson::SUCCESS ||
        pair.at(1).get(at.lat) != simdjson::SUCCESS || !is_valid(at)) {
        fail<InputError>("a position is {}; expected [lon, lat] in degrees", simdjson::minify(value));
    }
    return at;
}

std::vector<LonLat> positions(JsonElement value) {
    std::vector<LonLat> all;
    for (JsonElement const each : as_array(value)) {
        all.push_back(position(each));
    }
    return all;
}

Polygon polygon(JsonElement value) {
    Polygon result;
    bool outer = true;
    for (JsonElement const each : as_array(value)) {
        Ring ring = positions(each);
        if (ring.size() < 4 || ring.front() != ring.back()) {
            fail<InputError>("a ring has {} positions; expected four or more, the last equal to the first",
                             ring.size());
        }
        if (outer) {
            result.outer = std::move(ring);
            outer = false;
        } else {
            result.holes.push_back(std::move(ring));
        }
    }
    return result;
}

} // namespace

Geometry read_geometry(JsonObject geojson) {
    std::string const type = required_string(geojson, "type");
    JsonElement const coordinates = required(geojson, "coordinates");
    if (type == "Point") {
        return Point{position(coordinates)};
    }
    if (type == "MultiPoint") {
        return MultiPoint{positions(coordinates)};
    }
    if (type == "LineString") {
        return LineString{positions(coordinates)};
    }
    if (type == "MultiLineString") {
        MultiLineString lines;
        for (JsonElement const each : as_array(coordinates)) {
            lines.lines.push_back({positions(each)});
        }
        return lines;
    }
    if (type == "Polygon") {
        return polygon(coordinates);
    }
    if (type == "MultiPolygon") {
        MultiPolygon polygons;
        for (JsonElement const each : as_array(coordinates)) {
            polygons.polygons.push_back(polygon(each));
        }
        return polygons;
    }
    fail<InputError>("geometry type is \"{}\"; expected one of RFC 7946 other than GeometryCollection", type);
}

} // namespace kharita::extract
