#include "base/tsv.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/line_reader.hpp"

namespace kharita {

Tsv::Tsv(std::filesystem::path const& file, std::vector<std::string> columns)
    : m_file{file.string()},
      m_columns{std::move(columns)} {
    LineReader lines{file};
    bool header_seen = false;
    while (auto const line = lines.next()) {
        if (line->empty() || line->front() == '#') {
            continue;
        }
        auto const cells = split(*line, '\t');
        if (!header_seen) {
            header_seen = true;
            if (!std::equal(cells.begin(), cells.end(), m_columns.begin(), m_columns.end())) {
                fail<InputError>(R"({}:{}: the header is "{}"; expected the columns "{}")", m_file,
                                 lines.line_number(), *line, fmt::join(m_columns, "\t"));
            }
            continue;
        }
        if (cells.size() != m_columns.size()) {
            fail<InputError>("{}:{}: {} cells; expected {} ({})", m_file, lines.line_number(), cells.size(),
                             m_columns.size(), fmt::join(m_columns, ", "));
        }
        for (std::string_view const cell : cells) {
            m_cells.emplace_back(trimmed(cell));
        }
        m_lines.push_back(lines.line_number());
    }
    if (!header_seen) {
        fail<InputError>("{}: empty; expected a header line with the columns {}", m_file,
                         fmt::join(m_columns, ", "));
    }
}

std::string Tsv::where(std::size_t row) const {
    return fmt::format("{}:{}", m_file, m_lines[row]);
}

double Tsv::number(std::size_t row, std::size_t column) const {
    std::string_view const text = cell(row, column);
    double value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        fail<InputError>("{}: {} is \"{}\"; expected a number", where(row), m_columns[column], text);
    }
    return value;
}

double Tsv::number_or(std::size_t row, std::size_t column, double fallback) const {
    return cell(row, column).empty() ? fallback : number(row, column);
}

std::vector<std::string_view> Tsv::list(std::size_t row, std::size_t column) const {
    std::vector<std::string_view> parts;
    for (std::string_view const part : split(cell(row, column), ';')) {
        if (auto const item = trimmed(part); !item.empty()) {
            parts.push_back(item);
        }
    }
    return parts;
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
