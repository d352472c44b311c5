#include "postgis/migrate.hpp"

#include <array>
#include <cstdlib>
#include <span>
#include <string>
#include <thread>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "postgis/connection.hpp"

using namespace kharita;
using postgis::Migration;

namespace {

constexpr std::array steps{
    Migration{1, "001_init.sql", "CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT NOT NULL)"},
    Migration{2, "002_place.sql",
              "ALTER TABLE thing ADD place TEXT NOT NULL DEFAULT ''; SELECT pg_sleep(0.2)"},
    Migration{3, "003_index.sql", "CREATE INDEX thing_place ON thing (place)"}};
constexpr std::array wrong{steps[0],
                           Migration{2, "002_wrong.sql", "ALTER TABLE thing ADD a TEXT; SELECT nothing"}};

/// An empty database of a server that the caller started (tests/acceptance/postgis_schema_test.py); empty
/// where none was.
std::string server() {
    char const* const url =
        std::getenv("KHARITA_TEST_SERVER"); // NOLINT(concurrency-mt-unsafe): nobody sets it
    return url == nullptr ? std::string{} : std::string{url};
}

/// A connection to the server, whose database is empty again.
struct Empty {
    Empty() { connection.execute("DROP TABLE IF EXISTS thing, kharita_schema"); }
    postgis::Connection connection{server(), postgis::Mode::read_write};
};

std::span<Migration const> first(std::size_t count) {
    return std::span{steps}.first(count);
}

} // namespace

TEST_CASE("migrate: an older database is brought up to date and keeps its rows" *
          doctest::skip(server().empty())) {
    Empty empty;
    postgis::Connection& connection = empty.connection;
    CHECK(postgis::migrate(connection, first(1)) == 0);
    connection.execute("INSERT INTO thing VALUES (1, 'kept')");
    CHECK(postgis::migrate(connection, steps) == 1);
    CHECK(postgis::schema_version(connection) == 3);
    CHECK(connection.text("SELECT name || place FROM thing") == "kept");
    CHECK(postgis::migrate(connection, steps) == 3);
    CHECK(connection.integer("SELECT count(*) FROM kharita_schema") == 3);
}

TEST_CASE("migrate: a step that fails leaves the database as it was" * doctest::skip(server().empty())) {
    Empty empty;
    postgis::Connection& connection = empty.connection;
    postgis::migrate(connection, first(1));
    try {
        postgis::migrate(connection, wrong);
        FAIL("it went through");
    } catch (DatabaseError const& error) {
        CHECK(std::string{error.what()}.find("002_wrong.sql") != std::string::npos);
    }
    CHECK(postgis::schema_version(connection) == 1);
    CHECK(connection.integer("SELECT count(*) FROM information_schema.columns WHERE table_name = 'thing' AND "
                             "table_schema = current_schema()") == 2);
    CHECK(postgis::migrate(connection, steps) == 1);
}

TEST_CASE("migrate: of two at once one does it, the other waits" * doctest::skip(server().empty())) {
    Empty empty;
    postgis::migrate(empty.connection, first(1));
    std::array<int, 2> from{};
    auto const run = [&](std::size_t i) {
        postgis::Connection own{server(), postgis::Mode::read_write};
        from.at(i) = postgis::migrate(own, steps);
    };
    {
        std::jthread const one{run, 0};
        std::jthread const two{run, 1};
    }
    // The one that waited found it done; it may have come so late that it need not wait.
    CHECK(from[0] + from[1] == 1 + 3);
    CHECK(empty.connection.integer("SELECT count(*) FROM kharita_schema") == 3);
    CHECK(empty.connection.integer("SELECT count(*) FROM pg_indexes WHERE indexname = 'thing_place'") == 1);
}

TEST_CASE("migrate: the waiting one does not see half of it" * doctest::skip(server().empty())) {
    Empty empty;
    postgis::migrate(empty.connection, first(1));
    {
        postgis::Connection reader{server(), postgis::Mode::read_only};
        std::jthread const one{[] {
            postgis::Connection own{server(), postgis::Mode::read_write};
            postgis::migrate(own, steps);
        }};
        for (int version = 1; version != 3;) {
            version = postgis::schema_version(reader);
            CHECK((version == 1 || version == 3));
        }
    }
}

TEST_CASE("migrate: a newer database is refused" * doctest::skip(server().empty())) {
    Empty empty;
    postgis::migrate(empty.connection, steps);
    CHECK_THROWS_WITH_AS(postgis::migrate(empty.connection, first(2)),
                         doctest::Contains("schema 3 is newer than this program knows (2)"), DatabaseError);
    CHECK_THROWS_AS(postgis::check_schema(empty.connection, first(2)), DatabaseError);
}

TEST_CASE("Statement: one that fails while it streams is undone alone, and the connection works on" *
          doctest::skip(server().empty())) {
    Empty empty;
    postgis::Connection& connection = empty.connection;
    connection.execute("CREATE TABLE thing (id INTEGER PRIMARY KEY)");
    for (char const* const sql :
         {"SELECT nothing FROM thing", "SELECT 1 / (n - 3) FROM generate_series(1, 5) AS n"}) {
        CAPTURE(sql);
        {
            postgis::Transaction whole{connection, postgis::Lock::none};
            connection.execute("INSERT INTO thing VALUES (1)");
            postgis::Statement rows = connection.prepare(sql, postgis::Reading::streamed);
            CHECK_THROWS_AS(rows.step(), Error);
            CHECK(connection.integer("SELECT count(*) FROM thing") == 1); // while the statement lives
            connection.execute("DELETE FROM thing");
            whole.commit();
        }
        postgis::Statement rows = connection.prepare(sql, postgis::Reading::streamed);
        CHECK_THROWS_AS(rows.step(), Error);
        CHECK(connection.integer("SELECT count(*) FROM thing") == 0);
    }
}
