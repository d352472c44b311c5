#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/correction.hpp"

namespace kharita::store {
class Database;
}

namespace kharita::publish {

/// What became of the events of a database, or of those that were looked at.
struct UniteCounts {
    bool is_whole = false;      ///< whether all were looked at
    std::size_t tellings = 0;   ///< events that occurred, dated and located
    std::size_t happenings = 0; ///< what they are of
    std::size_t united = 0;     ///< happenings that more than one report tells
};

/// What is looked at: what tellings that came, went or changed since the last time can have changed, or
/// everything. The result is the same.
enum class UniteScope { changed, all };

/// Finds events of several reports that are one happening (event::SameEventSweep, by the rules in
/// `data_dir`/schemas/same_event.tsv) and records them (store::SameEventRecord). Obeys corrections that merge
/// and split. Done again, it gives the same. Where rules, corrections of events or what actors belong to are
/// not those of the last time, everything is looked at.
UniteCounts unite_events(store::Database& database, std::filesystem::path const& data_dir,
                         std::span<Correction const> corrections, UniteScope scope = UniteScope::changed);

/// The same figures of all that a database holds now.
UniteCounts united_counts(store::Database& database);

/// What speaks for two events being one happening, and against it.
struct ComparedEvents {
    std::string a;
    std::string b;
    std::string problem; ///< why they are not compared; empty where they are
    double likeness = 0; ///< log odds
    std::string why;     ///< for people
    std::vector<std::pair<std::string_view, double>> signs; ///< name in the table, and how often it counts
};

/// Compares pairs of events, by event ids, as unite_events() does. Time grows with the number of tellings.
std::vector<ComparedEvents> compare_events(store::Database& database, std::filesystem::path const& data_dir,
                                           std::span<std::pair<std::string, std::string> const> pairs);

/// What became of a correction that merges or splits: "applied", or why it does not apply. Empty for other
/// kinds.
std::string outcome_of(store::Database& database, Correction const& correction);

} // namespace kharita::publish
