#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "postgis/module.hpp"

namespace kharita::postgis {

class Connection;
class Transaction;

/// How rows come: all at once, or some thousands at a time, of one state of the database, while other
/// statements run between them.
enum class Reading { whole, streamed };

/// A statement with parameters ? or ?1, ?2 …: bind, step, read columns; reset() and use again. Must not
/// outlive its Connection. Parameters and columns are counted from 0. It is as sqlite::Statement, so that one
/// text of SQL serves both where both understand it.
class Statement {
public:
    Statement(Connection& connection, std::string_view sql, Reading reading);
    Statement(Statement const&) = delete;
    Statement& operator=(Statement const&) = delete;
    Statement(Statement&&) noexcept;
    Statement& operator=(Statement&&) noexcept;
    ~Statement();

    /// Binds all parameters in order: integers, bools (1 and 0), doubles, texts, nullptr, or optionals of
    /// these.
    template <typename... Values>
    Statement& bind(Values const&... values) {
        reset();
        m_parameters.clear();
        (m_parameters.push_back(text_of(values)), ...);
        return *this;
    }
    template <typename... Values>
    void run(Values const&... values) {
        bind(values...);
        step();
        reset();
    }

    /// Goes to the next row; false at the end, after which the statement is reset.
    bool step();
    void reset() noexcept;

    bool is_null(int column) const noexcept { return !value(column); }
    std::int64_t integer(int column) const noexcept; ///< 0 for null; 1 and 0 for true and false
    double real(int column) const noexcept;          ///< 0 for null
    /// Empty for null. Valid until the next step() or reset().
    std::string_view text(int column) const noexcept { return value(column).value_or(std::string_view{}); }
    std::optional<std::int64_t> integer_or_null(int column) const noexcept;
    std::optional<double> real_or_null(int column) const noexcept;
    std::optional<std::string_view> text_or_null(int column) const noexcept { return value(column); }
    /// Known after the first step(), also of no rows.
    int column_count() const noexcept { return m_result ? m_result->column_count() : 0; }
    ValueType type(int column) const noexcept;
    /// Known likewise. Valid until the next step() or reset().
    std::string_view column_name(int column) const noexcept { return m_result->column_name(column); }
    /// Rows that the last run() or step() touched.
    std::int64_t changes() const noexcept { return m_changes; }

private:
    using Text = std::optional<std::string>;

    template <std::integral Integer>
    static Text text_of(Integer value) {
        return std::to_string(static_cast<std::int64_t>(value));
    }
    static Text text_of(double value);
    static Text text_of(std::nullptr_t /*null*/) { return std::nullopt; }
    static Text text_of(std::string_view value) { return std::string{value}; }
    static Text text_of(std::string const& value) { return value; }
    static Text text_of(char const* value) { return std::string{value}; }
    template <typename Value>
    static Text text_of(std::optional<Value> const& value) {
        return value ? text_of(*value) : std::nullopt;
    }

    std::optional<std::string_view> value(int column) const noexcept {
        return m_result->value(m_row, column);
    }
    void begin();
    bool advance();
    bool fetch();
    void end() noexcept;

    Connection* m_connection;
    std::string m_sql; ///< with $1, $2 …
    Reading m_reading;
    std::string m_cursor;                       ///< empty where none is open
    std::unique_ptr<Transaction> m_transaction; ///< of a cursor
    std::vector<Text> m_parameters;
    std::unique_ptr<Result> m_result;
    std::size_t m_row = 0;
    std::int64_t m_changes = 0;
    bool m_has_begun = false;
    bool m_has_run = false; ///< at least once
};

} // namespace kharita::postgis
