#include "sqlite/migrate.hpp"

#include <algorithm>
#include <cassert>
#include <filesystem>
#include <memory>
#include <string>

#include <sqlite3.h>

#include "sqlite/connection.hpp"
#include "sqlite/error.hpp"
#include "sqlite/raise.hpp"
#include "sqlite/transaction.hpp"

namespace kharita::sqlite {

namespace {

struct Finalise {
    void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};

/// Without the blank lines that stand before it in its script.
std::string_view sql_of(sqlite3_stmt* statement) {
    std::string_view const sql = sqlite3_sql(statement);
    return sql.substr(std::min(sql.find_first_not_of(" \t\r\n"), sql.size()));
}

void run_statement(Connection const& connection, sqlite3_stmt* statement, std::string_view step) {
    int status = sqlite3_step(statement);
    bool const answers = sqlite3_column_count(statement) > 0;
    if (answers && status == SQLITE_ROW && sqlite3_column_int64(statement, 0) == 0) {
        fail<DatabaseError>("{}: {}: this answered 0: {}", connection.name(), step, sql_of(statement));
    }
    while (status == SQLITE_ROW) {
        status = sqlite3_step(statement);
    }
    if (status != SQLITE_DONE) {
        raise(connection, sqlite3_extended_errcode(connection.handle()), sqlite3_sql(statement));
    }
}

void run_script(Connection const& connection, std::string_view sql, std::string_view step) {
    while (!sql.empty()) {
        sqlite3_stmt* raw = nullptr;
        char const* tail = nullptr;
        int const status =
            sqlite3_prepare_v2(connection.handle(), sql.data(), static_cast<int>(sql.size()), &raw, &tail);
        std::unique_ptr<sqlite3_stmt, Finalise> const statement{raw};
        if (status != SQLITE_OK) {
            raise(connection, status, sql);
        }
        sql.remove_prefix(static_cast<std::size_t>(tail - sql.data()));
        if (statement) { // none behind the last comment
            run_statement(connection, statement.get(), step);
        }
    }
}

void back_up(Connection& connection, int version) {
    std::string const copy = connection.name() + ".schema-" + std::to_string(version) + ".bak";
    std::filesystem::remove(copy);
    connection.prepare("VACUUM INTO ?").run(copy);
}

} // namespace

int schema_version(Connection& connection) {
    return static_cast<int>(connection.integer("PRAGMA user_version"));
}

void check_schema(Connection& connection, Schema const& schema) {
    auto const owner = connection.integer("PRAGMA application_id");
    int const version = schema_version(connection);
    bool const is_new =
        owner == 0 && version == 0 && connection.integer("SELECT count(*) FROM sqlite_schema") == 0;
    if (owner != schema.application_id && !is_new) {
        fail<DatabaseError>("{}: is a SQLite database of another program; expected one that Kharita made",
                            connection.name());
    }
    int const known = static_cast<int>(schema.steps.size());
    if (version > known) {
        fail<DatabaseError>("{}: schema {} is newer than this program knows ({}); please upgrade",
                            connection.name(), version, known);
    }
}

void migrate(Connection& connection, Schema const& schema) {
    check_schema(connection, schema);
    int const from = schema_version(connection);
    int const known = static_cast<int>(schema.steps.size());
    if (from > 0 && from < known) {
        back_up(connection, from);
    }
    for (Migration const& step : schema.steps.subspan(static_cast<std::size_t>(from))) {
        assert(step.version == schema_version(connection) + 1);
        Transaction transaction{connection};
        if (step.version == 1 && schema.prepare) {
            schema.prepare(connection);
        }
        run_script(connection, step.sql, step.name);
        connection.execute("PRAGMA user_version = " + std::to_string(step.version));
        connection.execute("PRAGMA application_id = " + std::to_string(schema.application_id));
        transaction.commit();
    }
}

} // namespace kharita::sqlite
