#include "tile/feature_index.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <fstream>
#include <functional>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

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
std::string_view bytes_of(std::vector<Number> const& column) noexcept {
    return {reinterpret_cast<char const*>(column.data()), column.size() * sizeof(Number)};
}

/// Reads from a stream that may end early.
class IndexReader {
public:
    explicit IndexReader(std::istream& stream) : m_stream{stream} {}

    /// In steps, so that a damaged number asks for no more memory than there are bytes.
    template <typename Number>
    std::vector<Number> column(std::size_t count) {
        constexpr std::size_t step = std::size_t{8} << 20U;
        std::vector<Number> numbers;
        while (numbers.size() < count) {
            std::size_t const begin = numbers.size();
            std::size_t const size = std::min(begin == 0 ? step : begin, count - begin);
            numbers.resize(begin + size);
            m_stream.read(reinterpret_cast<char*>(numbers.data() + begin),
                          static_cast<std::streamsize>(size * sizeof(Number)));
            if (!m_stream) {
                fail<FormatError>("index: it ends early");
            }
        }
        return numbers;
    }

private:
    std::istream& m_stream;
};

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

void check(FeatureIndex::Layer const& layer) {
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
    for (std::uint32_t blob = 0; blob < tileset.blobs.size(); ++blob) {
        blobs.push_back(tileset.blobs.place(blob).hash);
    }
    std::vector<std::uint64_t> all;
    all.reserve(2 * tileset.entries.size());
    for (Tileset::Entry const& entry : tileset.entries) {
        all.push_back(entry.key);
        all.push_back(blobs[entry.blob]);
    }
    return xxh3(bytes_of(all));
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
    OutputFile output{file, overwrite};
    output.write(magic);
    output.write(bytes_of(std::vector<std::uint64_t>{text.size()}));
    output.write(text);
    for (FeatureIndex::Layer const& layer : index.layers) {
        output.write(bytes_of(layer.ids));
        output.write(bytes_of(layer.places));
        output.write(bytes_of(layer.ranks));
    }
    output.commit();
}

FeatureIndex read_index(std::istream& stream) {
    IndexReader reader{stream};
    std::vector<char> const begin = reader.column<char>(magic.size());
    if (std::string_view{begin.data(), begin.size()} != magic) {
        fail<FormatError>("index: not one of this program's version");
    }
    std::vector<char> const text = reader.column<char>(reader.column<std::uint64_t>(1).front());
    FeatureIndex index;
    std::vector<std::size_t> points;
    try {
        index = parse_head(Json::parse(text, nullptr, false), points);
    } catch (Json::exception const& error) {
        fail<FormatError>("index: its head is damaged: {}", error.what());
    }
    for (std::size_t i = 0; i < index.layers.size(); ++i) {
        FeatureIndex::Layer& layer = index.layers[i];
        layer.ids = reader.column<std::uint64_t>(points[i]);
        layer.places = reader.column<WorldPoint>(points[i]);
        layer.ranks = reader.column<double>(points[i]);
        check(layer);
    }
    return index;
}

FeatureIndex read_index(std::filesystem::path const& file) {
    std::ifstream stream{file, std::ios::binary};
    if (!stream) {
        fail<InputError>("{}: cannot be read", file.string());
    }
    return read_index(stream);
}

} // namespace kharita::tile
