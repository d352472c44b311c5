#include "base/tsv.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/number.hpp"

namespace kharita {

namespace {

/// `where` is called for a message only: in a table of a million rows it would cost more than all else.
template <typename Where>
double to_number(std::string_view text, std::string_view column, Where const& where) {
    auto const value = parse_number<double>(text);
    if (!value) {
        fail<InputError>("{}: {} is \"{}\"; expected a number", where(), column, text);
    }
    return *value;
}

std::vector<std::string_view> to_list(std::string_view cell) {
    std::vector<std::string_view> parts;
    if (cell.empty()) {
        return parts;
    }
    for (std::string_view const part : split(cell, ';')) {
        if (auto const item = trimmed(part); !item.empty()) {
            parts.push_back(item);
        }
    }
    return parts;
}

bool is_content(std::string_view line) noexcept {
    return !line.empty() && line.front() != '#';
}

} // namespace

TsvReader::TsvReader(std::filesystem::path const& file, std::vector<std::string> columns)
    : m_lines{file},
      m_file{file.string()},
      m_columns{std::move(columns)} {
    while (auto const line = m_lines.next()) {
        if (is_content(*line)) {
            m_cells = split(*line, '\t');
            if (!std::equal(m_cells.begin(), m_cells.end(), m_columns.begin(), m_columns.end())) {
                fail<InputError>(R"({}: the header is "{}"; expected the columns "{}")", where(), *line,
                                 fmt::join(m_columns, "\t"));
            }
            return;
        }
    }
    fail<InputError>("{}: empty; expected a header line with the columns {}", m_file,
                     fmt::join(m_columns, ", "));
}

bool TsvReader::next() {
    while (auto const line = m_lines.next()) {
        if (!is_content(*line)) {
            continue;
        }
        m_cells.clear();
        for (std::size_t begin = 0; begin <= line->size();) {
            std::size_t const end = std::min(line->find('\t', begin), line->size());
            m_cells.push_back(trimmed(line->substr(begin, end - begin)));
            begin = end + 1;
        }
        if (m_cells.size() != m_columns.size()) {
            fail<InputError>("{}: {} cells; expected {} ({})", where(), m_cells.size(), m_columns.size(),
                             fmt::join(m_columns, ", "));
        }
        return true;
    }
    return false;
}

std::string TsvReader::where() const {
    return fmt::format("{}:{}", m_file, line());
}

double TsvReader::number(std::size_t column) const {
    return to_number(cell(column), m_columns[column], [&] { return where(); });
}

double TsvReader::number_or(std::size_t column, double fallback) const {
    return cell(column).empty() ? fallback : number(column);
}

std::vector<std::string_view> TsvReader::list(std::size_t column) const {
    return to_list(cell(column));
}

Tsv::Tsv(std::filesystem::path const& file, std::vector<std::string> columns)
    : m_file{file.string()},
      m_columns{std::move(columns)} {
    TsvReader rows{file, m_columns};
    while (rows.next()) {
        for (std::size_t column = 0; column < m_columns.size(); ++column) {
            m_cells.emplace_back(rows.cell(column));
        }
        m_lines.push_back(rows.line());
    }
}

std::string Tsv::where(std::size_t row) const {
    return fmt::format("{}:{}", m_file, m_lines[row]);
}

double Tsv::number(std::size_t row, std::size_t column) const {
    return to_number(cell(row, column), m_columns[column], [&] { return where(row); });
}

double Tsv::number_or(std::size_t row, std::size_t column, double fallback) const {
    return cell(row, column).empty() ? fallback : number(row, column);
}

std::vector<std::string_view> Tsv::list(std::size_t row, std::size_t column) const {
    return to_list(cell(row, column));
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    for (;;) {
        std::size_t const end = text.find(separator, begin);
        if (end == std::string_view::npos) {
            parts.push_back(text.substr(begin));
            return parts;
        }
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
}

std::string_view trimmed(std::string_view text) noexcept {
    constexpr std::string_view blanks = " \t";
    std::size_t const begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) {
        return {};
    }
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

} // namespace kharita
