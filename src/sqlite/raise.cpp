#include "sqlite/raise.hpp"

#include <string>

#include <sqlite3.h>

#include "sqlite/connection.hpp"
#include "sqlite/error.hpp"

namespace kharita::sqlite {

namespace {

constexpr int primary_mask = 0xFF; // extended codes keep the primary one in their low byte

std::string shortened(std::string_view sql) {
    constexpr std::size_t limit = 120;
    return sql.size() <= limit ? std::string{sql} : std::string{sql.substr(0, limit)} + "…";
}

std::string message_of(Connection const& connection, int status) {
    sqlite3* const database = connection.handle();
    // The handle remembers the last failure only; any other status has but its general text.
    if (database != nullptr && sqlite3_extended_errcode(database) == status) {
        return sqlite3_errmsg(database);
    }
    return sqlite3_errstr(status);
}

} // namespace

void raise(Connection const& connection, int status, std::string_view doing) {
    std::string const& file = connection.name();
    std::string const message = message_of(connection, status);
    switch (status & primary_mask) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        fail<BusyError>("{}: is locked by another program; wait for it to end and try again", file);
    case SQLITE_NOTADB:
        fail<DatabaseError>("{}: is not a SQLite database", file);
    case SQLITE_CORRUPT:
        fail<DatabaseError>("{}: is damaged ({}); restore it from a copy or build it anew", file, message);
    case SQLITE_READONLY:
        fail<DatabaseError>("{}: cannot be written: the file or its folder is read-only", file);
    case SQLITE_FULL:
        fail<DatabaseError>("{}: the disk is full; nothing of the last step was kept", file);
    case SQLITE_IOERR: {
        int const number = connection.handle() != nullptr ? sqlite3_system_errno(connection.handle()) : 0;
        fail<DatabaseError>("{}: cannot be read or written: {}{}{}", file, sqlite3_errstr(status),
                            number == 0 ? "" : ": ", number == 0 ? "" : system_message(number));
    }
    case SQLITE_CANTOPEN: {
        int const number = connection.handle() != nullptr ? sqlite3_system_errno(connection.handle()) : 0;
        fail<DatabaseError>("{}: cannot be opened: {}", file, number == 0 ? message : system_message(number));
    }
    case SQLITE_CONSTRAINT:
        fail<ConstraintError>("{}: {}", file, message);
    default:
        if (doing.empty()) {
            fail<DatabaseError>("{}: {}", file, message);
        }
        fail<DatabaseError>("{}: {} (in: {})", file, message, shortened(doing));
    }
}

} // namespace kharita::sqlite
