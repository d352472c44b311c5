#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
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

/// What became of a correction that merges or splits: "applied", or why it does not apply. Empty for other
/// kinds.
std::string outcome_of(store::Database& database, Correction const& correction);

} // namespace kharita::publish
