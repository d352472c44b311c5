#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/rejects.hpp"
#include "model/correction.hpp"

namespace kharita::store {

class Database;

/// Analysts' corrections in the order in which they were made.
std::vector<Correction> corrections(Database& database);

/// A correction with what the build says of it.
struct ReplayedCorrection {
    Correction correction;
    std::string outcome; ///< "applied 2 times", or why it does not apply any more; empty before a build
};

/// Puts corrections into the place of all that are there.
void replace_corrections(Database& database, std::span<ReplayedCorrection const> all);

/// Notes on those that are there what became of them, and adds those of `files`. What analysts wrote, changed
/// or took away since the corrections were read stays as they want it: for a database that people work in
/// meanwhile.
void note_outcomes(Database& database, std::span<ReplayedCorrection const> of_database,
                   std::span<ReplayedCorrection const> of_files);

/// Adds those that are not there yet; returns how many.
std::size_t add_corrections(Database& database, std::span<Correction const> more);

/// What a table of corrections holds.
struct CorrectionTable {
    std::vector<Correction> corrections; ///< in the order of their rows
    Rejects set_aside;                   ///< rows that are none, likewise
};

/// A table of corrections as comma-separated values: a header that names, in any order, kind, target, author
/// and reason, and where they are needed place, lon and lat, field, value, made; others (outcome) are passed
/// over. `made` is empty or ISO 8601; where it is empty, the correction gets `default_made`. Throws
/// InputError naming file and line where the header lacks what every correction needs.
CorrectionTable read_corrections_csv(std::filesystem::path const& file, std::string_view default_made);

/// The same table, written: with header, one correction a line.
std::string corrections_csv(std::span<ReplayedCorrection const> all);

/// All corrections with what the last build made of them.
std::vector<ReplayedCorrection> replayed_corrections(Database& database);

} // namespace kharita::store
