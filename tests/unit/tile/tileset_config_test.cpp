#include "tile/tileset_config.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "tile/json_line.hpp"

using namespace kharita;
using namespace kharita::tile;

namespace {

std::string message(std::string const& text) {
    try {
        parse_tileset_config(text, "t.json");
    } catch (InputError const& error) {
        return error.what();
    }
    return "read";
}

} // namespace

TEST_CASE("the tileset that is shipped reads, and names every layer of a database that is mapped") {
    TilesetConfig const config = read_tileset_config(KHARITA_SOURCE_DIR "/schemas/tileset.json");
    for (std::string const source : {"control", "zones", "frontlines", "places", "events", "planned",
                                     "threatened", "failed", "denied", "historical"}) {
        CAPTURE(source);
        REQUIRE(config.find_source(source) != nullptr);
        CHECK(config.find_source(source)->attributes);
    }
    CHECK(config.find_source("control")->coverage == "date");
    auto const& aggregates = config.find_source("events")->thinning->aggregates;
    REQUIRE(aggregates.size() == 4);
    CHECK(aggregates[1].name == "injured");
    CHECK(aggregates[2].kind == AggregateKind::least);
    CHECK(aggregates[2].attribute == "day");
    CHECK(aggregates[3].name == "last_day");
    CHECK(config.find_source("denied")->attributes->size() ==
          config.find_source("events")->attributes->size());
    CHECK(config.find_source("mentions") == nullptr);
}

TEST_CASE("parse_tileset_config: values and defaults") {
    TilesetConfig const config = parse_tileset_config(
        R"({"maxzoom": 9, "layers": [{"id": "e", "source": "events", "minzoom": 2,
            "attributes": {"n": {"type": "number", "minzoom": 4}, "t": {}},
            "thinning": {"cells_per_side": 16, "count": ""}}, {"id": "z"}]})",
        "t.json");
    CHECK(config.minzoom == 0);
    CHECK(config.maxzoom == 9);
    REQUIRE(config.layers.size() == 2);
    LayerConfig const& layer = config.layers[0];
    CHECK(layer.source == "events");
    CHECK(layer.minzoom == 2);
    CHECK_FALSE(layer.maxzoom);
    REQUIRE(layer.attributes);
    CHECK((*layer.attributes)[0].type == AttributeConfig::Type::number);
    CHECK((*layer.attributes)[0].minzoom == 4);
    CHECK((*layer.attributes)[1].name == "t");
    REQUIRE(layer.thinning);
    CHECK(layer.thinning->cells_per_side == 16);
    CHECK(layer.thinning->count.empty());
    CHECK(config.layers[1].source == "z");
    CHECK_FALSE(config.layers[1].thinning);
}

TEST_CASE("parse_tileset_config: errors name file, line, path, what was found and what was expected") {
    CHECK(message("{\n\"layers\": [\n{\"id\": \"a\",\n \"minzoom\": \"x\"}]}") ==
          "t.json:4: /layers/0/minzoom is \"x\"; expected a whole number from 0 to 22");
    CHECK(message("{\"layers\": [],\n \"maxzom\": 3}")
              .find("t.json:2: /maxzom is not known; expected one of ") == 0);
    CHECK(message("{\"layers\": [{\"id\":\"a\"},\n{\"id\":\"a\"}]}") ==
          "t.json:2: /layers/1/id is \"a\", as of another layer; expected distinct names");
    CHECK(message("{\"layers\": [{\"id\":\"a\", \"thinning\": {\"cells_per_side\": 3}}]}") ==
          "t.json:1: /layers/0/thinning/cells_per_side is 3; expected a power of two");
    CHECK(message("{\"layers\": [{\"id\":\"a\", \"thinning\": {\"sums\": [\"k\",\n 1]}}]}") ==
          "t.json:2: /layers/0/thinning/sums/1 is 1; expected an attribute's name");
    CHECK(message(R"({"layers": [{"id":"a", "thinning": {"least": {"first": 3}}}]})") ==
          "t.json:1: /layers/0/thinning/least/first is 3; expected an attribute's name");
    CHECK(message(R"({"layers": [{"id":"a", "thinning": {"sums": ["k"], "most": {"k": "day"}}}]})") ==
          R"(t.json:1: /layers/0/thinning gathers two attributes "k"; expected distinct names)");
    CHECK(message(R"({"layers": [{"id":"a", "thinning": {"counts": {"b": {"attribute": "type"}}}}]})") ==
          R"(t.json:1: /layers/0/thinning/counts/b has no "equals"; expected a name)");
    CHECK(message("{\"layers\": [{\"id\":\"a\", \"attributes\":\n {\"n\": {\"type\": \"int\"}}}]}") ==
          "t.json:2: /layers/0/attributes/n/type is \"int\"; expected text, number or boolean");
    CHECK(message("{\"layers\": [{\"id\":\"a\", \"attributes\": \"b\"}]}") ==
          "t.json:1: /layers/0/attributes is \"b\"; expected the id of a layer whose attributes are listed");
    CHECK(message("{\"layers\": [{\"id\":\"a\", \"simplify\": -1}]}") ==
          "t.json:1: /layers/0/simplify is -1; expected a number, 0 or more");
    CHECK(message("{\"minzoom\": 5, \"maxzoom\": 4, \"layers\": []}") ==
          "t.json:1: /minzoom is 5, deeper than maxzoom 4");
    CHECK(message("[]") == "t.json:1: the document is []; expected an object");
    CHECK(message("{}") == "t.json:1: /layers is missing or no list; expected the list of layers");
    CHECK(message("{\n\"layers\": [\n}").find("t.json:3: ") == 0);
    CHECK_THROWS_AS(read_tileset_config("/does/not/exist.json"), InputError);
}

TEST_CASE("line_of: through objects, lists, texts with escapes; as far as the path leads") {
    std::string_view const json =
        "{\n\"a\\\"}\": [1, {\"x\": \"],\"}, -2.5e3],\n\"b\": {\n\"c\": [true,\nnull,\n{\"d\": 1}]}}";
    CHECK(line_of(json, "") == 1);
    CHECK(line_of(json, "/b") == 3);
    CHECK(line_of(json, "/b/c") == 4);
    CHECK(line_of(json, "/b/c/1") == 5);
    CHECK(line_of(json, "/b/c/2/d") == 6);
    CHECK(line_of(json, "/b/c/2/e") == 6);
    CHECK(line_of(json, "/b/c/9") == 4);
    CHECK(line_of(json, "/nothing") == 1);
}
