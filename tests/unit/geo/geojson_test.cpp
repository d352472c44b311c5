#include "geo/geojson.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <limits>
#include <random>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "support/temp_folder.hpp"

using namespace kharita;

namespace {

std::string joined(std::initializer_list<std::string_view> parts) {
    std::string all;
    for (std::string_view const part : parts) {
        all += part;
    }
    return all;
}

std::string coordinate(double value) {
    std::string out;
    geo::append_coordinate(out, value);
    return out;
}

/// All features of a collection, which must be without fault.
std::vector<Feature> read_all(std::string_view content) {
    kharita::test::TempFolder const folder;
    return geo::read_geojson(folder.file("a.geojson", content));
}

struct ReadBack {
    std::vector<Feature> features;
    Rejects rejects;
};

ReadBack read(std::string_view content) {
    kharita::test::TempFolder const folder;
    ReadBack result;
    geo::read_geojson(
        folder.file("a.geojson", content),
        [&](Feature&& feature) { result.features.push_back(std::move(feature)); },
        [&](Reject&& reject) { result.rejects.push_back(std::move(reject)); });
    return result;
}

std::string reason(std::string_view content) {
    auto const result = read(content);
    CHECK(result.features.empty());
    REQUIRE(result.rejects.size() == 1);
    return result.rejects[0].reason;
}

} // namespace

TEST_CASE("append_coordinate: seven decimals at most, no exponent, no trailing zeros, no minus zero") {
    CHECK(coordinate(36.6231) == "36.6231");
    CHECK(coordinate(-0.5) == "-0.5");
    CHECK(coordinate(0) == "0");
    CHECK(coordinate(-0.00000001) == "0");
    CHECK(coordinate(1e-7) == "0.0000001");
    CHECK(coordinate(180) == "180");
    CHECK(coordinate(36.12345678) == "36.1234568");
    CHECK(coordinate(-179.99999999) == "-180");
    CHECK(coordinate(35.1000000) == "35.1");
}

TEST_CASE("append_coordinate: reads back as the rounded number") {
    std::mt19937_64 random{7};
    std::uniform_real_distribution<double> degrees{-180, 180};
    for (int i = 0; i < 20'000; ++i) {
        LonLat const at = rounded({degrees(random), 0});
        CHECK(std::strtod(coordinate(at.lon).c_str(), nullptr) == at.lon);
    }
}

TEST_CASE("to_geojson: geometries as RFC 7946, appendix A, writes them") {
    CHECK(geo::to_geojson(Point{{100, 0}}) == R"({"type":"Point","coordinates":[100,0]})");
    CHECK(geo::to_geojson(LineString{{{100, 0}, {101, 1}}}) ==
          R"({"type":"LineString","coordinates":[[100,0],[101,1]]})");
    CHECK(geo::to_geojson(MultiPoint{{{100, 0}, {101, 1}}}) ==
          R"({"type":"MultiPoint","coordinates":[[100,0],[101,1]]})");
    CHECK(geo::to_geojson(MultiLineString{{{{{100, 0}, {101, 1}}}, {{{102, 2}, {103, 3}}}}}) ==
          R"({"type":"MultiLineString","coordinates":[[[100,0],[101,1]],[[102,2],[103,3]]]})");
    CHECK(
        geo::to_geojson(Polygon{{{100, 0}, {101, 0}, {101, 1}, {100, 1}, {100, 0}},
                                {{{100.8, 0.8}, {100.8, 0.2}, {100.2, 0.2}, {100.2, 0.8}, {100.8, 0.8}}}}) ==
        R"({"type":"Polygon","coordinates":[[[100,0],[101,0],[101,1],[100,1],[100,0]],)"
        R"([[100.8,0.8],[100.8,0.2],[100.2,0.2],[100.2,0.8],[100.8,0.8]]]})");
}

TEST_CASE("to_geojson: turns rings to the right-hand rule") {
    CHECK(geo::to_geojson(MultiPolygon{{{{{0, 0}, {0, 1}, {1, 1}, {0, 0}}, {}}}}) ==
          R"({"type":"MultiPolygon","coordinates":[[[[0,0],[1,1],[0,1],[0,0]]]]})");
}

TEST_CASE("to_geojson: a collection with ids, typed properties, escapes and bounding boxes") {
    Feature const point{7,
                        Point{{36.6, 35.3}},
                        {{"name", std::string{"a \"b\"\\\n\x01 حماة"}},
                         {"n", std::int64_t{-3}},
                         {"x", 0.25},
                         {"bad", std::numeric_limits<double>::infinity()},
                         {"yes", true},
                         {"none", std::monostate{}}},
                        0};
    Feature const line{0, LineString{{{36, 35}, {37, 34}}}, {}, 0};
    CHECK(geo::to_geojson({point, line}, R"("name":"events")") ==
          "{\"type\":\"FeatureCollection\",\"name\":\"events\",\"features\":[\n"
          R"({"type":"Feature","id":7,"geometry":{"type":"Point","coordinates":[36.6,35.3]},"properties":)"
          R"({"name":"a \"b\"\\\n\u0001 حماة","n":-3,"x":0.25,"bad":null,"yes":true,"none":null}})"
          ",\n"
          R"({"type":"Feature","bbox":[36,34,37,35],"geometry":{"type":"LineString","coordinates":)"
          R"([[36,35],[37,34]]},"properties":{}})"
          "\n],\n\"bbox\":[36,34,37,35.3]}\n");
    CHECK(geo::to_geojson(std::vector<Feature>{}) == "{\"type\":\"FeatureCollection\",\"features\":[\n]}\n");
}

TEST_CASE("read_geojson: undoes to_geojson, for collections and line by line") {
    std::vector<Feature> const features{
        {1, Point{{36.6, 35.3}}, {{"name", std::string{"حماة"}}, {"n", std::int64_t{4}}, {"x", 0.5}}, 0},
        {2,
         Polygon{{{0, 0}, {2, 0}, {2, 2}, {0, 2}, {0, 0}}, {{{0.5, 0.5}, {0.5, 1}, {1, 1}, {0.5, 0.5}}}},
         {},
         0},
        {3, MultiLineString{{{{{1, 2}, {3, 4}}}, {{{5, 6}, {7, 8}}}}}, {{"ok", false}}, 0}};
    CHECK(read_all(geo::to_geojson(features)) == features);
    std::string lines;
    for (Feature const& feature : features) {
        lines += '\x1E';
        geo::append_geojson(lines, feature);
        lines += "\n\n";
    }
    CHECK(read_all(lines) == features);
}

TEST_CASE("read_geojson: one feature, a geometry, text ids, heights, nested properties, clockwise rings") {
    auto const feature =
        read_all(R"({"type":"Feature","id":"SY05","geometry":{"type":"Point","coordinates":[1,2,300]},)"
                 R"("properties":{"a":[1,{"b":2}],"big":12345678901234567890}})");
    REQUIRE(feature.size() == 1);
    CHECK(feature[0].geometry == Geometry{Point{{1, 2}}});
    CHECK(geo::text_property(feature[0], "id", "x") == "SY05");
    CHECK(geo::property(feature[0], "a") == Value{std::string{R"([1,{"b":2}])"}});
    CHECK(geo::property(feature[0], "big") == Value{12345678901234567890.0});
    CHECK(geo::property(feature[0], "no") == Value{});
    CHECK_THROWS_WITH_AS(geo::text_property(feature[0], "no", "b.geojson"),
                         "b.geojson: no text property \"no\"", InputError);
    CHECK(read_all("{\n\"type\": \"Point\",\n\"coordinates\": [1, 2]}").size() == 1);
    auto const clockwise = read_all(R"({"type":"Polygon","coordinates":[[[0,0],[0,1],[1,1],[0,0]]]})");
    CHECK(clockwise.at(0).geometry == Geometry{Polygon{{{0, 0}, {1, 1}, {0, 1}, {0, 0}}, {}}});
}

TEST_CASE("read_geojson: features that cannot be used are set aside with their reason") {
    auto const feature = [](std::string_view geometry) {
        return R"({"type":"Feature","id":5,"properties":null,"geometry":)" + std::string{geometry} + "}";
    };
    CHECK(reason(feature("null")) == "feature 1, id 5: a null geometry");
    CHECK(reason(feature(R"({"type":"GeometryCollection","geometries":[]})")).find("GeometryCollection") !=
          std::string::npos);
    CHECK(reason(feature(R"({"type":"Point","coordinates":[1]})")).find("a position of 1 numbers") !=
          std::string::npos);
    CHECK(reason(feature(R"({"type":"Point","coordinates":["1","2"]})")).find("no number") !=
          std::string::npos);
    CHECK(reason(feature(R"({"type":"Point","coordinates":[35,136]})")).find("±90") != std::string::npos);
    CHECK(reason(feature(R"({"type":"LineString","coordinates":[[1,2]]})")).find("line of 1") !=
          std::string::npos);
    CHECK(reason(feature(R"({"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]})")).find("closed") !=
          std::string::npos);
    CHECK(reason(feature(R"({"type":"MultiPolygon","coordinates":[]})")).find("empty") != std::string::npos);
    CHECK(reason(feature(R"({"type":"Circle","coordinates":[]})")).find("\"Circle\"") != std::string::npos);
}

TEST_CASE("read_geojson: a broken line between good ones is set aside with its number") {
    std::string const good =
        R"({"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[1,2]}})";
    auto const result = read(good + "\n{\"type\":\"Feat\n" + good + "\n");
    CHECK(result.features.size() == 2);
    REQUIRE(result.rejects.size() == 1);
    CHECK(result.rejects[0].line == 2);
    CHECK(result.rejects[0].text == "{\"type\":\"Feat");
}

TEST_CASE("read_geojson: no GeoJSON at all") {
    for (char const* const content :
         {"", "\n\n", "name,lon\n", "[1,2]", "{\"type\":\n", "17", R"({"type":"FeatureCollection"})"}) {
        CAPTURE(content);
        CHECK_THROWS_AS(read(content), InputError);
    }
    CHECK_THROWS_AS(geo::read_geojson("/no/such/file.geojson"), InputError);
    CHECK_THROWS_AS(geo::parse_geojson_geometry("{"), InputError);
    CHECK(geo::parse_geojson_geometry(R"({"type":"Point","coordinates":[1,2]})") == Geometry{Point{{1, 2}}});
}

TEST_CASE("read_geojson: a very long line gives what a short one gives") {
    std::string const padding(std::size_t{1} << 22U, 'x');
    for (
        std::string_view const geometry :
        {R"({"type":"LineString","coordinates":[[36.5,35.25],[-1.5e1,2E+0,100],[0,-0.125]]})",
         R"({"type":"MultiPoint","coordinates":[ [ 1 , 2 ] , [3,4] ]})",
         R"({"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[5,6],[7,8]]]})",
         R"({"coordinates":[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[1,1],[2,1],[2,2],[1,1]]],"type":"Polygon"})",
         R"({"type":"MultiPolygon","coordinates":[[[[0,0],[0,4],[4,4],[0,0]]],[[[5,5],[6,5],[6,6],[5,5]]]]})",
         R"({"type":"Point","coordinates":[36.5,35.25]})",
         // None of these can be used, each for its own reason.
         R"({"type":"Polygon","coordinates":[[1,2],[3,4]]})",
         R"({"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,4]]]})",
         R"({"type":"LineString","coordinates":[[1,2],[3]]})",
         R"({"type":"LineString","coordinates":[[1,2],["3",4]]})",
         R"({"type":"LineString","coordinates":[[1,2],[200,4]]})",
         R"({"type":"LineString","coordinates":[]})", R"({"type":"LineString","coordinates":[[1,2],[01,4]]})",
         R"({"type":"LineString","coordinates":[[1,2],[.5,4]]})",
         R"({"type":"LineString","coordinates":[[1,2],[3,4])", R"({"type":"LineString"})", "null"}) {
        CAPTURE(geometry);
        auto const line = [&](std::string_view note) {
            // The first line is read apart from the others.
            std::string lines =
                R"({"type":"Feature","id":1,"geometry":{"type":"Point","coordinates":[1,2]},"properties":{}})";
            lines += "\n";
            lines += R"({"type":"Feature","id":7,"geometry":)";
            lines += geometry;
            lines += R"(,"properties":{"note":")";
            lines += note;
            lines += R"(","geometry":{"coordinates":[[1]]}}})";
            return read(lines);
        };
        ReadBack const one = line("");
        ReadBack const two = line(padding);
        REQUIRE(one.features.size() == two.features.size());
        REQUIRE(one.rejects.size() == two.rejects.size());
        for (std::size_t i = 0; i < one.features.size(); ++i) {
            CHECK(one.features[i].geometry == two.features[i].geometry);
            CHECK(one.features[i].id == two.features[i].id);
            CHECK(one.features[i].properties.size() == two.features[i].properties.size());
        }
        for (std::size_t i = 0; i < one.rejects.size(); ++i) {
            CHECK(one.rejects[i].reason == two.rejects[i].reason);
        }
    }
}

TEST_CASE("read_geojson: a bad first line of a sequence is set aside like any other") {
    auto const feature = [](std::string const& id, std::string const& lon) {
        return R"({"type":"Feature","id":)" + id +
               R"(,"properties":{},"geometry":{"type":"Point","coordinates":[)" + lon + ",35]}}\n";
    };
    auto const result = read(feature("1", "x36") + feature("2", "36") + feature("3", "37"));
    CHECK(result.features.size() == 2);
    REQUIRE(result.rejects.size() == 1);
    CHECK(result.rejects[0].line == 1);
    // One value over several lines is no sequence, whatever its lines look like.
    CHECK(read_all(R"({"type":"FeatureCollection","features":[)"
                   "\n" +
                   feature("1", "36") + "]}")
              .size() == 1);
    CHECK_THROWS_AS(read(feature("1", "x36")), InputError);
}

TEST_CASE("read_geojson: a FeatureCollection, in whatever order and on however many lines") {
    std::string const list =
        R"([{"type":"Feature","id":1,"properties":{},"geometry":{"type":"Point","coordinates":[36,35]}},)"
        "\n"
        R"(17,{"type":"Feature","id":3,"properties":{},"geometry":null},)"
        "\n"
        R"({"type":"Feature","id":4,"properties":{"a":"]"},"geometry":{"type":"Point","coordinates":[NaN,35]}},)"
        R"({"type":"Feature","id":5,"properties":{},"geometry":{"type":"Point","coordinates":[37,35]}}])";
    std::string const type = R"("type":"FeatureCollection")";
    std::string const open = joined({"{", type, R"(,"features":)", list});
    std::string one_line = joined({open, "}\n"});
    std::erase(one_line, '\n');
    for (std::string const& content :
         {joined({open, "}\n"}), joined({"{\n", type, ",\n\"features\":\n", list, "\n}\n\n"}),
          joined({R"({"features":)", list, ",", type, "}"}), joined({"\n", one_line, "\n"})}) {
        CAPTURE(content);
        auto const result = read(content);
        REQUIRE(result.features.size() == 2);
        CHECK(result.features[1].id == 5);
        REQUIRE(result.rejects.size() == 3);
        CHECK(result.rejects[0].reason == "feature 2: no object");
        CHECK(result.rejects[1].reason == "feature 3, id 3: a null geometry");
        CHECK(result.rejects[2].reason.starts_with("feature 4, id 4: "));
        CHECK(result.rejects[0].line == (content.starts_with("\n") ? 2 : 0));
    }
    for (std::string const& content :
         {open, joined({open, "}}"}), joined({open, "}\n{}"}),
          joined({"{", type, R"(,"features":[{"type":]})"}), joined({"{", type, R"(,"features":[{},]})"})}) {
        CAPTURE(content);
        CHECK_THROWS_AS(read(content), InputError);
    }
    // A sequence may have collections as lines.
    CHECK(read(joined({one_line, "\n", one_line})).features.size() == 4);
}

TEST_CASE("read_geojson: numbers beyond 64 bits are read, NaN is nothing") {
    auto const result = read(
        R"({"type":"Feature","id":1,"properties":{"large":18446744073709551616,"none":NaN,"over":1e999},)"
        R"("geometry":{"type":"Point","coordinates":[36,35]}})"
        "\n"
        R"({"type":"Feature","id":2,"properties":{},"geometry":{"type":"Point","coordinates":[NaN,35]}})");
    REQUIRE(result.features.size() == 1);
    CHECK(std::get<double>(geo::property(result.features[0], "large")) == 18446744073709551616.0);
    CHECK(std::holds_alternative<std::monostate>(geo::property(result.features[0], "none")));
    CHECK(std::holds_alternative<std::monostate>(geo::property(result.features[0], "over")));
    REQUIRE(result.rejects.size() == 1);
    CHECK(result.rejects[0].reason.find("no number") != std::string::npos);
}
