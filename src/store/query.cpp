#include "store/query.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "model/date.hpp"
#include "store/database.hpp"
#include "store/named_place.hpp"

namespace kharita::store {

namespace {

constexpr QueryParameter since{"since", "first day, YYYY-MM-DD"};
constexpr QueryParameter until{"until", "last day, YYYY-MM-DD"};
constexpr QueryParameter limit{"limit", "how many rows at most"};

constexpr std::array near_parameters{
    QueryParameter{"place", "a place's id or name, English or Arabic, or LON,LAT", true},
    QueryParameter{"km", "how far from its point", true}, since, until, limit};
constexpr std::array actor_parameters{QueryParameter{"actor", "an actor's id, or a part of the name", true},
                                      since, until, limit};
constexpr std::array since_parameters{QueryParameter{"since", "first day, YYYY-MM-DD", true}, until, limit};
constexpr std::array period_parameters{since, until, limit};
constexpr std::array area_parameters{
    QueryParameter{"area", "a governorate, district or sub-district: its P-code or name, English or Arabic"},
    since, until, limit};
constexpr std::array review_parameters{limit};

constexpr std::array presets{
    QueryPreset{"near", "events within so many kilometres of a place", near_parameters},
    QueryPreset{"weekly", "events, killed and injured by sub-district, week and type", area_parameters},
    QueryPreset{"hospitals", "attacks on hospitals and other places of care", period_parameters},
    QueryPreset{"since", "events since a day", since_parameters},
    QueryPreset{"actor", "events in which an actor took part, on either side", actor_parameters},
    QueryPreset{"review", "places, tolls and readings whose being wrong would do most harm",
                review_parameters},
};

// What ? stands for in every statement below: 1 since, 2 until, 3 a text, 4 metres, 5 and 6 lon and lat, 7
// limit.
/// Columns of an event; `distance` is a column, with a comma behind it, or empty.
std::string event_columns(std::string_view distance = {}) {
    return fmt::format(
        "SELECT e.event_id, e.date, e.date_end, e.event_type, e.sub_event_type, e.place, e.place_ar, {}"
        "e.admin1, e.admin2, e.admin3, e.pcode, e.killed, e.injured, e.killed_shared, e.injured_shared, "
        "e.initiator, e.target, e.weapon, e.geo_precision, e.time_precision, round(e.confidence, 4) AS "
        "confidence, e.reports, e.source, e.url, e.quote, round(ST_X(e.geom), 7) AS lon, round(ST_Y(e.geom), "
        "7) AS lat, e.geom AS geom ",
        distance);
}
constexpr std::string_view event_order = " ORDER BY e.date, e.event_id LIMIT coalesce(?7, -1)";

/// Which days are asked for. A condition for each that is, and no more, so that the index of days is looked
/// into.
struct Period {
    std::string_view since; ///< of the statements below: empty where not asked for
    std::string_view until;
};

std::string in_period(Period const& period, std::string_view date = "e.date") {
    std::string all = "TRUE ";
    all += period.since.empty() ? "" : fmt::format("AND {} >= ?1 ", date);
    all += period.until.empty() ? "" : fmt::format("AND {} <= ?2 ", date);
    return all;
}

std::string sql_of_file(std::string_view preset, Period const& period) {
    constexpr std::string_view where_known = "+e.date"; // rows are known: their days need no index
    if (preset == "near") {
        // The index gives a box round the circle; across the antimeridian it gives all longitudes.
        return fmt::format(
            "{}FROM map_event AS e WHERE e.rowid IN (SELECT i.pkid FROM idx_event_geom AS i, (SELECT ?4 / "
            "110000.0 AS dy, ?4 / (110000.0 * max(0.01, cos(radians(?6)))) AS dx) WHERE i.ymin <= ?6 + dy "
            "AND "
            "i.ymax >= ?6 - dy AND (abs(?5) + dx > 180 OR (i.xmin <= ?5 + dx AND i.xmax >= ?5 - dx))) AND "
            "ST_Distance(e.geom, MakePoint(?5, ?6, 4326), 1) <= ?4 AND {}{}",
            event_columns("round(ST_Distance(e.geom, MakePoint(?5, ?6, 4326), 1) / 1000.0, 2) AS km, "),
            in_period(period, where_known), event_order);
    }
    if (preset == "weekly") {
        return "SELECT * FROM weekly WHERE (?1 IS NULL OR week >= date(?1, 'weekday 0', '-6 days')) AND (?2 "
               "IS "
               "NULL OR week <= ?2) AND (?3 IS NULL OR ?3 IN (admin1, admin2, admin3) OR pcode LIKE ?3 || "
               "'%') "
               "ORDER BY week, pcode, event_type LIMIT coalesce(?7, -1)";
    }
    if (preset == "hospitals") {
        return fmt::format("{}FROM health_care_struck AS e WHERE {}{}", event_columns(), in_period(period),
                           event_order);
    }
    if (preset == "actor") {
        return fmt::format(
            "{}FROM map_event AS e WHERE e.rowid IN (SELECT x.event FROM event_actor AS x JOIN actor AS a ON "
            "a.id = x.actor WHERE a.actor_id = ?3 OR instr(lower(a.name), lower(?3)) OR instr(a.name_ar, "
            "?3)) "
            "AND {}{}",
            event_columns(), in_period(period, where_known), event_order);
    }
    if (preset == "review") {
        // Each half is cut before its sentences are looked up.
        constexpr std::string_view columns = "target, mention, place, place_id, events, killed, injured, "
                                             "confidence, harm, alternatives, why, quote, url";
        return fmt::format(
            "SELECT * FROM (SELECT 'place' AS doubt, {0} FROM review_place ORDER BY harm DESC, "
            "target LIMIT coalesce(?7, -1)) UNION ALL SELECT * FROM (SELECT doubt, {0} FROM "
            "review_event ORDER BY harm DESC, target, doubt LIMIT coalesce(?7, -1)) ORDER BY "
            "harm DESC, target, doubt LIMIT coalesce(?7, -1)",
            columns);
    }
    return fmt::format("{}FROM map_event AS e WHERE {}{}", event_columns(), in_period(period), event_order);
}

// The same for PostGIS, which wants to know the type of every parameter, and that each is used.
constexpr std::string_view asked =
    "WITH asked AS (SELECT ?1::date AS since, ?2::date AS until, ?3::text AS text, ?4::double precision AS "
    "metres, "
    "?5::double precision AS lon, ?6::double precision AS lat, ?7::bigint AS row_limit) ";
std::string server_event_columns(std::string_view preset) {
    return fmt::format(
        "SELECT e.event_id, e.date, e.date_end, e.event_type, e.sub_event_type, e.place, e.place_ar, {}"
        "e.admin1, e.admin2, e.admin3, e.pcode, e.killed, e.injured, e.killed_shared, e.injured_shared, "
        "e.initiator, e.target, e.weapon, e.geo_precision, e.time_precision, round(e.confidence::numeric, "
        "4)::double precision AS confidence, e.reports, e.source, e.url, e.quote, "
        "round(ST_X(e.geom)::numeric, 7)::double precision AS lon, round(ST_Y(e.geom)::numeric, 7)::double "
        "precision AS lat, e.geom AS geom ",
        preset == "near"
            ? "round((ST_Distance(e.geom::geography, ST_SetSRID(ST_MakePoint(asked.lon, asked.lat), "
              "4326)::geography) / 1000)::numeric, 2)::double precision AS km, "
            : "");
}
constexpr std::string_view server_in_period =
    "(asked.since IS NULL OR e.date >= asked.since) AND (asked.until IS NULL OR e.date <= asked.until) ";
constexpr std::string_view server_limit = " LIMIT (SELECT row_limit FROM asked)";

/// Which rows of map_event an event preset asks for, as a condition with " AND " behind it.
std::string_view server_condition(std::string_view preset) {
    if (preset == "near") {
        // The box round the circle is what the index knows; across the antimeridian it is all longitudes.
        return "e.rowid IN (SELECT v.id FROM event AS v, asked, LATERAL (SELECT asked.metres / 110000.0 AS "
               "dy, "
               "asked.metres / (110000.0 * greatest(0.01, cos(radians(asked.lat)))) AS dx) AS d, LATERAL "
               "(SELECT "
               "abs(asked.lon) + d.dx > 180 AS crosses) AS c WHERE v.geom && ST_MakeEnvelope(CASE WHEN "
               "c.crosses "
               "THEN -180 ELSE asked.lon - d.dx END, asked.lat - d.dy, CASE WHEN c.crosses THEN 180 ELSE "
               "asked.lon "
               "+ d.dx END, asked.lat + d.dy, 4326) AND ST_Distance(v.geom::geography, "
               "ST_SetSRID(ST_MakePoint(asked.lon, asked.lat), 4326)::geography) <= asked.metres) AND ";
    }
    if (preset == "actor") {
        return "e.rowid IN (SELECT x.event FROM asked, event_actor AS x JOIN actor AS a ON a.id = x.actor "
               "WHERE "
               "a.actor_id = asked.text OR strpos(lower(a.name), lower(asked.text)) > 0 OR strpos(a.name_ar, "
               "asked.text) > 0) AND ";
    }
    return "";
}

std::string sql_of_server(std::string_view preset) {
    if (preset == "weekly") {
        return fmt::format(
            "{}SELECT w.* FROM weekly AS w, asked WHERE (asked.since IS NULL OR w.week >= "
            "date_trunc('week', asked.since)::date) AND (asked.until IS NULL OR w.week <= "
            "asked.until) AND (asked.text IS NULL OR asked.text IN (w.admin1, w.admin2, w.admin3) OR "
            "w.pcode ILIKE asked.text || '%') ORDER BY w.week, w.pcode NULLS FIRST, w.event_type{}",
            asked, server_limit);
    }
    if (preset == "review") {
        return fmt::format(
            "{}SELECT doubt, target, mention, place, place_id, events, killed, injured, confidence, harm, "
            "alternatives, why, quote, url FROM review ORDER BY harm DESC, target, doubt{}",
            asked, server_limit);
    }
    return fmt::format("{}{}FROM {} AS e, asked WHERE {}{} ORDER BY e.date NULLS FIRST, e.event_id{}", asked,
                       server_event_columns(preset),
                       preset == "hospitals" ? "health_care_struck" : "map_event", server_condition(preset),
                       server_in_period, server_limit);
}

template <typename Number>
Number number(std::string_view name, std::string const& text) {
    Number value{};
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !(value > Number{})) {
        fail<UsageError>("{} is {:?}; expected a number above 0", name, text);
    }
    return value;
}

Value value_of(Statement const& row, int column) {
    switch (row.type(column)) {
    case sqlite::ValueType::integer:
        return row.integer(column);
    case sqlite::ValueType::real:
        return row.real(column);
    case sqlite::ValueType::text:
        return std::string{row.text(column)};
    case sqlite::ValueType::null:
    case sqlite::ValueType::blob:
        break;
    }
    return {};
}

QueryPreset const& preset_of(std::string_view name) {
    auto const found = std::ranges::find(presets, name, &QueryPreset::name);
    if (found == presets.end()) {
        std::string all;
        for (QueryPreset const& each : presets) {
            all += fmt::format("{}{}", all.empty() ? "" : ", ", each.name);
        }
        fail<UsageError>("no question is called {:?}; there are {}", name, all);
    }
    return *found;
}

using Parameters = std::map<std::string, std::string, std::less<>>;

void check_parameters(QueryPreset const& preset, Parameters const& parameters) {
    for (auto const& [name, value] : parameters) {
        if (std::ranges::find(preset.parameters, name, &QueryParameter::name) == preset.parameters.end()) {
            fail<UsageError>("{} takes no {}", preset.name, name);
        }
    }
    for (QueryParameter const& parameter : preset.parameters) {
        if (parameter.is_needed && !parameters.contains(parameter.name)) {
            fail<UsageError>("{} needs {}: {}", preset.name, parameter.name, parameter.meaning);
        }
    }
}

/// What a statement's parameters are bound to.
struct Bindings {
    std::optional<std::string> since, until, text;
    std::optional<double> metres, lon, lat;
    std::optional<std::int64_t> limit;
    std::string note; ///< for people
};

Bindings bindings_of(Database& database, Parameters const& parameters) {
    Bindings bind;
    for (auto const& [name, value] : parameters) {
        if (name == "since" || name == "until") {
            if (!parse_date(value)) {
                fail<UsageError>("{} is {:?}; expected YYYY-MM-DD", name, value);
            }
            (name == "since" ? bind.since : bind.until) = value;
        } else if (name == "km") {
            constexpr double metres_a_km = 1000;
            bind.metres = number<double>(name, value) * metres_a_km;
        } else if (name == "limit") {
            bind.limit = number<std::int64_t>(name, value);
        } else if (name == "place") {
            NamedPlace const place = named_place(database, value);
            bind.lon = place.at.lon;
            bind.lat = place.at.lat;
            bind.note = place.note;
        } else {
            bind.text = value;
        }
    }
    return bind;
}

Period period_of(Parameters const& parameters) {
    auto const day = [&](std::string_view name) {
        auto const found = parameters.find(name);
        return found == parameters.end() ? std::string_view{} : std::string_view{found->second};
    };
    return {.since = day("since"), .until = day("until")};
}

} // namespace

std::span<QueryPreset const> query_presets() noexcept {
    return presets;
}

bool knows_area(Database& database, std::string_view area) {
    Statement row = database.prepare("SELECT count(*) FROM place WHERE ?1 IN (admin1, admin2, admin3) OR ?1 "
                                     "IN (admin1_id, admin2_id, admin3_id)");
    row.bind(area);
    return row.step() && row.integer(0) > 0;
}

std::string query_plan(Database& database, std::string_view preset, Parameters const& parameters) {
    check_parameters(preset_of(preset), parameters);
    bool const server = database.is_on_server();
    Bindings const bind = bindings_of(database, parameters);
    Statement rows =
        database.prepare(server ? "EXPLAIN " + sql_of_server(preset)
                                : "EXPLAIN QUERY PLAN " + sql_of_file(preset, period_of(parameters)));
    rows.bind(bind.since, bind.until, bind.text, bind.metres, bind.lon, bind.lat, bind.limit);
    constexpr int detail = 3; // of SQLite's four columns
    std::string plan;
    while (rows.step()) {
        plan += rows.text(server ? 0 : detail);
        plan += '\n';
    }
    return plan;
}

QueryAnswer query(Database& database, std::string_view preset, Parameters const& parameters) {
    check_parameters(preset_of(preset), parameters);
    Bindings const bind = bindings_of(database, parameters);
    Statement rows = database.prepare(database.is_on_server() ? sql_of_server(preset)
                                                              : sql_of_file(preset, period_of(parameters)));
    rows.bind(bind.since, bind.until, bind.text, bind.metres, bind.lon, bind.lat, bind.limit);
    bool is_row = rows.step(); // columns are known after it
    QueryAnswer answer;
    answer.note = bind.note;
    int columns = rows.column_count();
    bool const has_geometry = rows.column_name(columns - 1) == "geom";
    columns -= has_geometry ? 1 : 0;
    answer.columns.reserve(static_cast<std::size_t>(columns));
    for (int i = 0; i < columns; ++i) {
        answer.columns.emplace_back(rows.column_name(i));
    }
    for (; is_row; is_row = rows.step()) {
        std::vector<Value> row;
        row.reserve(static_cast<std::size_t>(columns));
        for (int i = 0; i < columns; ++i) {
            row.push_back(value_of(rows, i));
        }
        answer.rows.push_back(std::move(row));
        if (has_geometry) {
            answer.places.push_back(rows.geometry(columns));
        }
    }
    return answer;
}

} // namespace kharita::store
