#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "sqlite/statement.hpp"

struct sqlite3;

namespace kharita::sqlite {

enum class Mode {
    read_only,  ///< the file must exist
    read_write, ///< the file must exist
    create,     ///< the file is made where it does not exist
};

enum class Extension {
    none,
    spatialite, ///< SpatiaLite's functions are registered on this connection
};

struct OpenOptions {
    Mode mode = Mode::read_only;
    Extension extension = Extension::none;
    std::chrono::milliseconds busy_timeout{5000}; ///< how long to wait for another program's lock
};

/// One connection to a SQLite database file, with foreign keys enforced. Used by one thread.
///
/// Every failure is a DatabaseError whose message begins with the file's name; see error.hpp for the two
/// that a caller may want to tell apart. Connections with SpatiaLite are opened and closed under one mutex,
/// because its start and clean-up are not thread-safe.
class Connection {
public:
    /// Opens the file; ":memory:" is a database of its own in memory.
    /// Throws DatabaseError when it is missing, a directory, not a SQLite database, or may not be accessed.
    explicit Connection(std::filesystem::path const& file, OpenOptions const& options = {});
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;
    Connection(Connection&&) = delete; ///< statements and transactions point here
    Connection& operator=(Connection&&) = delete;
    ~Connection();

    /// Runs all statements of a script; rows that they answer are ignored.
    void execute(std::string_view script);

    /// Compiles one statement.
    Statement prepare(std::string_view sql);

    /// The statement of this text, compiled at its first use and reset now. Valid while the connection lives;
    /// two users of one text at the same time would share it, so inner loops prepare their own.
    Statement& cached(std::string_view sql);

    /// First column of the first row: `integer("SELECT count(*) FROM event")`. Throws DatabaseError when
    /// there is no row.
    std::int64_t integer(std::string_view sql);
    /// As integer(), as text; an empty string for NULL.
    std::string text(std::string_view sql);

    /// Whether a table or view of this name exists.
    bool has_table(std::string_view name);

    std::int64_t last_insert_id() const noexcept;
    /// Rows that the last INSERT, UPDATE or DELETE touched.
    std::int64_t changes() const noexcept;
    bool in_transaction() const noexcept;

    /// The file as messages show it.
    std::string const& name() const noexcept { return m_name; }

    /// For this module and for those that speak SQLite's C interface.
    sqlite3* handle() const noexcept { return m_database.get(); }

private:
    struct FreeCache {
        void operator()(void* cache) const noexcept;
    };
    struct Close {
        void operator()(sqlite3* database) const noexcept;
    };

    void load_spatialite();

    std::string m_name;
    // Declared before the handle, so that it dies after it: closing still uses it.
    std::unique_ptr<void, FreeCache> m_spatialite_cache;
    std::unique_ptr<sqlite3, Close> m_database;
    std::map<std::string, Statement, std::less<>> m_statements;
};

/// Neither foreign keys nor CHECKs are held to while this lives: for a writer that knows its rows to obey
/// them. UNIQUE and NOT NULL hold on. Made and ended outside of transactions.
class ConstraintPause {
public:
    explicit ConstraintPause(Connection& connection);
    ConstraintPause(ConstraintPause const&) = delete;
    ConstraintPause& operator=(ConstraintPause const&) = delete;
    ConstraintPause(ConstraintPause&&) = delete;
    ConstraintPause& operator=(ConstraintPause&&) = delete;
    ~ConstraintPause();

private:
    Connection& m_connection;
};

/// An SQL identifier in double quotes: `quoted_name("a\"b")` is `"a""b"`.
std::string quoted_name(std::string_view identifier);

} // namespace kharita::sqlite
