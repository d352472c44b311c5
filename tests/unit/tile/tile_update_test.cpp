#include "tile/tile_update.hpp"

#include <algorithm>
#include <string_view>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "sample_layers.hpp"
#include "support/temp_folder.hpp"
#include "tile/archive.hpp"
#include "tile/mvt_decoder.hpp"
#include "update_cases.hpp"

using namespace kharita;
using namespace kharita::tile;
using test::build;
using test::Change;
using test::check_equal;
using test::Features;
using test::Layers;
using test::update;

namespace {

Features events(std::size_t count, std::uint64_t seed) {
    Features features;
    for (Feature& feature : test::event_points(count, seed).features) {
        feature.properties.emplace_back("code", "E" + std::to_string(feature.id));
        feature.properties.emplace_back("weight", static_cast<double>(feature.id % 7) / 4);
        features.emplace(feature.id, std::move(feature));
    }
    return features;
}

TilesetConfig config_for(int maxzoom) {
    TilesetConfig config;
    config.name = "test";
    config.maxzoom = maxzoom;
    LayerConfig layer;
    layer.id = layer.source = "events";
    layer.thinning.emplace();
    layer.thinning->cells_per_side = 16;
    layer.thinning->max_features = 60;
    layer.thinning->max_bytes = 3000;
    layer.thinning->aggregates = {{AggregateKind::sum, "killed", "killed", {}},
                                  {AggregateKind::most, "heaviest", "weight", {}},
                                  {AggregateKind::count, "battles", "event_type", "Battles"}};
    config.layers.push_back(layer);
    return config;
}

Change random_change(Features const& features, test::Random& random, std::size_t count) {
    Change change;
    Features const fresh = events(count, random.below(1000));
    for (auto const& [number, feature] : fresh) {
        auto const known =
            std::next(features.begin(), static_cast<std::ptrdiff_t>(random.below(features.size())));
        Feature put = known->second;
        switch (random.below(5)) {
        case 0: // put in
            put = feature;
            put.id = 1'000'000 + random.below(1'000'000);
            break;
        case 1: // taken out
            change.removed.push_back(put.id);
            continue;
        case 2: // moved
            put.geometry = feature.geometry;
            break;
        case 3: // on another's very place
            put.geometry =
                std::next(features.begin(), static_cast<std::ptrdiff_t>(random.below(features.size())))
                    ->second.geometry;
            break;
        default: // said otherwise
            put.rank += 1;
            put.properties[3].second = 9.5;
            if (put.properties.size() == 4 && random.below(2) == 0) {
                put.properties.emplace_back("note", "number " + std::to_string(number % 3));
            }
        }
        change.put[put.id] = std::move(put);
    }
    for (std::uint64_t const id : change.removed) {
        change.put.erase(id);
    }
    return change;
}

std::string index_bytes(FeatureIndex const& index) {
    test::TempFolder const folder;
    write_index(index, folder.path() / "a.index", Overwrite::refuse);
    FeatureIndex const again = read_index(folder.path() / "a.index");
    write_index(again, folder.path() / "b.index", Overwrite::refuse);
    CHECK(read_file(folder.path() / "a.index") == read_file(folder.path() / "b.index"));
    return read_file(folder.path() / "a.index");
}

} // namespace

TEST_CASE("update_tileset: any changes give what a full build gives, one after the other") {
    test::Random random{41};
    for (int const maxzoom : {0, 5, 9}) {
        CAPTURE(maxzoom);
        TilesetConfig const config = config_for(maxzoom);
        Features features = events(1500, 40);
        test::TileBuild current = build({{"events", features}}, config);
        for (std::size_t const count : {1U, 3U, 40U, 400U}) {
            CAPTURE(count);
            Change const change = random_change(features, random, count);
            change.apply(features);
            UpdateResult result = update(current, "events", change, config);
            test::TileBuild const full = build({{"events", features}}, config);
            check_equal(result.tileset, full.tileset);
            CHECK(index_bytes(current.index).substr(8) == index_bytes(full.index).substr(8));
            current.tileset = std::move(result.tileset);
        }
    }
}

TEST_CASE("update_tileset: without thinning, with attributes that come at a zoom, on one thread") {
    TilesetConfig config = config_for(7);
    config.layers.front().thinning.reset();
    using Type = AttributeConfig::Type;
    config.layers.front().attributes = {
        {"code", Type::text, "Code", 5}, {"killed", Type::number, "Dead", 0}, {"nothing", Type::text, "", 0}};
    test::Random random{43};
    Features features = events(600, 42);
    test::TileBuild current = build({{"events", features}}, config);
    Change const change = random_change(features, random, 50);
    change.apply(features);
    UpdateResult const result = update(current, "events", change, config, 1);
    check_equal(result.tileset, build({{"events", features}}, config).tileset);
}

TEST_CASE("update_tileset: attributes that come at a zoom do not count where they are not") {
    TilesetConfig config = config_for(7);
    using Type = AttributeConfig::Type;
    config.layers.front().attributes = {{"code", Type::text, "Code", 5}, {"killed", Type::number, "Dead", 0}};
    test::Random random{45};
    Features features = events(2000, 44);
    test::TileBuild current = build({{"events", features}}, config);
    Change const change = random_change(features, random, 30);
    change.apply(features);
    UpdateResult const result = update(current, "events", change, config);
    check_equal(result.tileset, build({{"events", features}}, config).tileset);
}

TEST_CASE("update_tileset: other layers of the tiles stay as they are") {
    TilesetConfig config = config_for(6);
    LayerConfig zones;
    zones.id = zones.source = "zones";
    config.layers.insert(config.layers.begin(), zones);
    zones.id = zones.source = "zones_again";
    config.layers.push_back(zones);
    Features partition;
    for (Feature& feature : test::partition(6, 4, 4, 3).features) {
        partition.emplace(feature.id, std::move(feature));
    }
    test::Random random{47};
    Layers layers{{"events", events(700, 46)}, {"zones", partition}, {"zones_again", partition}};
    test::TileBuild current = build(layers, config);
    Change const change = random_change(layers["events"], random, 20);
    change.apply(layers["events"]);
    UpdateResult const result = update(current, "events", change, config);
    check_equal(result.tileset, build(layers, config).tileset);
    CHECK(result.encoded < result.tileset.entries.size());
}

TEST_CASE("update_tileset: one feature touches at most one tile a zoom; no feature, none; the last one "
          "leaves nothing") {
    TilesetConfig const config = config_for(8);
    Features features = events(500, 48);
    test::TileBuild current = build({{"events", features}}, config);
    CHECK(update(current, "events", {}, config).encoded == 0);

    Change change;
    change.put[7] = features.at(7);
    change.put[7].rank = 100;
    change.apply(features);
    UpdateResult const result = update(current, "events", change, config);
    CHECK(result.encoded > 0);
    CHECK(result.encoded < 9); // tiles in which it has shown before come out as they were
    CHECK(result.changed == 1);
    CHECK(result.added == 0);
    check_equal(result.tileset, build({{"events", features}}, config).tileset);

    Features one;
    one.emplace(3, features.at(3));
    test::TileBuild single = build({{"events", one}}, config);
    change = {};
    change.removed = {3, 4};
    UpdateResult const emptied = update(single, "events", change, config);
    CHECK(emptied.removed == 1);
    CHECK(emptied.tileset.entries.empty());
    CHECK(emptied.tileset.metadata.layers.empty());
}

TEST_CASE("update_tileset: what it cannot do, it says") {
    TilesetConfig const config = config_for(4);
    Features const features = events(100, 49);
    test::TileBuild current = build({{"events", features}}, config);

    Change change;
    change.put[5] = features.at(5);
    change.put[5].properties[0].second = std::int64_t{3};
    CHECK_THROWS_WITH_AS(update(current, "events", change, config),
                         doctest::Contains("values of several types"), InputError);

    current = build({{"events", features}}, config);
    change.put[5] = features.at(5);
    change.put[5].geometry = LineString{{{36, 35}, {37, 36}}};
    CHECK_THROWS_WITH_AS(update(current, "events", change, config), doctest::Contains("not one point"),
                         InputError);

    test::TileBuild other = build({{"events", events(90, 49)}}, config);
    other.index = current.index;
    CHECK_THROWS_WITH_AS(update(other, "events", {}, config), doctest::Contains("not of this archive"),
                         InputError);
}

TEST_CASE("read_index: damage is answered by FormatError") {
    TilesetConfig const config = config_for(3);
    std::string const bytes = index_bytes(build({{"events", events(20, 50)}}, config).index);
    auto const parse_index = [](std::string const& text) { return read_index(std::string_view{text}); };
    CHECK(parse_index(bytes).layers.front().ids.size() == 20);
    for (std::size_t size = 0; size < bytes.size() - 8; size += 7) {
        CHECK_THROWS_AS(parse_index(bytes.substr(0, size)), FormatError);
    }
    for (std::string_view const number : {"1.5e19", "9e99999", "-7", "null", "1.5"}) {
        CAPTURE(number);
        std::string head = bytes; // longer by as much as its size says
        std::size_t const at = head.find(R"("points":20)") + 9;
        head.replace(at, 2, number);
        head[8] = static_cast<char>(head[8] + static_cast<char>(number.size()) - 2);
        CHECK_THROWS_AS(parse_index(head), FormatError);
    }
    std::string swapped = bytes;
    swapped[bytes.size() - 8 - std::size_t{20} * 32] = '\xff'; // the first id, above the second
    CHECK_THROWS_WITH_AS(parse_index(swapped), doctest::Contains("damaged"), FormatError);
}
