#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/telling.hpp"
#include "store/unit_of_work.hpp"

namespace kharita::store {

class Database;
class Statement;

/// What reports tell of happenings that occurred, on days and at places that are known: one telling for each
/// event of a report, with its own toll, whatever it was united with; by day, then by event id. Without
/// trigger and quote.
class TellingRows {
public:
    explicit TellingRows(Database& database);
    TellingRows(TellingRows const&) = delete;
    TellingRows& operator=(TellingRows const&) = delete;
    TellingRows(TellingRows&&) = delete;
    TellingRows& operator=(TellingRows&&) = delete;
    ~TellingRows();

    /// The next one, or nothing at the end.
    std::optional<Telling> next();

private:
    std::unique_ptr<Statement> m_rows;
    std::unique_ptr<Statement> m_actors;
};

/// Fills in trigger and quote.
void read_words(Database& database, Telling& telling);

/// All tellings, with trigger and quote, by event id.
std::vector<Telling> tellings(Database& database);

/// What each actor belongs to: actor id, and that of its parent.
std::map<std::string, std::string, std::less<>> actor_parents(Database& database);

/// Puts what is one happening into the place of what was before, all or nothing.
class SameEventRecord {
public:
    /// Lets every event stand for itself.
    explicit SameEventRecord(Database& database);

    /// Records tellings of one happening, in the order in which they were told: the first event stays, the
    /// others point to it (same_as, with likeness and reason) and give it their reports; where a later report
    /// has a higher toll, the event takes it, and event_version keeps what was said before. One telling alone
    /// is left as it is.
    void put(std::span<ToldHappening const> happening);

    /// Keeps it. Without it, all is as it was before.
    void commit();

private:
    Database& m_database;
    UnitOfWork m_whole;
};

/// Records a list of what is the same; members of one happening stand in the order in which they were told.
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
