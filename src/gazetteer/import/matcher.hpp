#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string_view>
#include <vector>

#include "gazetteer/boundaries.hpp"
#include "gazetteer/import/source_record.hpp"

namespace kharita::gazetteer {

/// What matching found.
struct MatchCounts {
    std::uint64_t records = 0;
    std::uint64_t places = 0;    ///< new ones
    std::uint64_t merged = 0;    ///< records that are a place that was there or that stands earlier
    std::uint64_t conflicts = 0; ///< lines of the report that are no merge
    std::uint64_t set_aside = 0; ///< records whose id stands already for another place
};

/// Told of a record that cannot be used, and why.
using UseSetAside = std::function<void(SourceRecord const&, std::string_view why)>;

/// What a matching needs beside the records.
struct MatchInput {
    std::vector<std::filesystem::path> tables; ///< of the places that are there, see tables_below()
    /// Outlines, for places whose source names no admin unit. Needed only while match_records() runs.
    Boundaries const* boundaries = nullptr;
    std::filesystem::path country_codes; ///< iso3166.tsv: alpha2, alpha3
    std::filesystem::path folder;        ///< has records.tsv; the other files are written
    UseSetAside set_aside; ///< called for each record that is counted as set aside; may be empty
};

/// Matches the records of an import against the places that are there and among each other, and writes what
/// follows. The same input gives the same files, byte for byte.
///
/// Memory: some 60 bytes a record and a place that is there, 100 for each of their admin units, and 40 MB;
/// for the rest it uses unnamed files in `folder`. Throws InputError and OutputError.
MatchCounts match_records(MatchInput const& input);

} // namespace kharita::gazetteer
