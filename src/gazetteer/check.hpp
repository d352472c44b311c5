#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "gazetteer/boundaries.hpp"

namespace kharita::gazetteer {

/// What the tables of a gazetteer must not contain.
enum class CheckRule : std::uint8_t {
    malformed_row,       ///< another header, too few or too many columns, a number that is none
    duplicate_id,        ///< two records of one id
    duplicate_reference, ///< two records claim one id of a public source
    bad_reference,       ///< neither a code («C3458», «SY05») nor source:id («gn:173566»)
    missing_parent,      ///< the admin unit is no record, or the chain of units does not end
    wrong_parent,        ///< the admin unit is not of the level above
    empty_name,          ///< a name that normalises to fewer than two letters: nothing could find it
    repeated_name,       ///< an alias that says nothing new once folded
    wrong_script,    ///< an Arabic name without Arabic letters, with tashkeel or tatweel; likewise English
    unknown_feature, ///< not of the form of a GeoNames feature code
    out_of_range,    ///< degrees beyond ±180 and ±90, a radius or prominence that cannot be
    swapped_coordinates, ///< outside its country, inside when lon and lat are exchanged
    outside_unit,        ///< farther outside the outline of its admin unit than that outline's tolerance
    same_place_twice,    ///< two records of one kind and name within 2 km of each other
    idle_addition,       ///< an import adds names or ids to a record that there is not
    off_its_line,        ///< a river or road whose point is not on its line
};

/// "duplicate_id" and so on, as reports show it.
std::string_view to_string(CheckRule rule) noexcept;

/// One thing that is wrong.
struct CheckProblem {
    std::string file;     ///< as found: `DIR/places/a.tsv`
    std::size_t line = 0; ///< counted from 1; 0 where the file as a whole is meant
    CheckRule rule = CheckRule::malformed_row;
    std::string id; ///< of the record, where it has one
    std::string message;

    friend bool operator==(CheckProblem const&, CheckProblem const&) = default;
};

/// `file:line: message`, without the line where it is 0.
std::string to_string(CheckProblem const& problem);

/// What a check has read and found.
struct CheckReport {
    std::size_t records = 0;
    std::size_t names = 0;
    std::size_t outlines = 0;           ///< of admin units and countries that settlements were held against
    std::vector<CheckProblem> problems; ///< by file, line, rule
    /// Likewise, what is odd about imported records, as sources are: one outside its unit, without a unit or
    /// twice. No reason to call the gazetteer unsound; perhaps one to look at the source.
    std::vector<CheckProblem> doubts;
};

/// How far outside an outline a place may stand where `boundaries/tolerances.tsv` (columns id, km, reason)
/// says nothing else: outlines are simplified.
inline constexpr double outline_tolerance_km = 4.0;
/// Within this distance two records of one kind and name are one place.
inline constexpr double same_place_km = 2.0;

/// Reads all of a gazetteer folder (places/*.tsv, boundaries/*.geojson and lines/*.geojson where there are
/// such folders, and its imports) and tells everything that is wrong, in every row, instead of stopping at
/// the first as Gazetteer::load does.
///
/// A record is held against the outlines of all its admin units up to the governorate, against the country's
/// where none of these has one. Imports' outlines take the place of the gazetteer's, `outlines` that of both.
/// Rivers, roads and regions reach across units and are not held against them. Throws InputError when places/
/// has no tables, or an outline or line cannot be read.
CheckReport check(std::filesystem::path const& folder, std::vector<Boundary> outlines = {});

} // namespace kharita::gazetteer
