#include "sqlite/statement.hpp"

#include <sqlite3.h>

#include "sqlite/connection.hpp"
#include "sqlite/raise.hpp"

namespace kharita::sqlite {

namespace {

// SQLITE_TRANSIENT and SQLITE_STATIC are casts of -1 and 0 to a function pointer; only the first needs one.
sqlite3_destructor_type destructor_for(bool copied) {
    return copied ? SQLITE_TRANSIENT : SQLITE_STATIC; // NOLINT: SQLite's own macro casts an integer
}

struct ClearBindings {
    void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_clear_bindings(statement); }
};

} // namespace

void Statement::Finalise::operator()(sqlite3_stmt* statement) const noexcept {
    sqlite3_finalize(statement);
}

Statement::Statement(Connection& connection, std::string_view sql) : m_connection{&connection} {
    sqlite3_stmt* raw = nullptr;
    int const status = sqlite3_prepare_v3(connection.handle(), sql.data(), static_cast<int>(sql.size()),
                                          SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
    m_statement.reset(raw);
    if (status != SQLITE_OK) {
        raise(connection, status, sql);
    }
}

void Statement::check(int status) const {
    if (status != SQLITE_OK) {
        raise(*m_connection, status, sqlite3_sql(m_statement.get()));
    }
}

void Statement::put_integer(int index, std::int64_t value) {
    check(sqlite3_bind_int64(m_statement.get(), index + 1, value));
}

void Statement::put(int index, double value, Lifetime /*lifetime*/) {
    check(sqlite3_bind_double(m_statement.get(), index + 1, value));
}

void Statement::put(int index, std::nullptr_t /*value*/, Lifetime /*lifetime*/) {
    check(sqlite3_bind_null(m_statement.get(), index + 1));
}

void Statement::put(int index, std::string_view value, Lifetime lifetime) {
    // A null pointer would bind NULL; an empty view may carry one.
    char const* const data = value.data() == nullptr ? "" : value.data();
    check(sqlite3_bind_text64(m_statement.get(), index + 1, data, value.size(),
                              destructor_for(lifetime == Lifetime::copied), SQLITE_UTF8));
}

void Statement::put(int index, Blob value, Lifetime lifetime) {
    void const* const data = value.data() == nullptr ? static_cast<void const*>("") : value.data();
    check(sqlite3_bind_blob64(m_statement.get(), index + 1, data, value.size(),
                              destructor_for(lifetime == Lifetime::copied)));
}

void Statement::put(int index, std::optional<std::int64_t> const& value, Lifetime lifetime) {
    value ? put_integer(index, *value) : put(index, nullptr, lifetime);
}

void Statement::put(int index, std::optional<double> const& value, Lifetime lifetime) {
    value ? put(index, *value, lifetime) : put(index, nullptr, lifetime);
}

void Statement::put(int index, std::optional<std::string> const& value, Lifetime lifetime) {
    value ? put(index, std::string_view{*value}, lifetime) : put(index, nullptr, lifetime);
}

void Statement::put(int index, std::optional<std::string_view> const& value, Lifetime lifetime) {
    value ? put(index, *value, lifetime) : put(index, nullptr, lifetime);
}

void Statement::put(int index, std::optional<Blob> const& value, Lifetime lifetime) {
    value ? put(index, *value, lifetime) : put(index, nullptr, lifetime);
}

void Statement::bind_pointer(void* object, char const* type) {
    reset();
    check(sqlite3_bind_pointer(m_statement.get(), 1, object, type, nullptr));
}

bool Statement::step() {
    int const status = sqlite3_step(m_statement.get());
    if (status == SQLITE_ROW) {
        return true;
    }
    if (status != SQLITE_DONE) {
        // The failure is told again by reset(); the handle's message must be read before.
        try {
            raise(*m_connection, sqlite3_extended_errcode(m_connection->handle()),
                  sqlite3_sql(m_statement.get()));
        } catch (...) {
            reset();
            throw;
        }
    }
    reset();
    return false;
}

void Statement::finish() {
    // What was bound for this call only must not be seen by the next step(), thrown or not.
    std::unique_ptr<sqlite3_stmt, ClearBindings> const clear{m_statement.get()};
    while (step()) {
    }
}

void Statement::reset() noexcept {
    sqlite3_reset(m_statement.get());
}

bool Statement::is_null(int column) const noexcept {
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const noexcept {
    return sqlite3_column_int64(m_statement.get(), column);
}

double Statement::real(int column) const noexcept {
    return sqlite3_column_double(m_statement.get(), column);
}

std::string_view Statement::text(int column) const noexcept {
    auto const* const data = reinterpret_cast<char const*>(sqlite3_column_text(m_statement.get(), column));
    if (data == nullptr) {
        return {};
    }
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column))};
}

Blob Statement::blob(int column) const noexcept {
    auto const* const data = static_cast<std::byte const*>(sqlite3_column_blob(m_statement.get(), column));
    if (data == nullptr) {
        return {};
    }
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column))};
}

std::optional<std::int64_t> Statement::integer_or_null(int column) const noexcept {
    return is_null(column) ? std::nullopt : std::optional{integer(column)};
}

std::optional<double> Statement::real_or_null(int column) const noexcept {
    return is_null(column) ? std::nullopt : std::optional{real(column)};
}

std::optional<std::string_view> Statement::text_or_null(int column) const noexcept {
    return is_null(column) ? std::nullopt : std::optional{text(column)};
}

ValueType Statement::type(int column) const noexcept {
    switch (sqlite3_column_type(m_statement.get(), column)) {
    case SQLITE_INTEGER:
        return ValueType::integer;
    case SQLITE_FLOAT:
        return ValueType::real;
    case SQLITE_TEXT:
        return ValueType::text;
    case SQLITE_BLOB:
        return ValueType::blob;
    default:
        return ValueType::null;
    }
}

std::string_view Statement::column_name(int column) const noexcept {
    char const* const name = sqlite3_column_name(m_statement.get(), column);
    return name == nullptr ? std::string_view{} : std::string_view{name};
}

int Statement::column_count() const noexcept {
    return sqlite3_column_count(m_statement.get());
}

} // namespace kharita::sqlite
