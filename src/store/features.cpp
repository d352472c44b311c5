#include "store/features.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <span>
#include <string>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "store/database.hpp"
#include "store/layer_fields.hpp"

namespace kharita::store {

namespace {

struct LayerNames {
    std::string_view name;
    std::string_view view;
};

constexpr std::array layer_names{
    LayerNames{"events", "map_event"},
    LayerNames{"planned", "map_event_planned"},
    LayerNames{"threatened", "map_event_threatened"},
    LayerNames{"failed", "map_event_failed"},
    LayerNames{"denied", "map_event_denied"},
    LayerNames{"historical", "map_event_historical"},
    LayerNames{"places", "map_place"},
    LayerNames{"mentions", "map_mention"},
    LayerNames{"areas", "map_mention_area"},
    LayerNames{"zones", "map_zone"},
    LayerNames{"frontlines", "map_frontline"},
    LayerNames{"control", "map_control"},
};
static_assert(layer_names.size() == all_layers.size());

LayerNames const& names_of(Layer layer) noexcept {
    return layer_names[static_cast<std::size_t>(layer)];
}

std::uint64_t feature_id(std::string_view hex) noexcept {
    std::string_view const low = hex.size() > 16 ? hex.substr(hex.size() - 16) : hex;
    std::uint64_t value = 0;
    std::from_chars(low.data(), low.data() + low.size(), value, 16);
    return value & ((std::uint64_t{1} << 53U) - 1);
}

std::uint64_t hashed_id(std::string_view name) {
    return feature_id(Sha256{}.bytes(name).hex(32));
}

/// Whether a layer's ids are hexadecimal digits already.
bool has_hex_ids(Layer layer) noexcept {
    return layer == Layer::zones || is_of_events(layer);
}

std::int64_t integer_of(Feature const& feature, std::string_view name) noexcept {
    auto const found = std::ranges::find(feature.properties, name,
                                         [](auto const& each) -> std::string_view { return each.first; });
    auto const* const value =
        found != feature.properties.end() ? std::get_if<std::int64_t>(&found->second) : nullptr;
    return value != nullptr ? *value : 0;
}

double rank_of(Layer layer, Feature const& feature) noexcept {
    switch (layer) {
    case Layer::places:
        return static_cast<double>(integer_of(feature, "events")) +
               static_cast<double>(integer_of(feature, "mentions")) / 1000;
    case Layer::mentions:
    case Layer::areas:
    case Layer::zones:
    case Layer::frontlines:
    case Layer::control:
        return 0;
    default:
        return event_rank(integer_of(feature, "killed"), integer_of(feature, "injured"),
                          static_cast<int>(integer_of(feature, "geo_precision")), integer_of(feature, "day"));
    }
}

} // namespace

std::string without_tashkeel(std::string_view text) {
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const lead = static_cast<unsigned char>(text[i]);
        if ((lead == 0xD9U) && i + 1 < text.size()) {
            auto const next = static_cast<unsigned char>(text[i + 1]);
            if ((next >= 0x8BU && next <= 0x92U) || next == 0xB0U || next == 0x80U) {
                ++i;
                continue;
            }
        }
        plain += text[i];
    }
    return plain;
}

std::uint64_t event_feature_id(std::string_view event_id) noexcept {
    return feature_id(event_id);
}

bool is_of_events(Layer layer) noexcept {
    switch (layer) {
    case Layer::events:
    case Layer::planned:
    case Layer::threatened:
    case Layer::failed:
    case Layer::denied:
    case Layer::historical:
        return true;
    default:
        return false;
    }
}

std::string_view name_of(Layer layer) noexcept {
    return names_of(layer).name;
}

std::string_view view_of(Layer layer) noexcept {
    return names_of(layer).view;
}

std::optional<Layer> parse_layer(std::string_view name) noexcept {
    for (Layer const layer : all_layers) {
        if (name_of(layer) == name) {
            return layer;
        }
    }
    return std::nullopt;
}

double event_rank(std::int64_t killed, std::int64_t injured, int geo_precision, std::int64_t day) noexcept {
    auto const people = [](std::int64_t count) {
        return std::log2(1 + static_cast<double>(std::max<std::int64_t>(count, 0)));
    };
    // A day is worth so little that it only parts equals: a century makes 0.4.
    constexpr double per_day = 1e-5;
    double const precision = geo_precision == 1 ? 1 : geo_precision == 2 ? 0.5 : 0;
    return 4 * people(killed) + people(injured) + precision + per_day * static_cast<double>(day);
}

WithoutPosition features(Database& database, Layer layer, std::function<void(Feature const&)> const& use) {
    std::span<LayerField const> const fields = fields_of(layer);
    std::string sql = "SELECT geom";
    Feature feature;
    for (LayerField const& field : fields) { // features are read into one object: names are written once
        sql += ", ";
        sql += field.column;
        feature.properties.emplace_back(std::string{field.name}, Value{});
    }
    Statement rows = database.stream(sql + " FROM " + std::string{view_of(layer)} + " ORDER BY rowid");
    WithoutPosition without;
    while (rows.step()) {
        if (rows.is_null(0)) {
            ++without.count;
            continue;
        }
        try {
            feature.geometry = *rows.geometry(0);
        } catch (GeometryError const& error) {
            fail<DatabaseError>("{}: layer {}: {}: {}", database.name(), name_of(layer), rows.text(1),
                                error.what());
        }
        feature.id = has_hex_ids(layer) ? feature_id(rows.text(1)) : hashed_id(rows.text(1));
        for (std::size_t i = 0; i < fields.size(); ++i) {
            feature.properties[i].second = value_of(fields[i], rows, static_cast<int>(i) + 1);
        }
        feature.rank = rank_of(layer, feature);
        use(feature);
    }
    return without;
}

FeatureLayer feature_layer(Database& database, Layer layer) {
    FeatureLayer all{.name = std::string{name_of(layer)}, .features = {}};
    features(database, layer, [&](Feature const& feature) { all.features.push_back(feature); });
    return all;
}

std::int64_t feature_count(Database& database, Layer layer) {
    Statement count =
        database.prepare("SELECT count(*) FROM " + std::string{view_of(layer)} + " WHERE geom IS NOT NULL");
    return count.step() ? count.integer(0) : 0;
}

} // namespace kharita::store
