#include "sqlite/spatialite.hpp"

#include <array>
#include <string>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "base/thread_pool.hpp"
#include "sqlite/connection.hpp"
#include "sqlite/transaction.hpp"
#include "support/temp_folder.hpp"

using kharita::DatabaseError;
using kharita::sqlite::Connection;
using kharita::sqlite::Extension;
using kharita::sqlite::GeometryColumn;
using kharita::sqlite::Mode;
using kharita::sqlite::OpenOptions;
using kharita::sqlite::Transaction;
using kharita::sqlite::TriggerPause;

namespace {

constexpr OpenOptions spatial{.mode = Mode::create, .extension = Extension::spatialite};

GeometryColumn const event_geom{"event", "geom"};

void make_layer(Connection& connection) {
    Transaction transaction{connection};
    constexpr std::array extra{32637};
    kharita::sqlite::init_spatial_metadata(connection, extra);
    connection.execute("CREATE TABLE event(id INTEGER PRIMARY KEY, geom POINT)");
    CHECK(connection.integer("SELECT RecoverGeometryColumn('event', 'geom', 4326, 'POINT', 'XY')") == 1);
    CHECK(connection.integer("SELECT CreateSpatialIndex('event', 'geom')") == 1);
    transaction.commit();
}

} // namespace

TEST_CASE("init_spatial_metadata: current layout, with the reference systems asked for and no more") {
    Connection connection{":memory:", spatial};
    CHECK_THROWS_AS(kharita::sqlite::init_spatial_metadata(connection), DatabaseError); // in no transaction
    make_layer(connection);
    CHECK(connection.integer("SELECT CheckSpatialMetaData()") == 3);
    CHECK(connection.text(
              "SELECT group_concat(srid) FROM (SELECT srid FROM spatial_ref_sys WHERE srid > 0 ORDER "
              "BY srid)") == "3857,4326,32637");
    auto const columns = kharita::sqlite::geometry_columns(connection);
    REQUIRE(columns.size() == 1);
    CHECK(columns[0].index() == "idx_event_geom");
}

TEST_CASE("TriggerPause: off for the load, on again after it, on again after a roll-back") {
    Connection connection{":memory:", spatial};
    make_layer(connection);
    std::array const columns{event_geom};
    std::string const count_triggers =
        "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = "
        "'event'";
    auto const all = connection.integer(count_triggers);
    CHECK(all == 8);
    CHECK_THROWS_AS(TriggerPause(connection, columns), DatabaseError);
    {
        Transaction const undone{connection};
        TriggerPause const pause{connection, columns};
        CHECK(connection.integer(count_triggers) == 0);
    }
    CHECK(connection.integer(count_triggers) == all);
    {
        Transaction transaction{connection};
        TriggerPause pause{connection, columns};
        connection.execute("INSERT INTO event VALUES (1, MakePoint(36.6, 35.3, 4326)), (2, NULL), "
                           "(3, MakePoint(-10, 5, 4326))");
        CHECK(connection.integer("SELECT count(*) FROM idx_event_geom") == 0);
        kharita::sqlite::rebuild_index(connection, event_geom);
        pause.resume();
        transaction.commit();
    }
    CHECK(connection.integer(count_triggers) == all);
    CHECK(connection.integer("SELECT CheckSpatialIndex('event', 'geom')") == 1);
    CHECK_THROWS_AS(connection.execute("INSERT INTO event VALUES (4, MakePoint(1, 1, 3857))"), DatabaseError);
    connection.execute("UPDATE event SET geom = MakePoint(40, 35, 4326) WHERE id = 1");
    CHECK(connection.integer("SELECT CheckSpatialIndex('event', 'geom')") == 1);
}

TEST_CASE("add_to_index: rows added by hand are found") {
    Connection connection{":memory:", spatial};
    make_layer(connection);
    std::array const columns{event_geom};
    Transaction transaction{connection};
    TriggerPause pause{connection, columns};
    connection.execute("INSERT INTO event VALUES (5, MakePoint(36.6, 35.3, 4326))");
    kharita::sqlite::add_to_index(connection, event_geom,
                                  {kharita::sqlite::indexed_box(5, 36.6, 36.6, 35.3, 35.3)});
    pause.resume();
    transaction.commit();
    CHECK(connection.integer("SELECT CheckSpatialIndex('event', 'geom')") == 1);
    CHECK(
        connection.integer("SELECT count(*) FROM event WHERE rowid IN (SELECT rowid FROM SpatialIndex WHERE "
                           "f_table_name = 'event' AND search_frame = BuildMbr(36, 35, 37, 36, 4326))") == 1);
}

TEST_CASE("rebuild_index: a row that holds no geometry is named") {
    Connection connection{":memory:", spatial};
    make_layer(connection);
    std::array const columns{event_geom};
    Transaction const transaction{connection};
    TriggerPause const pause{connection, columns};
    connection.execute("INSERT INTO event VALUES (9, x'0102')");
    CHECK_THROWS_WITH_AS(kharita::sqlite::rebuild_index(connection, event_geom),
                         doctest::Contains("event.geom of row 9 is no geometry"), DatabaseError);
}

TEST_CASE("set_timestamps: nothing of the clock stays") {
    kharita::test::TempFolder const folder;
    Connection connection{folder.path() / "s.db", spatial};
    make_layer(connection);
    kharita::sqlite::update_statistics(connection);
    kharita::sqlite::set_timestamps(connection, "2019-08-01T00:00:00.000Z");
    CHECK(connection.integer("SELECT count(*) FROM spatialite_history WHERE timestamp <> "
                             "'2019-08-01T00:00:00.000Z'") == 0);
    CHECK(connection.integer("SELECT count(*) FROM geometry_columns_time WHERE last_insert <> "
                             "'2019-08-01T00:00:00.000Z'") == 0);
    CHECK(connection.integer("SELECT count(*) FROM geometry_columns_statistics WHERE last_verified = "
                             "'2019-08-01T00:00:01.000Z' AND row_count = 0") == 1);
}

TEST_CASE("Connection: SpatiaLite opens and closes in many threads at once") {
    kharita::test::TempFolder const folder;
    {
        Connection connection{folder.path() / "s.db", spatial};
        make_layer(connection);
    }
    kharita::parallel_for(16, 4, [&](std::size_t) {
        Connection connection{folder.path() / "s.db", {.extension = Extension::spatialite}};
        CHECK(connection.integer("SELECT ST_IsValid(MakePoint(1, 2, 4326))") == 1);
    });
}
