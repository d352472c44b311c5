#include "store/loader.hpp"

#include <limits>
#include <string>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "sample.hpp"
#include "sqlite/connection.hpp"
#include "store/database.hpp"
#include "store/events.hpp"
#include "store/fingerprint.hpp"
#include "support/hostile_text.hpp"
#include "support/temp_folder.hpp"

using namespace kharita; // NOLINT: a test
using store::Database;
using store::Loaded;
using store::Loader;

namespace {

Database fresh(kharita::test::TempFolder const& folder) {
    return Database::create(folder.path() / "events.db", Overwrite::refuse);
}

std::int64_t count(Database& database, std::string const& what) {
    return database.connection().integer("SELECT count(*) FROM " + what);
}

void check_indexes(Database& database) {
    for (char const* const table : {"place", "mention", "mention_area", "event", "zone"}) {
        CAPTURE(table);
        CHECK(database.connection().integer("SELECT CheckSpatialIndex('" + std::string{table} +
                                            "', 'geom')") == 1);
        CHECK(database.connection().text("SELECT rtreecheck('idx_" + std::string{table} + "_geom')") == "ok");
    }
}

} // namespace

TEST_CASE("Loader: a document's rows, each where it belongs") {
    kharita::test::TempFolder const folder;
    Database database = fresh(folder);
    Loader loader{database};
    CHECK(loader.add(sample_document()) == Loaded::added);
    loader.commit();
    auto const counts = database.counts();
    CHECK(counts.documents == 1);
    CHECK(counts.mentions == 4);
    CHECK(counts.places == 2);
    CHECK(counts.events == 4);
    CHECK(counts.zones == 1);
    sqlite::Connection& connection = database.connection();
    // Offsets are code points: SQL's substr finds the words again.
    CHECK(count(database,
                "mention AS m JOIN document AS d ON d.id = m.document WHERE substr(d.text, m.start + 1, "
                "m.\"end\" - m.start) = m.surface") == 4);
    CHECK(count(database,
                "event_report AS r JOIN document AS d ON d.id = r.document WHERE substr(d.text, r.start + "
                "1, r.\"end\" - r.start) = r.trigger") == 4);
    CHECK(connection.text("SELECT quote FROM event_quote LIMIT 1") ==
          "قصفت المدفعية أمس خان السبل ومعردبسة وسقط أربعة قتلى.");
    // The toll of two places stands on their group, and on no event.
    CHECK(count(database, "event WHERE killed IS NOT NULL") == 0);
    CHECK(connection.integer("SELECT sum(killed) FROM event_group") == 4);
    CHECK(count(database, "map_event WHERE killed_shared = 4") == 2);
    CHECK(connection.text("SELECT initiator FROM event LIMIT 1") ==
          "Military Forces of Syria or Military Forces of Russia");
    CHECK(connection.text("SELECT alternatives FROM mention WHERE mention_id = 'm2'") == "C9 0.05; C8 0.01");
    CHECK(count(database, "map_event") == 3);
    CHECK(count(database, "map_event_failed") == 1);
    CHECK(count(database, "map_mention_area") == 1);
    CHECK(count(database, "event WHERE geom IS NULL") == 1);
    check_indexes(database);
}

TEST_CASE("Loader: loading twice changes nothing, in one run or in two") {
    kharita::test::TempFolder const folder;
    {
        Database database = fresh(folder);
        Loader loader{database};
        loader.add(sample_document());
        CHECK(loader.add(sample_document()) == Loaded::unchanged);
        loader.commit();
        database.finish();
    }
    std::string const before = read_file(folder.path() / "events.db");
    {
        Database database = Database::open(folder.path() / "events.db", store::Access::read_write);
        Loader loader{database};
        CHECK(loader.add(sample_document()) == Loaded::unchanged);
        loader.commit();
        database.finish();
        CHECK(loader.counts().unchanged == 1);
        CHECK(loader.counts().events == 0);
    }
    CHECK(read_file(folder.path() / "events.db") == before);
}

TEST_CASE("Loader: one report under two ids of its input is one document, whichever comes") {
    kharita::test::TempFolder const folder;
    Database database = fresh(folder);
    Document other = sample_document();
    other.report.id = "another id";
    for (int run = 0; run < 2; ++run) {
        Loader loader{database};
        CHECK(loader.add(sample_document()) == (run == 0 ? Loaded::added : Loaded::unchanged));
        CHECK(loader.add(other) == Loaded::unchanged);
        loader.commit();
    }
    CHECK(database.counts().documents == 1);
    CHECK(count(database, "document WHERE input_id = 'r-1'") == 1);
}

TEST_CASE("Loader: new findings replace the old ones, places follow the gazetteer") {
    kharita::test::TempFolder const folder;
    Database database = fresh(folder);
    {
        Loader loader{database};
        loader.add(sample_document(1));
        loader.add(sample_document(2));
        loader.commit();
    }
    Document changed = sample_document(1);
    changed.mentions[0].place->at = {36.751, 35.761};
    changed.mentions[0].at = changed.mentions[0].place->at;
    changed.mentions[2].area.reset();
    changed.events.pop_back();
    changed.zones.clear();
    Loader loader{database};
    CHECK(loader.add(changed) == Loaded::replaced);
    loader.commit();
    CHECK(database.counts().documents == 2);
    CHECK(database.counts().events == 7);
    CHECK(database.counts().zones == 1);
    CHECK(database.counts().places == 2);
    CHECK(count(database, "place WHERE X(geom) = 36.751") == 1);
    CHECK(count(database, "mention_area") == 1);
    CHECK(count(database, "pragma_foreign_key_check") == 0);
    check_indexes(database);
}

TEST_CASE("Loader: many batches, whose trees are packed at the end") {
    kharita::test::TempFolder const folder;
    Database database = fresh(folder);
    {
        Loader loader{database, 10};
        for (int i = 1; i <= 95; ++i) {
            loader.add(sample_document(i));
        }
        CHECK(database.metadata("spatial_index") == "stale");
        loader.commit();
    }
    CHECK(database.metadata("spatial_index") == "current");
    CHECK(database.counts().events == 95 * 4);
    check_indexes(database);
    // A small load on top is added row by row.
    Loader loader{database, 10};
    loader.add(sample_document(200));
    loader.commit();
    CHECK(database.counts().events == 96 * 4);
    check_indexes(database);
}

TEST_CASE("Loader: while indexes are dropped, ids stay unique and documents are found again") {
    kharita::test::TempFolder const folder;
    Database database = fresh(folder);
    Loader loader{database, 10};
    for (int i = 1; i <= 15; ++i) {
        loader.add(sample_document(i));
    }
    CHECK(count(database, "sqlite_schema WHERE name = 'event_event_id'") == 0);
    CHECK(loader.add(sample_document(3)) == Loaded::unchanged);
    CHECK(loader.add(sample_document(12)) == Loaded::unchanged);
    Document changed = sample_document(4);
    changed.events[0].why = "another reason";
    CHECK(loader.add(changed) == Loaded::replaced);
    CHECK(loader.add(changed) == Loaded::unchanged);
    Document stolen = sample_document(30);
    stolen.events[0].id = sample_document(14).events[0].id;
    CHECK_THROWS_WITH_AS(loader.add(stolen), doctest::Contains("is already that of another document"),
                         InputError);
    Document twice = sample_document(31);
    twice.events[1].id = twice.events[0].id;
    CHECK_THROWS_WITH_AS(loader.add(twice), doctest::Contains("is there twice"), InputError);
    loader.commit();
    CHECK(database.counts().documents == 15);
    CHECK(database.counts().events == 15 * 4);
    CHECK(count(database, "sqlite_schema WHERE name = 'event_event_id'") == 1);
    CHECK(database.metadata("dropped_indexes").empty());
    CHECK(count(database, "pragma_foreign_key_check") == 0);
    check_indexes(database);
}

TEST_CASE("Loader: a failed replacement leaves the old document and whole trees") {
    kharita::test::TempFolder const folder;
    Database database = fresh(folder);
    Loader loader{database, 10};
    loader.add(sample_document(1));
    loader.add(sample_document(2));
    Document broken = sample_document(1);
    broken.events[1].mention = "m9";
    CHECK_THROWS_AS(loader.add(broken), InputError);
    loader.commit();
    CHECK(database.counts().events == 8);
    check_indexes(database);
}

TEST_CASE("Loader: a killed load keeps its whole batches; opening brings the trees up to date") {
    kharita::test::TempFolder const folder;
    {
        Database database = fresh(folder);
        Loader loader{database, 10};
        for (int i = 1; i <= 25; ++i) {
            loader.add(sample_document(i));
        }
        // No commit(): as after a kill, the third batch is gone.
    }
    Database database = Database::open(folder.path() / "events.db", store::Access::read_write);
    CHECK(database.counts().documents == 20);
    CHECK(database.metadata("spatial_index") == "current");
    CHECK(count(database, "sqlite_schema WHERE name = 'document_doc_id'") == 1);
    check_indexes(database);
    Loader loader{database, 10};
    for (int i = 1; i <= 25; ++i) {
        CHECK(loader.add(sample_document(i)) == (i <= 20 ? Loaded::unchanged : Loaded::added));
    }
    loader.commit();
    CHECK(database.counts().documents == 25);
    check_indexes(database);
}

TEST_CASE("Loader: a document that cannot be stored leaves nothing and stops nothing") {
    kharita::test::TempFolder const folder;
    Database database = fresh(folder);
    Loader loader{database};
    loader.add(sample_document(1));

    Document no_mention = sample_document(2);
    no_mention.mentions[3].place = no_mention.mentions[0].place;
    no_mention.mentions[3].place->id = "C77"; // a place that only this one names
    no_mention.events[1].mention = "m9";
    CHECK_THROWS_WITH_AS(loader.add(no_mention), doctest::Contains("mention m9 is not among the document's"),
                         InputError);
    Document odd_type = sample_document(2);
    odd_type.events[0].event_type = "Party";
    CHECK_THROWS_WITH_AS(loader.add(odd_type),
                         doctest::Contains("event_type is \"Party\"; expected an ACLED event type"),
                         InputError);
    Document odd_count = sample_document(2);
    odd_count.events[0].count = Count{3, 2, 4};
    CHECK_THROWS_WITH_AS(loader.add(odd_count),
                         doctest::Contains("count is 3, 2, 4; expected 0 <= low <= best <= high"),
                         InputError);
    Document unsure = sample_document(2);
    unsure.mentions[1].confidence = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS(loader.add(unsure), doctest::Contains("mention m2: confidence is"), InputError);
    Document nowhere = sample_document(2);
    nowhere.mentions[0].at = LonLat{500, 35};
    CHECK_THROWS_AS(loader.add(nowhere), InputError);
    Document same_event = sample_document(2);
    same_event.events[0].id = sample_document(1).events[0].id;
    CHECK_THROWS_WITH_AS(loader.add(same_event),
                         doctest::Contains("UNIQUE constraint failed: event.event_id"), InputError);
    CHECK(loader.add(sample_document(2)) == Loaded::added);
    loader.commit();
    CHECK(database.counts().documents == 2);
    CHECK(database.counts().places == 2);
    CHECK(count(database, "pragma_foreign_key_check") == 0);
    check_indexes(database);
}

TEST_CASE("Loader: hostile strings are data") {
    kharita::test::TempFolder const folder;
    Database database = fresh(folder);
    Document document = sample_document();
    std::string const sql = "'); DROP TABLE event; --";
    document.report.source = sql;
    document.report.title = "=HYPERLINK(\"http://example.org\")";
    document.mentions[0].place->name = kharita::test::right_to_left_override() + sql;
    document.mentions[0].place->name_ar = std::string(1 << 20, 'x');
    document.events[0].weapon = std::string("a\0b", 3);
    Loader loader{database};
    loader.add(document);
    loader.commit();
    CHECK(database.connection().text("SELECT source FROM document") == sql);
    CHECK(database.connection().integer("SELECT length(name_ar) FROM place WHERE place_id = 'C1'") ==
          1 << 20);
    CHECK(database.counts().events == 4);
    CHECK(store::places(database)[0].name == kharita::test::right_to_left_override() + sql);
}

TEST_CASE("fingerprint: any field makes a difference but the input's own id") {
    std::string const base = store::fingerprint(sample_document());
    CHECK(base.size() == 32);
    CHECK(store::fingerprint(sample_document()) == base);
    Document document = sample_document();
    document.events[1].injured->civilians.reset();
    CHECK(store::fingerprint(document) != base);
    document = sample_document();
    document.report.id = "another";
    CHECK(store::fingerprint(document) == base);
    std::swap(document.report.source, document.report.url);
    CHECK(store::fingerprint(document) != base);
    document = sample_document();
    document.mentions[2].area = MultiPolygon{{std::get<Polygon>(*document.mentions[2].area)}};
    CHECK(store::fingerprint(document) != base);
    document = sample_document();
    document.events[0].modality = Modality::historical;
    CHECK(store::fingerprint(document) != base);
}

TEST_CASE("events: what overlays read comes back as it was loaded") {
    kharita::test::TempFolder const folder;
    Database database = fresh(folder);
    Document const document = sample_document();
    Loader loader{database};
    loader.add(document);
    loader.commit();
    auto const events = store::located_events(database);
    REQUIRE(events.size() == 4);
    for (std::size_t i = 0; i < 4; ++i) { // one day, so by id
        Event const& in = document.events[i];
        Event const& out = events[i].event;
        CHECK(out.id == in.id);
        CHECK(out.modality == in.modality);
        CHECK(out.control_change == in.control_change);
        CHECK(out.date == in.date);
        CHECK(out.initiator == in.initiator);
    }
    CHECK(events[0].place == "C1");
    CHECK(events[0].at == document.mentions[0].at);
    CHECK(events[0].uncertainty == Metres{1500});
    CHECK(events[2].place.empty());
    CHECK(events[2].at == document.mentions[2].at);
    CHECK_FALSE(events[3].at);
    auto zones = store::zones(database);
    REQUIRE(zones.size() == 1);
    zones[0].span = document.zones[0].span; // of one report, not kept
    CHECK(zones[0] == document.zones[0]);
    auto const places = store::places(database);
    REQUIRE(places.size() == 2);
    CHECK(places[0] == *document.mentions[0].place);
    CHECK(places[1] == *document.mentions[1].place);
}
