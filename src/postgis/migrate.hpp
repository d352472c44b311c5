#pragma once

#include <span>
#include <string_view>

namespace kharita::postgis {

class Connection;

/// One numbered step of a schema: `001_init.sql`. Never edited once released.
struct Migration {
    int version = 0; ///< 1, 2, 3 … without gaps
    std::string_view name;
    std::string_view sql;
};

/// Number of the last step applied in the connection's current schema; 0 where none was. Kept in table
/// `kharita_schema`.
int schema_version(Connection& connection);

/// Throws DatabaseError when the database has a newer schema than the steps make.
void check_schema(Connection& connection, std::span<Migration const> steps);

/// Applies the steps that are missing, each in one transaction that also records it; of several programs that
/// do so at once, one does and the others wait. Makes extension PostGIS where it is not there. Returns the
/// version that the database had. Throws as check_schema(), and DatabaseError naming the step that failed.
int migrate(Connection& connection, std::span<Migration const> steps);

/// Lets the connection find PostGIS's functions wherever they are installed.
void find_postgis(Connection& connection);

} // namespace kharita::postgis
