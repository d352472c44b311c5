#include "sqlite/transaction.hpp"

#include <sqlite3.h>

#include "sqlite/connection.hpp"

namespace kharita::sqlite {

namespace {

// A roll-back that fails has nothing left to undo: SQLite has then rolled back by itself.
void undo(Connection const& connection, char const* sql) noexcept {
    if (connection.in_transaction()) {
        sqlite3_exec(connection.handle(), sql, nullptr, nullptr, nullptr);
    }
}

} // namespace

Transaction::Transaction(Connection& connection) : m_connection{connection} {
    m_connection.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
    if (m_open) {
        undo(m_connection, "ROLLBACK");
    }
}

void Transaction::commit() {
    m_connection.execute("COMMIT");
    m_open = false;
}

Savepoint::Savepoint(Connection& connection) : m_connection{connection} {
    m_connection.cached("SAVEPOINT part").run();
}

Savepoint::~Savepoint() {
    if (m_open) {
        undo(m_connection, "ROLLBACK TO part; RELEASE part");
    }
}

void Savepoint::commit() {
    m_connection.cached("RELEASE part").run();
    m_open = false;
}

} // namespace kharita::sqlite
