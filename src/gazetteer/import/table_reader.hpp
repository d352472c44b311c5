#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gazetteer/import/source_record.hpp"

namespace kharita::gazetteer {

/// How the columns of a table of places correspond to ours: a profile of columns.tsv and features.tsv in
/// gazetteer/vocabulary/import/, and what the user adds with --map.
class TableProfile {
public:
    /// `format` is "ocha", "wof", "osm" or "table". Throws InputError for a damaged vocabulary.
    static TableProfile load(std::filesystem::path const& folder, std::string_view format);

    /// "name_ar=ADI": our field from the column ADI, before all others. "feature:=PPL": a fixed value.
    /// Throws UsageError for another form or a field that there is not.
    void map(std::string_view field_and_column);

    /// The fields that columns can be mapped to.
    static std::span<std::string_view const> fields() noexcept;
    /// The columns of a field by preference, with `{n}` in them for the level of an admin unit.
    std::vector<std::string> const& columns(std::string_view field) const;
    /// The value that --map fixes for a field; empty where none.
    std::string const& fixed(std::string_view field) const;
    /// A GeoNames feature code for the source's own word; the word itself where it is such a code; else
    /// empty.
    std::string feature(std::string_view column, std::string_view word) const;
    /// What is put before an id that has no prefix of its own: "wof:".
    std::string const& prefix() const noexcept { return m_prefix; }

private:
    std::string m_prefix;
    std::map<std::string, std::vector<std::string>, std::less<>> m_columns;
    std::map<std::string, std::string, std::less<>> m_fixed;
    std::unordered_map<std::string, std::string> m_features; ///< by "column=word", then by "word"
};

/// What of a file to read.
struct TableInput {
    std::filesystem::path file;
    std::string layer;                                          ///< empty: all
    std::vector<std::string> options;                           ///< for GDAL's driver
    std::unordered_map<std::string, std::string> country_codes; ///< ISO 3166-1 alpha-2 to alpha-3
    std::string query{};                                        ///< SQL that makes the table; empty: none
};

/// Reads tables of places through GDAL: CSV, XLSX, shapefiles, GeoPackage, GeoJSON, SQLite, OSM, whatever it
/// knows. A position comes from columns of longitude and latitude where there are such, else from the shape:
/// a point inside an area, with its extent. Pieces of a road or river of OpenStreetMap become one record; an
/// admin unit may have no position at all. Rows that cannot be used are set aside. Throws InputError when the
/// file cannot be read, or no column of it gives a name.
void read_table(TableInput const& input, TableProfile const& profile, UseRecord const& use,
                SetAside const& set_aside);

} // namespace kharita::gazetteer
