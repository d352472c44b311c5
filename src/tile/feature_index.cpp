#include "tile/feature_index.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "tile/compression.hpp"
#include "tile/mvt_decoder.hpp"
#include "tile/point_tile.hpp"
#include "tile/tileset_description.hpp"

namespace kharita::tile {

namespace {

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
    return xxh3({reinterpret_cast<char const*>(all.data()), all.size() * sizeof(std::uint64_t)});
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

} // namespace kharita::tile
