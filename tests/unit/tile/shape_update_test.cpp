#include "tile/shape_update.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "sample_layers.hpp"
#include "support/temp_folder.hpp"
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

LayerConfig layer_config(std::string const& id, std::string const& coverage = {}) {
    LayerConfig layer;
    layer.id = layer.source = id;
    layer.coverage = coverage;
    return layer;
}

TilesetConfig config_for(int maxzoom) {
    TilesetConfig config;
    config.name = "test";
    config.maxzoom = maxzoom;
    config.layers = {layer_config("zones", "side"), layer_config("fronts")};
    return config;
}

void shift(Geometry& geometry, double east, double north) {
    auto const move = [&](LonLat& at) { at = rounded(LonLat{at.lon + east, at.lat + north}); };
    if (auto* const polygon = std::get_if<Polygon>(&geometry)) {
        std::ranges::for_each(polygon->outer, move);
        for (Ring& hole : polygon->holes) {
            std::ranges::for_each(hole, move);
        }
    } else if (auto* const line = std::get_if<LineString>(&geometry)) {
        std::ranges::for_each(line->points, move);
    }
}

/// Another position for one vertex, which neighbours then do not have.
void dent(Geometry& geometry, test::Random& random) {
    auto const move = [&](std::vector<LonLat>& positions) {
        LonLat& at = positions[1 + random.below(positions.size() - 2)];
        at = rounded(LonLat{at.lon + random.between(-0.02, 0.02), at.lat + random.between(-0.02, 0.02)});
    };
    if (auto* const polygon = std::get_if<Polygon>(&geometry)) {
        move(polygon->outer);
    } else if (auto* const line = std::get_if<LineString>(&geometry)) {
        move(line->points);
    }
}

/// A ring that winds round a place.
Ring island(LonLat middle, double size, std::size_t vertices, test::Random& random) {
    Ring ring;
    for (std::size_t i = 0; i < vertices; ++i) {
        double const angle = 6.2831853 * static_cast<double>(i) / static_cast<double>(vertices);
        double const away = size * random.between(0.6, 1);
        ring.push_back(
            rounded(LonLat{middle.lon + away * std::cos(angle), middle.lat + away * std::sin(angle)}));
    }
    ring.push_back(ring.front());
    return ring;
}

/// A partition, some cells with holes, and islands of all sizes, many too small to show alone.
Features zones(std::uint64_t seed, int depth) {
    test::Random random{seed};
    Features features;
    for (Feature& cell : test::partition(6, 5, depth, seed).features) {
        cell.properties.emplace_back("side", cell.id % 4 == 0 ? "red" : "blue");
        LonLat const corner = std::get<Polygon>(cell.geometry).outer.front();
        if (cell.id % 3 == 0) {
            std::get<Polygon>(cell.geometry)
                .holes.push_back(island({corner.lon + 0.5, corner.lat + 0.5}, 0.1, 20, random));
        }
        features.emplace(cell.id, std::move(cell));
    }
    for (std::uint64_t id = 100; id < 140; ++id) {
        Feature each;
        each.id = id;
        LonLat const middle{random.between(36, 37), random.between(33, 34)};
        each.geometry = Polygon{island(middle, std::pow(10, random.between(-3.5, -1)), 12, random), {}};
        each.rank = static_cast<double>(id % 5);
        each.properties = {{"name", "island"}, {"side", "blue"}};
        features.emplace(id, std::move(each));
    }
    return features;
}

/// Lines that wind, of which some begin where another ends, and some are short.
Features fronts(std::uint64_t seed, int depth = 6) {
    test::Random random{seed};
    test::WindingEdges edges{seed, depth};
    Features features;
    LonLat from{36, 34};
    for (std::uint64_t id = 1; id < 30; ++id) {
        double const far = id % 4 == 0 ? 0.01 : 1.5;
        LonLat const to =
            rounded(LonLat{from.lon + random.between(-far, far), from.lat + random.between(-far, far)});
        Feature each;
        each.id = id;
        each.geometry = LineString{edges.edge(from, to)};
        each.properties = {{"day", static_cast<std::int64_t>(id)}};
        features.emplace(id, std::move(each));
        from = id % 3 == 0 ? LonLat{random.between(36, 41), random.between(33, 36)} : to;
    }
    return features;
}

Change random_change(Features const& features, Features const& others, test::Random& random,
                     std::size_t count) {
    auto const any = [&](Features const& all) {
        return std::next(all.begin(), static_cast<std::ptrdiff_t>(random.below(all.size())))->second;
    };
    Change change;
    for (std::size_t i = 0; i < count; ++i) {
        Feature put = features.empty() ? any(others) : any(features);
        switch (random.below(7)) {
        case 0: // put in, or given the shape of another
            put = any(others);
            put.id = random.below(2) == 0 ? put.id : 1000 + random.below(1000);
            break;
        case 1:
        case 2:
            change.removed.push_back(put.id);
            continue;
        case 3:
            shift(put.geometry, random.between(-0.3, 0.3), random.between(-0.3, 0.3));
            break;
        case 4:
            dent(put.geometry, random);
            break;
        case 5:
            put.rank += 1;
            break;
        default: // said otherwise
            put.properties[0].second = Value{put.properties[0].second};
            put.properties.emplace_back("note", "number " + std::to_string(random.below(4)));
            std::ranges::sort(put.properties, {}, [](auto const& each) { return each.first; });
            put.properties.erase(std::unique(put.properties.begin(), put.properties.end(),
                                             [](auto const& a, auto const& b) { return a.first == b.first; }),
                                 put.properties.end());
        }
        change.put[put.id] = std::move(put);
    }
    for (std::uint64_t const id : change.removed) {
        change.put.erase(id);
    }
    return change;
}

} // namespace

TEST_CASE("update_tileset: any changes of polygons and lines give what a full build gives, in turn") {
    test::Random random{61};
    for (int const maxzoom : {0, 6, 9}) {
        CAPTURE(maxzoom);
        TilesetConfig const config = config_for(maxzoom);
        Features const other_zones = zones(7, 5);
        Features const other_fronts = fronts(8);
        Layers layers{{"zones", zones(6, 5)}, {"fronts", fronts(9)}};
        test::TileBuild current = build(layers, config);
        for (std::size_t const count : {1U, 2U, 1U, 5U, 20U, 1U}) {
            CAPTURE(count);
            for (std::string const name : {"zones", "fronts"}) {
                CAPTURE(name);
                Change const change =
                    random_change(layers[name], name == "zones" ? other_zones : other_fronts, random, count);
                change.apply(layers[name]);
                UpdateResult result = update(current, name, change, config, 1 + count % 2);
                check_equal(result.tileset, build(layers, config).tileset);
                current.tileset = std::move(result.tileset);
            }
        }
    }
}

TEST_CASE("update_tileset: of long borders and lines, only stretches near the tiles that change are cut") {
    test::Random random{62};
    TilesetConfig const config = config_for(10);
    Layers layers{{"zones", zones(6, 9)}, {"fronts", fronts(9, 10)}};
    test::TileBuild current = build(layers, config);
    for (std::string const name : {"zones", "fronts"}) {
        CAPTURE(name);
        Change change;
        for (std::uint64_t const id : {3U, 17U}) {
            change.put[id] = layers[name].at(id);
            dent(change.put[id].geometry, random);
        }
        change.apply(layers[name]);
        UpdateResult result = update(current, name, change, config);
        CHECK(result.encoded < current.tileset.entries.size() / 4);
        check_equal(result.tileset, build(layers, config).tileset);
        current.tileset = std::move(result.tileset);
    }
}

TEST_CASE("update_tileset: a cell of a partition taken out and put back touches what lies round it") {
    TilesetConfig const config = config_for(9);
    Layers layers{{"zones", zones(6, 6)}, {"fronts", {}}};
    test::TileBuild current = build(layers, config);
    Tileset const first = current.tileset;
    Change out;
    out.removed = {15};
    UpdateResult result = update(current, "zones", out, config);
    CHECK(result.removed == 1);
    CHECK(result.encoded < first.entries.size() / 3);
    current.tileset = std::move(result.tileset);
    Change back;
    back.put[15] = layers["zones"].at(15);
    result = update(current, "zones", back, config);
    CHECK(result.added == 1);
    check_equal(result.tileset, first);
}

TEST_CASE("update_tileset: lines that share a stretch, drawn anew beside it, in it and from end to end") {
    TilesetConfig const config = config_for(9);
    test::WindingEdges edges{21, 8};
    std::vector<LonLat> const west = edges.edge({36, 34}, {37, 34.4});
    std::vector<LonLat> const common = edges.edge({37, 34.4}, {38, 34.6});
    std::vector<LonLat> const east = edges.edge({38, 34.6}, {39, 34});
    auto const line = [](std::uint64_t id, std::initializer_list<std::vector<LonLat>> parts) {
        LineString whole;
        for (std::vector<LonLat> const& part : parts) {
            whole.points.insert(whole.points.end(), part.begin() + (whole.points.empty() ? 0 : 1),
                                part.end());
        }
        Feature feature;
        feature.id = id;
        feature.geometry = std::move(whole);
        return feature;
    };
    Layers layers{{"fronts",
                   {{1, line(1, {west, common, east})},
                    {2, line(2, {common, east})},
                    {3, line(3, {edges.edge({36, 35}, {37, 34.4}), common})},
                    {4, line(4, {west})}}}};
    test::TileBuild current = build(layers, config);
    auto const moved = [&](std::uint64_t id, std::size_t first, std::size_t last) {
        Feature feature = layers["fronts"].at(id);
        std::vector<LonLat>& points = std::get<LineString>(feature.geometry).points;
        for (std::size_t i = first; i < std::min(last, points.size()); ++i) {
            points[i] = rounded(LonLat{points[i].lon, points[i].lat + 0.003});
        }
        return feature;
    };
    std::size_t const in_common = west.size() + common.size() / 2;
    std::size_t const whole = west.size() + common.size() + east.size();
    for (Feature const& feature :
         {moved(1, 3, 6), moved(1, in_common, in_common + 4), moved(2, 0, 1), moved(3, whole - 2, whole),
          moved(4, west.size() - 1, west.size()), line(2, {common}), line(2, {west, common, east}),
          moved(3, 0, whole), layers["fronts"].at(1), line(1, {common, east})}) {
        Change change;
        change.put[feature.id] = feature;
        change.apply(layers["fronts"]);
        UpdateResult result = update(current, "fronts", change, config);
        check_equal(result.tileset, build(layers, config).tileset);
        current.tileset = std::move(result.tileset);
    }
}

TEST_CASE(
    "update_tileset: a vertex of a line moves the tiles beside it alone; nothing changed, nothing done") {
    TilesetConfig const config = config_for(9);
    Layers layers{{"zones", {}}, {"fronts", fronts(9)}};
    test::TileBuild current = build(layers, config);
    CHECK(update(current, "fronts", {}, config).encoded == 0);
    Change change;
    Feature line = layers["fronts"].at(5);
    LonLat& at = std::get<LineString>(line.geometry).points[20];
    at = rounded(LonLat{at.lon + 0.001, at.lat});
    change.put[5] = line;
    change.apply(layers["fronts"]);
    UpdateResult const result = update(current, "fronts", change, config);
    CHECK(result.changed == 1);
    CHECK(result.encoded <= 20);
    check_equal(result.tileset, build(layers, config).tileset);
}

TEST_CASE("update_tileset: all polygons taken out leave no layer") {
    TilesetConfig const config = config_for(5);
    Layers layers{{"zones", zones(6, 3)}, {"fronts", fronts(9)}};
    test::TileBuild current = build(layers, config);
    Change change;
    for (auto const& [id, feature] : layers["zones"]) {
        change.removed.push_back(id);
    }
    layers["zones"].clear();
    UpdateResult const result = update(current, "zones", change, config);
    check_equal(result.tileset, build(layers, config).tileset);
    CHECK(result.tileset.metadata.layers.size() == 1);
}

TEST_CASE("update_tileset: lines and polygons in one layer; a point among them is said to be too much") {
    TilesetConfig config = config_for(7);
    config.layers.resize(1);
    config.layers.front().coverage.clear();
    Layers layers{{"zones", zones(6, 5)}};
    for (auto const& [id, line] : fronts(4)) {
        Feature each = line;
        each.id = id + 500;
        layers["zones"].emplace(each.id, std::move(each));
    }
    test::TileBuild current = build(layers, config);
    test::Random random{77};
    for (int i = 0; i < 4; ++i) {
        Change const change = random_change(layers["zones"], zones(9, 5), random, 4);
        change.apply(layers["zones"]);
        UpdateResult result = update(current, "zones", change, config);
        check_equal(result.tileset, build(layers, config).tileset);
        current.tileset = std::move(result.tileset);
    }
    Change point;
    point.put[9] = layers["zones"].begin()->second;
    point.put[9].geometry = Point{{36, 35}};
    CHECK_THROWS_WITH_AS(update(current, "zones", point, config), doctest::Contains("is a point"),
                         InputError);

    layers["zones"][9] = point.put[9];
    current = build(layers, config);
    CHECK_THROWS_WITH_AS(update(current, "zones", {}, config), doctest::Contains("points beside lines"),
                         InputError);
}

TEST_CASE("read_index: damage in lines and polygons is answered by FormatError") {
    TilesetConfig const config = config_for(3);
    Layers const layers{{"zones", zones(6, 1)}, {"fronts", fronts(9)}};
    test::TempFolder const folder;
    auto const file = folder.path() / "a.index";
    write_index(build(layers, config).index, file, Overwrite::refuse);
    std::string const bytes = read_file(file);
    std::string_view const whole{bytes};
    CHECK(read_index(whole).layers.front().shapes->ids.size() == layers.at("zones").size());
    for (std::size_t size = 0; size + 8 < bytes.size(); size += 97) {
        CHECK_THROWS_AS(read_index(whole.substr(0, size)), FormatError);
    }
    test::Random random{5};
    for (int i = 0; i < 300; ++i) { // an answer, whatever it is
        std::string damaged = bytes;
        damaged[random.below(bytes.size())] = static_cast<char>(random.below(256));
        try {
            read_index(std::string_view{damaged});
        } catch (FormatError const&) { // the documented one
        }
    }
    std::string damaged = bytes;
    damaged[bytes.size() / 2] = static_cast<char>(damaged[bytes.size() / 2] ^ 1);
    write_file(file, damaged, Overwrite::replace);
    CHECK_THROWS_WITH_AS(read_index(file), doctest::Contains("damaged"), FormatError);
}
