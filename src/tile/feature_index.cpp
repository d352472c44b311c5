#include "tile/feature_index.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <functional>
#include <numeric>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/files.hpp"
#include "base/hash.hpp"
#include "tile/mvt_decoder.hpp"

namespace kharita::tile {

namespace {

using Json = nlohmann::ordered_json;

static_assert(std::endian::native == std::endian::little, "numbers are written as they lie in memory");

constexpr std::string_view magic = "KHRTIDX1";

constexpr std::size_t text_type = 0; // AttributeConfig::Type
constexpr std::size_t number_type = 1;

std::vector<FeatureIndex::Key> count_keys(LayerData const& layer) {
    std::vector<FeatureIndex::Key> keys;
    keys.reserve(layer.keys.size());
    for (LayerData::Key const& key : layer.keys) {
        keys.push_back({key.name, key.description, key.minzoom, key.declared, false, {}});
    }
    std::vector<std::uint8_t> types(layer.values.size());
    for (std::uint32_t value = 0; value < types.size(); ++value) {
        types[value] = static_cast<std::uint8_t>(type_of_value(layer.values[value]));
    }
    for (Tag const tag : layer.tags) {
        bool const single = (tag.value & single_value) != 0;
        ++keys[tag.key].features[single ? text_type : types[tag.value]];
    }
    if (layer.config.thinning) {
        std::size_t const aggregates = layer.aggregate_count();
        std::size_t const first = keys.size() - aggregates;
        if (!layer.config.thinning->count.empty()) {
            keys[first - 1].gathered = true;
            keys[first - 1].features[number_type] = layer.feature_count();
        }
        for (std::size_t i = 0; i < aggregates; ++i) {
            keys[first + i].gathered = true;
            for (std::size_t feature = 0; feature < layer.feature_count(); ++feature) {
                keys[first + i].features[number_type] +=
                    std::size_t{layer.own_aggregates[feature * aggregates + i].known};
            }
        }
    }
    return keys;
}

std::string why_fixed(LayerData const& layer) {
    if (!layer.is_single_points()) {
        return "it has lines, polygons, or points of several positions";
    }
    if (layer.renumbered) {
        return "some of its features have no id, or the same";
    }
    if (layer.types_mixed) {
        return "some attribute has values of several types; say in the configuration which it is to have";
    }
    return {};
}

template <typename Number>
void append_column(std::string& bytes, std::vector<Number> const& column) {
    std::size_t const size = bytes.size();
    bytes.resize(size + column.size() * sizeof(Number));
    if (!column.empty()) {
        std::memcpy(bytes.data() + size, column.data(), column.size() * sizeof(Number));
    }
}

template <typename Number>
std::vector<Number> take_column(std::string_view& bytes, std::size_t count) {
    if (count > bytes.size() / sizeof(Number)) {
        fail<FormatError>("index: it ends early");
    }
    std::vector<Number> column(count);
    if (count > 0) {
        std::memcpy(column.data(), bytes.data(), count * sizeof(Number));
    }
    bytes.remove_prefix(count * sizeof(Number));
    return column;
}

Json key_json(FeatureIndex::Key const& key) {
    return {{"name", key.name},         {"description", key.description}, {"minzoom", key.minzoom},
            {"declared", key.declared}, {"gathered", key.gathered},       {"features", key.features}};
}

Json layer_json(FeatureIndex::Layer const& layer) {
    VectorLayer const& described = layer.described;
    Json fields = Json::array();
    for (VectorLayer::Field const& field : described.fields) {
        fields.push_back({field.name, field.type, field.description});
    }
    Json keys = Json::array();
    for (FeatureIndex::Key const& key : layer.keys) {
        keys.push_back(key_json(key));
    }
    return {{"id", described.id},
            {"description", described.description},
            {"minzoom", described.minzoom},
            {"maxzoom", described.maxzoom},
            {"geometry", described.geometry},
            {"features", described.feature_count},
            {"fields", std::move(fields)},
            {"fixed", layer.fixed},
            {"bounds", {layer.bounds.west, layer.bounds.south, layer.bounds.east, layer.bounds.north}},
            {"keys", std::move(keys)},
            {"points", layer.ids.size()}};
}

FeatureIndex::Layer parse_layer(Json const& json) {
    FeatureIndex::Layer layer;
    VectorLayer& described = layer.described;
    described.id = json.at("id").get<std::string>();
    described.description = json.at("description").get<std::string>();
    described.minzoom = json.at("minzoom").get<int>();
    described.maxzoom = json.at("maxzoom").get<int>();
    described.geometry = json.at("geometry").get<std::string>();
    described.feature_count = json.at("features").get<std::size_t>();
    for (Json const& field : json.at("fields")) {
        described.fields.push_back(
            {field.at(0).get<std::string>(), field.at(1).get<std::string>(), field.at(2).get<std::string>()});
    }
    layer.fixed = json.at("fixed").get<std::string>();
    auto const bounds = json.at("bounds").get<std::array<double, 4>>();
    layer.bounds = {bounds[0], bounds[1], bounds[2], bounds[3]};
    for (Json const& key : json.at("keys")) {
        layer.keys.push_back({key.at("name").get<std::string>(), key.at("description").get<std::string>(),
                              key.at("minzoom").get<int>(), key.at("declared").get<bool>(),
                              key.at("gathered").get<bool>(),
                              key.at("features").get<std::array<std::size_t, 3>>()});
    }
    return layer;
}

FeatureIndex parse_head(Json const& json, std::vector<std::size_t>& points) {
    FeatureIndex index;
    index.settings = json.at("settings").get<std::uint64_t>();
    index.tiles = json.at("tiles").get<std::uint64_t>();
    for (Json const& layer : json.at("layers")) {
        index.layers.push_back(parse_layer(layer));
        points.push_back(layer.at("points").get<std::size_t>());
    }
    for (Json const& count : json.at("counts")) {
        index.counts.push_back({count.at(0).get<std::string>(), count.at(1).get<int>(),
                                count.at(2).get<std::size_t>(), count.at(3).get<std::size_t>()});
    }
    return index;
}

} // namespace

AttributeConfig::Type type_of_value(std::string_view bytes) noexcept {
    constexpr char string_field = 0x0a; // vector_tile.proto, with its wire type
    constexpr char bool_field = 0x38;
    return bytes.empty() || bytes.front() == string_field ? AttributeConfig::Type::text
           : bytes.front() == bool_field                  ? AttributeConfig::Type::boolean
                                                          : AttributeConfig::Type::number;
}

std::optional<std::size_t> FeatureIndex::Layer::find(std::uint64_t id) const noexcept {
    auto const found = std::lower_bound(ids.begin(), ids.end(), id);
    return found != ids.end() && *found == id ? std::optional{static_cast<std::size_t>(found - ids.begin())}
                                              : std::nullopt;
}

FeatureIndex::Layer* FeatureIndex::find(std::string_view id) noexcept {
    auto const found = std::find_if(layers.begin(), layers.end(),
                                    [&](Layer const& each) { return each.described.id == id; });
    return found == layers.end() ? nullptr : &*found;
}

std::uint64_t settings_hash(TilesetConfig const& config, std::string_view rank_by) {
    constexpr int version = 1; // of what tiles hold for given settings
    std::string all =
        fmt::format("{}|{}|{}|{}|{}\n", version, config.minzoom, config.maxzoom, config.buffer, rank_by);
    for (LayerConfig const& layer : config.layers) {
        all += fmt::format("{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}\n", layer.id, layer.source,
                           static_cast<int>(layer.shape), layer.minzoom.value_or(-1),
                           layer.maxzoom.value_or(-1), layer.coverage, layer.simplify, layer.simplify_last,
                           layer.min_length, layer.min_area, layer.attributes.has_value());
        for (AttributeConfig const& each : layer.attributes.value_or(std::vector<AttributeConfig>{})) {
            all += fmt::format("{}|{}|{}\n", each.name, static_cast<int>(each.type), each.minzoom);
        }
        if (layer.thinning) {
            all += fmt::format("{}|{}|{}|{}\n", layer.thinning->cells_per_side, layer.thinning->max_features,
                               layer.thinning->max_bytes, layer.thinning->count);
            for (AggregateConfig const& each : layer.thinning->aggregates) {
                all += fmt::format("{}|{}|{}|{}\n", static_cast<int>(each.kind), each.name, each.attribute,
                                   each.equals);
            }
        }
    }
    return xxh3(all);
}

std::uint64_t tiles_hash(Tileset const& tileset) {
    std::vector<std::uint64_t> blobs;
    blobs.reserve(tileset.blobs.size());
    for (std::string const& blob : tileset.blobs) {
        blobs.push_back(xxh3(blob));
    }
    std::string all;
    all.reserve(16 * tileset.entries.size());
    for (Tileset::Entry const& entry : tileset.entries) {
        append_column(all, std::vector<std::uint64_t>{entry.key, blobs[entry.blob]});
    }
    return xxh3(all);
}

FeatureIndex index_features(std::span<LayerData const> layers) {
    FeatureIndex index;
    for (LayerData const& data : layers) {
        FeatureIndex::Layer& layer = index.layers.emplace_back();
        layer.described.id = data.config.id;
        layer.bounds = data.bounds;
        layer.fixed = why_fixed(data);
        if (!layer.fixed.empty()) {
            continue;
        }
        layer.keys = count_keys(data);
        std::vector<std::pair<std::uint64_t, std::uint32_t>> order;
        order.reserve(data.feature_count());
        for (std::uint32_t feature = 0; feature < data.feature_count(); ++feature) {
            order.emplace_back(data.ids[feature], feature);
        }
        std::sort(order.begin(), order.end());
        layer.ids.reserve(order.size());
        layer.places.reserve(order.size());
        layer.ranks.reserve(order.size());
        for (auto const& [id, feature] : order) {
            layer.ids.push_back(id);
            layer.places.push_back(data.points[feature].at);
            layer.ranks.push_back(data.ranks[feature]);
        }
    }
    return index;
}

void complete_index(FeatureIndex& index, Tileset const& tileset, std::uint64_t settings) {
    index.settings = settings;
    index.tiles = tiles_hash(tileset);
    index.counts = tileset.metadata.counts;
    std::erase_if(index.layers, [&](FeatureIndex::Layer& layer) {
        auto const described =
            std::find_if(tileset.metadata.layers.begin(), tileset.metadata.layers.end(),
                         [&](VectorLayer const& each) { return each.id == layer.described.id; });
        if (described != tileset.metadata.layers.end()) {
            layer.described = *described;
        }
        return described == tileset.metadata.layers.end();
    });
}

std::filesystem::path index_path(std::filesystem::path const& archive) {
    std::filesystem::path const plain = archive.has_filename() ? archive : archive.parent_path();
    return plain.string() + ".index";
}

void write_index(FeatureIndex const& index, std::filesystem::path const& file, Overwrite overwrite) {
    Json head{{"settings", index.settings}, {"tiles", index.tiles}};
    head["layers"] = Json::array();
    for (FeatureIndex::Layer const& layer : index.layers) {
        head["layers"].push_back(layer_json(layer));
    }
    head["counts"] = Json::array();
    for (LayerZoomCount const& count : index.counts) {
        head["counts"].push_back({count.layer, count.zoom, count.shown, count.hidden});
    }
    std::string const text = head.dump(-1, ' ', false, Json::error_handler_t::replace);
    std::string bytes{magic};
    append_column(bytes, std::vector<std::uint64_t>{text.size()});
    bytes += text;
    OutputFile output{file, overwrite};
    output.write(bytes);
    for (FeatureIndex::Layer const& layer : index.layers) {
        bytes.clear();
        append_column(bytes, layer.ids);
        append_column(bytes, layer.places);
        append_column(bytes, layer.ranks);
        output.write(bytes);
    }
    output.commit();
}

FeatureIndex parse_index(std::string_view bytes) {
    if (!bytes.starts_with(magic)) {
        fail<FormatError>("index: not one of this program's version");
    }
    bytes.remove_prefix(magic.size());
    std::uint64_t const size = take_column<std::uint64_t>(bytes, 1).front();
    if (size > bytes.size()) {
        fail<FormatError>("index: it ends early");
    }
    Json const head = Json::parse(bytes.substr(0, size), nullptr, false);
    bytes.remove_prefix(size);
    FeatureIndex index;
    std::vector<std::size_t> points;
    try {
        index = parse_head(head, points);
    } catch (Json::exception const& error) {
        fail<FormatError>("index: its head is damaged: {}", error.what());
    }
    for (std::size_t i = 0; i < index.layers.size(); ++i) {
        FeatureIndex::Layer& layer = index.layers[i];
        layer.ids = take_column<std::uint64_t>(bytes, points[i]);
        layer.places = take_column<WorldPoint>(bytes, points[i]);
        layer.ranks = take_column<double>(bytes, points[i]);
        auto const inside = [](WorldPoint at) {
            return at.x >= 0 && at.y >= 0 && at.x <= world_size && at.y <= world_size;
        };
        auto const finite = [](double rank) { return std::isfinite(rank); };
        if (std::adjacent_find(layer.ids.begin(), layer.ids.end(), std::greater_equal{}) != layer.ids.end() ||
            !std::all_of(layer.places.begin(), layer.places.end(), inside) ||
            !std::all_of(layer.ranks.begin(), layer.ranks.end(), finite)) {
            fail<FormatError>("index: layer {} is damaged", layer.described.id);
        }
    }
    return index;
}

FeatureIndex read_index(std::filesystem::path const& file) {
    return parse_index(read_file(file, std::size_t{1} << 40U));
}

} // namespace kharita::tile
