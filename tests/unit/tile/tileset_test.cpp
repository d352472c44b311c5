#include "tile/tileset.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "sample_layers.hpp"
#include "support/temp_folder.hpp"
#include "tile/archive.hpp"
#include "tile/layer_data.hpp"
#include "tile/mvt_decoder.hpp"
#include "tile/noder.hpp"
#include "tile/previous_tiles.hpp"
#include "tile/ring_tracer.hpp"

using namespace kharita;
using namespace kharita::tile;

namespace {

AggregateConfig const killed_sum{AggregateKind::sum, "killed", "killed", {}};

TilesetConfig config_for(std::string const& layer, int maxzoom) {
    TilesetConfig config;
    config.maxzoom = maxzoom;
    config.layers.emplace_back();
    config.layers.front().id = layer;
    config.layers.front().source = layer;
    return config;
}

Tileset tiled(FeatureLayer const& layer, TilesetConfig const& config, std::size_t jobs = 2) {
    return build_tileset({&layer, 1}, config, jobs);
}

std::map<TileId, DecodedTile> decoded(Tileset const& tileset) {
    std::map<TileId, DecodedTile> tiles;
    for (Tileset::Entry const& entry : tileset.entries) {
        tiles.emplace(tile_from_hilbert_key(entry.key).value(),
                      decode_tile(decompress(tileset.blobs[entry.blob], Compression::gzip)));
    }
    return tiles;
}

Value const& property(DecodedFeature const& feature, std::string_view name) {
    Value const* const value = feature.find(name);
    REQUIRE(value != nullptr);
    return *value;
}

std::int64_t area_of(std::vector<std::vector<TilePoint>> const& rings) {
    std::int64_t sum = 0;
    for (auto const& ring : rings) {
        sum += twice_area(ring);
    }
    return sum;
}

/// Twice the area of what any feature of a layer covers.
std::int64_t covered(DecodedLayer const& layer) {
    CutRings all;
    std::vector<SubPoint> points;
    for (DecodedFeature const& feature : layer.features) {
        for (auto const& ring : feature.parts) {
            points.clear();
            for (TilePoint const at : ring) {
                points.push_back({at.x, at.y});
            }
            all.add(0, points);
        }
    }
    node_rings(all);
    return area_of(trace_rings(all, 0, all.rings.size()));
}

template <typename Type>
void put(Feature& feature, std::string name, Type value) {
    feature.properties.emplace_back(std::move(name), Value{});
    feature.properties.back().second = std::move(value);
}

Feature feature(std::uint64_t id, Geometry geometry) {
    Feature result;
    result.id = id;
    result.geometry = std::move(geometry);
    return result;
}

} // namespace

TEST_CASE("build_tileset: one point is in one tile of each zoom, where the projection says") {
    FeatureLayer const layer{"places", {feature(5, Point{{36.6231, 35.3211}})}};
    Tileset const tileset = tiled(layer, config_for("places", 3));
    CHECK(tileset.rejects.empty());
    auto const tiles = decoded(tileset);
    REQUIRE(tiles.size() == 4);
    // x = (36.6231 + 180) / 360 = 0.601730..; y by EPSG:3857 0.395060..
    DecodedFeature const& at_0 = tiles.at({0, 0, 0}).layers.front().features.front();
    CHECK(at_0.id == 5);
    CHECK(at_0.parts == std::vector<std::vector<TilePoint>>{{{2464, 1617}}});
    DecodedFeature const& at_3 = tiles.at({3, 4, 3}).layers.front().features.front();
    CHECK(at_3.parts == std::vector<std::vector<TilePoint>>{{{3333, 655}}});
    CHECK(tileset.metadata.minzoom == 0);
    CHECK(tileset.metadata.maxzoom == 3);
    REQUIRE(tileset.metadata.layers.size() == 1);
    CHECK(tileset.metadata.layers.front().geometry == "Point");
    CHECK(tileset.metadata.center == LonLat{36.6231, 35.3211});
}

TEST_CASE("build_tileset: thinning is nested, counts add up, the last zoom has every point") {
    std::size_t const count = 5000;
    FeatureLayer const layer = test::event_points(count, 1);
    TilesetConfig config = config_for("events", 8);
    config.layers.front().thinning = Thinning{16, 60, 20'000, "events", {killed_sum}};
    Tileset const tileset = tiled(layer, config);

    std::int64_t killed_in_all = 0;
    for (Feature const& each : layer.features) {
        if (auto const* killed = std::get_if<std::int64_t>(&each.properties[1].second)) {
            killed_in_all += *killed;
        }
    }
    std::map<int, std::set<std::uint64_t>> shown;
    std::map<int, std::int64_t> events;
    std::map<int, std::int64_t> killed;
    for (auto const& [tile, content] : decoded(tileset)) {
        DecodedLayer const* const found = content.find("events");
        REQUIRE(found != nullptr);
        if (tile.zoom < 8) {
            CHECK(found->features.size() <= 60);
        }
        for (DecodedFeature const& each : found->features) {
            CHECK(shown[tile.zoom].insert(each.id.value()).second);
            events[tile.zoom] += std::get<std::int64_t>(property(each, "events"));
            if (Value const* const sum = each.find("killed")) {
                killed[tile.zoom] += std::get<std::int64_t>(*sum);
            }
        }
    }
    CHECK(shown[8].size() == count);
    for (int zoom = 0; zoom <= 8; ++zoom) {
        CAPTURE(zoom);
        CHECK(events[zoom] == static_cast<std::int64_t>(count));
        CHECK(killed[zoom] == killed_in_all);
        if (zoom < 8) {
            CHECK(std::includes(shown[zoom + 1].begin(), shown[zoom + 1].end(), shown[zoom].begin(),
                                shown[zoom].end()));
            CHECK(shown[zoom].size() < count);
        }
    }
    for (LayerZoomCount const& each : tileset.metadata.counts) {
        CHECK(each.shown == shown[each.zoom].size());
        CHECK(each.shown + each.hidden == count);
    }
}

TEST_CASE("build_tileset: tiles that cannot show all are told, but for the last zoom") {
    TilesetConfig config = config_for("events", 8);
    config.layers.front().thinning.emplace();
    CHECK(tiled(test::event_points(2000, 5), config).full.empty());
    config.layers.front().thinning->max_features = 10;
    Tileset const tileset = tiled(test::event_points(2000, 5), config);
    REQUIRE(tileset.full.size() == 1);
    CHECK(tileset.full.front().layer == "events");
    CHECK(tileset.full.front().maxzoom < 8);
    std::size_t with_ten = 0;
    for (auto const& [tile, content] : decoded(tileset)) {
        with_ten += std::size_t{tile.zoom < 8 && content.layers.front().features.size() == 10};
    }
    CHECK(tileset.full.front().tiles <= with_ten);
    CHECK(tileset.full.front().tiles > 0);
}

TEST_CASE("build_tileset: an added point hides only points of lower rank in its own tiles") {
    FeatureLayer layer = test::event_points(2000, 2);
    TilesetConfig config = config_for("events", 7);
    config.layers.front().thinning = Thinning{8, 20, 10'000, "events", {}};
    auto const shown = [&] {
        std::map<TileId, std::set<std::uint64_t>> ids;
        for (auto const& [tile, content] : decoded(tiled(layer, config))) {
            for (DecodedFeature const& each : content.layers.front().features) {
                ids[tile].insert(each.id.value());
            }
        }
        return ids;
    };
    auto before = shown();
    std::map<std::uint64_t, double> ranks;
    for (Feature const& each : layer.features) {
        ranks[each.id] = each.rank;
    }
    Feature added = layer.features[777];
    added.id = 1'000'000;
    added.rank = 7.5;
    layer.features.push_back(added);
    WorldPoint const at = to_world(std::get<Point>(added.geometry).at);
    std::size_t hidden = 0;
    for (auto const& [tile, ids] : shown()) {
        for (std::uint64_t const id : before[tile]) {
            if (!ids.contains(id)) {
                ++hidden;
                CHECK(tile == tile_at(at, tile.zoom));
                CHECK(ranks[id] <= added.rank);
            }
        }
    }
    CHECK(hidden > 0); // the case is not empty
}

TEST_CASE("build_tileset: equal for any number of threads") {
    std::vector<FeatureLayer> const layers{test::event_points(3000, 3), test::partition(6, 5, 5, 4)};
    TilesetConfig config = config_for("events", 8);
    config.layers.front().thinning.emplace();
    config.layers.push_back(config_for("zones", 8).layers.front());
    Tileset const one = build_tileset(layers, config, 1);
    for (std::size_t const jobs : {2U, 5U}) {
        Tileset const many = build_tileset(layers, config, jobs);
        CHECK(one.blobs == many.blobs);
        CHECK(one.metadata == many.metadata);
        CHECK(std::equal(one.entries.begin(), one.entries.end(), many.entries.begin(), many.entries.end(),
                         [](Tileset::Entry const& a, Tileset::Entry const& b) {
                             return a.key == b.key && a.blob == b.blob;
                         }));
    }
}

TEST_CASE("build_tileset: a partition stays one at every zoom, every polygon valid") {
    for (std::uint64_t const seed : {10U, 20U, 30U}) {
        FeatureLayer const layer = test::partition(7, 6, 6, seed);
        TilesetConfig config = config_for("zones", 9);
        config.layers.front().min_area = 0;
        std::size_t inner_tiles = 0;
        for (auto const& [tile, content] : decoded(tiled(layer, config))) {
            CAPTURE(tile.zoom);
            CAPTURE(tile.x);
            CAPTURE(tile.y);
            auto const problems = check_tile(content, config.buffer);
            CHECK(problems == std::vector<std::string>{});
            DecodedLayer const& zones = content.layers.front();
            std::int64_t sum = 0;
            for (DecodedFeature const& each : zones.features) {
                sum += area_of(each.parts);
            }
            CHECK(sum == covered(zones)); // no overlap
            Extent const bounds = tile_extent(tile);
            if (bounds.west > 36 && bounds.east < 42 && bounds.south > 32.6 && bounds.north < 37) {
                ++inner_tiles;
                std::int64_t const side = tile_units + 2 * config.buffer;
                CHECK(sum == 2 * side * side); // no gap
            }
        }
        CHECK(inner_tiles > 50);
    }
}

TEST_CASE("build_tileset: small polygons are joined where they are many, not scattered or lost") {
    FeatureLayer const layer = test::partition(60, 50, 0, 5);
    TilesetConfig const config = config_for("zones", 7);
    Tileset const tileset = tiled(layer, config);
    double const of_world = 4096.0 * 4096.0;
    Extent const bounds = tileset.metadata.bounds;
    WorldPoint const north_west = to_world({bounds.west, bounds.north});
    WorldPoint const south_east = to_world({bounds.east, bounds.south});
    double const share = static_cast<double>(south_east.x - north_west.x) *
                         static_cast<double>(south_east.y - north_west.y) / static_cast<double>(world_size) /
                         static_cast<double>(world_size);
    for (auto const& [tile, content] : decoded(tileset)) {
        CHECK(check_tile(content, config.buffer) == std::vector<std::string>{});
        if (tile.zoom == 0) {
            auto const area = static_cast<double>(covered(content.layers.front())) / 2;
            CHECK(area == doctest::Approx(of_world * share).epsilon(0.15));
            CHECK(content.layers.front().features.size() < 60);
        }
    }
    LayerZoomCount const& last = tileset.metadata.counts.back();
    CHECK(last.zoom == 7);
    CHECK(last.hidden == 0);
}

TEST_CASE("build_tileset: winding, holes and parts of polygons") {
    // Given clockwise and with a counter-clockwise hole, against RFC 7946: tiles have it right all the same.
    Polygon const ring_like{{{0, 0}, {0, 40}, {40, 40}, {40, 0}, {0, 0}},
                            {{{10, 10}, {20, 10}, {20, 20}, {10, 20}, {10, 10}}}};
    Polygon const island{{{13, 13}, {17, 13}, {17, 17}, {13, 17}, {13, 13}}, {}};
    FeatureLayer const layer{"zones", {feature(1, MultiPolygon{{ring_like, island}})}};
    auto const tiles = decoded(tiled(layer, config_for("zones", 2)));
    for (auto const& [tile, content] : tiles) {
        CHECK(check_tile(content, 64) == std::vector<std::string>{});
    }
    auto const& rings = tiles.at({0, 0, 0}).layers.front().features.front().parts;
    REQUIRE(rings.size() == 3);
    CHECK(twice_area(rings[0]) > 0);
    CHECK(twice_area(rings[1]) < 0);
    CHECK(twice_area(rings[2]) > 0);
    CHECK(twice_area(rings[2]) < -twice_area(rings[1]));
}

TEST_CASE("build_tileset: a ring that crosses itself covers both its lobes") {
    // Figure of eight: two triangles of 20 by 10 degrees near the equator.
    FeatureLayer const layer{"zones",
                             {feature(1, Polygon{{{0, 0}, {20, 20}, {20, 0}, {0, 20}, {0, 0}}, {}})}};
    Tileset const tileset = tiled(layer, config_for("zones", 1));
    CHECK(tileset.rejects.empty());
    for (auto const& [tile, content] : decoded(tileset)) {
        CHECK(check_tile(content, 64) == std::vector<std::string>{});
        if (tile.zoom == 0) {
            double const degree = 4096.0 / 360;
            CHECK(static_cast<double>(area_of(content.layers.front().features.front().parts)) / 2 ==
                  doctest::Approx(200 * degree * degree).epsilon(0.03));
        }
    }
}

TEST_CASE("build_tileset: the last zoom has every line and polygon, however small") {
    test::Random random{11};
    FeatureLayer lines{"small", {}};
    FeatureLayer areas{"small", {}};
    for (std::uint64_t id = 1; id <= 300; ++id) {
        LonLat const at = rounded(LonLat{random.between(-180, 180), random.between(-85, 85)});
        double const size = std::pow(10, random.between(-6, -1)); // a tile unit is 0.0055 degrees
        LonLat const beside = rounded(LonLat{std::min(at.lon + size, 180.0), at.lat});
        LonLat const above = rounded(LonLat{at.lon, at.lat + size});
        Feature line;
        line.id = id;
        line.geometry = LineString{{at, above}};
        lines.features.push_back(line);
        Feature area;
        area.id = id;
        area.geometry = Polygon{{at, beside, above, at}, {}};
        areas.features.push_back(area);
    }
    for (FeatureLayer const& layer : {lines, areas}) {
        Tileset const tileset = tiled(layer, config_for("small", 4));
        std::set<std::uint64_t> ids;
        for (auto const& [tile, content] : decoded(tileset)) {
            CHECK(check_tile(content, 80).empty());
            if (tile.zoom == 4) {
                for (DecodedFeature const& feature : content.find("small")->features) {
                    ids.insert(feature.id.value());
                }
            }
        }
        CHECK(ids.size() == 300);
        CHECK(tileset.metadata.counts.back().shown == 300);
    }
}

TEST_CASE("build_tileset: a polygon that encloses nothing is set aside") {
    FeatureLayer layer{"flat", {}};
    layer.features.push_back({1, Polygon{{{36, 35}, {37, 35}, {38, 35}, {36, 35}}, {}}, {}, 0});
    layer.features.push_back({2, Polygon{{{36, 35}, {37, 35}, {37, 36}, {36, 35}}, {}}, {}, 0});
    Tileset const tileset = tiled(layer, config_for("flat", 2));
    REQUIRE(tileset.rejects.size() == 1);
    CHECK(tileset.rejects.front().reason.find("encloses nothing") != std::string::npos);
    CHECK(tileset.metadata.layers.front().feature_count == 1);
}

TEST_CASE("build_tileset: small polygons of different days are not joined") {
    FeatureLayer layer{"control", {}};
    for (std::uint64_t id = 1; id <= 2; ++id) {
        layer.features.push_back(feature(id, Polygon{{{0, 0}, {0.4, 0}, {0.4, 0.4}, {0, 0.4}, {0, 0}}, {}}));
        put(layer.features.back(), "date", "2019-07-3" + std::to_string(id));
    }
    TilesetConfig config = config_for("control", 4);
    config.layers.front().min_area = 32; // of zoom 0; each has 21 square units there
    auto const shown_at_0 = [&] {
        auto const tiles = decoded(tiled(layer, config));
        auto const found = tiles.find({0, 0, 0});
        return found == tiles.end() ? std::size_t{0} : found->second.layers.front().features.size();
    };
    CHECK(shown_at_0() == 1);
    config.layers.front().coverage = "date";
    CHECK(shown_at_0() == 0);
}

TEST_CASE("build_tileset: lines are cut at the buffer and keep their ends") {
    FeatureLayer const layer{"roads",
                             {feature(1, LineString{{{-170, 10}, {0, 10}, {170, 10}}}),
                              feature(2, LineString{{{1, 10}, {1, 10}}})}};
    Tileset const tileset = tiled(layer, config_for("roads", 2));
    REQUIRE(tileset.rejects.size() == 1);
    CHECK(tileset.rejects.front().reason.find("feature 2: its geometry has too few positions") == 0);
    auto const tiles = decoded(tileset);
    REQUIRE(tiles.size() == 1 + 2 + 4);
    // At zoom 2 the line crosses the four tiles of row 1; in the second it runs from buffer to buffer.
    auto const& parts = tiles.at({2, 1, 1}).layers.front().features.front().parts;
    REQUIRE(parts.size() == 1);
    CHECK(parts.front().front().x == -64);
    CHECK(parts.front().back().x == 4096 + 64);
}

TEST_CASE("build_tileset: attributes keep their type, mixed ones become text, nulls are left out") {
    FeatureLayer layer{"places", {}};
    layer.features.push_back(feature(1, Point{{10, 10}}));
    layer.features.push_back(feature(2, Point{{20, 20}}));
    put(layer.features[0], "n", std::int64_t{3});
    put(layer.features[0], "mixed", 2.5);
    put(layer.features[0], "no", std::monostate{});
    put(layer.features[1], "n", -1.5);
    put(layer.features[1], "mixed", std::string{"x"});
    put(layer.features[1], "flag", true);
    Tileset const tileset = tiled(layer, config_for("places", 0));
    auto const tiles = decoded(tileset);
    auto const& features = tiles.at({0, 0, 0}).layers.front().features;
    REQUIRE(features.size() == 2);
    for (DecodedFeature const& each : features) {
        bool const first = each.id == 1;
        if (first) {
            CHECK(std::get<std::int64_t>(property(each, "n")) == 3);
            CHECK(std::get<std::string>(property(each, "mixed")) == "2.5");
        } else {
            CHECK(std::get<double>(property(each, "n")) == -1.5);
            CHECK(std::get<std::string>(property(each, "mixed")) == "x");
        }
        CHECK(each.find("no") == nullptr);
        CHECK((each.find("flag") == nullptr) == first);
    }
    std::map<std::string, std::string> types;
    for (auto const& field : tileset.metadata.layers.front().fields) {
        types[field.name] = field.type;
    }
    CHECK(types ==
          std::map<std::string, std::string>{{"n", "Number"}, {"mixed", "String"}, {"flag", "Boolean"}});
}

TEST_CASE("build_tileset: attributes appear from their zoom on, others than configured stay away") {
    FeatureLayer layer{"places", {feature(1, Point{{10, 10}})}};
    put(layer.features[0], "name", std::string{"a"});
    put(layer.features[0], "url", std::string{"b"});
    put(layer.features[0], "secret", true);
    TilesetConfig config = config_for("places", 3);
    config.layers.front().attributes = {{"name", AttributeConfig::Type::text, "", 0},
                                        {"url", AttributeConfig::Type::text, "", 2}};
    for (auto const& [tile, content] : decoded(tiled(layer, config))) {
        DecodedFeature const& only = content.layers.front().features.front();
        CHECK(only.find("name") != nullptr);
        CHECK((only.find("url") != nullptr) == (tile.zoom >= 2));
        CHECK(only.find("secret") == nullptr);
    }
}

TEST_CASE("build_tileset: MultiPoint, edges of the world, unusable and doubled features") {
    FeatureLayer const layer{"places",
                             {feature(1, MultiPoint{{{-180, 85.06}, {180, -90}, {179.999, -85.05}}}),
                              feature(2, Point{{0.0 / 0.0, 1}}), feature(3, Point{{200, 1}}),
                              feature(1, Point{{1, 1}}), feature(4, MultiPoint{})}};
    TilesetConfig config = config_for("places", 1);
    config.layers.front().thinning.emplace();
    Tileset const tileset = tiled(layer, config);
    CHECK(tileset.rejects.size() == 4);
    auto const tiles = decoded(tileset);
    // At the last zoom one feature in two tiles, with its two positions together in the second.
    REQUIRE(tiles.contains({1, 0, 0}));
    REQUIRE(tiles.contains({1, 1, 1}));
    CHECK(tiles.at({1, 0, 0}).layers.front().features.front().parts.front().size() == 1);
    CHECK(tiles.at({1, 1, 1}).layers.front().features.front().parts.front().size() == 2);
}

TEST_CASE("build_tileset: nothing in, nothing out") {
    FeatureLayer const none{"events", {}};
    Tileset const tileset = tiled(none, config_for("events", 5));
    CHECK(tileset.entries.empty());
    CHECK(tileset.metadata.layers.empty());
    CHECK_THROWS_AS(tiled(FeatureLayer{"other", {}}, config_for("events", 5)), InputError);
}

namespace {

LayerData columns_of(FeatureLayer const& layer, TilesetConfig const& config) {
    Rejects rejects;
    return prepare_layer(layer, config.layers.front(), config, rejects);
}

Tileset tiled_again(FeatureLayer const& layer, TilesetConfig const& config, PreviousTiles const& previous) {
    std::vector<LayerData> layers;
    layers.push_back(columns_of(layer, config));
    return build_tileset(std::move(layers), config, previous, 2);
}

} // namespace

TEST_CASE("build_tileset: with a previous archive the same bytes come out, and little is compressed") {
    FeatureLayer layer = test::event_points(4000, 12);
    TilesetConfig config = config_for("events", 9);
    config.layers.front().thinning.emplace();
    Tileset const before = tiled(layer, config);
    test::TempFolder const folder;
    write_archive(before, folder.path() / "before.pmtiles", Overwrite::refuse);
    PreviousTiles const previous{*open_archive(folder.path() / "before.pmtiles")};

    Tileset const unchanged = tiled_again(layer, config, previous);
    CHECK(unchanged.reused == before.entries.size());
    CHECK(unchanged.blobs == before.blobs);

    layer.features[100].properties[1].second = std::int64_t{99};
    layer.features.erase(layer.features.begin() + 200);
    Tileset const changed = tiled_again(layer, config, previous);
    CHECK(changed.reused > before.entries.size() / 2);
    CHECK(changed.reused < before.entries.size());
    Tileset const full = tiled(layer, config);
    CHECK(changed.blobs == full.blobs);
    CHECK(changed.metadata == full.metadata);
}

TEST_CASE("build_tileset: an archive that another program compressed is not taken over") {
    FeatureLayer const layer = test::event_points(500, 13);
    TilesetConfig const config = config_for("events", 4);
    Tileset const before = tiled(layer, config);
    Tileset foreign = before;
    foreign.blobs = {};
    for (std::uint32_t number = 0; number < before.blobs.size(); ++number) {
        std::string blob = before.blobs[number];
        blob[9] = '\x0b'; // RFC 1952: the operating system; the content stays
        foreign.blobs.add(blob);
    }
    test::TempFolder const folder;
    write_archive(foreign, folder.path() / "foreign.pmtiles", Overwrite::refuse);
    Tileset const again =
        tiled_again(layer, config, PreviousTiles{*open_archive(folder.path() / "foreign.pmtiles")});
    CHECK(again.reused == 0);
    CHECK(again.blobs == before.blobs);
}

TEST_CASE("build_tileset: the antimeridian and the poles") {
    LineString const before{{{170, 0}, {180, 0}}};
    LineString const behind{{{-180, 0}, {-170, 0}}};
    Ring const south{{-180, -90}, {180, -90}, {180, -80}, {-180, -80}, {-180, -90}};
    FeatureLayer const layer{"lines",
                             {feature(1, MultiLineString{{before, behind}}), feature(2, Polygon{south, {}}),
                              feature(3, Point{{180, 90}})}};
    Tileset const tileset = tiled(layer, config_for("lines", 3));
    CHECK(tileset.rejects.empty());
    std::set<std::uint64_t> at_last;
    for (auto const& [tile, content] : decoded(tileset)) {
        CHECK(check_tile(content, 64) == std::vector<std::string>{});
        for (DecodedFeature const& each : content.layers.front().features) {
            if (tile.zoom == 3) {
                at_last.insert(each.id.value());
            }
        }
    }
    CHECK(at_last == std::set<std::uint64_t>{1, 2, 3});
}

TEST_CASE(
    "build_tileset: many events on one point are one feature with a count, and all there at the last zoom") {
    FeatureLayer layer{"events", {}};
    for (std::uint64_t id = 1; id <= 300; ++id) {
        layer.features.push_back(feature(id, Point{{36.6231, 35.3211}}));
        layer.features.back().rank = static_cast<double>(id % 100);
        put(layer.features.back(), "killed", static_cast<std::int64_t>(id % 3));
        put(layer.features.back(), "day", static_cast<std::int64_t>(18000 + id));
        put(layer.features.back(), "type", std::string{id % 4 == 0 ? "Battles" : "Protests"});
    }
    TilesetConfig config = config_for("events", 6);
    config.layers.front().thinning = Thinning{64,
                                              5000,
                                              250'000,
                                              "events",
                                              {killed_sum,
                                               {AggregateKind::least, "first_day", "day", {}},
                                               {AggregateKind::most, "last_day", "day", {}},
                                               {AggregateKind::count, "battles", "type", "Battles"}}};
    for (auto const& [tile, content] : decoded(tiled(layer, config))) {
        auto const& features = content.layers.front().features;
        if (tile.zoom == 6) {
            CHECK(features.size() == 300);
            continue;
        }
        REQUIRE(features.size() == 1);
        CHECK(features.front().id.value() % 100 == 99); // of highest rank
        CHECK(std::get<std::int64_t>(property(features.front(), "events")) == 300);
        auto const number = [&](char const* name) {
            return std::get<std::int64_t>(property(features.front(), name));
        };
        CHECK(number("killed") == 300);
        CHECK(number("first_day") == 18001);
        CHECK(number("last_day") == 18300);
        CHECK(number("day") > 18001); // its own
        CHECK(number("battles") == 75);
    }
}

TEST_CASE("build_tileset: a layer of label points has one point inside each area") {
    FeatureLayer const layer{"zones",
                             {feature(1, Polygon{{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}, {}}),
                              feature(2, LineString{{{20, 0}, {30, 0}}})}};
    TilesetConfig config = config_for("zones", 5);
    config.layers.front().shape = Shape::label_point;
    for (auto const& [tile, content] : decoded(tiled(layer, config))) {
        CHECK(content.layers.front().features.size() <= 2);
        for (DecodedFeature const& each : content.layers.front().features) {
            CHECK(each.type == GeometryType::point);
        }
    }
}
