#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/telling.hpp"

namespace kharita::store {

class Database;

/// What reports tell of happenings that occurred, on days and at places that are known; one for each event of
/// a report, by event id.
std::vector<Telling> tellings(Database& database);

/// What each actor belongs to: actor id, and that of its parent.
std::map<std::string, std::string, std::less<>> actor_parents(Database& database);

/// Puts a list of what is the same into the place of the last one. Of each happening the first event stays,
/// the others point to it (same_as, with likeness and reason) and give it their reports; where a later report
/// has a higher toll, the event takes it, and event_version keeps what was said before. Indexes of `same` are
/// those of `all`; members of one happening stand in the order in which they were told.
void put_same_events(Database& database, std::span<Telling const> all, std::span<SameEvent const> same);

/// Makes all events stand for themselves again, each with its own report and toll.
void undo_same_events(Database& database);

/// The same for happenings that these documents tell of: `documents` is a list of rows, or a SELECT of them.
void undo_same_events_of(Database& database, std::string_view documents);

/// An event that is another report of a happening.
struct MergedEvent {
    std::string event;
    std::string same_as;
    double likeness = 0;
    std::string why;
};

/// All of them, by event id.
std::vector<MergedEvent> merged_events(Database& database);

} // namespace kharita::store
