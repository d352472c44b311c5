#include "store/verify.hpp"

#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "base/error.hpp"
#include "sample.hpp"
#include "sqlite/connection.hpp"
#include "store/database.hpp"
#include "store/loader.hpp"
#include "support/temp_folder.hpp"

using namespace kharita; // NOLINT: a test
using store::Database;

namespace {

/// A document whose doc_id is that of its content.
Document true_document() {
    Document document = sample_document();
    Report& report = document.report;
    report.doc_id = document_id(report);
    return document;
}

std::string problems(Database& database) {
    std::string text;
    for (store::Check const& check : store::verify(database)) {
        for (std::string const& problem : check.problems) {
            text += fmt::format("{}: {}\n", check.name, problem);
        }
    }
    return text;
}

struct Damage {
    std::string sql;
    std::string said;
};

} // namespace

TEST_CASE("verify: a finished database is sound, an unfinished one lacks statistics and styles") {
    kharita::test::TempFolder const folder;
    Database database = Database::create(folder.path() / "events.db", Overwrite::refuse);
    store::Loader loader{database};
    loader.add(true_document());
    loader.add(sample_document(2)); // its text is not whole: no hash to hold it to
    loader.commit();
    CHECK(problems(database).find("layer statistics: event has 8 rows; its statistics say nothing") !=
          std::string::npos);
    database.finish();
    CHECK(problems(database).empty());
    CHECK(store::verify(database).size() > 20);
}

TEST_CASE("verify: each damage is found and named") {
    std::string const pause_event =
        "DROP TRIGGER ggu_event_geom; DROP TRIGGER giu_event_geom; DROP TRIGGER tmu_event_geom; ";
    std::string const as_loaded = "document hashes: 1 documents, or what was found in them, are not as they "
                                  "were loaded; for example ";
    std::string const place_of_c1 = "(SELECT id FROM place WHERE place_id = 'C1')";
    for (Damage const& damage : {
             Damage{"DELETE FROM idx_event_geom", "idx_event_geom holds 0 rows and its table 3"},
             Damage{"UPDATE idx_event_geom SET xmin = 30, xmax = 31 WHERE pkid = 1",
                    "1 rows are indexed elsewhere than they lie; for example row 1"},
             Damage{"DELETE FROM idx_place_geom_rowid WHERE rowid = 1",
                    "spatial index of place: idx_place_geom: "},
             Damage{"DROP TRIGGER gii_zone_geom", "4 of SpatiaLite's 5 triggers"},
             Damage{pause_event + "UPDATE event SET geom = MakePoint(36, 35, 3857) WHERE id = 1",
                    "geometry of event: 1 geometries are of another type or reference system than the layer; "
                    "for "
                    "example row 1"},
             Damage{pause_event + "UPDATE event SET geom = x'00' WHERE id = 1",
                    "geometry of event: 1 geometries"},
             Damage{"UPDATE zone SET geom = GeomFromText('MULTIPOLYGON(((36 35,37 36,37 35,36 36,36 35)))', "
                    "4326)",
                    "geometry of zone: 1 geometries are not valid; for example row 1: "},
             Damage{"UPDATE event SET geom = MakePoint(190, 35, 4326) WHERE id = 1", "lie outside the world"},
             Damage{"UPDATE event SET geom = MakePoint(36.76, 35.76, 4326) WHERE id = 1",
                    "1 events stand elsewhere than their mention"},
             Damage{"UPDATE place SET geom = MakePoint(37, 36, 4326) WHERE place_id = 'C1'",
                    "1 events lie farther from their place than their stated uncertainty"},
             Damage{"UPDATE event SET same_likeness = 'much', same_as = 2 WHERE id = 1",
                    "types: 1 rows hold values of another type than their columns; for example event"},
             Damage{"UPDATE event SET killed_civilians = 'some' WHERE id = 2", "types: 1 rows"},
             Damage{"UPDATE place SET population = 'many' WHERE id = 1", "for example place"},
             Damage{"UPDATE correction SET author = x'00'; INSERT INTO correction (kind, target, author, "
                    "reason) VALUES "
                    "('delete', 'x', x'41', 'y')",
                    "for example correction"},
             Damage{"PRAGMA foreign_keys = OFF; DELETE FROM document", "foreign keys: "},
             Damage{"DELETE FROM event_report WHERE event = 1", "1 events have no report"},
             Damage{"UPDATE document SET text = replace(text, 'خبر أول', 'خبر ثان')",
                    "1 documents are not what their doc_id was made of"},
             // Everything that a load writes is in the hash of its document.
             Damage{"UPDATE document SET title = 'x'", as_loaded},
             Damage{"UPDATE document SET content_hash = printf('%032d', 7)", as_loaded},
             Damage{"UPDATE document SET rows_hash = rows_hash + 1", as_loaded},
             Damage{"UPDATE document SET rows_hash = NULL", "1 documents have no hash of their rows"},
             Damage{"UPDATE mention SET confidence = 0.91 WHERE id = 1", as_loaded},
             Damage{"UPDATE mention SET role = 'scope' WHERE id = 1", as_loaded},
             Damage{"UPDATE mention_area SET geom = ST_Translate(geom, 0.001, 0, 0)", as_loaded},
             Damage{"UPDATE event_group SET killed = 3, killed_low = 3 WHERE killed = 4", as_loaded},
             Damage{"UPDATE event SET target = 'x' WHERE id = 1", as_loaded},
             Damage{"UPDATE event SET injured_low = 0 WHERE id = 2", as_loaded},
             Damage{"UPDATE event SET date = '2020-01-14' WHERE id = 1", as_loaded},
             Damage{"UPDATE event_actor SET confidence = 0.5 WHERE event = 1", as_loaded},
             Damage{"UPDATE event_actor SET actor = 1 WHERE event = 1 AND ordinal = 2", as_loaded},
             Damage{"DELETE FROM event_actor WHERE event = 1 AND ordinal = 2", as_loaded},
             Damage{R"(UPDATE event_report SET "end" = "end" + 1 WHERE id = 1)", as_loaded},
             Damage{"UPDATE zone SET status = 'ended'", as_loaded},
             Damage{"UPDATE zone_actor SET confidence = 0.1", as_loaded},
             Damage{"DELETE FROM zone_actor; DELETE FROM zone", as_loaded},
             Damage{"UPDATE document SET text = 'x' || text", "4 mentions are not what their text says"},
             Damage{"UPDATE event_report SET quote_end = quote_start", "4 events have no quoted sentence"},
             Damage{"UPDATE document SET source = '', url = '', input_id = ''", "1 documents have no source"},
             Damage{
                 "DELETE FROM layer_styles WHERE f_table_name = 'map_event' AND f_table_schema = ''",
                 "styles: 1 layers have not the two styles that QGIS's two providers look for; for example "
                 "map_event"},
             Damage{"DELETE FROM views_geometry_columns WHERE view_name = 'map_zone'",
                    "1 layers are not registered; for example map_zone"},
             Damage{"UPDATE geometry_columns_statistics SET row_count = 7 WHERE f_table_name = 'event'",
                    "event has 4 rows; its statistics say 7"},
             Damage{"UPDATE geometry_columns_statistics SET extent_min_x = NULL WHERE f_table_name = 'event'",
                    "event has geometries; its statistics give no extent"},
             Damage{"UPDATE geometry_columns_time SET last_update = '2030-01-01T00:00:00.000Z' WHERE "
                    "f_table_name = 'event'",
                    "1 layers were changed after their statistics were made; for example event"},
             Damage{"DROP INDEX event_event_id", "indexes: event_event_id is missing"},
             Damage{"DROP TABLE idx_mention_geom", "idx_mention_geom is not there"},
             Damage{"PRAGMA foreign_keys = OFF; DROP VIEW spatial_ref_sys_all; DROP TABLE spatial_ref_sys",
                    "spatial metadata: CheckSpatialMetaData() answers 0; expected 3"},
             Damage{"UPDATE event SET same_as = 2, same_likeness = 1 WHERE id IN (1, 3); UPDATE event SET "
                    "same_as = 4, same_likeness = 1 WHERE id = 2",
                    "events are another report of what is itself another report, or do not say why"},
             Damage{"UPDATE event_report SET merged_id = '0123456789abcdef0123456789abcdef' WHERE id = 1",
                    "1 reports were taken from events that are not the same"},
             Damage{"INSERT INTO event_version (event, version, document, killed_low, killed, killed_high, "
                    "reason) VALUES (1, 1, 1, 999, 999, 999, 'x')",
                    "1 events have another toll than its last version"},
             Damage{"UPDATE event SET uncertainty_m = NULL", "3 events have a position without a stated"},
             Damage{"UPDATE metadata SET value = 'stale' WHERE key = 'spatial_index'",
                    "a load was interrupted"},
             Damage{"PRAGMA journal_mode = WAL", "it is in journal mode WAL"},
         }) {
        CAPTURE(damage.sql);
        kharita::test::TempFolder const folder;
        Database database = Database::create(folder.path() / "events.db", Overwrite::refuse);
        {
            store::Loader loader{database};
            loader.add(true_document());
            loader.commit();
        }
        database.finish();
        database.connection().execute(damage.sql);
        std::string const said = problems(database);
        CAPTURE(said);
        CHECK(said.find(damage.said) != std::string::npos);
    }
}
