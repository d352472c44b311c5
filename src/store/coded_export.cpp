#include "store/coded_export.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "base/csv.hpp"
#include "base/error.hpp"
#include "base/tsv.hpp"
#include "geo/geojson.hpp"
#include "model/date.hpp"
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

/// Columns before those of a form: what SQL of both kinds of database cannot make of it alike is made here.
enum Asked { initiators, targets, sources, lat, lon, first_day, last_day, of_form };

/// What all forms ask of an event; $list makes a JSON array of a column. Sides are named where they are
/// decided: "A or B" names nobody.
constexpr std::string_view detail = R"(
WITH party AS (
    SELECT id, name,
        CASE kind WHEN 'state forces' THEN 1 WHEN 'rebel group' THEN 2 WHEN 'political militia' THEN 3
            WHEN 'identity militia' THEN 4 WHEN 'rioters' THEN 5 WHEN 'protesters' THEN 6
            WHEN 'civilians' THEN 7 WHEN 'external or other forces' THEN 8 END AS inter
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

/// Columns of plover_rows.
enum PloverColumn { event_id = of_form, event_code, location, admin1, country, modality, mode, quote, why };

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

/// The query of a form, with what the tables of the ontology say.
std::string query_of(Database const& database, CodedForm form, std::filesystem::path const& ontology) {
    std::string query = std::string{detail} + std::string{rows_of(form)};
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

/// A JSON array of texts; none for NULL.
std::vector<std::string> texts(Statement const& row, int column) {
    if (row.is_null(column)) {
        return {};
    }
    auto const all = nlohmann::json::parse(row.text(column), nullptr, false);
    if (all.is_discarded()) {
        fail<DatabaseError>("an actor's or a source's name is not UTF-8: {}", row.text(column));
    }
    return all.get<std::vector<std::string>>();
}

/// Each once, in the order in which they come first.
std::vector<std::string> distinct(std::vector<std::string> const& all) {
    std::vector<std::string> once;
    for (std::string const& text : all) {
        if (std::find(once.begin(), once.end(), text) == once.end()) {
            once.push_back(text);
        }
    }
    return once;
}

std::string joined(std::span<std::string const> all) {
    return fmt::format("{}", fmt::join(all, "; "));
}

/// All but the first, who has a column of its own.
std::string partners(std::vector<std::string> const& side) {
    return side.empty() ? std::string{} : joined(std::span{side}.subspan(1));
}

/// With a point in it, and as many digits as a double is sure of.
std::string decimal(double value) {
    std::string const text = fmt::format("{:.15g}", value);
    return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

/// Source: UCDP GED codebook, "date_prec".
std::string date_precision(Statement const& row) {
    auto const first = parse_date(row.text(first_day));
    if (!first) {
        return "";
    }
    auto const days = (parse_date(row.text(last_day)).value_or(*first) - *first).count();
    return days < 1 ? "1" : days < 6 ? "2" : days < 7 ? "3" : days < 31 ? "4" : "5";
}

/// Cells that the query leaves empty.
std::optional<std::string> made_cell(Statement const& row, CodedForm form, std::string_view column) {
    if (column == "assoc_actor_1") {
        return partners(texts(row, initiators));
    }
    if (column == "assoc_actor_2") {
        return partners(texts(row, targets));
    }
    if (column == (form == CodedForm::acled ? "source" : "source_office")) {
        return joined(distinct(texts(row, sources)));
    }
    if (column == "number_of_sources") {
        return std::to_string(distinct(texts(row, sources)).size());
    }
    if (column == "geom_wkt" && !row.is_null(lat)) {
        return fmt::format("POINT ({} {})", decimal(row.real(lon)), decimal(row.real(lat)));
    }
    return column == "date_prec" ? std::optional{date_precision(row)} : std::nullopt;
}

std::string cell(Statement const& row, CodedForm form, int number) {
    if (auto const made = made_cell(row, form, columns_of(form)[static_cast<std::size_t>(number)])) {
        return spreadsheet_text(*made);
    }
    int const column = of_form + number;
    switch (row.type(column)) {
    case sqlite::ValueType::text:
        return spreadsheet_text(row.text(column));
    case sqlite::ValueType::real:
        return decimal(row.real(column));
    default:
        return std::string{row.text(column)};
    }
}

void append_record(std::string& line, Statement const& row, CodedForm form) {
    for (int number = 0; number < static_cast<int>(columns_of(form).size()); ++number) {
        line += number == 0 ? "" : ",";
        append_csv_field(line, cell(row, form, number));
    }
    line += "\r\n";
}

/// Writes members of a JSON object, without its braces.
class Members {
public:
    explicit Members(std::string& line) : m_line{line} {}

    Members& raw(std::string_view name, std::string_view json) {
        m_line += m_is_first ? "\"" : ",\"";
        m_line.append(name).append("\":").append(json);
        m_is_first = false;
        return *this;
    }
    Members& text(std::string_view name, std::optional<std::string_view> value) {
        raw(name, value ? "" : "null");
        if (value) {
            geo::append_json_string(m_line, *value);
        }
        return *this;
    }
    Members& texts(std::string_view name, std::vector<std::string> const& values) {
        raw(name, "[");
        for (std::string const& value : values) {
            m_line += m_line.back() == '[' ? "" : ",";
            geo::append_json_string(m_line, value);
        }
        m_line += ']';
        return *this;
    }
    Members& number(std::string_view name, std::optional<double> value) {
        return raw(name, value ? decimal(*value) : "null");
    }

private:
    std::string& m_line;
    bool m_is_first = true;
};

/// The mode of an event, and what PLOVER calls the modality of one that did not occur.
std::vector<std::string> modes(Statement const& row) {
    std::vector<std::string> all;
    if (!row.text(mode).empty()) {
        all.emplace_back(row.text(mode));
    }
    std::string_view const how = row.text(modality);
    if (how != "occurred") {
        all.emplace_back(how == "planned" ? "future" : how == "denied" ? "negation" : how);
    }
    return all;
}

/// Source: PLOVER manual, "JSON format".
void append_plover(std::string& line, Statement const& row) {
    std::string place;
    if (!row.is_null(lat) || !row.is_null(location)) {
        Members{place}
            .text("name", row.text_or_null(location))
            .text("admin1", row.text_or_null(admin1))
            .text("country", row.text_or_null(country))
            .number("lat", row.real_or_null(lat))
            .number("lon", row.real_or_null(lon));
        place = "{" + place + "}";
    }
    auto const reported_by = distinct(texts(row, sources));
    std::string const cited = joined(reported_by);
    line += '{';
    Members{line}
        .text("id", row.text(event_id))
        .text("date", row.text_or_null(first_day))
        .text("enddate", row.text_or_null(last_day))
        .texts("actor", texts(row, initiators))
        .texts("recipient", texts(row, targets))
        .texts("event", {std::string{row.text(event_code)}})
        .raw("event_loc", place.empty() ? "null" : place)
        .texts("mode", modes(row))
        .raw("context", "[]")
        .text("text_info", row.text_or_null(quote))
        .text("cite_info", reported_by.empty() ? std::nullopt : std::optional<std::string_view>{cited})
        .text("coder", "kharita")
        .text("coded_date", std::nullopt)
        .text("comment", row.text_or_null(why));
    line += "}\n";
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
    Statement rows = database.stream(query_of(database, form, ontology));
    std::string line;
    if (form != CodedForm::plover) {
        line = fmt::format("{}\r\n", fmt::join(columns_of(form), ","));
        sink(line);
    }
    std::size_t count = 0;
    while (rows.step()) {
        line.clear();
        if (form == CodedForm::plover) {
            append_plover(line, rows);
        } else {
            append_record(line, rows, form);
        }
        sink(line);
        ++count;
        if (each) {
            each();
        }
    }
    return count;
}

} // namespace kharita::store
