#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/line_reader.hpp"
#include "base/rejects.hpp"
#include "model/geometry.hpp"
#include "model/lon_lat.hpp"

namespace kharita::gazetteer {

/// A place as an outside source has it, in the one form that all importers bring it into.
struct SourceRecord {
    std::string id;                ///< its own in the source, with the source's prefix: `gn:173566`, `C3458`
    std::vector<std::string> refs; ///< ids in other sources
    std::string name_ar;           ///< either name may be empty, not both
    std::string name_en;           ///< in Latin letters
    std::vector<std::string> aliases;
    std::string feature;            ///< GeoNames feature code
    std::string country;            ///< ISO 3166-1 alpha-3, empty where unknown
    std::vector<std::string> units; ///< admin units that hold it, outermost first: codes or names
    std::vector<std::string> codes; ///< of an admin unit: what others write in their `units`
    LonLat at;                      ///< rounded
    bool is_located = true;         ///< false: an admin unit of which only names and codes are said
    Extent extent;                  ///< of an area or line; empty for a point
    Metres uncertainty;
    std::int64_t population = 0;
    MultiPolygon outline; ///< of an admin unit whose shape the source has; stands in no line of records.tsv
};

using UseRecord = std::function<void(SourceRecord&&)>;
using SetAside = std::function<void(Reject&&)>;

/// A name as it can be stored and found: control characters, tabs, semicolons and runs of white space as one
/// space, without bidi marks; empty where fewer than two letters remain, where it is longer than 200 bytes,
/// or where it is no valid UTF-8.
std::string clean_name(std::string_view text);

/// Puts a record into shape: names cleaned, none twice, none of the aliases equal to a main name, a main name
/// taken from the aliases where there is none of its script, the position rounded, an uncertainty by feature
/// and population where none is stated. Tells why the record cannot be used, or nothing.
std::optional<std::string> normalise(SourceRecord& record);

/// Whether a name is written in Arabic letters, and in none that Arabic does not have (Persian پ, Urdu ٹ …).
bool is_arabic_name(std::string_view name);
bool is_latin_name(std::string_view name);

/// The radius in which "in this place" can be, where the source does not say.
Metres usual_uncertainty(std::string_view feature, std::int64_t population) noexcept;

/// Header and lines of a file of records (records.tsv).
std::string record_header();
std::string to_line(SourceRecord const& record);

/// Reads records.tsv, record by record.
class RecordReader {
public:
    /// Throws InputError when the file is missing or has another header.
    explicit RecordReader(std::filesystem::path const& file);

    /// False at the end. Throws InputError with file and line for a line that is no record.
    bool next(SourceRecord& record);

private:
    LineReader m_lines;
};

} // namespace kharita::gazetteer
