#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sqlite/statement.hpp"

namespace kharita::sqlite {

class Connection;

/// Rows of one table, gathered and then inserted by one statement, which reads them in place.
///
/// One statement for many rows costs half of one for each: cursors stay open and stand where the next row
/// goes. Rows before one that breaks a constraint stay inserted (INSERT OR FAIL): keeping the pages that a
/// statement might have to take back costs more than inserting does.
class RowInsert {
public:
    /// `columns` are those that add() gives values for, in its order; others take their defaults, and an
    /// INTEGER PRIMARY KEY that is not among them counts on. At most 64.
    RowInsert(Connection& connection, std::string_view table, std::span<std::string_view const> columns);

    /// Adds a row. A value is what Statement::bind takes. Texts and blobs must live until insert(): see
    /// keep().
    template <typename... Values>
    void add(Values const&... values) {
        (put(values), ...);
        end_row();
    }

    /// Adds values of a row, after those given before; end_row() ends it.
    template <typename... Values>
    void add_part(Values const&... values) {
        (put(values), ...);
    }
    void end_row();

    /// A copy of a text that lives until insert().
    std::string_view keep(std::string_view text);
    /// A copy of bytes that lives until insert().
    Blob keep(Blob bytes);

    /// Inserts all rows that were added, in their order, and forgets them. Throws what Statement::step()
    /// does; rows are forgotten then too.
    void insert();
    /// Forgets rows that are not inserted yet.
    void clear() noexcept;

    std::size_t size() const noexcept { return m_rows->count; }

    /// A value of a row, as the statement reads it.
    using Cell = std::variant<std::nullptr_t, std::int64_t, double, std::string_view, Blob>;
    /// What a statement is given to read.
    struct Rows {
        std::vector<Cell> cells; ///< row by row
        std::size_t width = 0;
        std::size_t count = 0;
    };

private:
    template <std::integral Integer>
    void put(Integer value) {
        m_rows->cells.emplace_back(static_cast<std::int64_t>(value));
    }
    void put(std::nullptr_t none) { m_rows->cells.emplace_back(none); }
    void put(double value) { m_rows->cells.emplace_back(value); }
    void put(std::string_view text) { m_rows->cells.emplace_back(text); }
    void put(std::string const& text) { m_rows->cells.emplace_back(std::string_view{text}); }
    void put(char const* text) { m_rows->cells.emplace_back(std::string_view{text}); }
    void put(Blob bytes) { m_rows->cells.emplace_back(bytes); }
    template <typename Value>
    void put(std::optional<Value> const& value) {
        value ? put(*value) : put(nullptr);
    }

    std::unique_ptr<Rows> m_rows; ///< the statement points here
    std::pmr::monotonic_buffer_resource m_kept{first_block};
    Statement m_statement;

    static constexpr std::size_t first_block = 16384;
};

} // namespace kharita::sqlite
