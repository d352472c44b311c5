#include "store/coded_query.hpp"

#include <array>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/tsv.hpp"
#include "model/actor.hpp"
#include "store/database.hpp"

namespace kharita::store {

namespace {

constexpr std::array<std::string_view, 31> acled_columns{
    "event_id_cnty", "event_date",     "year",     "time_precision", "disorder_type",
    "event_type",    "sub_event_type", "actor1",   "assoc_actor_1",  "inter1",
    "actor2",        "assoc_actor_2",  "inter2",   "interaction",    "civilian_targeting",
    "iso",           "region",         "country",  "admin1",         "admin2",
    "admin3",        "location",       "latitude", "longitude",      "geo_precision",
    "source",        "source_scale",   "notes",    "fatalities",     "tags",
    "timestamp"};

constexpr std::array<std::string_view, 49> ucdp_columns{"id",
                                                        "relid",
                                                        "year",
                                                        "active_year",
                                                        "code_status",
                                                        "type_of_violence",
                                                        "conflict_dset_id",
                                                        "conflict_new_id",
                                                        "conflict_name",
                                                        "dyad_dset_id",
                                                        "dyad_new_id",
                                                        "dyad_name",
                                                        "side_a_dset_id",
                                                        "side_a_new_id",
                                                        "side_a",
                                                        "side_b_dset_id",
                                                        "side_b_new_id",
                                                        "side_b",
                                                        "number_of_sources",
                                                        "source_article",
                                                        "source_office",
                                                        "source_date",
                                                        "source_headline",
                                                        "source_original",
                                                        "where_prec",
                                                        "where_coordinates",
                                                        "where_description",
                                                        "adm_1",
                                                        "adm_2",
                                                        "latitude",
                                                        "longitude",
                                                        "geom_wkt",
                                                        "priogrid_gid",
                                                        "country",
                                                        "country_id",
                                                        "region",
                                                        "event_clarity",
                                                        "date_prec",
                                                        "date_start",
                                                        "date_end",
                                                        "deaths_a",
                                                        "deaths_b",
                                                        "deaths_civilians",
                                                        "deaths_unknown",
                                                        "best",
                                                        "high",
                                                        "low",
                                                        "gwnoa",
                                                        "gwnob"};

constexpr std::array<std::string_view, 14> plover_members{
    "id",   "date",    "enddate",   "actor",     "recipient", "event",      "event_loc",
    "mode", "context", "text_info", "cite_info", "coder",     "coded_date", "comment"};

/// What all forms ask of an event; $list makes a JSON array of a column, $types ACLED's code of an actor's
/// type. Sides are named where they are
/// decided: "A or B" names nobody.
constexpr std::string_view detail = R"(
WITH party AS (
    SELECT id, name, $types AS inter
    FROM actor
), detail AS (
    SELECT e.*, d.source, d.title, d.published, m.where_prec, m.surface,
        a.name AS side_a, a.inter AS inter_a, b.name AS side_b, b.inter AS inter_b,
        CASE WHEN lower(e.initiator) NOT LIKE '% or %' THEN
            (SELECT $list(x.name) FROM (SELECT ra.name FROM event_actor AS ea JOIN actor AS ra ON ra.id = ea.actor
                WHERE ea.event = e.id AND ea.side = 'initiator' ORDER BY ea.ordinal) AS x) END AS initiators,
        CASE WHEN lower(e.target) NOT LIKE '% or %' THEN
            (SELECT $list(x.name) FROM (SELECT ra.name FROM event_actor AS ea JOIN actor AS ra ON ra.id = ea.actor
                WHERE ea.event = e.id AND ea.side = 'target' ORDER BY ea.ordinal) AS x) END AS targets,
        (SELECT $list(x.source) FROM (SELECT rd.source FROM event_report AS r
            JOIN document AS rd ON rd.id = r.document WHERE r.event = e.id ORDER BY r.id) AS x) AS sources,
        p.name AS location, p.admin1, p.admin2, p.admin3, ST_Y(e.geom) AS lat, ST_X(e.geom) AS lon,
        CASE p.country WHEN 'SYR' THEN 'Syria' WHEN 'TUR' THEN 'Turkey' WHEN 'IRQ' THEN 'Iraq'
            WHEN 'LBN' THEN 'Lebanon' WHEN 'JOR' THEN 'Jordan' WHEN 'ISR' THEN 'Israel' END AS country,
        CASE p.country WHEN 'SYR' THEN 760 WHEN 'TUR' THEN 792 WHEN 'IRQ' THEN 368
            WHEN 'LBN' THEN 422 WHEN 'JOR' THEN 400 WHEN 'ISR' THEN 376 END AS iso,
        (SELECT r.quote FROM event_quote AS r WHERE r.event = e.id ORDER BY r.id LIMIT 1) AS quote
    FROM event AS e
        JOIN document AS d ON d.id = e.document
        LEFT JOIN mention AS m ON m.id = e.mention
        LEFT JOIN place AS p ON p.id = e.place
        LEFT JOIN event_actor AS ia ON ia.event = e.id AND ia.side = 'initiator' AND ia.ordinal = 1
            AND lower(e.initiator) NOT LIKE '% or %'
        LEFT JOIN party AS a ON a.id = ia.actor
        LEFT JOIN event_actor AS ib ON ib.event = e.id AND ib.side = 'target' AND ib.ordinal = 1
            AND lower(e.target) NOT LIKE '% or %'
        LEFT JOIN party AS b ON b.id = ib.actor
    WHERE e.same_as IS NULL
)
SELECT initiators, targets, sources, lat, lon, date, date_end,
)";

// Source: ACLED codebook; two codes make an interaction, the lower first, with 0 for nobody.
constexpr std::string_view acled_rows = R"(
    event_id, date, substr(CAST(date AS TEXT), 1, 4), nullif(time_precision, 0),
    $disorder,
    event_type, sub_event_type, side_a, NULL, inter_a, side_b, NULL, inter_b,
    CASE WHEN side_b IS NULL THEN inter_a * 10 WHEN inter_a < inter_b THEN inter_a * 10 + inter_b
        ELSE inter_b * 10 + inter_a END,
    CASE WHEN event_type = 'Violence against civilians' OR inter_b = 7 THEN 'Civilian targeting' END,
    iso, CASE WHEN iso IS NOT NULL THEN 'Middle East' END, country, admin1, admin2, admin3, location, lat, lon,
    nullif(geo_precision, 0), NULL, NULL, quote, killed, NULL, NULL
FROM detail WHERE modality = 'occurred' AND event_type <> '' ORDER BY id)";

// Source: UCDP GED codebook. A cell of
// PRIO-GRID is half a degree wide, counted from the south-west eastward, from 1.
constexpr std::string_view ucdp_rows = R"(
    event_id, event_id, substr(CAST(date AS TEXT), 1, 4), NULL, NULL,
    $violence,
    NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, side_a, NULL, NULL, side_b,
    NULL, source, NULL, published, title, nullif(claimed_by, ''), nullif(where_prec, 0), location,
    surface, admin1, admin2, lat, lon, NULL,
    CASE WHEN lat IS NOT NULL THEN CAST(floor((lat + 90) * 2) AS INTEGER) * 720
        + CAST(floor((lon + 180) * 2) AS INTEGER) + 1 END,
    country, NULL, CASE WHEN iso IS NOT NULL THEN 'Middle East' END, NULL, NULL,
    date, coalesce(date_end, date), NULL, NULL, killed_civilians, NULL, killed, killed_high, killed_low,
    NULL, NULL
FROM detail WHERE modality = 'occurred' AND killed_high > 0 ORDER BY id)";

constexpr std::string_view plover_rows = R"(
    event_id, coalesce(nullif(plover, ''), $event), location, admin1, country, modality, plover_mode, quote, why
FROM detail WHERE coalesce(nullif(plover, ''), $event) <> '' AND modality IN ('occurred', 'historical', 'planned', 'denied') ORDER BY id)";

std::string quoted(std::string_view text) {
    std::string all = "'";
    for (char const c : text) {
        all += c;
        all += c == '\'' ? "'" : "";
    }
    return all + "'";
}

/// An expression that gives ACLED's code of a kind of actors.
std::string code_of_type() {
    std::string all = "CASE kind";
    for (int code = first_actor_type; code <= last_actor_type; ++code) {
        all += fmt::format(" WHEN {} THEN {}", quoted(actor_type(code)), code);
    }
    return all + " END";
}

/// An expression that gives one column of a table by the sub-event type.
std::string by_sub_event_type(Tsv const& table, std::size_t key, std::size_t value) {
    std::string all = "CASE sub_event_type";
    for (std::size_t row = 0; row < table.size(); ++row) {
        all.append(" WHEN ").append(quoted(table.cell(row, key)));
        all.append(" THEN ").append(quoted(table.cell(row, value)));
    }
    return all + " END";
}

/// «2 3 4» as a condition on a column of interaction codes.
std::string is_among(std::string_view column, std::string_view codes, std::string const& where) {
    if (codes == "any") {
        return "TRUE";
    }
    std::string all;
    for (std::string_view const code : split(codes, ' ')) {
        if (code.size() != 1 || code.front() < '1' || code.front() > '8') {
            fail<InputError>("{}: \"{}\" is no interaction code from 1 to 8", where, code);
        }
        all.append(all.empty() ? "" : ", ").append(code);
    }
    return std::string{column} + " IN (" + all + ")";
}

/// The type of violence between two sides, in either order, by the rows of ucdp.tsv; nothing where none
/// holds.
std::string violence_of(Tsv const& table) {
    std::string all = "CASE";
    for (std::size_t row = 0; row < table.size(); ++row) {
        std::string const where = table.where(row);
        auto const type = static_cast<int>(table.number(row, 0));
        auto const holds = [&](char const* side, char const* against) {
            return "(" + is_among(side, table.cell(row, 2), where) + " AND " +
                   is_among(against, table.cell(row, 3), where) + ")";
        };
        all += " WHEN " + holds("inter_a", "inter_b") + " OR " + holds("inter_b", "inter_a") + " THEN " +
               std::to_string(type);
    }
    return all + " END";
}

void fill(std::string& text, std::string_view name, std::string const& value) {
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at + value.size())) {
        text.replace(at, name.size(), value);
    }
}

std::string_view rows_of(CodedForm form) noexcept {
    switch (form) {
    case CodedForm::acled:
        return acled_rows;
    case CodedForm::ucdp:
        return ucdp_rows;
    case CodedForm::plover:
        break;
    }
    return plover_rows;
}

} // namespace

std::span<std::string_view const> columns_of(CodedForm form) noexcept {
    switch (form) {
    case CodedForm::acled:
        return acled_columns;
    case CodedForm::ucdp:
        return ucdp_columns;
    case CodedForm::plover:
        break;
    }
    return plover_members;
}

std::string coded_query(Database const& database, CodedForm form, std::filesystem::path const& ontology) {
    std::string query = std::string{detail} + std::string{rows_of(form)};
    fill(query, "$types", code_of_type());
    fill(query, "$list", database.is_on_server() ? "json_agg" : "json_group_array");
    switch (form) {
    case CodedForm::acled:
        fill(query, "$disorder",
             by_sub_event_type(Tsv{ontology / "acled.tsv", {"event_type", "sub_event_type", "disorder_type"}},
                               1, 2));
        break;
    case CodedForm::ucdp:
        fill(query, "$violence",
             violence_of(Tsv{ontology / "ucdp.tsv", {"type", "name", "side", "against"}}));
        break;
    case CodedForm::plover:
        fill(query, "$event",
             by_sub_event_type(Tsv{ontology / "acled_plover.tsv", {"sub_event_type", "plover", "mode"}}, 0,
                               1));
        break;
    }
    return query;
}

} // namespace kharita::store
