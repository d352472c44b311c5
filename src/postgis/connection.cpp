#include "postgis/connection.hpp"

#include <fmt/format.h>

#include "postgis/copy_rows.hpp"
#include "postgis/error.hpp"

namespace kharita::postgis {

namespace {

std::unique_ptr<Session> connect(LoadedModule const& library, std::string const& url) {
    Module const* const module = library.function<ModuleEntry>("kharita_postgresql_module")(module_version);
    if (module == nullptr) {
        fail<InputError>(
            "kharita_postgresql.so is of another version than the program; please install both anew");
    }
    return module->connect(url);
}

// Locks of other programs in the same database have other first numbers; the second tells schemas apart.
constexpr std::string_view lock_key = "1263686228, hashtext(current_schema())"; // "KHRT"

} // namespace

bool is_server(std::string_view location) noexcept {
    return location.starts_with("postgresql://") || location.starts_with("postgres://");
}

Connection::Connection(std::string const& url, Mode mode)
    : m_library{LoadedModule::load("postgresql")},
      m_session{connect(m_library, url)} {
    execute("SET datestyle = 'ISO, YMD'; SET timezone = 'UTC'; SET extra_float_digits = 1; "
            "SET standard_conforming_strings = on; SET jit = off; SET client_min_messages = error");
    if (mode == Mode::read_only) {
        execute("SET default_transaction_read_only = on");
    }
    if (text("SELECT current_schema()").empty()) {
        fail<DatabaseError>(
            "{}: the search_path of the connection names no schema that is there; create one, or "
            "name another with ?options=-csearch_path%3DNAME",
            name());
    }
}

Statement Connection::prepare(std::string_view sql, Reading reading) {
    return {*this, sql, reading};
}

Statement& Connection::cached(std::string_view sql) {
    auto found = m_statements.find(sql);
    if (found == m_statements.end()) {
        found = m_statements.emplace(std::string{sql}, Statement{*this, sql, Reading::whole}).first;
    }
    found->second.reset();
    return found->second;
}

std::int64_t Connection::integer(std::string_view sql) {
    Statement statement = prepare(sql);
    if (!statement.step()) {
        fail<DatabaseError>("{}: no row answers: {}", name(), sql);
    }
    return statement.integer(0);
}

std::string Connection::text(std::string_view sql) {
    Statement statement = prepare(sql);
    if (!statement.step()) {
        fail<DatabaseError>("{}: no row answers: {}", name(), sql);
    }
    return std::string{statement.text(0)};
}

void Connection::copy_into(std::string_view table, CopyRows const& rows) {
    if (!rows.empty()) {
        m_session->copy(fmt::format("COPY {} FROM STDIN (FORMAT binary)", table), rows.finished());
    }
}

Transaction::Transaction(Connection& connection, Lock lock) : m_connection{connection} {
    if (connection.m_depth == 0) {
        connection.execute("BEGIN");
    } else {
        connection.execute(fmt::format("SAVEPOINT kharita_{}", connection.m_depth));
    }
    ++connection.m_depth;
    try {
        if (lock != Lock::none) {
            connection
                .prepare(fmt::format("SELECT pg_advisory_xact_lock{}({})",
                                     lock == Lock::shared ? "_shared" : "", lock_key))
                .step();
        }
    } catch (...) {
        undo(); // the server may have ended the waiting: then the connection can be used on
        throw;
    }
}

Transaction::~Transaction() {
    if (m_open) {
        undo();
    }
}

void Transaction::undo() noexcept {
    --m_connection.m_depth;
    try {
        m_connection.execute(
            m_connection.m_depth == 0
                ? std::string{"ROLLBACK"}
                : fmt::format("ROLLBACK TO SAVEPOINT kharita_{0}; RELEASE SAVEPOINT kharita_{0}",
                              m_connection.m_depth));
    } catch (...) { // the connection is lost, and with it the transaction
        return;
    }
}

void Transaction::commit() {
    m_open = false;
    --m_connection.m_depth;
    m_connection.execute(m_connection.m_depth == 0
                             ? std::string{"COMMIT"}
                             : fmt::format("RELEASE SAVEPOINT kharita_{}", m_connection.m_depth));
}

} // namespace kharita::postgis
