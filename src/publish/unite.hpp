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

/// What became of the events of a database.
struct UniteCounts {
    std::size_t tellings = 0;   ///< events that occurred, dated and located
    std::size_t happenings = 0; ///< what they are of
    std::size_t united = 0;     ///< happenings that more than one report tells
};

/// Finds events of several reports that are one happening (event::same_events, by the rules in
/// `data_dir`/schemas/same_event.tsv) and records them (store::put_same_events). Obeys corrections that merge
/// and split. Done again, it gives the same.
UniteCounts unite_events(store::Database& database, std::filesystem::path const& data_dir,
                         std::span<Correction const> corrections);

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
