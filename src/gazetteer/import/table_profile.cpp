#include <algorithm>
#include <array>
#include <cctype>

#include "base/error.hpp"
#include "base/tsv.hpp"
#include "gazetteer/import/table_reader.hpp"

namespace kharita::gazetteer {

namespace {

constexpr std::array<std::string_view, 16> field_names{
    "id",    "name",  "name_ar", "name_en", "alias",      "feature", "country",  "unit1",
    "unit2", "unit3", "lon",     "lat",     "population", "ref",     "line_ref", "skip"};

std::string lower(std::string_view text) {
    std::string result{text};
    std::ranges::transform(result, result.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

bool is_feature_code(std::string_view word) noexcept {
    return word.size() >= 2 && word.size() <= 5 &&
           std::ranges::all_of(word, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

} // namespace

std::span<std::string_view const> TableProfile::fields() noexcept {
    return field_names;
}

TableProfile TableProfile::load(std::filesystem::path const& folder, std::string_view format) {
    TableProfile profile;
    profile.m_prefix = format == "wof" || format == "osm" ? std::string{format} + ":" : std::string{};
    Tsv const columns{folder / "columns.tsv", {"format", "field", "columns"}};
    for (std::size_t row = 0; row < columns.size(); ++row) {
        if (columns.cell(row, 0) == format || columns.cell(row, 0) == "any") {
            auto& list = profile.m_columns[std::string{columns.cell(row, 1)}];
            for (std::string_view const column : columns.list(row, 2)) {
                list.emplace_back(column);
            }
        }
    }
    Tsv const features{folder / "features.tsv", {"word", "feature"}};
    for (std::size_t row = 0; row < features.size(); ++row) {
        profile.m_features.emplace(lower(features.cell(row, 0)), features.cell(row, 1));
    }
    return profile;
}

void TableProfile::map(std::string_view field_and_column) {
    std::size_t const equals = field_and_column.find('=');
    bool const fixed = equals != std::string_view::npos && equals > 0 && field_and_column[equals - 1] == ':';
    std::string_view const field =
        field_and_column.substr(0, equals == std::string_view::npos ? 0 : equals - (fixed ? 1 : 0));
    if (std::ranges::find(field_names, field) == field_names.end()) {
        std::string known;
        for (std::string_view const each : field_names) {
            known += (known.empty() ? "" : ", ") + std::string{each};
        }
        fail<UsageError>("--map {}: expected FIELD=COLUMN or FIELD:=VALUE, with a field of {}",
                         field_and_column, known);
    }
    std::string value{field_and_column.substr(equals + 1)};
    if (fixed) {
        m_fixed.insert_or_assign(std::string{field}, std::move(value));
    } else {
        auto& list = m_columns[std::string{field}];
        list.insert(list.begin(), std::move(value));
    }
}

std::vector<std::string> const& TableProfile::columns(std::string_view field) const {
    static std::vector<std::string> const none;
    auto const found = m_columns.find(field);
    return found == m_columns.end() ? none : found->second;
}

std::string const& TableProfile::fixed(std::string_view field) const {
    static std::string const none;
    auto const found = m_fixed.find(field);
    return found == m_fixed.end() ? none : found->second;
}

std::string TableProfile::feature(std::string_view column, std::string_view word) const {
    for (std::string const& key : {lower(column) + "=" + lower(word), lower(column) + "=*", lower(word)}) {
        if (auto const found = m_features.find(key); found != m_features.end()) {
            return found->second;
        }
    }
    return is_feature_code(word) ? std::string{word} : std::string{};
}

} // namespace kharita::gazetteer
