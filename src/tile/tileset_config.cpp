#include "tile/tileset_config.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <initializer_list>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/files.hpp"
#include "tile/json_line.hpp"
#include "tile/tile_id.hpp"

namespace kharita::tile {

namespace {

using Json = nlohmann::ordered_json;

constexpr int max_configured_zoom = 22;

/// The document that is read, for messages.
struct Source {
    std::string_view text;
    std::string_view name;

    template <typename... Args>
    [[noreturn]] void fail_at(std::string const& path, fmt::format_string<Args...> format,
                              Args&&... args) const {
        fail<InputError>("{}:{}: {} {}", name, line_of(text, path), path.empty() ? "the document" : path,
                         fmt::format(format, std::forward<Args>(args)...));
    }
};

/// A JSON object whose members are taken one by one; finish() refuses those that nobody took.
class Members {
public:
    Members(Source const& source, std::string path, Json const& json)
        : m_source{source},
          m_path{std::move(path)},
          m_json{json} {
        if (!json.is_object()) {
            m_source.fail_at(m_path, "is {}; expected an object", shown(json));
        }
    }

    Source const& source() const noexcept { return m_source; }
    std::string path(std::string_view key) const { return fmt::format("{}/{}", m_path, key); }

    Json const* find(char const* key) {
        m_taken.insert(key);
        auto const found = m_json.find(key);
        return found == m_json.end() ? nullptr : &*found;
    }

    void take(char const* key, std::string& to) {
        if (Json const* const value = find(key)) {
            if (!value->is_string()) {
                m_source.fail_at(path(key), "is {}; expected a text", shown(*value));
            }
            to = value->get<std::string>();
        }
    }

    void take_name(char const* key, std::string& to) {
        take(key, to);
        if (to.empty()) {
            m_source.fail_at(m_path, R"(has no "{}"; expected a name)", key);
        }
    }

    template <typename Integer>
    void take(char const* key, Integer& to, std::int64_t least, std::int64_t most) {
        if (Json const* const value = find(key)) {
            if (!value->is_number_integer() || value->get<std::int64_t>() < least ||
                value->get<std::int64_t>() > most) {
                m_source.fail_at(path(key), "is {}; expected a whole number from {} to {}", shown(*value),
                                 least, most);
            }
            to = static_cast<Integer>(value->get<std::int64_t>());
        }
    }

    void take_zoom(char const* key, std::optional<int>& to) {
        if (m_json.contains(key)) {
            int zoom = 0;
            take(key, zoom, 0, max_configured_zoom);
            to = zoom;
        }
        m_taken.insert(key);
    }

    void take_measure(char const* key, double& to) {
        if (Json const* const value = find(key)) {
            if (!value->is_number() || !(value->get<double>() >= 0) || value->get<double>() > 1e9) {
                m_source.fail_at(path(key), "is {}; expected a number, 0 or more", shown(*value));
            }
            to = value->get<double>();
        }
    }

    void finish() const {
        for (auto const& [key, value] : m_json.items()) {
            if (!m_taken.contains(key) && !key.starts_with("$")) {
                m_source.fail_at(path(key), "is not known; expected one of {}",
                                 fmt::format("{}", fmt::join(m_taken, ", ")));
            }
        }
    }

    /// A value as messages show it, cut short.
    static std::string shown(Json const& value) {
        std::string const text = value.dump(-1, ' ', true, Json::error_handler_t::replace);
        return text.size() <= 60 ? text : text.substr(0, 57) + "...";
    }

private:
    Source const& m_source;
    std::string m_path;
    Json const& m_json;
    std::set<std::string> m_taken;
};

/// "sums": ["killed", …].
void take_sums(Source const& source, Members& members, Thinning& thinning) {
    Json const* const sums = members.find("sums");
    if (sums == nullptr) {
        return;
    }
    if (!sums->is_array()) {
        source.fail_at(members.path("sums"), "is {}; expected a list of names", Members::shown(*sums));
    }
    for (std::size_t i = 0; i < sums->size(); ++i) {
        Json const& name = (*sums)[i];
        if (!name.is_string() || name.get<std::string>().empty()) {
            source.fail_at(members.path(fmt::format("sums/{}", i)), "is {}; expected an attribute's name",
                           Members::shown(name));
        }
        thinning.aggregates.push_back(
            {AggregateKind::sum, name.get<std::string>(), name.get<std::string>(), {}});
    }
}

/// "least": {"first_day": "day", …}; the same of "most".
void take_extremes(Source const& source, Members& members, char const* key, AggregateKind kind,
                   Thinning& thinning) {
    Json const* const extremes = members.find(key);
    if (extremes == nullptr) {
        return;
    }
    if (!extremes->is_object()) {
        source.fail_at(members.path(key), "is {}; expected an object of attributes by name",
                       Members::shown(*extremes));
    }
    for (auto const& [name, attribute] : extremes->items()) {
        if (!attribute.is_string() || attribute.get<std::string>().empty()) {
            source.fail_at(fmt::format("{}/{}", members.path(key), name),
                           "is {}; expected an attribute's name", Members::shown(attribute));
        }
        thinning.aggregates.push_back({kind, name, attribute.get<std::string>(), {}});
    }
}

/// "counts": {"battles": {"attribute": "event_type", "equals": "Battles"}, …}.
void take_counts(Source const& source, Members& members, Thinning& thinning) {
    Json const* const counts = members.find("counts");
    if (counts == nullptr) {
        return;
    }
    if (!counts->is_object()) {
        source.fail_at(members.path("counts"), "is {}; expected an object by name", Members::shown(*counts));
    }
    for (auto const& [name, json] : counts->items()) {
        Members count{source, fmt::format("{}/{}", members.path("counts"), name), json};
        AggregateConfig aggregate{AggregateKind::count, name, {}, {}};
        count.take_name("attribute", aggregate.attribute);
        count.take_name("equals", aggregate.equals);
        count.finish();
        thinning.aggregates.push_back(std::move(aggregate));
    }
}

/// What is gathered must not go by one name.
void check_names(Source const& source, std::string const& path, Thinning const& thinning) {
    std::set<std::string> names{thinning.count};
    for (AggregateConfig const& each : thinning.aggregates) {
        if (!names.insert(each.name).second) {
            source.fail_at(path, R"(gathers two attributes "{}"; expected distinct names)", each.name);
        }
    }
}

Thinning parse_thinning(Source const& source, std::string const& path, Json const& json) {
    constexpr std::int64_t many = 1'000'000'000;
    Members members{source, path, json};
    Thinning thinning;
    members.take("cells_per_side", thinning.cells_per_side, 1, tile_units);
    if (!std::has_single_bit(static_cast<unsigned>(thinning.cells_per_side))) {
        source.fail_at(members.path("cells_per_side"), "is {}; expected a power of two",
                       thinning.cells_per_side);
    }
    members.take("max_features", thinning.max_features, 1, many);
    members.take("max_bytes", thinning.max_bytes, 1, many);
    members.take("count", thinning.count);
    take_sums(source, members, thinning);
    take_extremes(source, members, "least", AggregateKind::least, thinning);
    take_extremes(source, members, "most", AggregateKind::most, thinning);
    take_counts(source, members, thinning);
    check_names(source, path, thinning);
    members.finish();
    return thinning;
}

AttributeConfig parse_attribute(Source const& source, std::string const& path, std::string const& name,
                                Json const& json) {
    Members members{source, path, json};
    AttributeConfig attribute;
    attribute.name = name;
    std::string type = "text";
    members.take("type", type);
    if (type == "number") {
        attribute.type = AttributeConfig::Type::number;
    } else if (type == "boolean") {
        attribute.type = AttributeConfig::Type::boolean;
    } else if (type != "text") {
        source.fail_at(members.path("type"), R"(is "{}"; expected text, number or boolean)", type);
    }
    members.take("description", attribute.description);
    members.take("minzoom", attribute.minzoom, 0, max_configured_zoom);
    members.finish();
    return attribute;
}

std::vector<AttributeConfig> parse_attributes(Source const& source, std::string const& path,
                                              Json const& json) {
    if (!json.is_object()) {
        source.fail_at(path, "is {}; expected an object of attributes by name", Members::shown(json));
    }
    std::vector<AttributeConfig> attributes;
    for (auto const& [name, value] : json.items()) {
        attributes.push_back(parse_attribute(source, fmt::format("{}/{}", path, name), name, value));
    }
    return attributes;
}

Shape take_shape(Source const& source, Members& members) {
    std::string shape = "own";
    members.take("shape", shape);
    if (shape == "label_point") {
        return Shape::label_point;
    }
    if (shape != "own") {
        source.fail_at(members.path("shape"), R"(is "{}"; expected own or label_point)", shape);
    }
    return Shape::own;
}

LayerConfig parse_layer(Source const& source, std::string const& path, Json const& json) {
    Members members{source, path, json};
    LayerConfig layer;
    members.take_name("id", layer.id);
    layer.source = layer.id;
    members.take("source", layer.source);
    members.take("description", layer.description);
    layer.shape = take_shape(source, members);
    members.take_zoom("minzoom", layer.minzoom);
    members.take_zoom("maxzoom", layer.maxzoom);
    Json const* const attributes = members.find("attributes");
    if (attributes != nullptr && !attributes->is_string()) { // a text is resolved when all layers are known
        layer.attributes = parse_attributes(source, members.path("attributes"), *attributes);
    }
    if (Json const* const thinning = members.find("thinning")) {
        layer.thinning = parse_thinning(source, members.path("thinning"), *thinning);
    }
    members.take("coverage", layer.coverage);
    members.take_measure("simplify", layer.simplify);
    members.take_measure("simplify_last", layer.simplify_last);
    members.take_measure("min_length", layer.min_length);
    members.take_measure("min_area", layer.min_area);
    members.finish();
    return layer;
}

/// Gives layers whose attributes are another layer's name that layer's attributes.
void copy_attributes(Source const& source, Json const& layers, TilesetConfig& config) {
    for (std::size_t i = 0; i < layers.size(); ++i) {
        auto const attributes = layers[i].find("attributes");
        if (attributes == layers[i].end() || !attributes->is_string()) {
            continue;
        }
        auto const other =
            std::find_if(config.layers.begin(), config.layers.end(), [&](LayerConfig const& layer) {
                return layer.id == attributes->get<std::string>();
            });
        if (other == config.layers.end() || !other->attributes) {
            source.fail_at(fmt::format("/layers/{}/attributes", i),
                           "is {}; expected the id of a layer whose attributes are listed",
                           Members::shown(*attributes));
        }
        config.layers[i].attributes = other->attributes;
    }
}

void check_zooms(Source const& source, TilesetConfig const& config) {
    if (config.minzoom > config.maxzoom) {
        source.fail_at("/minzoom", "is {}, deeper than maxzoom {}", config.minzoom, config.maxzoom);
    }
    std::set<std::string> ids;
    for (std::size_t i = 0; i < config.layers.size(); ++i) {
        LayerConfig const& layer = config.layers[i];
        std::string const path = fmt::format("/layers/{}", i);
        int const minzoom = layer.minzoom.value_or(config.minzoom);
        int const maxzoom = layer.maxzoom.value_or(config.maxzoom);
        if (minzoom > maxzoom) {
            source.fail_at(path + "/minzoom", "is {}, deeper than maxzoom {}", minzoom, maxzoom);
        }
        if (!ids.insert(layer.id).second) {
            source.fail_at(path + "/id", R"(is "{}", as of another layer; expected distinct names)",
                           layer.id);
        }
    }
}

} // namespace

LayerConfig const* TilesetConfig::find_source(std::string_view source) const noexcept {
    auto const found = std::find_if(layers.begin(), layers.end(),
                                    [&](LayerConfig const& layer) { return layer.source == source; });
    return found == layers.end() ? nullptr : &*found;
}

TilesetConfig parse_tileset_config(std::string_view text, std::string_view name) {
    Source const source{text, name};
    Json json;
    try {
        json = Json::parse(text);
    } catch (Json::parse_error const& error) {
        auto const at = static_cast<std::ptrdiff_t>(std::min(error.byte, text.size()));
        fail<InputError>("{}:{}: {}", name, 1 + std::count(text.begin(), text.begin() + at, '\n'),
                         error.what());
    }
    Members members{source, {}, json};
    TilesetConfig config;
    members.take("name", config.name);
    members.take("description", config.description);
    members.take("attribution", config.attribution);
    members.take("version", config.version);
    members.take("minzoom", config.minzoom, 0, max_configured_zoom);
    members.take("maxzoom", config.maxzoom, 0, max_configured_zoom);
    members.take("buffer", config.buffer, 0, tile_units / 2);
    Json const* const layers = members.find("layers");
    if (layers == nullptr || !layers->is_array()) {
        source.fail_at("/layers", "is missing or no list; expected the list of layers");
    }
    for (std::size_t i = 0; i < layers->size(); ++i) {
        config.layers.push_back(parse_layer(source, fmt::format("/layers/{}", i), (*layers)[i]));
    }
    members.finish();
    copy_attributes(source, *layers, config);
    check_zooms(source, config);
    return config;
}

TilesetConfig read_tileset_config(std::filesystem::path const& file) {
    return parse_tileset_config(read_file(file), file.string());
}

} // namespace kharita::tile
