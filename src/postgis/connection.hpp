#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/loaded_module.hpp"
#include "postgis/module.hpp"
#include "postgis/statement.hpp"

namespace kharita::postgis {

class CopyRows;

enum class Mode { read_only, read_write };

/// Whether a database is on a server: "postgresql://…" or "postgres://…".
bool is_server(std::string_view location) noexcept;

/// A connection to a PostgreSQL server, used by one thread. libpq is loaded with the first
/// (kharita_postgresql.so). Failures are ServerError with the server and database, never with the password.
///
/// Answers come as text: dates as YYYY-MM-DD, numbers exact, times in UTC. Tables are those of the
/// connection's current schema: `public`, unless the address says otherwise
/// (`?options=-csearch_path%3Dteam`).
class Connection {
public:
    /// Throws InputError when the module cannot be loaded, ServerError when the server does not answer.
    Connection(std::string const& url, Mode mode);
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;
    Connection(Connection&&) = delete; ///< statements and transactions point here
    Connection& operator=(Connection&&) = delete;
    ~Connection() = default;

    /// Runs all statements of a script, which answer nothing.
    void execute(std::string const& script) { m_session->execute(script); }
    Statement prepare(std::string_view sql, Reading reading = Reading::whole);
    /// The statement of this text, made at its first use and reset now. Valid while the connection lives; two
    /// users of one text at the same time would share it.
    Statement& cached(std::string_view sql);
    /// First column of the first row. Throws DatabaseError when there is no row.
    std::int64_t integer(std::string_view sql);
    /// As integer(), as text; an empty string for null.
    std::string text(std::string_view sql);
    /// Writes rows to columns of a table: `copy_into("event_actor (event, side)", rows)`.
    void copy_into(std::string_view table, CopyRows const& rows);

    /// Whether a Transaction is open.
    bool in_transaction() const noexcept { return m_depth > 0; }

    std::string const& name() const noexcept { return m_session->name(); }
    Address address() const { return m_session->address(); }
    Session& session() noexcept { return *m_session; }

private:
    friend class Transaction;

    LoadedModule m_library; // before the session: it must outlive it
    std::unique_ptr<Session> m_session;
    int m_depth = 0; ///< open transactions, each but the first a savepoint
    std::map<std::string, Statement, std::less<>> m_statements;
};

/// What a transaction keeps others from doing meanwhile. Loaders write side by side; who changes what others
/// may rely on is alone.
enum class Lock { none, shared, exclusive };

/// All or nothing: what is written between construction and commit(). Without commit() it is undone. One
/// inside another is a part of it that can be undone alone.
class Transaction {
public:
    /// Waits until the lock is granted; it is held until the outermost transaction ends.
    Transaction(Connection& connection, Lock lock);
    Transaction(Transaction const&) = delete;
    Transaction& operator=(Transaction const&) = delete;
    Transaction(Transaction&&) = delete;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    void commit();

private:
    void undo() noexcept;

    Connection& m_connection;
    bool m_open = true;
};

} // namespace kharita::postgis
