#include "tile/mvt_decoder.hpp"
#include "tile/mvt_encoder.hpp"
#include "tile/point_tile.hpp"

#include <vector>

#include <doctest/doctest.h>

using namespace kharita;
using namespace kharita::tile;

namespace {

using Numbers = std::vector<std::uint32_t>;

Numbers values(GeometryCommands const& commands) {
    return {commands.values().begin(), commands.values().end()};
}

std::string bytes(std::initializer_list<int> list) {
    std::string result;
    for (int const each : list) {
        result.push_back(static_cast<char>(each));
    }
    return result;
}

/// A tile with one layer "l" that holds one feature with the given fields, without its length.
std::string tile_with_feature(std::string const& feature) {
    std::string const layer =
        bytes({0x78, 2, 0x0a, 1}) + "l" + bytes({0x12, static_cast<int>(feature.size())}) + feature;
    return bytes({0x1a, static_cast<int>(layer.size())}) + layer;
}

} // namespace

TEST_CASE("GeometryCommands: the examples of the specification, section 4.3.5") {
    GeometryCommands commands;
    SUBCASE("point") {
        commands.points(std::vector<TilePoint>{{25, 17}});
        CHECK(values(commands) == Numbers{9, 50, 34});
    }
    SUBCASE("multipoint") {
        commands.points(std::vector<TilePoint>{{5, 7}, {3, 2}});
        CHECK(values(commands) == Numbers{17, 10, 14, 3, 9});
    }
    SUBCASE("line") {
        commands.line(std::vector<TilePoint>{{2, 2}, {2, 10}, {10, 10}});
        CHECK(values(commands) == Numbers{9, 4, 4, 18, 0, 16, 16, 0});
    }
    SUBCASE("multiline") {
        commands.line(std::vector<TilePoint>{{2, 2}, {2, 10}, {10, 10}});
        commands.line(std::vector<TilePoint>{{1, 1}, {3, 5}});
        CHECK(values(commands) == Numbers{9, 4, 4, 18, 0, 16, 16, 0, 9, 17, 17, 10, 4, 8});
    }
    SUBCASE("polygon") {
        commands.ring(std::vector<TilePoint>{{3, 6}, {8, 12}, {20, 34}});
        CHECK(values(commands) == Numbers{9, 6, 12, 18, 10, 12, 24, 44, 15});
    }
    SUBCASE("multipolygon with a hole") {
        commands.ring(std::vector<TilePoint>{{0, 0}, {10, 0}, {10, 10}, {0, 10}});
        commands.ring(std::vector<TilePoint>{{11, 11}, {20, 11}, {20, 20}, {11, 20}});
        commands.ring(std::vector<TilePoint>{{13, 13}, {13, 17}, {17, 17}, {17, 13}});
        CHECK(values(commands) == Numbers{9, 0,  0,  26, 20, 0, 0, 20, 19, 0, 15, 9, 22, 2, 26, 18, 0,
                                          0, 18, 17, 0,  15, 9, 4, 13, 26, 0, 8,  8, 0,  0, 7,  15});
    }
}

TEST_CASE("encode_value: each type in its own field (vector_tile.proto)") {
    CHECK(encode_value(std::string{"ab"}) == bytes({0x0a, 2, 'a', 'b'}));
    CHECK(encode_value(true) == bytes({0x38, 1}));
    CHECK(encode_value(std::int64_t{300}) == bytes({0x28, 0xac, 0x02}));
    CHECK(encode_value(std::int64_t{-2}) == bytes({0x30, 3}));
    CHECK(encode_value(0.5) == bytes({0x15, 0, 0, 0, 0x3f}));
    CHECK(encode_value(0.1).size() == 9); // not exact as a float
    CHECK(encode_value(Value{}).empty());
    CHECK(encode_value(0.0 / 0.0).empty());
}

TEST_CASE("layers of a tile stand one after the other, and an encoder writes one tile after the other") {
    LayerEncoder places{"places"};
    LayerEncoder routes{"routes"};
    auto const append = [](LayerEncoder& layer, std::int32_t x, std::string& tile) {
        layer.clear();
        GeometryCommands commands;
        commands.points(std::vector<TilePoint>{{x, 7}});
        Numbers const tags{layer.key("n"), layer.value(std::int64_t{x})};
        layer.feature(1, GeometryType::point, commands.values(), tags);
        layer.append_to(tile);
    };
    for (std::int32_t x = 0; x < 3; ++x) {
        std::string tile;
        append(places, x, tile);
        // Field 3 of 35 bytes: version (2), name (8), feature (15), key (3), value (4), extent (3).
        CHECK(tile.size() == 37);
        CHECK(tile.substr(0, 12) == bytes({0x1a, 0x23, 0x78, 0x02, 0x0a, 0x06}) + "places");
        append(routes, x, tile);
        CHECK(tile.size() == 74);
        DecodedTile const decoded = decode_tile(tile);
        REQUIRE(decoded.layers.size() == 2);
        for (DecodedLayer const& layer : decoded.layers) {
            REQUIRE(layer.features.size() == 1);
            CHECK(layer.features[0].parts[0] == std::vector<TilePoint>{{x, 7}});
            CHECK(layer.features[0].properties[0].second == Value{std::int64_t{x}});
        }
    }
}

TEST_CASE("a layer decodes to what was encoded") {
    LayerEncoder layer{"places"};
    std::vector<Value> const originals{
        std::string{"اللطامنة"}, std::int64_t{-7}, std::int64_t{1} << 60, 0.1, 2.5, false};
    Numbers tags;
    for (std::size_t i = 0; i < originals.size(); ++i) {
        tags.push_back(layer.key(std::string(1, static_cast<char>('a' + i))));
        tags.push_back(layer.value(originals[i]));
    }
    CHECK(layer.key("a") == 0);
    CHECK(layer.value(std::int64_t{-7}) == 1);
    GeometryCommands commands;
    commands.points(std::vector<TilePoint>{{0, 4095}, {-64, 4160}});
    layer.feature((std::uint64_t{1} << 53U) - 1, GeometryType::point, commands.values(), tags);
    std::string tile;
    layer.append_to(tile);

    DecodedTile const decoded = decode_tile(tile);
    REQUIRE(decoded.layers.size() == 1);
    DecodedLayer const* const found = decoded.find("places");
    REQUIRE(found != nullptr);
    CHECK(found->version == 2);
    CHECK(found->extent == 4096);
    REQUIRE(found->features.size() == 1);
    DecodedFeature const& feature = found->features.front();
    CHECK(feature.id == (std::uint64_t{1} << 53U) - 1);
    CHECK(feature.type == GeometryType::point);
    REQUIRE(feature.parts.size() == 1);
    CHECK(feature.parts.front() == std::vector<TilePoint>{{0, 4095}, {-64, 4160}});
    REQUIRE(feature.properties.size() == originals.size());
    for (std::size_t i = 0; i < originals.size(); ++i) {
        CHECK(feature.properties[i].second == originals[i]);
    }
    CHECK(decode_tile("").layers.empty());
}

TEST_CASE("bare_features: ids and geometry, which another layer may take over as they are") {
    GeometryCommands commands;
    commands.line(std::vector<TilePoint>{{2, 2}, {2, 10}, {10, 10}});
    LayerEncoder first{"a"};
    std::vector<std::uint32_t> const tags{first.key("k"), first.encoded_value(encode_value("v"))};
    first.feature(7, GeometryType::line_string, commands.values(), tags);
    first.feature(9, GeometryType::line_string, commands.values(), {});
    std::string tile;
    first.append_to(tile);
    std::vector<BareFeature> const found = bare_features(raw_layers(tile).front().bytes);
    REQUIRE(found.size() == 2);
    CHECK(found[0].id == 7);
    CHECK(found[1].id == 9);
    CHECK(found[0].geometry == std::string_view{"\x09\x04\x04\x12\x00\x10\x10\x00", 8}); // section 4.3.5.3

    LayerEncoder second{"a"};
    std::vector<std::uint32_t> const same{second.key("k"), second.encoded_value(encode_value("v"))};
    second.feature(7, GeometryType::line_string, found[0].geometry, same);
    second.feature(9, GeometryType::line_string, found[1].geometry, {});
    std::string again;
    second.append_to(again);
    CHECK(again == tile);

    CHECK(bare_features({}).empty());
    CHECK_THROWS_AS(bare_features({"\x12\x02\x08\x01", 4}), FormatError); // without geometry
    CHECK_THROWS_AS(bare_features({"\x12\x09", 2}), FormatError);
}

TEST_CASE("with_geometries: some features with other commands, all else as it was") {
    LayerEncoder encoder{"roads"};
    GeometryCommands commands;
    auto const add = [&](std::uint64_t id, std::int32_t last) {
        commands.clear();
        commands.line(std::array{TilePoint{1, 2}, TilePoint{3, last}});
        encoder.feature(id, GeometryType::line_string, commands.values(),
                        std::array{encoder.key("id"), encoder.encoded_value(encode_value(std::int64_t(id)))});
    };
    std::string before;
    for (std::uint64_t const id : {5U, 6U, 7U}) {
        add(id, 4);
    }
    encoder.append_to(before);
    encoder.clear();
    std::string after;
    add(5, 4);
    add(6, 400); // of more bytes
    add(7, 4);
    encoder.append_to(after);

    commands.clear();
    commands.line(std::array{TilePoint{1, 2}, TilePoint{3, 400}});
    std::string const other = encode_commands(commands.values());
    std::string_view const layer = raw_layers(before).front().bytes;
    std::array const geometries{std::string_view{}, std::string_view{other}, std::string_view{}};
    CHECK(with_geometries(layer, geometries) == raw_layers(after).front().bytes);
    CHECK(with_geometries(layer, std::array<std::string_view, 3>{}) == layer);
    CHECK(with_geometries({}, {}).empty());
    CHECK_THROWS_AS(with_geometries(layer, std::span{geometries}.first(2)), FormatError);
    CHECK_THROWS_AS(with_geometries(layer.substr(0, layer.size() - 1), geometries), FormatError);
}

TEST_CASE("decode_tile: what is broken is told apart") {
    auto const message = [](std::string const& tile) -> std::string {
        try {
            decode_tile(tile);
        } catch (FormatError const& error) {
            return error.what();
        }
        return "decoded";
    };
    auto const point = [](std::initializer_list<int> geometry) {
        return tile_with_feature(bytes({0x18, 1, 0x22, static_cast<int>(geometry.size())}) + bytes(geometry));
    };
    auto const polygon = [](std::initializer_list<int> geometry) {
        return tile_with_feature(bytes({0x18, 3, 0x22, static_cast<int>(geometry.size())}) + bytes(geometry));
    };
    CHECK(message(point({9, 50, 34})) == "decoded");
    CHECK(message(point({9, 50})).find("count 1 is out of range") != std::string::npos);
    CHECK(message(point({0xf9, 0xff, 0xff, 0xff, 0x0f, 2, 2})).find("out of range") != std::string::npos);
    CHECK(message(point({10, 2, 2})).find("command 2 where 1") != std::string::npos);
    CHECK(message(point({9, 2, 2, 9, 2, 2})).find("more than one command") != std::string::npos);
    CHECK(message(polygon({9, 6, 12, 18, 10, 12, 24, 44, 15})) == "decoded");
    CHECK(message(polygon({9, 6, 12, 18, 10, 12, 24, 44})).find("end early") != std::string::npos);
    CHECK(message(polygon({9, 6, 12, 10, 10, 12, 15})).find("out of range") != std::string::npos);
    CHECK(message(tile_with_feature(bytes({0x18, 1}))).find("no geometry") != std::string::npos);
    CHECK(message(tile_with_feature(bytes({0x18, 7, 0x22, 3, 9, 2, 2}))).find("type 7") != std::string::npos);
    CHECK(message(tile_with_feature(bytes({0x12, 2, 0, 0, 0x18, 1, 0x22, 3, 9, 2, 2})))
              .find("index is out of range") != std::string::npos);
    CHECK(message(tile_with_feature(bytes({0x12, 1, 0, 0x18, 1, 0x22, 3, 9, 2, 2}))).find("odd number") !=
          std::string::npos);
    std::string const good = point({9, 50, 34});
    CHECK(message(good + good).find("layer \"l\" twice") != std::string::npos);
    CHECK(message(good.substr(0, good.size() - 1)).find("tile: ") == 0);
    CHECK(message(bytes({0x1a, 2, 0x78, 2})).find("has no name") != std::string::npos);
}

TEST_CASE("twice_area is positive for exterior rings: clockwise with y down") {
    CHECK(twice_area({{0, 0}, {10, 0}, {10, 10}, {0, 10}}) == 200);
    CHECK(twice_area({{13, 13}, {13, 17}, {17, 17}, {17, 13}}) == -32);
}
