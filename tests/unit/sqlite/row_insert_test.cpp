#include "sqlite/row_insert.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "sqlite/connection.hpp"
#include "sqlite/error.hpp"

using kharita::sqlite::Blob;
using kharita::sqlite::Connection;
using kharita::sqlite::ConstraintError;
using kharita::sqlite::Mode;
using kharita::sqlite::RowInsert;

namespace {

constexpr std::array<std::string_view, 5> columns{"name", "count", "share", "shape", "end"};

void make_table(Connection& connection) {
    connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT UNIQUE, count INTEGER, share REAL, "
                       "shape BLOB, \"end\" INTEGER NOT NULL, other TEXT DEFAULT 'as ever')");
}

} // namespace

TEST_CASE("RowInsert: values of all kinds arrive as they are, keys count on") {
    Connection connection{":memory:", {.mode = Mode::create}};
    make_table(connection);
    connection.execute("INSERT INTO t (id, \"end\") VALUES (7, 0)");
    RowInsert rows{connection, "t", columns};
    constexpr std::array bytes{std::byte{0}, std::byte{255}};
    std::optional<std::int64_t> const none;
    rows.add(rows.keep("اللطامنة"), std::int64_t{1} << 40U, 0.5, Blob{bytes}, 1);
    rows.add(std::string_view{}, none, std::optional{2.5}, rows.keep(Blob{bytes}), true);
    CHECK(rows.size() == 2);
    rows.insert();
    CHECK(rows.size() == 0);
    CHECK(connection.last_insert_id() == 9);
    CHECK(
        connection.text("SELECT group_concat(quote(name) || quote(count) || quote(share) || quote(shape) || "
                        "quote(\"end\") || other, '|') FROM t WHERE id > 7") ==
        "'اللطامنة'10995116277760.5X'00FF'1as ever|''NULL2.5X'00FF'1as ever");
    rows.insert(); // nothing
    CHECK(connection.integer("SELECT count(*) FROM t") == 3);
}

TEST_CASE("RowInsert: a broken constraint keeps the rows before it and forgets the rest") {
    Connection connection{":memory:", {.mode = Mode::create}};
    make_table(connection);
    RowInsert rows{connection, "t", columns};
    for (char const* const name : {"a", "b", "a", "c"}) {
        rows.add(name, nullptr, nullptr, nullptr, 0);
    }
    CHECK_THROWS_AS(rows.insert(), ConstraintError);
    CHECK(connection.integer("SELECT count(*) FROM t") == 2);
    rows.add("d", nullptr, nullptr, nullptr, 0);
    rows.insert();
    CHECK(connection.text("SELECT group_concat(name, '') FROM t") == "abd");
}

TEST_CASE("RowInsert: several on one connection, many rows") {
    Connection connection{":memory:", {.mode = Mode::create}};
    make_table(connection);
    connection.execute("CREATE TABLE u (\"end\" INTEGER)");
    RowInsert first{connection, "t", columns};
    RowInsert second{connection, "u", std::span{columns}.last(1)};
    for (int i = 0; i < 5000; ++i) {
        first.add(first.keep(std::to_string(i)), i, nullptr, nullptr, i);
        second.add(i);
    }
    second.insert();
    first.clear();
    first.insert();
    CHECK(connection.integer("SELECT sum(\"end\") FROM u") == 4999 * 5000 / 2);
    CHECK(connection.integer("SELECT count(*) FROM t") == 0);
}
