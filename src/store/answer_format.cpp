#include <algorithm>
#include <array>
#include <cstddef>

#include <fmt/format.h>

#include "base/csv.hpp"
#include "base/error.hpp"
#include "geo/geojson.hpp"
#include "store/layer_fields.hpp"
#include "store/query.hpp"

namespace kharita::store {

namespace {

/// A value as people and spreadsheets read it; nothing for null.
std::string text_of(Value const& value) {
    struct Text {
        std::string operator()(std::monostate) const { return {}; }
        std::string operator()(bool is_true) const { return is_true ? "true" : "false"; }
        std::string operator()(std::int64_t number) const { return fmt::format("{}", number); }
        std::string operator()(double number) const { return fmt::format("{}", number); }
        std::string operator()(std::string const& text) const { return text; }
    };
    return std::visit(Text{}, value);
}

std::string csv(QueryAnswer const& answer) {
    std::string out = fmt::format("{}\n", fmt::join(answer.columns, ","));
    for (auto const& row : answer.rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            out += i == 0 ? "" : ",";
            auto const* const text = std::get_if<std::string>(&row[i]);
            append_csv_field(out, text != nullptr ? spreadsheet_text(*text) : text_of(row[i]));
        }
        out += '\n';
    }
    return out;
}

void append_json(std::string& out, Value const& value) {
    if (auto const* const text = std::get_if<std::string>(&value)) {
        geo::append_json_string(out, *text);
    } else if (std::holds_alternative<std::monostate>(value)) {
        out += "null";
    } else {
        out += text_of(value);
    }
}

std::string json(QueryAnswer const& answer) {
    std::string out;
    for (auto const& row : answer.rows) {
        out += '{';
        for (std::size_t i = 0; i < row.size(); ++i) {
            out += i == 0 ? "" : ",";
            geo::append_json_string(out, answer.columns[i]);
            out += ':';
            append_json(out, row[i]);
        }
        out += "}\n";
    }
    return out;
}

std::string geojson(QueryAnswer const& answer) {
    if (answer.places.size() != answer.rows.size()) {
        fail<UsageError>(
            "these rows lie nowhere, so that they cannot be GeoJSON; ask for table, csv or json");
    }
    std::string out;
    geo::GeoJsonWriter writer{[&](std::string_view part) { out += part; }, ""};
    for (std::size_t i = 0; i < answer.rows.size(); ++i) {
        if (!answer.places[i]) {
            continue;
        }
        Feature feature;
        feature.id = i + 1;
        feature.geometry = *answer.places[i];
        feature.properties.reserve(answer.columns.size());
        for (std::size_t column = 0; column < answer.columns.size(); ++column) {
            feature.properties.emplace_back(answer.columns[column], answer.rows[i][column]);
        }
        writer.write(feature);
    }
    writer.finish();
    return out;
}

bool continues(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// Without characters that turn the direction of what follows them (U+200E, U+200F, U+202A to U+202E, U+2066
/// to U+2069): in a terminal a report's words would rearrange the columns beside them.
std::string without_bidi_controls(std::string_view text) {
    std::string kept;
    kept.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string_view const three = text.substr(i, 3);
        auto const last = static_cast<unsigned char>(three.back());
        bool const is_mark =
            three.starts_with("\xE2\x80") && (last == 0x8E || last == 0x8F || (last >= 0xAA && last <= 0xAE));
        bool const is_isolate = three.starts_with("\xE2\x81") && last >= 0xA6 && last <= 0xA9;
        bool const is_control = is_mark || is_isolate;
        if (three.size() == 3 && is_control) {
            i += 2;
        } else {
            kept += text[i];
        }
    }
    return kept;
}

/// On one line, without what steers a terminal, and cut to the width of a column.
std::string cut(std::string_view words) {
    constexpr std::size_t widest = 36;
    constexpr unsigned char space = 0x20;
    constexpr char erase = 0x7F;
    std::string text = without_bidi_controls(words);
    std::ranges::replace_if(
        text, [](char c) { return static_cast<unsigned char>(c) < space || c == erase; }, ' ');
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!continues(text[i]) && ++count > widest) {
            text.resize(i);
            return text + "…";
        }
    }
    return text;
}

std::size_t width(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char byte) { return !continues(byte); }));
}

/// Columns that say something in some row; all, where there is no row.
std::vector<std::size_t> told_columns(QueryAnswer const& answer) {
    std::vector<std::size_t> told;
    for (std::size_t i = 0; i < answer.columns.size(); ++i) {
        if (answer.rows.empty() || std::ranges::any_of(answer.rows, [&](std::vector<Value> const& row) {
                return !text_of(row[i]).empty();
            })) {
            told.push_back(i);
        }
    }
    return told;
}

std::string table(QueryAnswer const& answer) {
    std::vector<std::size_t> const columns = told_columns(answer);
    std::vector<std::vector<std::string>> lines(1);
    for (std::size_t const column : columns) {
        lines.front().push_back(answer.columns[column]);
    }
    lines.reserve(answer.rows.size() + 1);
    for (auto const& row : answer.rows) {
        auto& line = lines.emplace_back();
        line.reserve(columns.size());
        for (std::size_t const column : columns) {
            line.push_back(cut(text_of(row[column])));
        }
    }
    std::vector<std::size_t> widths(columns.size());
    for (auto const& line : lines) {
        for (std::size_t i = 0; i < line.size(); ++i) {
            widths[i] = std::max(widths[i], width(line[i]));
        }
    }
    std::string out;
    for (auto const& line : lines) {
        for (std::size_t i = 0; i < line.size(); ++i) {
            out += line[i];
            if (i + 1 < line.size()) {
                out.append(widths[i] - width(line[i]) + 2, ' ');
            }
        }
        out += '\n';
    }
    return out;
}

} // namespace

std::optional<AnswerFormat> parse_answer_format(std::string_view name) noexcept {
    constexpr std::array<std::string_view, 4> names{"table", "csv", "json", "geojson"};
    auto const found = std::ranges::find(names, name);
    return found == names.end() ? std::nullopt
                                : std::optional{static_cast<AnswerFormat>(found - names.begin())};
}

std::string formatted(QueryAnswer const& answer, AnswerFormat format) {
    switch (format) {
    case AnswerFormat::csv:
        return csv(answer);
    case AnswerFormat::json:
        return json(answer);
    case AnswerFormat::geojson:
        return geojson(answer);
    case AnswerFormat::table:
        break;
    }
    return table(answer);
}

} // namespace kharita::store
