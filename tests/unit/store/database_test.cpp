#include "store/database.hpp"

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/output_file.hpp"
#include "sample.hpp"
#include "sqlite/connection.hpp"
#include "sqlite/migrate.hpp"
#include "sqlite/spatialite.hpp"
#include "sqlite/transaction.hpp"
#include "store/corrections.hpp"
#include "store/loader.hpp"
#include "store/schema.hpp"
#include "store/stored_rows.hpp"
#include "support/temp_folder.hpp"

using namespace kharita; // NOLINT: a test
using store::Access;
using store::Database;

namespace {

/// All that is ours: tables, views, indexes and triggers that an empty SpatiaLite database has not.
std::string schema_dump(Database& database) {
    std::set<std::string> spatialites;
    sqlite::Connection bare{":memory:",
                            {.mode = sqlite::Mode::create, .extension = sqlite::Extension::spatialite}};
    {
        sqlite::Transaction transaction{bare};
        sqlite::init_spatial_metadata(bare);
        transaction.commit();
        auto names = bare.prepare("SELECT name FROM sqlite_schema");
        while (names.step()) {
            spatialites.emplace(names.text(0));
        }
    }
    std::string text;
    auto rows = database.connection().prepare(
        "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT "
        "GLOB 'idx_*_geom_*' ORDER BY tbl_name, type DESC, name");
    while (rows.step()) {
        if (!spatialites.contains(std::string{rows.text(0)})) {
            text += std::string{rows.text(1)} + ";\n\n";
        }
    }
    return text;
}

std::string message_of_open(std::filesystem::path const& file) {
    try {
        Database::open(file, Access::read_write);
    } catch (DatabaseError const& error) {
        return std::string{error.what()}.substr(file.string().size());
    }
    return "opened";
}

} // namespace

TEST_CASE("Database::create: SpatiaLite's current layout, every geometry registered and indexed") {
    kharita::test::TempFolder const folder;
    Database database = Database::create(folder.path() / "events.db", Overwrite::refuse);
    sqlite::Connection& connection = database.connection();
    CHECK(connection.integer("SELECT CheckSpatialMetaData()") == 3);
    CHECK(connection.integer(
              "SELECT count(*) FROM geometry_columns WHERE srid = 4326 AND spatial_index_enabled = 1 "
              "AND f_geometry_column = 'geom'") == 8);
    CHECK(connection.integer("SELECT count(*) FROM views_geometry_columns") == 12);
    CHECK(connection.integer("PRAGMA user_version") == static_cast<int>(store::event_schema().steps.size()));
    CHECK(connection.integer("PRAGMA application_id") == 0x4B485254);
    CHECK(connection.integer("PRAGMA foreign_keys") == 1);
    // Every view can be read, whatever it joins.
    auto views = connection.prepare("SELECT view_name FROM views_geometry_columns");
    while (views.step()) {
        CHECK(connection.integer("SELECT count(*) FROM " + std::string{views.text(0)}) == 0);
    }
}

TEST_CASE("Database: what is no database of ours is refused in words") {
    kharita::test::TempFolder const folder;
    write_file(folder.path() / "text.db",
               "this is a text file, long enough to be read as a header of a database ........",
               Overwrite::refuse);
    CHECK(message_of_open(folder.path() / "text.db") == ": is not a SQLite database");
    CHECK(message_of_open(folder.path() / "none.db") == ": No such file or directory");
    write_file(folder.path() / "empty.db", "", Overwrite::refuse);
    CHECK_THROWS_WITH_AS(Database::open(folder.path() / "empty.db", store::Access::read_only),
                         doctest::Contains(": is an empty database; expected one that Kharita made"),
                         DatabaseError);
    // Whoever began to make it did not get far: it is made now.
    CHECK(message_of_open(folder.path() / "empty.db") == "opened");
    CHECK(Database::open(folder.path() / "empty.db", store::Access::read_only).metadata("program") ==
          "kharita");
    {
        sqlite::Connection other{folder.path() / "other.db", {.mode = sqlite::Mode::create}};
        other.execute("CREATE TABLE tiles(a)");
    }
    CHECK(message_of_open(folder.path() / "other.db") ==
          ": is a SQLite database of another program; expected one that Kharita made");
    {
        Database database = Database::create(folder.path() / "newer.db", Overwrite::refuse);
        database.connection().execute("PRAGMA user_version = 99");
    }
    CHECK(message_of_open(folder.path() / "newer.db") ==
          ": schema 99 is newer than this program knows (" +
              std::to_string(store::event_schema().steps.size()) + "); please upgrade");
    CHECK_THROWS_WITH_AS(Database::create(folder.path() / "newer.db", Overwrite::refuse),
                         doctest::Contains("--force"), OutputError);
    CHECK_THROWS_AS(Database::create(folder.path() / "no" / "folder.db", Overwrite::refuse), DatabaseError);
}

TEST_CASE("is_database: by the header of the file, which need not end") {
    kharita::test::TempFolder const folder;
    // No zero byte in all that is read.
    write_file(folder.path() / "text.csv", std::string(100, 'x'), Overwrite::refuse);
    CHECK_FALSE(store::is_database(folder.path() / "text.csv"));
    write_file(folder.path() / "short.csv", "id,lon,lat", Overwrite::refuse);
    CHECK_FALSE(store::is_database(folder.path() / "short.csv"));
    CHECK_FALSE(store::is_database(folder.path() / "none.db"));
    {
        sqlite::Connection other{folder.path() / "other.db", {.mode = sqlite::Mode::create}};
        other.execute("CREATE TABLE tiles(a)");
    }
    CHECK_FALSE(store::is_database(folder.path() / "other.db"));
    Database::create(folder.path() / "ours.db", Overwrite::refuse).finish();
    CHECK(store::is_database(folder.path() / "ours.db"));
}

TEST_CASE("Database: metadata, actors, rejects and builds are kept once") {
    kharita::test::TempFolder const folder;
    Database database = Database::create(folder.path() / "events.db", Overwrite::refuse);
    CHECK(database.metadata("no such key").empty());
    database.set_metadata("attribution", "a");
    database.set_metadata("attribution", "b'; DROP TABLE metadata; --");
    CHECK(database.metadata("attribution") == "b'; DROP TABLE metadata; --");
    Rejects const rejects{make_reject("a.jsonl", 3, "no text", "{")};
    database.add_rejects(rejects);
    database.add_rejects(rejects);
    CHECK(database.counts().rejected == 1);
    std::vector<store::ActorRecord> const actors{{.id = "syr-mil",
                                                  .name = "Military Forces of Syria",
                                                  .name_ar = "القوات",
                                                  .kind = "state",
                                                  .country = "SYR",
                                                  .parent = {}}};
    database.put_actors(actors);
    database.put_actors(actors);
    CHECK(database.connection().integer("SELECT count(*) FROM actor") == 3); // with contested and unknown
    store::BuildRecord const build{.gazetteer_hash = "g", .vocabulary_hash = "v", .inputs_hash = "i"};
    database.add_build(build);
    database.add_build(build);
    CHECK(database.connection().integer("SELECT count(*) FROM build") == 1);
}

TEST_CASE("Database::finish: ready to be handed out, and the same again from the same input") {
    kharita::test::TempFolder const folder;
    std::vector<std::string> dumps;
    for (std::string const name : {"a.db", "b.db"}) {
        Database database = Database::create(folder.path() / name, Overwrite::refuse);
        store::Loader loader{database};
        loader.add(sample_document(1));
        loader.add(sample_document(2));
        loader.commit();
        database.finish();
        dumps.push_back(dump(database));
        sqlite::Connection& connection = database.connection();
        CHECK(connection.text("PRAGMA journal_mode") == "delete");
        CHECK(connection.text("PRAGMA integrity_check") == "ok");
        CHECK(connection.integer(
                  "SELECT row_count FROM vector_layers_statistics WHERE table_name = 'event'") == 8);
        CHECK(connection.integer(
                  "SELECT row_count FROM vector_layers_statistics WHERE table_name = 'map_event'") == 6);
    }
    CHECK(dumps[0] == dumps[1]);
    CHECK(dumps[0].find("2020-01-16T00:00:00.000Z") != std::string::npos);

    // Finishing again changes no byte.
    std::string const before = read_file(folder.path() / "a.db");
    Database::open(folder.path() / "a.db", Access::read_write).finish();
    CHECK(read_file(folder.path() / "a.db") == before);
}

TEST_CASE("Database::finish: one file again, where another program had made it a write-ahead log") {
    kharita::test::TempFolder const folder;
    auto const file = folder.path() / "events.db";
    {
        Database database = Database::create(file, Overwrite::refuse);
        database.finish();
        REQUIRE(database.connection().text("PRAGMA journal_mode = WAL") == "wal");
    }
    Database database = Database::open(file, Access::read_write); // nothing to be written
    database.finish();
    CHECK(database.connection().text("PRAGMA journal_mode") == "delete");
    CHECK_FALSE(std::filesystem::exists(file.string() + "-wal"));
    CHECK_FALSE(std::filesystem::exists(file.string() + "-shm"));
}

TEST_CASE("schema: a database of an older step is kept, brought up to date as a whole, and refused by older "
          "programs") {
    kharita::test::TempFolder const folder;
    auto const file = folder.path() / "events.db";
    {
        Database database = Database::create(file, Overwrite::refuse);
        store::Loader loader{database};
        loader.add(sample_document(1));
        loader.commit();
        database.finish();
    }
    // The next step that the schema may take, first one that fails half-way.
    auto const known = store::event_schema().steps;
    std::vector<sqlite::Migration> steps{known.begin(), known.end()};
    int const next = static_cast<int>(steps.size()) + 1;
    steps.push_back({.version = next,
                     .name = "next.sql",
                     .sql =
                         "ALTER TABLE event ADD COLUMN checked INTEGER NOT NULL DEFAULT 0 CHECK (checked IN "
                         "(0, 1)); UPDATE event SET checked = 2;"});
    sqlite::Schema schema = store::event_schema();
    schema.steps = steps;
    auto const migrated = [&] {
        sqlite::Connection connection{
            file, {.mode = sqlite::Mode::read_write, .extension = sqlite::Extension::spatialite}};
        sqlite::migrate(connection, schema);
    };
    std::string const before = [&] {
        Database database = Database::open(file, Access::read_only);
        return dump(database);
    }();
    CHECK_THROWS_AS(migrated(), DatabaseError);
    {
        Database database = Database::open(file, Access::read_only);
        CHECK(dump(database) == before);
    }
    steps.back().sql =
        "ALTER TABLE event ADD COLUMN checked INTEGER NOT NULL DEFAULT 0 CHECK (checked IN (0, 1));";
    schema.steps = steps;
    migrated();
    sqlite::Connection now{file};
    CHECK(schema_version(now) == next);
    CHECK(now.integer("SELECT count(*) FROM event WHERE checked = 0") == 4);
    Database copy =
        Database::open(file.string() + ".schema-" + std::to_string(next - 1) + ".bak", Access::read_only);
    CHECK(dump(copy) == before);
    CHECK(message_of_open(file) == ": schema " + std::to_string(next) +
                                       " is newer than this program knows (" + std::to_string(next - 1) +
                                       "); please upgrade");
}

TEST_CASE("a database of the first schema: read where analysts wrote, else brought up to date") {
    kharita::test::TempFolder const folder;
    auto const file = folder.path() / "events.db";
    {
        // As the first program left it, with a document of its own.
        sqlite::Connection connection{
            file, {.mode = sqlite::Mode::create, .extension = sqlite::Extension::spatialite}};
        sqlite::Schema first = store::event_schema();
        first.steps = first.steps.first(1);
        sqlite::migrate(connection, first);
        connection.execute("INSERT INTO document (doc_id, input_id, source, url, title, lang, text, "
                           "whole_text, content_hash, "
                           "gazetteer_hash) VALUES (printf('%032d', 1), 'r-1', 's', '', '', 'ar', 'نص', 0, "
                           "printf('%032d', 2), "
                           "'')");
        connection.execute(
            "INSERT INTO correction (kind, target, author, reason) VALUES ('delete', 'x', 'a', "
            "'b')");
        connection.execute("INSERT INTO metadata VALUES ('spatial_index', 'current')");
    }
    CHECK_THROWS_WITH_AS(Database::open(file, Access::read_only),
                         doctest::Contains("schema 1 is older than this program's"), DatabaseError);
    {
        Database old = Database::open(file, Access::read_older);
        CHECK(store::corrections(old).size() == 1);
    }
    {
        Database now = Database::open(file, Access::read_write);
        CHECK(now.metadata("rows_hash").empty());
        CHECK(now.connection().integer("SELECT count(rows_hash) FROM document") == 1);
        CHECK(store::changed_documents(now).of_other_rows == 0);
        now.connection().execute("UPDATE document SET title = 'another'");
        CHECK(store::changed_documents(now).of_other_rows == 1);
    }
    CHECK(std::filesystem::exists(file.string() + ".schema-1.bak"));
    CHECK(Database::open(file, Access::read_only).counts().documents == 1);
}

TEST_CASE("the schema is the one that was reviewed") {
    kharita::test::TempFolder const folder;
    Database database = Database::create(folder.path() / "events.db", Overwrite::refuse);
    // To accept a change: copy the file named below over tests/golden/schema.sql and review the difference.
    auto const golden = std::filesystem::path{KHARITA_SOURCE_DIR} / "tests/golden/schema.sql";
    std::string const now = schema_dump(database);
    bool const same = std::filesystem::exists(golden) && read_file(golden) == now;
    if (!same) {
        auto const written = std::filesystem::temp_directory_path() / "kharita_schema.sql";
        write_file(written, now, Overwrite::replace);
        MESSAGE("the schema now is in ", written.string());
    }
    CHECK(same);
}
