#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kharita {

/// Reads comma-separated values as RFC 4180 has them, from memory: quoted fields with commas, line ends and
/// doubled quotes in them; CR LF or LF; a byte order mark and empty lines are passed over. The text must
/// outlive the reader.
class CsvReader {
public:
    explicit CsvReader(std::string_view text);

    /// The next record's fields; nothing at the end. Throws InputError for a quote that is not closed, and
    /// for text after a closing quote; line() says where.
    std::optional<std::vector<std::string>> next();

    /// The line on which the last record began, from 1.
    std::size_t line() const noexcept { return m_line; }

    /// The last record as it was written; of one that next() threw for, its first line.
    std::string_view text() const noexcept;

    /// Goes on behind the first line of the last record, where a quote that is not closed swallowed others.
    void skip_line() noexcept;

private:
    std::string field();
    std::string quoted_field();
    bool at_line_end() const noexcept;

    std::string_view m_text;
    std::size_t m_at = 0;
    std::size_t m_begin = 0; ///< of the last record
    std::size_t m_end = 0;   ///< likewise; where it is broken, no more than m_begin
    std::size_t m_line = 0;
    std::size_t m_next_line = 1;
};

/// Appends one field, in quotes where it needs them (a comma, a quote, a line end, or a space at an end).
void append_csv_field(std::string& out, std::string_view value);

} // namespace kharita
