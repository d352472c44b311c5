#include "store/coded_export.hpp"

#include <array>
#include <string>

#include "base/csv.hpp"
#include "base/error.hpp"
#include "base/tsv.hpp"
#include "sqlite/statement.hpp"
#include "store/database.hpp"
#include "store/layer_fields.hpp"

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

/// What both tables ask of an event. Sides are named where they are decided: "A or B" names nobody.
constexpr std::string_view detail = R"(
WITH side AS (
    SELECT ea.event, ea.side, ea.ordinal, a.name, a.kind,
        CASE a.kind WHEN 'state forces' THEN 1 WHEN 'rebel group' THEN 2 WHEN 'political militia' THEN 3
            WHEN 'identity militia' THEN 4 WHEN 'rioters' THEN 5 WHEN 'protesters' THEN 6
            WHEN 'civilians' THEN 7 WHEN 'external or other forces' THEN 8 END AS inter
    FROM event_actor AS ea JOIN actor AS a ON a.id = ea.actor JOIN event AS e ON e.id = ea.event
    WHERE CASE ea.side WHEN 'initiator' THEN e.initiator ELSE e.target END NOT LIKE '% or %'
), detail AS (
    SELECT e.*, d.source, d.title, d.published, m.where_prec, m.surface,
        a.name AS side_a, a.inter AS inter_a, b.name AS side_b, b.inter AS inter_b,
        (SELECT group_concat(name, '; ') FROM (SELECT name FROM side
            WHERE event = e.id AND side = 'initiator' AND ordinal > 1 ORDER BY ordinal)) AS with_a,
        (SELECT group_concat(name, '; ') FROM (SELECT name FROM side
            WHERE event = e.id AND side = 'target' AND ordinal > 1 ORDER BY ordinal)) AS with_b,
        p.name AS location, p.admin1, p.admin2, p.admin3, ST_Y(e.geom) AS lat, ST_X(e.geom) AS lon,
        CASE p.country WHEN 'SYR' THEN 'Syria' WHEN 'TUR' THEN 'Turkey' WHEN 'IRQ' THEN 'Iraq'
            WHEN 'LBN' THEN 'Lebanon' WHEN 'JOR' THEN 'Jordan' WHEN 'ISR' THEN 'Israel' END AS country,
        CASE p.country WHEN 'SYR' THEN 760 WHEN 'TUR' THEN 792 WHEN 'IRQ' THEN 368
            WHEN 'LBN' THEN 422 WHEN 'JOR' THEN 400 WHEN 'ISR' THEN 376 END AS iso,
        (SELECT group_concat(source, '; ') FROM (SELECT DISTINCT rd.source FROM event_report AS r
            JOIN document AS rd ON rd.id = r.document WHERE r.event = e.id ORDER BY r.id)) AS sources,
        (SELECT count(DISTINCT rd.source) FROM event_report AS r
            JOIN document AS rd ON rd.id = r.document WHERE r.event = e.id) AS source_count,
        (SELECT r.quote FROM event_report AS r WHERE r.event = e.id ORDER BY r.id LIMIT 1) AS quote
    FROM event AS e
        JOIN document AS d ON d.id = e.document
        LEFT JOIN mention AS m ON m.id = e.mention
        LEFT JOIN place AS p ON p.id = e.place
        LEFT JOIN side AS a ON a.event = e.id AND a.side = 'initiator' AND a.ordinal = 1
        LEFT JOIN side AS b ON b.event = e.id AND b.side = 'target' AND b.ordinal = 1
    WHERE e.same_as IS NULL
)
)";

// Source: ACLED codebook; two codes make an interaction, the lower first, with 0 for nobody.
constexpr std::string_view acled_rows = R"(
SELECT event_id, date, strftime('%Y', date), nullif(time_precision, 0),
    $disorder,
    event_type, sub_event_type, side_a, with_a, inter_a, side_b, with_b, inter_b,
    CASE WHEN side_b IS NULL THEN inter_a * 10 ELSE min(inter_a, inter_b) * 10 + max(inter_a, inter_b) END,
    CASE WHEN event_type = 'Violence against civilians' OR inter_b = 7 THEN 'Civilian targeting' END,
    iso, CASE WHEN iso IS NOT NULL THEN 'Middle East' END, country, admin1, admin2, admin3, location, lat, lon,
    nullif(geo_precision, 0), sources, NULL, quote, killed, NULL, NULL
FROM detail WHERE modality = 'occurred' AND event_type <> '' ORDER BY id)";

// Source: UCDP GED codebook. A cell of
// PRIO-GRID is half a degree wide, counted from the south-west eastward, from 1.
constexpr std::string_view ucdp_rows = R"(
SELECT event_id, event_id, strftime('%Y', date), NULL, NULL,
    $violence,
    NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, side_a, NULL, NULL, side_b,
    source_count, source, sources, published, title, nullif(claimed_by, ''), nullif(where_prec, 0), location,
    surface, admin1, admin2, lat, lon,
    CASE WHEN lat IS NOT NULL THEN 'POINT (' || lon || ' ' || lat || ')' END,
    CASE WHEN lat IS NOT NULL THEN CAST(floor((lat + 90) * 2) AS INTEGER) * 720
        + CAST(floor((lon + 180) * 2) AS INTEGER) + 1 END,
    country, NULL, CASE WHEN iso IS NOT NULL THEN 'Middle East' END, NULL,
    CASE WHEN date IS NULL THEN NULL WHEN julianday(coalesce(date_end, date)) - julianday(date) < 1 THEN 1
        WHEN julianday(date_end) - julianday(date) < 6 THEN 2
        WHEN julianday(date_end) - julianday(date) < 7 THEN 3
        WHEN julianday(date_end) - julianday(date) < 31 THEN 4 ELSE 5 END,
    date, coalesce(date_end, date), NULL, NULL, killed_civilians, NULL, killed, killed_high, killed_low,
    NULL, NULL
FROM detail WHERE modality = 'occurred' AND killed_high > 0 ORDER BY id)";

constexpr std::string_view plover_rows = R"(
SELECT json_object('id', event_id, 'date', date, 'enddate', date_end,
    'actor', (SELECT json_group_array(name) FROM (SELECT name FROM side
        WHERE event = detail.id AND side = 'initiator' ORDER BY ordinal)),
    'recipient', (SELECT json_group_array(name) FROM (SELECT name FROM side
        WHERE event = detail.id AND side = 'target' ORDER BY ordinal)),
    'event', json_array(coalesce(nullif(plover, ''), $event)),
    'event_loc', CASE WHEN lat IS NOT NULL OR location IS NOT NULL THEN json_object('name', location,
        'admin1', admin1, 'country', country, 'lat', lat, 'lon', lon) END,
    'mode', CASE WHEN modality = 'occurred' AND plover_mode = '' THEN json_array()
        WHEN modality = 'occurred' THEN json_array(plover_mode)
        WHEN plover_mode = '' THEN json_array(CASE modality WHEN 'planned' THEN 'future'
            WHEN 'denied' THEN 'negation' ELSE modality END)
        ELSE json_array(plover_mode, CASE modality WHEN 'planned' THEN 'future'
            WHEN 'denied' THEN 'negation' ELSE modality END) END,
    'context', json_array(), 'text_info', quote, 'cite_info', sources, 'coder', 'kharita',
    'coded_date', NULL, 'comment', why)
FROM detail WHERE coalesce(nullif(plover, ''), $event) <> '' AND modality IN ('occurred', 'historical', 'planned', 'denied') ORDER BY id)";

std::string quoted(std::string_view text) {
    std::string all = "'";
    for (char const c : text) {
        all += c;
        all += c == '\'' ? "'" : "";
    }
    return all + "'";
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
        return "1";
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

/// The query of a form, with what the tables of the ontology say.
std::string query_of(CodedForm form, std::filesystem::path const& ontology) {
    std::string query = std::string{detail} + std::string{rows_of(form)};
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

} // namespace

std::optional<CodedForm> parse_coded_form(std::string_view name) noexcept {
    if (name == "acled") {
        return CodedForm::acled;
    }
    if (name == "ucdp") {
        return CodedForm::ucdp;
    }
    return name == "plover" ? std::optional{CodedForm::plover} : std::nullopt;
}

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

std::size_t write_coded(Database& database, CodedForm form, std::filesystem::path const& ontology,
                        std::function<void(std::string_view)> const& sink,
                        std::function<void()> const& each) {
    sqlite::Statement rows{database.connection(), query_of(form, ontology)};
    std::string line;
    auto const end_line = [&] {
        line += form == CodedForm::plover ? "\n" : "\r\n";
        sink(line);
        line.clear();
    };
    if (form != CodedForm::plover) {
        for (std::string_view const column : columns_of(form)) {
            line += line.empty() ? "" : ",";
            line += column;
        }
        end_line();
    }
    std::size_t count = 0;
    while (rows.step()) {
        for (int column = 0; column < rows.column_count(); ++column) {
            line += column == 0 ? "" : ",";
            if (form == CodedForm::plover) {
                line += rows.text(column);
            } else {
                bool const is_text = rows.type(column) == sqlite::ValueType::text;
                append_csv_field(line, is_text ? spreadsheet_text(rows.text(column))
                                               : std::string{rows.text(column)});
            }
        }
        end_line();
        ++count;
        if (each) {
            each();
        }
    }
    return count;
}

} // namespace kharita::store
