#include "store/coded_export.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "base/csv.hpp"
#include "base/error.hpp"
#include "geo/geojson.hpp"
#include "model/date.hpp"
#include "store/coded_query.hpp"
#include "store/database.hpp"
#include "store/layer_fields.hpp"

namespace kharita::store {

namespace {

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

std::size_t write_coded(Database& database, CodedForm form, std::filesystem::path const& ontology,
                        std::function<void(std::string_view)> const& sink,
                        std::function<void()> const& each) {
    Statement rows = database.stream(coded_query(database, form, ontology));
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
