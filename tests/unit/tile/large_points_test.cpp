#include "tile/large_points.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "sample_layers.hpp"
#include "support/temp_folder.hpp"
#include "tile/layer_data.hpp"
#include "tile/point_runs.hpp"
#include "tile/previous_tiles.hpp"
#include "tile/tileset.hpp"

using namespace kharita;
using namespace kharita::tile;

namespace {

TilesetConfig config_for(int maxzoom) {
    TilesetConfig config;
    config.maxzoom = maxzoom;
    LayerConfig layer;
    layer.id = layer.source = "events";
    layer.thinning.emplace();
    layer.thinning->cells_per_side = 16;
    layer.thinning->max_features = 100;
    layer.thinning->aggregates = {{AggregateKind::sum, "killed", "killed", {}},
                                  {AggregateKind::count, "battles", "event_type", "Battles"}};
    config.layers.push_back(layer);
    return config;
}

/// Points with ids that repeat, attributes of mixed types, and values that stand once or often.
FeatureLayer events() {
    FeatureLayer layer = test::event_points(5000, 71);
    for (Feature& feature : layer.features) {
        feature.properties.emplace_back("code", "E" + std::to_string(feature.id / 2));
        if (feature.id % 5 == 0) {
            feature.properties.emplace_back("mixed", static_cast<std::int64_t>(feature.id % 3));
        } else if (feature.id % 7 == 0) {
            feature.properties.emplace_back("mixed", "text");
        }
        if (feature.id % 11 == 0) {
            feature.id = 17;
        }
    }
    return layer;
}

Tileset in_memory(FeatureLayer const& layer, TilesetConfig const& config, SameIds same_ids) {
    Rejects rejects;
    LayerBuilder builder{config.layers.front(), config, same_ids};
    for (Feature const& feature : layer.features) {
        builder.add(feature);
    }
    std::vector<LayerData> layers;
    layers.push_back(builder.finish(rejects));
    Tileset tileset = build_tileset(std::move(layers), config, PreviousTiles{}, 2);
    tileset.rejects = rejects;
    return tileset;
}

Tileset from_files(FeatureLayer const& layer, TilesetConfig const& config, SameIds same_ids,
                   std::size_t bytes, std::size_t chunk) {
    test::TempFolder const folder;
    Rejects rejects;
    LayerBuilder builder{config.layers.front(), config, same_ids};
    builder.keep_within(bytes, folder.path());
    for (Feature const& feature : layer.features) {
        builder.add(feature);
    }
    REQUIRE(builder.is_large());
    CHECK(builder.feature_count() == layer.features.size());
    Tileset tileset = tile_large_points(builder.take_large(rejects), config, chunk, 2);
    tileset.rejects = rejects;
    CHECK(std::filesystem::is_empty(folder.path()));
    return tileset;
}

void check_equal(Tileset const& a, Tileset const& b) {
    CHECK(a.metadata == b.metadata);
    REQUIRE(a.entries.size() == b.entries.size());
    CHECK(a.blobs == b.blobs);
    CHECK(a.rejects.size() == b.rejects.size());
}

} // namespace

TEST_CASE("tile_large_points: points sorted in files give the tiles of points in memory") {
    FeatureLayer const layer = events();
    for (int const maxzoom : {0, 4, 10}) {
        CAPTURE(maxzoom);
        TilesetConfig const config = config_for(maxzoom);
        Tileset const expected = in_memory(layer, config, SameIds::renumber);
        for (std::size_t const chunk : {1U, 90U, 1500U, 100'000U}) {
            CAPTURE(chunk);
            check_equal(from_files(layer, config, SameIds::renumber, 100'000, chunk), expected);
        }
        check_equal(from_files(layer, config, SameIds::set_aside, 30'000, 700),
                    in_memory(layer, config, SameIds::set_aside));
    }
}

TEST_CASE("tile_large_points: without thinning") {
    FeatureLayer const layer = events();
    TilesetConfig config = config_for(6);
    config.layers.front().thinning.reset();
    check_equal(from_files(layer, config, SameIds::renumber, 100'000, 300),
                in_memory(layer, config, SameIds::renumber));
}

TEST_CASE("joined_layers: layers from files and from memory in the configuration's order") {
    TilesetConfig config = config_for(7);
    LayerConfig zones;
    zones.id = zones.source = "zones";
    config.layers.insert(config.layers.begin(), zones);
    FeatureLayer const points = test::event_points(900, 72);
    FeatureLayer const partition = test::partition(4, 3, 4, 5);
    std::vector<FeatureLayer> const both{points, partition};
    Tileset const expected = build_tileset(both, config, 2);

    TilesetConfig alone = config;
    alone.layers.erase(alone.layers.begin());
    std::vector<Tileset> parts;
    parts.push_back(from_files(points, alone, SameIds::set_aside, 20'000, 100));
    alone.layers = {zones};
    parts.push_back(build_tileset({&partition, 1}, alone, 2));
    Extent bounds = parts[0].metadata.bounds;
    bounds.add(parts[1].metadata.bounds);
    check_equal(joined_layers(parts, config, bounds), expected);
}

TEST_CASE("LayerBuilder: only points are sorted in files") {
    TilesetConfig const config = config_for(3);
    test::TempFolder const folder;
    LayerBuilder builder{config.layers.front(), config, SameIds::renumber};
    builder.keep_within(5'000, folder.path());
    FeatureLayer layer = test::event_points(200, 73);
    layer.features.front().geometry = LineString{{{36, 35}, {37, 36}}};
    CHECK_THROWS_WITH_AS(
        [&] {
            for (Feature const& feature : layer.features) {
                builder.add(feature);
            }
        }(),
        doctest::Contains("layer events: has other shapes than points"), InputError);
}

TEST_CASE("IdSet: grows, and keeps what it has") {
    IdSet ids;
    for (std::uint64_t id = 1; id < 5000; ++id) {
        CHECK(ids.insert(id * id));
    }
    for (std::uint64_t id = 1; id < 5000; ++id) {
        CHECK_FALSE(ids.insert(id * id));
    }
}
