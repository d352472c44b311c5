#include "base/csv.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace kharita {

CsvReader::CsvReader(std::string_view text) : m_text{text} {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (m_text.starts_with(byte_order_mark)) {
        m_at = byte_order_mark.size();
    }
}

bool CsvReader::at_line_end() const noexcept {
    std::string_view const rest = m_text.substr(m_at);
    return rest.starts_with('\n') || rest.starts_with("\r\n");
}

std::string CsvReader::quoted_field() {
    std::string value;
    ++m_at;
    for (;;) {
        std::size_t const quote = m_text.find('"', m_at);
        if (quote == std::string_view::npos) {
            fail<InputError>("a quoted field is not closed");
        }
        std::string_view const part = m_text.substr(m_at, quote - m_at);
        value += part;
        m_next_line += static_cast<std::size_t>(std::ranges::count(part, '\n'));
        m_at = quote + 1;
        if (!m_text.substr(m_at).starts_with('"')) {
            break;
        }
        value += '"';
        ++m_at;
    }
    if (m_at < m_text.size() && m_text[m_at] != ',' && !at_line_end()) {
        fail<InputError>("text follows a field's closing quote; expected a comma or the end of the line");
    }
    return value;
}

std::string CsvReader::field() {
    if (m_text.substr(m_at).starts_with('"')) {
        return quoted_field();
    }
    std::size_t const begin = m_at;
    while (m_at < m_text.size() && m_text[m_at] != ',' && !at_line_end()) {
        ++m_at;
    }
    return std::string{m_text.substr(begin, m_at - begin)};
}

std::optional<std::vector<std::string>> CsvReader::next() {
    while (m_at < m_text.size() && at_line_end()) {
        m_at += m_text[m_at] == '\r' ? 2U : 1U;
        ++m_next_line;
    }
    if (m_at >= m_text.size()) {
        return std::nullopt;
    }
    m_line = m_next_line;
    m_begin = m_end = m_at;
    std::vector<std::string> fields{field()};
    while (m_at < m_text.size() && m_text[m_at] == ',') {
        ++m_at;
        fields.push_back(field());
    }
    m_end = m_at;
    if (m_at < m_text.size()) {
        m_at += m_text[m_at] == '\r' ? 2U : 1U;
        ++m_next_line;
    }
    return fields;
}

std::string_view CsvReader::text() const noexcept {
    std::string_view const rest = m_text.substr(m_begin);
    return m_end > m_begin ? rest.substr(0, m_end - m_begin) : rest.substr(0, rest.find_first_of("\r\n"));
}

void CsvReader::skip_line() noexcept {
    std::size_t const end = m_text.find('\n', m_begin);
    m_at = end == std::string_view::npos ? m_text.size() : end + 1;
    m_next_line = m_line + 1;
}

void append_csv_field(std::string& out, std::string_view value) {
    bool const needs_quotes = value.find_first_of(",\"\r\n") != std::string_view::npos ||
                              value.starts_with(' ') || value.ends_with(' ');
    if (!needs_quotes) {
        out += value;
        return;
    }
    out += '"';
    for (char const c : value) {
        if (c == '"') {
            out += '"';
        }
        out += c;
    }
    out += '"';
}

} // namespace kharita
