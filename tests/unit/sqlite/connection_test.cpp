#include "sqlite/connection.hpp"

#include <array>
#include <chrono>
#include <optional>
#include <string>

#include <doctest/doctest.h>

#include "base/files.hpp"
#include "base/output_file.hpp"
#include "sqlite/error.hpp"
#include "sqlite/transaction.hpp"
#include "support/hostile_text.hpp"
#include "support/temp_folder.hpp"

using namespace std::string_literals;
using kharita::DatabaseError;
using kharita::Overwrite;
using kharita::write_file;
using kharita::sqlite::Connection;
using kharita::sqlite::ConstraintError;
using kharita::sqlite::Mode;
using kharita::sqlite::Savepoint;
using kharita::sqlite::Statement;
using kharita::sqlite::Transaction;

namespace {

std::string message_of(std::filesystem::path const& file, Mode mode) {
    try {
        Connection const connection{file, {.mode = mode}};
        return "opened";
    } catch (DatabaseError const& error) {
        std::string const message = error.what();
        std::string const start = file.string() + ": ";
        CHECK(message.starts_with(start));
        return message.substr(std::min(start.size(), message.size()));
    }
}

} // namespace

TEST_CASE("Connection: what cannot be opened is said with the file's name and what it is") {
    kharita::test::TempFolder const folder;
    CHECK(message_of(folder.path() / "none.db", Mode::read_only) == "No such file or directory");
    CHECK(message_of(folder.path() / "none.db", Mode::read_write) == "No such file or directory");
    CHECK(message_of(folder.path() / "", Mode::read_only) == "is a directory; expected a database file");
    write_file(folder.path() / "text.db", std::string(5000, 'x'), Overwrite::refuse);
    CHECK(message_of(folder.path() / "text.db", Mode::read_write) == "is not a SQLite database");
    CHECK(message_of(folder.path() / "no/such/folder.db", Mode::create) ==
          "cannot be opened: No such file or directory");
    CHECK(message_of(folder.path() / "new.db", Mode::create) == "opened");
}

TEST_CASE("Statement: values come back as they went in") {
    Connection connection{":memory:", {.mode = Mode::create}};
    connection.execute("CREATE TABLE t(i, r, t, b, n)");
    constexpr std::array<std::byte, 3> bytes{std::byte{0}, std::byte{255}, std::byte{7}};
    std::string const text = "'; DROP TABLE t; -- \0 «نصّ» "s + kharita::test::right_to_left_override();
    connection.prepare("INSERT INTO t VALUES (?, ?, ?, ?, ?)")
        .run(std::int64_t{-9'007'199'254'740'993}, 36.6231, text, kharita::sqlite::Blob{bytes},
             std::optional<double>{});
    Statement statement = connection.prepare("SELECT i, r, t, b, n FROM t");
    REQUIRE(statement.step());
    CHECK(statement.integer(0) == -9'007'199'254'740'993);
    CHECK(statement.real(1) == 36.6231);
    CHECK(statement.text(2) == text);
    CHECK(statement.blob(3).size() == 3);
    CHECK(statement.blob(3)[1] == std::byte{255});
    CHECK(statement.is_null(4));
    CHECK_FALSE(statement.real_or_null(4));
    CHECK(statement.integer_or_null(0));
    CHECK(statement.column_count() == 5);
    CHECK_FALSE(statement.step());
    // After the end it can be stepped again from the first row.
    CHECK(statement.step());
}

TEST_CASE("Statement: an empty text is a text, not NULL") {
    Connection connection{":memory:", {.mode = Mode::create}};
    connection.execute("CREATE TABLE t(a TEXT NOT NULL, b BLOB NOT NULL)");
    connection.prepare("INSERT INTO t VALUES (?, ?)").run(std::string_view{}, kharita::sqlite::Blob{});
    CHECK(connection.integer("SELECT length(a) + length(b) FROM t") == 0);
}

TEST_CASE("Statement: what bind() copied may vanish, what run() was lent is not seen again") {
    Connection connection{":memory:", {.mode = Mode::create}};
    connection.execute("CREATE TABLE t(a)");
    Statement insert = connection.prepare("INSERT INTO t VALUES (?)");
    {
        std::string const dies = "a text long enough to live on the heap";
        insert.bind(dies);
    }
    insert.step();
    insert.run("another"s);
    insert.step(); // nothing is bound now
    CHECK(connection.text("SELECT group_concat(coalesce(a, 'NULL'), '|') FROM t") ==
          "a text long enough to live on the heap|another|NULL");
}

TEST_CASE("Connection: errors name the file; refused rows can be told apart") {
    kharita::test::TempFolder const folder;
    Connection connection{folder.path() / "e.db", {.mode = Mode::create}};
    connection.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, n INTEGER NOT NULL CHECK (n > 0)); "
                       "CREATE TABLE u(t INTEGER NOT NULL REFERENCES t)");
    CHECK_THROWS_AS(connection.execute("INSERT INTO t VALUES (1, 0)"), ConstraintError);
    CHECK_THROWS_AS(connection.execute("INSERT INTO u VALUES (7)"), ConstraintError);
    CHECK_THROWS_WITH_AS(connection.execute("SELEC"),
                         doctest::Contains((folder.path() / "e.db: near \"SELEC\"").c_str()), DatabaseError);
    CHECK_THROWS_AS(connection.integer("SELECT 1 WHERE 0"), DatabaseError);
}

TEST_CASE("Connection: a read-only one writes nothing") {
    kharita::test::TempFolder const folder;
    {
        Connection connection{folder.path() / "r.db", {.mode = Mode::create}};
        connection.execute("CREATE TABLE t(a)");
    }
    Connection connection{folder.path() / "r.db"};
    CHECK_THROWS_WITH_AS(connection.execute("INSERT INTO t VALUES (1)"), doctest::Contains("read-only"),
                         DatabaseError);
}

TEST_CASE("Connection: a second writer is told who is in the way") {
    kharita::test::TempFolder const folder;
    Connection first{folder.path() / "b.db", {.mode = Mode::create}};
    first.execute("CREATE TABLE t(a)");
    Connection second{folder.path() / "b.db",
                      {.mode = Mode::read_write, .busy_timeout = std::chrono::milliseconds{1}}};
    Transaction const held{first};
    CHECK_THROWS_WITH_AS(Transaction{second}, doctest::Contains("locked by another program"),
                         kharita::sqlite::BusyError);
}

TEST_CASE("Connection: a damaged page is called damage") {
    kharita::test::TempFolder const folder;
    {
        Connection connection{folder.path() / "d.db", {.mode = Mode::create}};
        connection.execute(
            "CREATE TABLE t(a); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
            "WHERE i < 5000) INSERT INTO t SELECT hex(zeroblob(40)) FROM n");
    }
    std::string content = kharita::read_file(folder.path() / "d.db");
    content.replace(4096, 4096, 4096, '\x55');
    write_file(folder.path() / "d.db", content, Overwrite::replace);
    Connection connection{folder.path() / "d.db"};
    CHECK_THROWS_WITH_AS(connection.integer("SELECT count(*) FROM t WHERE a = 'x'"),
                         doctest::Contains("is damaged"), DatabaseError);
}

TEST_CASE("Transaction and Savepoint: undone unless committed") {
    Connection connection{":memory:", {.mode = Mode::create}};
    connection.execute("CREATE TABLE t(a)");
    {
        Transaction const transaction{connection};
        connection.execute("INSERT INTO t VALUES (1)");
    }
    CHECK(connection.integer("SELECT count(*) FROM t") == 0);
    {
        Transaction transaction{connection};
        connection.execute("INSERT INTO t VALUES (1)");
        {
            Savepoint const part{connection};
            connection.execute("INSERT INTO t VALUES (2)");
        }
        {
            Savepoint part{connection};
            connection.execute("INSERT INTO t VALUES (3)");
            part.commit();
        }
        transaction.commit();
    }
    CHECK(connection.text("SELECT group_concat(a) FROM t") == "1,3");
}

TEST_CASE("quoted_name: an identifier that tries to end its quotes") {
    CHECK(kharita::sqlite::quoted_name("event") == "\"event\"");
    CHECK(kharita::sqlite::quoted_name("a\"; DROP") == "\"a\"\"; DROP\"");
}
