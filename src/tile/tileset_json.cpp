#include "tile/tileset_json.hpp"

#include <nlohmann/json.hpp>

#include "base/version.hpp"
#include "tile/archive.hpp"
#include "tile/mvt_decoder.hpp"

namespace kharita::tile {

namespace {

using Json = nlohmann::ordered_json;

constexpr char const* hidden_key = "kharita_hidden_features";

/// Invalid UTF-8 in a text becomes U+FFFD, so that what is written is always JSON.
std::string dumped(Json const& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json vector_layers(TilesetMetadata const& metadata, std::string VectorLayer::Field::*meaning) {
    Json layers = Json::array();
    for (VectorLayer const& layer : metadata.layers) {
        Json fields = Json::object();
        for (VectorLayer::Field const& field : layer.fields) {
            std::string const& said = field.*meaning;
            fields[field.name] = said.empty() ? field.type : said;
        }
        layers.push_back({{"id", layer.id},
                          {"description", layer.description},
                          {"minzoom", layer.minzoom},
                          {"maxzoom", layer.maxzoom},
                          {"fields", std::move(fields)}});
    }
    return layers;
}

std::string type_name(std::string const& field_type) {
    return field_type == "Number" ? "number" : field_type == "Boolean" ? "boolean" : "string";
}

/// The statistics that mapbox-geostats defined and styling tools read; without values.
Json tilestats(TilesetMetadata const& metadata) {
    Json layers = Json::array();
    for (VectorLayer const& layer : metadata.layers) {
        Json attributes = Json::array();
        for (VectorLayer::Field const& field : layer.fields) {
            attributes.push_back({{"attribute", field.name}, {"type", type_name(field.type)}});
        }
        layers.push_back({{"layer", layer.id},
                          {"count", layer.feature_count},
                          {"geometry", layer.geometry},
                          {"attributeCount", layer.fields.size()},
                          {"attributes", std::move(attributes)}});
    }
    return {{"layerCount", metadata.layers.size()}, {"layers", std::move(layers)}};
}

/// Where thinning hides something: `{"events":[{"zoom":0,"shown":4,"hidden":996}]}`.
Json hidden_features(TilesetMetadata const& metadata) {
    Json layers = Json::object();
    for (LayerZoomCount const& count : metadata.counts) {
        if (count.hidden > 0) {
            layers[count.layer].push_back(
                {{"zoom", count.zoom}, {"shown", count.shown}, {"hidden", count.hidden}});
        }
    }
    return layers;
}

std::string text_of(Json const& json, char const* key) {
    auto const found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

int zoom_of(Json const& json, char const* key) {
    auto const found = json.find(key);
    if (found == json.end() || !found->is_number_integer()) {
        return 0;
    }
    auto const zoom = found->get<std::int64_t>();
    return zoom >= 0 && zoom <= max_zoom ? static_cast<int>(zoom) : 0;
}

std::vector<double> numbers_of(Json const& json, char const* key, std::size_t count) {
    auto const found = json.find(key);
    std::vector<double> numbers;
    if (found != json.end() && found->is_array() && found->size() == count) {
        for (Json const& each : *found) {
            if (each.is_number()) {
                numbers.push_back(each.get<double>());
            }
        }
    }
    return numbers.size() == count ? numbers : std::vector<double>{};
}

VectorLayer parse_layer(Json const& json) {
    VectorLayer layer;
    layer.id = text_of(json, "id");
    layer.description = text_of(json, "description");
    layer.minzoom = zoom_of(json, "minzoom");
    layer.maxzoom = zoom_of(json, "maxzoom");
    if (auto const fields = json.find("fields"); fields != json.end() && fields->is_object()) {
        for (auto const& [name, meaning] : fields->items()) {
            std::string const said = meaning.is_string() ? meaning.get<std::string>() : std::string{};
            bool const is_type = said == "Number" || said == "Boolean" || said == "String";
            layer.fields.push_back({name, is_type ? said : "String", is_type ? std::string{} : said});
        }
    }
    return layer;
}

std::size_t count_of(Json const& json, char const* key) {
    auto const found = json.find(key);
    return found != json.end() && found->is_number_unsigned() ? found->get<std::size_t>() : 0;
}

std::vector<LayerZoomCount> parse_hidden_features(Json const& layers) {
    std::vector<LayerZoomCount> counts;
    for (auto const& [layer, zooms] : layers.items()) {
        for (Json const& each : zooms.is_array() ? zooms : Json::array()) {
            if (each.is_object()) {
                counts.push_back(
                    {layer, zoom_of(each, "zoom"), count_of(each, "shown"), count_of(each, "hidden")});
            }
        }
    }
    return counts;
}

} // namespace

std::string pmtiles_metadata_json(TilesetMetadata const& metadata) {
    Json json{{"name", metadata.name},
              {"description", metadata.description},
              {"attribution", metadata.attribution},
              {"version", metadata.version},
              {"type", "overlay"},
              {"generator", fmt::format("kharita {}", program_version)}};
    json["vector_layers"] = vector_layers(metadata, &VectorLayer::Field::type);
    json[hidden_key] = hidden_features(metadata);
    return dumped(json);
}

std::string mbtiles_metadata_json(TilesetMetadata const& metadata) {
    Json json{{"vector_layers", vector_layers(metadata, &VectorLayer::Field::type)}};
    json["tilestats"] = tilestats(metadata);
    json[hidden_key] = hidden_features(metadata);
    return dumped(json);
}

std::string tilejson(TilesetMetadata const& metadata, std::string_view tiles) {
    Extent const& bounds = metadata.bounds;
    Json json{{"tilejson", "3.0.0"},
              {"name", metadata.name},
              {"description", metadata.description},
              {"attribution", metadata.attribution},
              {"version", metadata.version},
              {"scheme", "xyz"},
              {"tiles", Json::array({std::string{tiles}})},
              {"minzoom", metadata.minzoom},
              {"maxzoom", metadata.maxzoom},
              {"bounds", {bounds.west, bounds.south, bounds.east, bounds.north}},
              {"center", {metadata.center.lon, metadata.center.lat, metadata.center_zoom}}};
    json["vector_layers"] = vector_layers(metadata, &VectorLayer::Field::description);
    return dumped(json);
}

TilesetMetadata parse_metadata_json(std::string_view text) {
    Json const json = Json::parse(text, nullptr, false);
    if (!json.is_object()) {
        fail<FormatError>("tileset metadata: not a JSON object");
    }
    TilesetMetadata metadata;
    metadata.name = text_of(json, "name");
    metadata.description = text_of(json, "description");
    metadata.attribution = text_of(json, "attribution");
    metadata.version = text_of(json, "version");
    metadata.minzoom = zoom_of(json, "minzoom");
    metadata.maxzoom = zoom_of(json, "maxzoom");
    if (auto const bounds = numbers_of(json, "bounds", 4); !bounds.empty()) {
        metadata.bounds = {bounds[0], bounds[1], bounds[2], bounds[3]};
    }
    if (auto const center = numbers_of(json, "center", 3); !center.empty()) {
        metadata.center = {center[0], center[1]};
        metadata.center_zoom = center[2] >= 0 && center[2] <= max_zoom ? static_cast<int>(center[2]) : 0;
    }
    if (auto const hidden = json.find(hidden_key); hidden != json.end() && hidden->is_object()) {
        metadata.counts = parse_hidden_features(*hidden);
    }
    if (auto const layers = json.find("vector_layers"); layers != json.end() && layers->is_array()) {
        for (Json const& layer : *layers) {
            if (layer.is_object()) {
                metadata.layers.push_back(parse_layer(layer));
            }
        }
    }
    return metadata;
}

} // namespace kharita::tile
