#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "gazetteer/check.hpp"
#include "gazetteer/gazetteer.hpp"
#include "model/lon_lat.hpp"

namespace kharita::gazetteer {

/// A record as its row has it, read without trust.
struct CheckedRow {
    std::string file;
    std::size_t line = 0;
    std::string id;
    std::string feature;
    std::string parent;
    FeatureClass what = FeatureClass::facility;
    std::vector<std::string> names; ///< Arabic, English, aliases; those that are not empty
    std::vector<std::string> refs;
    LonLat at;
    bool imported = false;     ///< of an import, which nobody corrects by hand
    bool has_position = false; ///< whether `at` could be read and is in range
    Metres uncertainty;
};

/// Notes a problem of a row.
void add_problem(std::vector<CheckProblem>& problems, CheckedRow const& row, CheckRule rule,
                 std::string message);

/// All rows of places/*.tsv, in file name and line order, then those of the imports beside them. What is
/// wrong with a row by itself goes to `problems`; a row that has not the header's columns is left out. Of
/// imported rows only what makes them useless is wrong: not a spelling, an unusual reference or a repeated
/// alias. Throws InputError when the folder cannot be read or has no tables.
std::vector<CheckedRow> read_checked_rows(std::filesystem::path const& places,
                                          std::vector<CheckProblem>& problems);

} // namespace kharita::gazetteer
