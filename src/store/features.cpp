#include "store/features.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "model/date.hpp"
#include "store/database.hpp"

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

/// Reads a row's columns one after the other into a feature's properties.
class RowReader {
public:
    RowReader(Statement const& row, Feature& feature, std::size_t& property)
        : m_row{row},
          m_feature{feature},
          m_property{property} {}

    RowReader& text(std::string_view name) {
        std::string_view const value = m_row.text(m_column++);
        return put(name, value.empty() ? Value{} : Value{std::string{value}});
    }
    RowReader& arabic(std::string_view name) {
        std::string value = without_tashkeel(m_row.text(m_column++));
        return put(name, value.empty() ? Value{} : Value{std::move(value)});
    }
    RowReader& integer(std::string_view name) {
        auto const value = m_row.integer_or_null(m_column++);
        return put(name, value ? Value{*value} : Value{});
    }
    RowReader& real(std::string_view name) {
        auto const value = m_row.real_or_null(m_column++);
        return put(name, value ? Value{*value} : Value{});
    }
    RowReader& boolean(std::string_view name) {
        auto const value = m_row.integer_or_null(m_column++);
        return put(name, value ? Value{*value != 0} : Value{});
    }
    /// An ISO date under `name`.
    std::optional<std::int64_t> date(std::string_view name) {
        auto const day = parse_date(m_row.text(m_column));
        text(name);
        return day ? std::optional{std::int64_t{day->time_since_epoch().count()}} : std::nullopt;
    }
    RowReader& day(std::string_view name, std::optional<std::int64_t> const& value) {
        return put(name, value ? Value{*value} : Value{});
    }
    RowReader& put(std::string_view name, Value value) {
        // Features are read into the same object: names are written once and stay.
        auto& properties = m_feature.properties;
        if (m_property == properties.size()) {
            properties.emplace_back(std::string{name}, std::move(value));
        } else {
            properties[m_property].second = std::move(value);
        }
        ++m_property;
        return *this;
    }
    std::string_view next_text() const { return m_row.text(m_column); }
    int column() const noexcept { return m_column; }

private:
    Statement const& m_row;
    Feature& m_feature;
    std::size_t& m_property;
    int m_column = 1; // column 0 is the geometry
};

constexpr std::string_view event_columns =
    "geom, event_id, date, date_end, event_type, sub_event_type, plover, modality, place, place_ar, admin1, "
    "admin2, admin3, pcode, killed, injured, killed_shared, injured_shared, initiator, target, weapon, "
    "strikes, "
    "geo_precision, time_precision, uncertainty_m, confidence, reports, source, url, published";

void read_event(RowReader& row, Feature& feature) {
    feature.id = feature_id(row.next_text());
    row.text("id");
    auto const day = row.date("date");
    auto const day_end = row.date("date_end");
    row.day("day", day).day("day_end", day_end);
    row.text("event_type").text("sub_event_type").text("plover").text("modality").text("place");
    row.arabic("place_ar").text("admin1").text("admin2").text("admin3").text("pcode");
    row.integer("killed").integer("injured").integer("killed_shared").integer("injured_shared");
    row.text("initiator").text("target").text("weapon").integer("strikes");
    row.integer("geo_precision").integer("time_precision").real("uncertainty_m").real("confidence");
    row.integer("reports").text("source").text("url").text("published");
}

constexpr std::string_view place_columns = "geom, place_id, name, name_ar, feature, country, admin1, admin2, "
                                           "admin3, population, mentions, "
                                           "events, killed, last_event";

void read_place(RowReader& row, Feature& feature) {
    feature.id = hashed_id(row.next_text());
    row.text("id").text("name").arabic("name_ar").text("feature").text("country");
    row.text("admin1").text("admin2").text("admin3").integer("population");
    row.integer("mentions").integer("events").integer("killed");
    auto const day = row.date("last_event");
    row.day("last_day", day);
}

constexpr std::string_view mention_columns = "geom, doc_id || ':' || mention_id, mention, role, place, "
                                             "place_ar, place_id, geo_precision, uncertainty_m, "
                                             "confidence, source, url, published";

void read_mention(RowReader& row, Feature& feature) {
    feature.id = hashed_id(row.next_text());
    row.text("id").text("text").text("role").text("place").arabic("place_ar").text("place_id");
    row.integer("geo_precision").real("uncertainty_m").real("confidence");
    row.text("source").text("url").text("published");
}

constexpr std::string_view zone_columns =
    "geom, zone_id, kind, status, name, along, side, declared_by, date, drawn_depth_km, depth = 'assumed', "
    "confidence, source, url, published";

void read_zone(RowReader& row, Feature& feature) {
    feature.id = feature_id(row.next_text());
    row.text("id").text("kind").text("status").arabic("name").text("along").text("side").text("declared_by");
    auto const day = row.date("date");
    row.day("day", day).real("depth_km").boolean("depth_assumed").real("confidence");
    row.text("source").text("url").text("published");
}

// What is derived has no id of its own: its day, its actors and the how many-th of them it is, which no other
// day's rows and no analyst's change.
constexpr std::string_view frontline_columns =
    "geom, date || '/' || actor_a || '/' || actor_b || '/' || row_number() OVER (PARTITION BY date, actor_a, "
    "actor_b ORDER BY rowid), actor_a, name_a, actor_b, name_b, date, last_evidence, age_days, confidence";

void read_frontline(RowReader& row, Feature& feature) {
    feature.id = hashed_id(row.next_text());
    row.text("id").text("actor_a").text("name_a").text("actor_b").text("name_b");
    auto const day = row.date("date");
    row.day("day", day).text("last_evidence").integer("age_days").real("confidence");
}

constexpr std::string_view control_columns =
    "geom, date || '/' || actor || '/' || source || '/' || row_number() OVER (PARTITION BY date, actor, "
    "source "
    "ORDER BY rowid), actor, name, name_ar, date, confidence, source";

void read_control(RowReader& row, Feature& feature) {
    feature.id = hashed_id(row.next_text());
    row.text("id").text("actor").text("name").arabic("name_ar");
    auto const day = row.date("date");
    row.day("day", day).real("confidence").text("source");
}

struct LayerReader {
    std::string_view columns;
    void (*read)(RowReader&, Feature&);
};

LayerReader reader_of(Layer layer) noexcept {
    switch (layer) {
    case Layer::places:
        return {place_columns, read_place};
    case Layer::mentions:
        return {mention_columns, read_mention};
    case Layer::zones:
        return {zone_columns, read_zone};
    case Layer::frontlines:
        return {frontline_columns, read_frontline};
    case Layer::control:
        return {control_columns, read_control};
    default:
        return {event_columns, read_event};
    }
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

std::string_view name_of(Layer layer) noexcept {
    return names_of(layer).name;
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
    LayerReader const reader = reader_of(layer);
    Statement rows = database.stream("SELECT " + std::string{reader.columns} + " FROM " +
                                     std::string{names_of(layer).view} + " ORDER BY rowid");
    WithoutPosition without;
    Feature feature;
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
        std::size_t property = 0;
        RowReader row{rows, feature, property};
        reader.read(row, feature);
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
    Statement count = database.prepare("SELECT count(*) FROM " + std::string{names_of(layer).view} +
                                       " WHERE geom IS NOT NULL");
    return count.step() ? count.integer(0) : 0;
}

} // namespace kharita::store
