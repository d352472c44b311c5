#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/telling.hpp"
#include "store/unit_of_work.hpp"

namespace kharita::store {

class Database;
class Statement;

/// From a day to a day, both included.
struct Days {
    Date first;
    Date last;

    friend bool operator==(Days const&, Days const&) = default;
};

/// What reports tell of happenings that occurred, on days and at places that are known: one telling for each
/// event of a report, with its own toll, whatever it was united with; by day, then by event id. Without
/// trigger and quote. Of all days, or of those alone that events begin on.
class TellingRows {
public:
    explicit TellingRows(Database& database, std::optional<Days> const& days = {});
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

/// What is recorded of events that begin on some days, to see what of it is still so.
class RecordedHappenings {
public:
    RecordedHappenings(Database& database, Days const& days);

    /// Whether just this is recorded: these tellings, in any order but for the first, for these reasons.
    bool hold(std::span<ToldHappening const> happening) const;

private:
    struct Member {
        std::int64_t first = 0;
        double likeness = 0;
        std::string why;
    };

    std::unordered_map<std::int64_t, Member> m_members;       ///< by row of the event
    std::unordered_map<std::int64_t, std::size_t> m_of_first; ///< how many point to it
};

/// Puts what is one happening into the place of what was before, all or nothing.
class SameEventRecord {
public:
    explicit SameEventRecord(Database& database);

    /// Lets every event stand for itself.
    void clear();
    /// The same for what these events are part of; rows of events.
    void clear(std::span<std::int64_t const> events);

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

/// What decided how events were united, in short: where that changes, all is decided anew. Empty where they
/// never were, or where that was undone.
std::string united_by(Database& database);
void set_united_by(Database& database, std::string_view text);

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
