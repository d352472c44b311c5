#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/feature.hpp"

namespace kharita::store {

class Database;

/// A parameter of a preset, as a person gives it.
struct QueryParameter {
    std::string_view name;
    std::string_view meaning;
    bool is_needed = false;
};

/// A question that people ask, by name.
struct QueryPreset {
    std::string_view name;
    std::string_view meaning;
    std::span<QueryParameter const> parameters;
};

/// All presets, in the order in which help lists them.
std::span<QueryPreset const> query_presets() noexcept;

/// Rows with named columns. Where rows lie somewhere, `places` has a position for each.
struct QueryAnswer {
    std::vector<std::string> columns;
    std::vector<std::vector<Value>> rows;
    std::vector<std::optional<Geometry>> places; ///< empty where the preset gives no geometry
    std::string note{};                          ///< what a name was taken for; empty where nothing is to say
};

/// Asks a preset. Throws UsageError for an unknown preset or parameter, for one that is missing, and for a
/// value that is none (a date, a number); InputError where the place that is asked for is not in the database
/// or its name has several places.
QueryAnswer query(Database& database, std::string_view preset,
                  std::map<std::string, std::string, std::less<>> const& parameters);

/// Whether a place of the database lies in an admin unit of this id or English name, as parameter `area`
/// takes.
bool knows_area(Database& database, std::string_view area);

/// How the database finds the rows, a step a line, in its own words: which indexes it looks into. Throws as
/// query() does.
std::string query_plan(Database& database, std::string_view preset,
                       std::map<std::string, std::string, std::less<>> const& parameters);

enum class AnswerFormat { table, csv, json, geojson };
std::optional<AnswerFormat> parse_answer_format(std::string_view name) noexcept;

/// An answer as text: a table for a terminal (long texts cut, columns that are empty left out), CSV (RFC
/// 4180, a cell that a spreadsheet would take for a formula begins with an apostrophe), JSON (one object a
/// line), or GeoJSON (RFC 7946; throws UsageError where the rows lie nowhere).
std::string formatted(QueryAnswer const& answer, AnswerFormat format);

} // namespace kharita::store
