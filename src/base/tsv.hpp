#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kharita {

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
