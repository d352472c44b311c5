#include "postgis/migrate.hpp"

#include <string>

#include <fmt/format.h>

#include "base/version.hpp"
#include "postgis/connection.hpp"
#include "postgis/error.hpp"

namespace kharita::postgis {

namespace {

bool has_postgis(Connection& connection) {
    return connection.integer("SELECT count(*) FROM pg_extension WHERE extname = 'postgis'") != 0;
}

void make_postgis(Connection& connection) {
    if (has_postgis(connection)) {
        return;
    }
    try {
        connection.execute("CREATE EXTENSION postgis");
    } catch (ServerError const& error) {
        fail<DatabaseError>("{}; let an administrator run CREATE EXTENSION postgis in this database",
                            error.what());
    }
}

void apply(Connection& connection, Migration const& step) {
    try {
        connection.execute(std::string{step.sql});
    } catch (ServerError const& error) {
        fail<DatabaseError>("{}, in step {} of the schema", error.what(), step.name);
    }
    connection.cached("INSERT INTO kharita_schema (version, program_version) VALUES (?, ?)")
        .run(step.version, program_version);
}

} // namespace

int schema_version(Connection& connection) {
    bool const is_there =
        connection.integer(
            "SELECT to_regclass(quote_ident(current_schema()) || '.kharita_schema') IS NOT NULL") != 0;
    return is_there
               ? static_cast<int>(connection.integer("SELECT coalesce(max(version), 0) FROM kharita_schema"))
               : 0;
}

void check_schema(Connection& connection, std::span<Migration const> steps) {
    int const version = schema_version(connection);
    if (version > static_cast<int>(steps.size())) {
        fail<DatabaseError>("{}: schema {} is newer than this program knows ({}); please upgrade",
                            connection.name(), version, steps.size());
    }
}

int migrate(Connection& connection, std::span<Migration const> steps) {
    check_schema(connection, steps);
    if (schema_version(connection) == static_cast<int>(steps.size())) {
        find_postgis(connection);
        return static_cast<int>(steps.size());
    }
    Transaction alone{connection, Lock::exclusive};
    check_schema(connection, steps); // again: another program may have been faster
    int const from = schema_version(connection);
    if (from == 0) {
        make_postgis(connection);
        connection.execute("CREATE TABLE IF NOT EXISTS kharita_schema (version INTEGER PRIMARY KEY, "
                           "program_version TEXT NOT NULL, applied TIMESTAMPTZ NOT NULL DEFAULT now())");
    }
    find_postgis(connection);
    for (Migration const& step : steps.subspan(static_cast<std::size_t>(from))) {
        apply(connection, step);
    }
    alone.commit();
    return from;
}

void find_postgis(Connection& connection) {
    if (!has_postgis(connection)) {
        fail<DatabaseError>("{}: PostGIS is not installed in this database; let an administrator run CREATE "
                            "EXTENSION postgis",
                            connection.name());
    }
    connection
        .prepare(
            "SELECT set_config('search_path', current_setting('search_path') || ', ' || "
            "quote_ident(n.nspname), false) FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = "
            "e.extnamespace WHERE e.extname = 'postgis' AND NOT n.nspname = ANY (current_schemas(false))")
        .step();
}

} // namespace kharita::postgis
