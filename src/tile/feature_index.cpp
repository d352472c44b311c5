#include "tile/feature_index.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <functional>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/hash.hpp"
#include "base/hash_pieces.hpp"
#include "base/mapped_file.hpp"
#include "tile/compression.hpp"
#include "tile/mvt_decoder.hpp"
#include "tile/point_tile.hpp"
#include "tile/tileset_description.hpp"

namespace kharita::tile {

namespace {

using Json = nlohmann::ordered_json;

static_assert(std::endian::native == std::endian::little, "numbers are written as they lie in memory");

constexpr std::string_view magic = "KHRTIDX3";

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
    if (!layer.is_single_points() && !layer.points.empty()) {
        return "it has points beside lines or polygons, or points of several positions";
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
std::string_view bytes_of(std::span<Number const> column) noexcept {
    return {reinterpret_cast<char const*>(column.data()), column.size_bytes()};
}

template <typename Number>
std::string_view bytes_of(std::vector<Number> const& column) noexcept {
    return bytes_of(std::span{column});
}

/// Takes an index apart, and notes the hash of each part.
class IndexReader {
public:
    IndexReader(std::string_view bytes, Columns columns) : m_bytes{bytes}, m_columns{columns} {}

    std::string_view part(std::uint64_t size) {
        if (size > m_bytes.size()) {
            fail<FormatError>("index: it ends early");
        }
        std::string_view const part = m_bytes.substr(0, size);
        m_bytes.remove_prefix(size);
        m_parts.push_back(part);
        return part;
    }
    std::uint64_t number() {
        std::uint64_t value = 0;
        std::memcpy(&value, part(sizeof value).data(), sizeof value);
        return value;
    }
    template <typename Number>
    Grown<Number> column(std::uint64_t count) {
        if (count > m_bytes.size() / sizeof(Number)) {
            fail<FormatError>("index: it ends early");
        }
        std::string_view const bytes = part(count * sizeof(Number));
        if (m_columns == Columns::in_place &&
            reinterpret_cast<std::uintptr_t>(bytes.data()) % alignof(Number) == 0) {
            return Grown<Number>{std::span{reinterpret_cast<Number const*>(bytes.data()), count}};
        }
        std::vector<Number> numbers(count);
        if (!bytes.empty()) {
            std::memcpy(static_cast<void*>(numbers.data()), bytes.data(), bytes.size());
        }
        return Grown<Number>{std::move(numbers)};
    }
    std::vector<std::string_view> const& parts() const noexcept { return m_parts; }

private:
    std::string_view m_bytes;
    Columns m_columns;
    std::vector<std::string_view> m_parts;
};

std::uint64_t hash_of(std::span<std::string_view const> parts) {
    std::vector<std::uint64_t> hashes;
    hashes.reserve(parts.size());
    for (std::string_view const part : parts) {
        hashes.push_back(xxh3(part));
    }
    return xxh3(bytes_of(hashes));
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
            {"points", layer.ids.size()},
            {"contents", layer.contents.size()},
            {"shapes", layer.shapes.has_value()}};
}

/// A number that is whole and not negative; any other, taken for one, would be undefined.
std::uint64_t whole_number(Json const& json) {
    if (!json.is_number_unsigned()) {
        fail<FormatError>("index: its head is damaged: a number is not whole");
    }
    return json.get<std::uint64_t>();
}

int zoom_number(Json const& json) {
    constexpr std::int64_t none = -1; // of a layer that is in no tile
    if (!json.is_number_integer() || json.get<std::int64_t>() < none ||
        json.get<std::int64_t>() > max_zoom + 1) {
        fail<FormatError>("index: its head is damaged: a zoom is none");
    }
    return json.get<int>();
}

FeatureIndex::Layer parse_layer(Json const& json) {
    FeatureIndex::Layer layer;
    VectorLayer& described = layer.described;
    described.id = json.at("id").get<std::string>();
    described.description = json.at("description").get<std::string>();
    described.minzoom = zoom_number(json.at("minzoom"));
    described.maxzoom = zoom_number(json.at("maxzoom"));
    described.geometry = json.at("geometry").get<std::string>();
    described.feature_count = whole_number(json.at("features"));
    for (Json const& field : json.at("fields")) {
        described.fields.push_back(
            {field.at(0).get<std::string>(), field.at(1).get<std::string>(), field.at(2).get<std::string>()});
    }
    layer.fixed = json.at("fixed").get<std::string>();
    auto const bounds = json.at("bounds").get<std::array<double, 4>>();
    layer.bounds = {bounds[0], bounds[1], bounds[2], bounds[3]};
    for (Json const& key : json.at("keys")) {
        Json const& features = key.at("features");
        layer.keys.push_back(
            {key.at("name").get<std::string>(),
             key.at("description").get<std::string>(),
             zoom_number(key.at("minzoom")),
             key.at("declared").get<bool>(),
             key.at("gathered").get<bool>(),
             {whole_number(features.at(0)), whole_number(features.at(1)), whole_number(features.at(2))}});
    }
    return layer;
}

/// What of a layer follows the head.
struct LayerColumns {
    std::size_t points = 0;
    std::size_t contents = 0;
    bool has_shapes = false;
};

FeatureIndex parse_head(Json const& json, std::vector<LayerColumns>& columns) {
    FeatureIndex index;
    index.settings = whole_number(json.at("settings"));
    index.tiles = whole_number(json.at("tiles"));
    for (Json const& layer : json.at("layers")) {
        index.layers.push_back(parse_layer(layer));
        columns.push_back({whole_number(layer.at("points")), whole_number(layer.at("contents")),
                           layer.at("shapes").get<bool>()});
    }
    for (Json const& count : json.at("counts")) {
        index.counts.push_back({count.at(0).get<std::string>(), zoom_number(count.at(1)),
                                whole_number(count.at(2)), whole_number(count.at(3))});
    }
    return index;
}

void check(FeatureIndex::Layer const& layer) {
    auto const inside = [](WorldPoint at) {
        return at.x >= 0 && at.y >= 0 && at.x <= world_size && at.y <= world_size;
    };
    auto const finite = [](double rank) { return std::isfinite(rank); };
    if (std::ranges::adjacent_find(layer.ids.all(), std::ranges::greater_equal{}) != layer.ids.all().end() ||
        std::ranges::adjacent_find(layer.contents, std::ranges::greater_equal{},
                                   &FeatureIndex::Content::id) != layer.contents.end() ||
        !std::ranges::all_of(layer.places.all(), inside) || !std::ranges::all_of(layer.ranks.all(), finite)) {
        fail<FormatError>("index: layer {} is damaged", layer.described.id);
    }
}

/// How many tiles have each attribute of layers of lines and polygons, and the layer.
void count_tiles(FeatureIndex& index, Tileset const& tileset) {
    constexpr std::size_t max_tile_bytes = std::size_t{1} << 30U;
    bool const any = std::any_of(index.layers.begin(), index.layers.end(),
                                 [](FeatureIndex::Layer const& layer) { return layer.shapes.has_value(); });
    for (Tileset::Entry const& entry : any ? tileset.entries : std::vector<Tileset::Entry>{}) {
        int const zoom = tile_from_hilbert_key(entry.key).value_or(TileId{}).zoom;
        std::string const tile = gunzip(tileset.blobs[entry.blob], max_tile_bytes);
        for (RawLayer const& raw : raw_layers(tile)) {
            FeatureIndex::Layer* const layer = index.find(raw.name);
            if (layer == nullptr || !layer->shapes) {
                continue;
            }
            ShapeRecord& shapes = *layer->shapes;
            ++shapes.zoom_tiles[static_cast<std::size_t>(zoom - shapes.minzoom)];
            for (std::string const& key : layer_keys(raw.bytes)) {
                auto const found = std::ranges::find(shapes.keys, key);
                ++shapes.key_tiles[static_cast<std::size_t>(found - shapes.keys.begin())];
            }
        }
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
    auto const all = ids.all();
    auto const found = std::ranges::lower_bound(all, id);
    return found != all.end() && *found == id ? std::optional{static_cast<std::size_t>(found - all.begin())}
                                              : std::nullopt;
}

FeatureIndex::Layer* FeatureIndex::find(std::string_view id) noexcept {
    auto const found = std::find_if(layers.begin(), layers.end(),
                                    [&](Layer const& each) { return each.described.id == id; });
    return found == layers.end() ? nullptr : &*found;
}

std::uint64_t settings_hash(TilesetConfig const& config, std::string_view rank_by) {
    constexpr int version = 2; // of what tiles hold for given settings
    std::string all =
        fmt::format("{}|{}|{}|{}|{}\n", version, config.minzoom, config.maxzoom, config.buffer, rank_by);
    for (LayerConfig const& layer : config.layers) {
        all += fmt::format("{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}\n", layer.id, layer.description, layer.source,
                           static_cast<int>(layer.shape), layer.minzoom.value_or(-1),
                           layer.maxzoom.value_or(-1), layer.coverage, layer.simplify, layer.simplify_last,
                           layer.min_length, layer.min_area, layer.attributes.has_value());
        for (AttributeConfig const& each : layer.attributes.value_or(std::vector<AttributeConfig>{})) {
            all += fmt::format("{}|{}|{}|{}\n", each.name, each.description, static_cast<int>(each.type),
                               each.minzoom);
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

FeatureIndex index_features(std::span<LayerData const> layers, std::size_t jobs) {
    FeatureIndex index;
    for (LayerData const& data : layers) {
        FeatureIndex::Layer& layer = index.layers.emplace_back();
        layer.described.id = data.config.id;
        layer.bounds = data.bounds;
        layer.fixed = why_fixed(data);
        if (!layer.fixed.empty()) {
            continue;
        }
        if (!data.is_single_points()) {
            layer.shapes = record_shapes(data, jobs);
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
    for (FeatureIndex::Layer& layer : index.layers) {
        auto const described =
            std::find_if(tileset.metadata.layers.begin(), tileset.metadata.layers.end(),
                         [&](VectorLayer const& each) { return each.id == layer.described.id; });
        if (described != tileset.metadata.layers.end()) {
            layer.described = *described;
        } else {
            layer.described.maxzoom = -1;
        }
    }
    count_tiles(index, tileset);
}

void complete_update(FeatureIndex& index, std::string const& changed, TilesetConfig const& config,
                     Tileset& tileset) {
    FeatureIndex::Layer const* const layer = index.find(changed);
    if (layer != nullptr && layer->ids.empty() && (!layer->shapes || layer->shapes->ids.empty())) {
        std::erase_if(index.counts, [&](LayerZoomCount const& count) { return count.layer == changed; });
        std::erase_if(index.layers,
                      [&](FeatureIndex::Layer const& each) { return each.described.id == changed; });
    }
    TilesetMetadata& metadata = tileset.metadata;
    Extent bounds;
    for (FeatureIndex::Layer const& each : index.layers) {
        if (each.described.maxzoom >= 0) {
            metadata.layers.push_back(each.described);
        }
        bounds.add(each.bounds);
    }
    metadata.counts = index.counts;
    complete_description(metadata, config, bounds);
    index.tiles = tiles_hash(tileset);
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
    std::string text = head.dump(-1, ' ', false, Json::error_handler_t::replace);
    text.append((8 - text.size() % 8) % 8, ' '); // what follows lies so that it can be used in place
    std::vector<std::uint64_t> sizes{text.size()};
    std::vector<ShapeBytes> shapes;
    shapes.reserve(index.layers.size());
    sizes.reserve(index.layers.size() + 1);
    for (FeatureIndex::Layer const& layer : index.layers) {
        shapes.push_back(layer.shapes ? write_shapes(*layer.shapes) : ShapeBytes{});
        sizes.push_back(shapes.back().size);
    }
    std::vector<std::string_view> parts{magic, bytes_of(sizes).substr(0, sizeof(std::uint64_t)), text};
    std::vector<std::uint64_t> hashes{xxh3(parts[0]), xxh3(parts[1]), xxh3(parts[2])};
    auto const add = [&](std::string_view part) {
        parts.push_back(part);
        hashes.push_back(xxh3(part));
    };
    for (std::size_t i = 0; i < index.layers.size(); ++i) {
        FeatureIndex::Layer const& layer = index.layers[i];
        for (std::string_view const part : {bytes_of(layer.ids.all()), bytes_of(layer.places.all()),
                                            bytes_of(layer.ranks.all()), bytes_of(layer.contents)}) {
            add(part);
        }
        if (layer.shapes) {
            add(bytes_of(sizes).substr((i + 1) * sizeof(std::uint64_t), sizeof(std::uint64_t)));
            hashes.push_back(xxh3_of_pieces(shapes[i].pieces));
            parts.insert(parts.end(), shapes[i].pieces.begin(), shapes[i].pieces.end());
        }
    }
    OutputFile output{file, overwrite};
    for (std::string_view const part : parts) {
        output.write(part);
    }
    output.write(bytes_of(std::vector<std::uint64_t>{xxh3(bytes_of(hashes))}));
    output.commit();
}

namespace {

enum class Verify { structure, every_byte };

FeatureIndex parse_index(std::string_view bytes, Verify verify, Columns in_place) {
    IndexReader reader{bytes, in_place};
    if (reader.part(std::min(magic.size(), bytes.size())) != magic) {
        fail<FormatError>("index: not one of this program's version");
    }
    std::string_view const text = reader.part(reader.number());
    FeatureIndex index;
    std::vector<LayerColumns> columns;
    try {
        index = parse_head(Json::parse(text, nullptr, false), columns);
    } catch (Json::exception const& error) {
        fail<FormatError>("index: its head is damaged: {}", error.what());
    }
    std::vector<std::string_view> shapes(columns.size());
    for (std::size_t i = 0; i < index.layers.size(); ++i) {
        FeatureIndex::Layer& layer = index.layers[i];
        layer.ids = reader.column<std::uint64_t>(columns[i].points);
        layer.places = reader.column<WorldPoint>(columns[i].points);
        layer.ranks = reader.column<double>(columns[i].points);
        auto const contents = reader.column<FeatureIndex::Content>(columns[i].contents);
        layer.contents.assign(contents.all().begin(), contents.all().end());
        check(layer);
        if (columns[i].has_shapes) {
            shapes[i] = reader.part(reader.number());
        }
    }
    if (verify == Verify::every_byte) {
        std::uint64_t const expected = hash_of(reader.parts());
        if (reader.number() != expected) {
            fail<FormatError>("index: it is damaged");
        }
    }
    for (std::size_t i = 0; i < index.layers.size(); ++i) {
        if (columns[i].has_shapes) {
            index.layers[i].shapes = read_shapes(shapes[i], in_place);
        }
    }
    return index;
}

} // namespace

FeatureIndex read_index(std::string_view bytes) {
    return parse_index(bytes, Verify::structure, Columns::copied);
}

FeatureIndex read_index(std::filesystem::path const& file) {
    auto mapped = std::make_shared<MappedFile const>(file);
    FeatureIndex index = parse_index(mapped->bytes(), Verify::every_byte, Columns::in_place);
    index.file = std::move(mapped);
    return index;
}

} // namespace kharita::tile
