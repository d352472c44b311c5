#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

namespace kharita::sqlite {

class Connection;

/// One numbered step of a schema: `001_init.sql`. Never edited once released.
struct Migration {
    int version = 0; ///< 1, 2, 3 … without gaps
    std::string_view name;
    /// Statements. A SELECT among them must answer a row whose first column is neither 0 nor NULL: so that
    /// SpatiaLite's functions, which report failure by answering 0, are checked.
    std::string_view sql;
};

/// What a program's databases look like, and how they are told from others'.
struct Schema {
    std::int32_t application_id = 0; ///< in the file's header
    std::span<Migration const> steps;
    /// Called once, inside the first step's transaction and before its SQL; may be empty.
    std::function<void(Connection&)> prepare;
};

/// Number of the last step applied to a database; 0 for a new one.
int schema_version(Connection& connection);

/// Throws DatabaseError when the database belongs to another program, or has a newer schema than `schema`
/// knows.
void check_schema(Connection& connection, Schema const& schema);

/// Applies the steps that are missing, each in one transaction that also records it. A database that already
/// holds data is first copied to `FILE.schema-N.bak`. Throws as check_schema(), and DatabaseError naming the
/// step that failed.
void migrate(Connection& connection, Schema const& schema);

} // namespace kharita::sqlite
