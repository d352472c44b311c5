#include "store/same_events.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "sample.hpp"
#include "sqlite/connection.hpp"
#include "store/database.hpp"
#include "store/events.hpp"
#include "store/loader.hpp"
#include "store/verify.hpp"
#include "support/temp_folder.hpp"

using namespace kharita; // NOLINT: a test
using store::Database;

namespace {

/// Two reports of the same happenings; the second is a day younger and knows of more dead.
Database two_reports(std::filesystem::path const& folder) {
    Database database = Database::create(folder / "events.db", Overwrite::refuse);
    store::Loader loader{database};
    loader.add(sample_document());
    Document second = sample_document(2);
    second.report.published = *second.report.published + std::chrono::days{1};
    Toll toll;
    toll.count = {.low = 7, .best = 9, .high = 9};
    toll.civilians = 4;
    second.events.front().killed = toll;
    loader.add(second);
    loader.commit();
    return database;
}

/// Each telling of the second report is of the same happening as that of the first.
std::vector<SameEvent> all_the_same(std::vector<Telling> const& all) {
    std::vector<SameEvent> same;
    for (std::size_t other = 0; other < all.size(); ++other) {
        for (std::size_t first = 0; first < all.size(); ++first) {
            if (all[first].report < all[other].report && all[first].place == all[other].place &&
                all[first].sub_event_type == all[other].sub_event_type) {
                same.push_back({.first = first, .other = other, .likeness = 2, .why = "same place"});
                break;
            }
        }
    }
    return same;
}

std::string problems(Database& database) {
    std::string text;
    for (store::Check const& check : store::verify(database)) {
        if (check.name == "events" || check.name == "foreign keys" || check.name == "layer statistics") {
            for (std::string const& problem : check.problems) {
                text += check.name + ": " + problem + "\n";
            }
        }
    }
    return text;
}

} // namespace

TEST_CASE("tellings: what occurred, where and when it is known") {
    test::TempFolder const folder;
    Database database = two_reports(folder.path());
    std::vector<Telling> const all = store::tellings(database);
    CHECK(static_cast<std::int64_t>(all.size()) ==
          database.connection().integer("SELECT count(*) FROM event WHERE modality = 'occurred' AND date IS "
                                        "NOT NULL AND geom IS NOT NULL"));
    REQUIRE(!all.empty());
    for (Telling const& telling : all) {
        CHECK(telling.quote.find(telling.trigger) != std::string::npos);
        CHECK(!telling.place.empty());
        CHECK(telling.date <= telling.date_end);
    }
}

TEST_CASE("put_same_events: one event with two reports and a newer toll; undone, all is as it was") {
    test::TempFolder const folder;
    Database database = two_reports(folder.path());
    sqlite::Connection& connection = database.connection();
    database.finish();
    std::string const before = dump(database);
    auto const shown = connection.integer("SELECT count(*) FROM map_event");
    std::vector<Telling> const all = store::tellings(database);
    std::vector<SameEvent> const same = all_the_same(all);
    REQUIRE(same.size() * 2 == all.size());

    store::put_same_events(database, all, same);
    database.finish();
    CHECK(problems(database).empty());
    CHECK(connection.integer("SELECT count(*) FROM map_event") ==
          shown - static_cast<std::int64_t>(same.size()));
    CHECK(connection.integer("SELECT count(*) FROM map_event WHERE reports = 2") ==
          static_cast<std::int64_t>(same.size()));
    CHECK(store::located_events(database).size() + same.size() ==
          static_cast<std::size_t>(connection.integer("SELECT count(*) FROM event")));
    // 9 dead in the younger report, in its words; the older one's number is kept.
    CHECK(connection.integer(
              "SELECT killed FROM event WHERE killed = 9 AND killed_civilians = 4 AND same_as IS "
              "NULL") == 9);
    CHECK(connection.integer("SELECT count(*) FROM event_version") == 2);
    CHECK(connection.integer("SELECT killed FROM event_version WHERE version = 2") == 9);
    std::vector<store::MergedEvent> const merged = store::merged_events(database);
    REQUIRE(merged.size() == same.size());
    CHECK(merged.front().why == "same place");

    store::put_same_events(database, all, same); // again: the same
    CHECK(store::merged_events(database).size() == merged.size());
    CHECK(store::tellings(database).size() == all.size());

    store::undo_same_events(database);
    database.finish();
    CHECK(dump(database) == before);
}

TEST_CASE("put_same_events: a toll that an analyst set stands, whatever other reports say") {
    test::TempFolder const folder;
    Database database = two_reports(folder.path());
    sqlite::Connection& connection = database.connection();
    std::vector<Telling> all = store::tellings(database);
    std::vector<SameEvent> const same = all_the_same(all);
    constexpr char const* tolls =
        "SELECT coalesce(sum(killed), 0) FROM event WHERE same_as IS NULL AND date IS NOT NULL";
    store::undo_same_events(database);
    for (SameEvent const& one : same) {
        all[one.first].toll_is_set = true;
    }
    auto const of_firsts = connection.integer(tolls) - 9; // all but what the younger report says
    store::put_same_events(database, all, same);
    CHECK(connection.integer(tolls) == of_firsts);
    for (SameEvent const& one : same) {
        std::swap(all[one.first].toll_is_set, all[one.other].toll_is_set);
    }
    store::put_same_events(database, all, same);
    CHECK(connection.integer("SELECT count(*) FROM event WHERE same_as IS NULL AND killed = 9") == 1);
}

TEST_CASE("put_same_events: a report that is replaced lets go of what it was united with") {
    test::TempFolder const folder;
    Database database = two_reports(folder.path());
    std::vector<Telling> const all = store::tellings(database);
    store::put_same_events(database, all, all_the_same(all));
    {
        store::Loader loader{database};
        Document other = sample_document();
        other.report.title = "Another headline";
        CHECK(loader.add(other) == store::Loaded::replaced);
        loader.commit();
    }
    database.finish();
    CHECK(store::merged_events(database).empty());
    CHECK(problems(database).empty());
    CHECK(database.connection().integer("SELECT count(*) FROM event WHERE killed = 9") == 1);
}

TEST_CASE("undo_same_events_of: what a document does not tell of stays united") {
    test::TempFolder const folder;
    Database database = two_reports(folder.path());
    {
        store::Loader loader{database};
        for (int const copy : {3, 4}) { // of a year later, so that they are united with each other alone
            Document other = sample_document(copy);
            for (Event& event : other.events) {
                if (event.date) {
                    event.date = *event.date + std::chrono::days{365};
                    event.date_end = event.date;
                }
            }
            loader.add(other);
        }
        loader.commit();
    }
    std::vector<Telling> const all = store::tellings(database);
    std::vector<SameEvent> same;
    for (std::size_t other = 0; other < all.size(); ++other) {
        for (std::size_t first = 0; first < all.size(); ++first) {
            if (all[first].report < all[other].report && all[first].place == all[other].place &&
                all[first].sub_event_type == all[other].sub_event_type &&
                all[first].date == all[other].date) {
                same.push_back({.first = first, .other = other, .likeness = 2, .why = "same place"});
                break;
            }
        }
    }
    store::put_same_events(database, all, same);
    auto const before = store::merged_events(database);
    std::string const row = std::to_string(all[same.front().first].report);
    store::undo_same_events_of(database, row);
    auto const after = store::merged_events(database);
    CHECK(!after.empty());
    CHECK(after.size() < before.size());
    CHECK(database.connection().integer("SELECT count(*) FROM event WHERE document = " + row +
                                        " AND (same_as IS NOT NULL OR id IN (SELECT same_as FROM event WHERE "
                                        "same_as IS NOT NULL))") == 0);
    database.finish();
    CHECK(problems(database).empty());
}

TEST_CASE("verify: unions that do not hold together are found") {
    test::TempFolder const folder;
    Database database = two_reports(folder.path());
    std::vector<Telling> const all = store::tellings(database);
    store::put_same_events(database, all, all_the_same(all));
    database.finish();
    struct Damage {
        char const* sql;
        char const* said;
    };
    for (Damage const& damage :
         {Damage{"UPDATE event SET same_why = '' WHERE same_as IS NOT NULL", "do not say why"},
          Damage{"UPDATE event_report SET merged_id = NULL", "have no report"},
          Damage{"UPDATE event SET killed = 8 WHERE killed = 9 AND same_as IS NULL",
                 "another toll than its last version"}}) {
        CAPTURE(damage.sql);
        database.connection().execute("SAVEPOINT damage");
        database.connection().execute(damage.sql);
        CHECK(problems(database).find(damage.said) != std::string::npos);
        database.connection().execute("ROLLBACK TO damage");
        database.connection().execute("RELEASE damage");
    }
    CHECK(problems(database).empty());
}
