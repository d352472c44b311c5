#include "sqlite/migrate.hpp"

#include <array>
#include <filesystem>
#include <string>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "sqlite/connection.hpp"
#include "support/temp_folder.hpp"

using kharita::DatabaseError;
using kharita::sqlite::Connection;
using kharita::sqlite::migrate;
using kharita::sqlite::Migration;
using kharita::sqlite::Mode;
using kharita::sqlite::Schema;

namespace {

constexpr std::array steps{
    Migration{1, "001_init.sql", "CREATE TABLE t(a); -- a comment\nINSERT INTO t VALUES (1);"},
    Migration{2, "002_more.sql", "ALTER TABLE t ADD COLUMN b DEFAULT 2; SELECT count(*) FROM t;\n"},
};
constexpr std::array broken{
    steps[0],
    Migration{2, "002_broken.sql", "CREATE TABLE u(a); SELECT 0 FROM t;"},
};

Schema schema(std::size_t count, std::span<Migration const> all = steps) {
    return {.application_id = 77, .steps = all.first(count), .prepare = {}};
}

} // namespace

TEST_CASE("migrate: each step once, number and owner kept in the header") {
    kharita::test::TempFolder const folder;
    Connection connection{folder.path() / "m.db", {.mode = Mode::create}};
    int prepared = 0;
    Schema with_hook = schema(1);
    with_hook.prepare = [&](Connection&) { ++prepared; };
    migrate(connection, with_hook);
    migrate(connection, with_hook);
    CHECK(prepared == 1);
    CHECK(schema_version(connection) == 1);
    CHECK(connection.integer("PRAGMA application_id") == 77);
    CHECK(connection.integer("SELECT count(*) FROM t") == 1);
    CHECK_FALSE(std::filesystem::exists(folder.path() / "m.db.schema-1.bak"));

    migrate(connection, schema(2));
    CHECK(schema_version(connection) == 2);
    CHECK(connection.integer("SELECT b FROM t") == 2);
    Connection backup{folder.path() / "m.db.schema-1.bak"};
    CHECK(schema_version(backup) == 1);
    CHECK(connection.integer("SELECT count(*) FROM t") == 1);
}

TEST_CASE("migrate: a step that fails leaves nothing of itself") {
    kharita::test::TempFolder const folder;
    Connection connection{folder.path() / "m.db", {.mode = Mode::create}};
    CHECK_THROWS_WITH_AS(migrate(connection, schema(2, broken)),
                         doctest::Contains("002_broken.sql: this answered 0: SELECT 0 FROM t;"),
                         DatabaseError);
    CHECK(schema_version(connection) == 1);
    CHECK_FALSE(connection.has_table("u"));
}

TEST_CASE("migrate: newer schemas and other programs' databases are refused") {
    kharita::test::TempFolder const folder;
    auto const file = folder.path() / "events.db";
    Connection connection{file, {.mode = Mode::create}};
    migrate(connection, schema(1));
    connection.execute("PRAGMA user_version = 4");
    CHECK_THROWS_WITH_AS(
        migrate(connection, schema(2)),
        (file.string() + ": schema 4 is newer than this program knows (2); please upgrade").c_str(),
        DatabaseError);
    connection.execute("PRAGMA application_id = 5; PRAGMA user_version = 1");
    CHECK_THROWS_WITH_AS(migrate(connection, schema(2)), doctest::Contains("of another program"),
                         DatabaseError);

    Connection bare{folder.path() / "bare.db", {.mode = Mode::create}};
    bare.execute("CREATE TABLE theirs(a)");
    CHECK_THROWS_AS(migrate(bare, schema(1)), DatabaseError);
}
