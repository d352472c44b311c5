#include "tile/feature_reader.hpp"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "support/temp_folder.hpp"
#include "tile/mvt_decoder.hpp"
#include "tile/tileset.hpp"

using namespace kharita;
using namespace kharita::tile;

namespace {

void no_progress(std::size_t) {}

LayerConfig config_of(std::string const& id) {
    LayerConfig config;
    config.id = id;
    config.source = id;
    return config;
}

LayerData read(std::filesystem::path const& file, std::size_t jobs, Rejects& rejects,
               SameIds same_ids = SameIds::renumber) {
    LayerBuilder builder{config_of("places"), TilesetConfig{}, same_ids};
    read_features(file, builder, jobs, rejects, no_progress);
    return builder.finish(rejects);
}

std::string text_of(LayerData const& layer, std::uint32_t feature, std::string const& key) {
    for (Tag const tag : layer.tags_of(feature)) {
        if (layer.keys[tag.key].name == key) {
            Value const value = decode_value(layer.value(tag.value));
            auto const* text = std::get_if<std::string>(&value);
            return text != nullptr ? *text : "no text";
        }
    }
    return "none";
}

} // namespace

TEST_CASE("value table: strings are numbered in the order of first use, each once") {
    ValueTable table;
    CHECK_FALSE(table.find("a"));
    CHECK(table.add("a") == 0);
    CHECK(table.add("") == 1);
    CHECK(table.add("a") == 0);
    for (std::uint32_t i = 0; i < 1000; ++i) {
        CHECK(table.add("number " + std::to_string(i)) == i + 2);
    }
    CHECK(table.size() == 1002);
    CHECK(table[1].empty());
    CHECK(table[501] == "number 499");
    CHECK(table.find("number 999") == std::optional{1001U});
    CHECK_FALSE(table.find("number 1000"));
}

TEST_CASE("read_features: a sequence, lines that cannot be read named by file and line") {
    test::TempFolder const folder;
    auto const file = folder.path() / "places.geojsonl";
    std::ofstream{file}
        << R"({"type":"Feature","id":7,"properties":{"name":"سهل"},"geometry":{"type":"Point","coordinates":[36,35]}})"
        << "\n\n"
        << R"({"type":"Feature","properties":{"name":"b"},"geometry":{"type":"Point","coordinates":[36,95]}})"
        << "\nnot json\n"
        << R"({"type":"Feature","properties":null,"geometry":{"type":"LineString","coordinates":[[1,2],[3,4,5]]}})"
        << "\n"
        << R"({"type":"Feature","properties":{},"geometry":{"type":"GeometryCollection","geometries":[]}})"
        << "\n"
        << R"({"type":"Feature","id":"x","properties":{"name":"c","list":[1, 2]},"geometry":{"type":"Point","coordinates":[36,35,900]}})";
    Rejects rejects;
    LayerData const layer = read(file, 2, rejects);
    REQUIRE(rejects.size() == 3);
    CHECK(rejects[0].line == 3);
    CHECK(rejects[0].file == file.string());
    CHECK(rejects[1].line == 4);
    CHECK(rejects[2].line == 6);
    REQUIRE(layer.feature_count() == 3);
    CHECK(layer.ids[0] == 7); // they stand by their ids
    CHECK(text_of(layer, 0, "name") == "سهل");
    CHECK(layer.lines.size() == 1);
    CHECK(layer.points.size() == 2);
    auto const named =
        static_cast<std::uint32_t>(std::ranges::find(layer.ids, ids_of("x").front()) - layer.ids.begin());
    REQUIRE(named < 3);
    CHECK(text_of(layer, named, "id") == "x");
    CHECK(text_of(layer, named, "list") == "[1,2]");
}

TEST_CASE("read_features: the layer is the same on any number of threads") {
    test::TempFolder const folder;
    auto const file = folder.path() / "places.geojsonl";
    {
        std::ofstream stream{file};
        for (std::int64_t i = 0; i < 60'000; ++i) { // several blocks
            stream << R"({"type":"Feature","properties":{"event_id":"E)" << i << R"(","kind":"k)" << i % 7
                   << R"(","n":)" << i % 100 << R"(},"geometry":{"type":"Point","coordinates":[)"
                   << 36 + static_cast<double>(i * 7919 % 1000) * 0.001 << ','
                   << 35 + static_cast<double>(i * 104729 % 1000) * 0.001 << "]}}\n";
        }
    }
    Rejects rejects;
    LayerData const one = read(file, 1, rejects);
    CHECK(one.feature_count() == 60'000);
    CHECK(one.single_values.size() == 60'000); // event_id
    CHECK(one.values.size() == 107);
    for (std::size_t const jobs : {2U, 5U}) {
        LayerData const many = read(file, jobs, rejects);
        CHECK(many.ids == one.ids);
        REQUIRE(many.tags.size() == one.tags.size());
        bool same = true;
        for (std::size_t i = 0; i < one.tags.size(); ++i) {
            same = same && one.tags[i].key == many.tags[i].key && one.tags[i].value == many.tags[i].value;
        }
        CHECK(same);
    }
    CHECK(rejects.empty());
}

TEST_CASE("read_features: a collection over many lines, and what is no GeoJSON") {
    test::TempFolder const folder;
    auto const file = folder.path() / "a.geojson";
    std::ofstream{file}
        << "{\"type\": \"FeatureCollection\",\n\"features\": [\n"
        << R"({"type":"Feature","properties":{"name":"a"},"geometry":{"type":"Point","coordinates":[1,2]}},)"
        << "\n"
        << R"({"type":"Feature","properties":{"name":"b"},"geometry":{"type":"Point","coordinates":[1,2]}})"
        << "\n]}\n";
    Rejects rejects;
    CHECK(read(file, 2, rejects).feature_count() == 2);
    CHECK(rejects.empty());
    std::ofstream{file} << "a text";
    CHECK_THROWS_AS(read(file, 2, rejects), InputError);
}

TEST_CASE("layer builder: ids are distinct, below 2^53 and follow from what a feature says") {
    test::TempFolder const folder;
    auto const file = folder.path() / "places.geojsonl";
    std::string const at = R"("geometry":{"type":"Point","coordinates":[1,2]}})";
    std::ofstream{file}
        << R"({"type":"Feature","id":5,"properties":{},)" << at << '\n'
        << R"({"type":"Feature","id":5,"properties":{},)" << at << '\n'
        << R"({"type":"Feature","properties":{"event_id":"00000000000000000000000000000abc"},)" << at << '\n'
        << R"({"type":"Feature","properties":{"name":"x"},)" << at << '\n'
        << R"({"type":"Feature","properties":{"name":"y"},)" << at << '\n';
    Rejects rejects;
    LayerData const layer = read(file, 1, rejects);
    REQUIRE(layer.feature_count() == 5);
    CHECK(layer.ids[0] == 5);
    CHECK(layer.ids[1] == 6);
    CHECK(layer.ids[2] == 0xabc);
    CHECK(layer.ids[3] != layer.ids[4]);
    CHECK(layer.ids[3] < std::uint64_t{1} << 53U);
    CHECK(layer.ids == read(file, 1, rejects).ids);
    CHECK(rejects.empty());
    CHECK(read(file, 1, rejects, SameIds::set_aside).feature_count() == 4);
    CHECK(rejects.size() == 1);
}

TEST_CASE("read_features: a file without anything is set aside, and others are tiled") {
    test::TempFolder const folder;
    LayerConfig const config;
    TilesetConfig const tileset;
    LayerBuilder layer{config, tileset, SameIds::renumber};
    Rejects rejects;
    read_features(folder.file("none.geojsonl", ""), layer, 2, rejects, [](std::size_t) {});
    REQUIRE(rejects.size() == 1);
    CHECK(rejects.front().reason.find("empty") == 0);
    CHECK(layer.feature_count() == 0);
}

TEST_CASE("names_other_reference: what GeoJSON could say before RFC 7946") {
    test::TempFolder const folder;
    auto const says = [&](std::string const& crs) {
        return names_other_reference(
            folder.file("a.geojson", R"({"type":"FeatureCollection","name":"a",)" + crs +
                                         R"("features":[{"properties":{"crs":"x"}}]})"));
    };
    auto const named = [](std::string const& name) {
        return R"("crs": { "type": "name", "properties": { "name": ")" + name + R"(" } },)";
    };
    CHECK_FALSE(says(""));
    CHECK_FALSE(says(R"("crs":null,)"));
    CHECK_FALSE(says(named("urn:ogc:def:crs:OGC:1.3:CRS84")));
    CHECK_FALSE(says(named("EPSG:4326")));
    CHECK(says(named("urn:ogc:def:crs:EPSG::32637")));
    CHECK(says(named("EPSG:3857")));
    CHECK_FALSE(names_other_reference(folder.path() / "none.geojson"));
    CHECK_FALSE(names_other_reference("-"));
}
