#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/line_reader.hpp"

namespace kharita {

/// The rows of a table, one at a time and in bounded memory; else as Tsv.
class TsvReader {
public:
    /// Opens a file whose header must name exactly `columns`, in that order.
    /// Throws InputError with file and line when it does not.
    TsvReader(std::filesystem::path const& file, std::vector<std::string> columns);

    /// Goes to the next row; false at the end. Throws InputError with file and line when the row has another
    /// number of cells.
    bool next();
    /// A cell of the current row; valid until the next call of next().
    std::string_view cell(std::size_t column) const noexcept { return m_cells[column]; }
    std::string const& file() const noexcept { return m_file; }
    /// Line of the current row, from 1.
    std::size_t line() const noexcept { return m_lines.line_number(); }
    /// `file:line` of the current row, for messages.
    std::string where() const;

    /// As those of Tsv.
    double number(std::size_t column) const;
    double number_or(std::size_t column, double fallback) const;
    std::vector<std::string_view> list(std::size_t column) const;

private:
    LineReader m_lines;
    std::string m_file;
    std::vector<std::string> m_columns;
    std::vector<std::string_view> m_cells;
};

/// A small table of vocabulary: tab separated, UTF-8, `#` comment lines and empty lines skipped, the first
/// other line the header. Cells are trimmed of spaces. Every row has as many cells as the header.
class Tsv {
public:
    /// Reads a file whose header must name exactly `columns`, in that order.
    /// Throws InputError with file and line when it does not, or when a row has another number of cells.
    Tsv(std::filesystem::path const& file, std::vector<std::string> columns);

    std::size_t size() const noexcept { return m_lines.size(); }
    /// A cell by row and column index; valid while the table lives.
    std::string_view cell(std::size_t row, std::size_t column) const noexcept {
        return m_cells[row * m_columns.size() + column];
    }
    /// `file:line` of a row, for messages.
    std::string where(std::size_t row) const;

    /// A cell as a number. Throws InputError naming file, line and column when it is none.
    double number(std::size_t row, std::size_t column) const;
    /// As number(), with `fallback` for an empty cell.
    double number_or(std::size_t row, std::size_t column, double fallback) const;
    /// A cell's parts between `;`, trimmed, without empty ones; views into the table.
    std::vector<std::string_view> list(std::size_t row, std::size_t column) const;

private:
    std::string m_file;
    std::vector<std::string> m_columns;
    std::vector<std::string> m_cells;
    std::vector<std::size_t> m_lines;
};

/// The parts of `text` between separators, empty ones included.
std::vector<std::string_view> split(std::string_view text, char separator);

/// Without spaces and tabs at both ends.
std::string_view trimmed(std::string_view text) noexcept;

} // namespace kharita
