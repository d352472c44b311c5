#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kharita::postgis {

/// Rows as COPY reads them in its binary form. Each row is begun with the number of its columns; then follow
/// its values in order, each of the type that its column has: BIGINT, DOUBLE PRECISION, TEXT or JSON, DATE,
/// or GEOMETRY.
///
/// Source: PostgreSQL 15 manual, COPY, "Binary Format".
class CopyRows {
public:
    CopyRows();

    CopyRows& row(int columns);
    CopyRows& integer(std::optional<std::int64_t> const& value);
    CopyRows& real(std::optional<double> const& value);
    /// Throws InputError for a text with a zero byte, which PostgreSQL cannot hold.
    CopyRows& text(std::optional<std::string_view> const& value);
    /// Counted from 1970-01-01.
    CopyRows& day(std::optional<std::int64_t> const& value);
    /// Extended well-known binary.
    CopyRows& geometry(std::string_view ewkb);
    CopyRows& null();

    /// Where the last integer() stands, to be put right later.
    std::size_t last_integer() const noexcept { return m_bytes.size() - sizeof(std::int64_t); }
    void put_right(std::size_t where, std::int64_t value);

    /// Adds the rows of another.
    void append(CopyRows const& others);
    bool empty() const noexcept;
    std::size_t size() const noexcept { return m_bytes.size(); }
    void clear();
    /// All of it with its end.
    std::string finished() const;

private:
    void bytes(std::string_view value);

    std::string m_bytes;
};

} // namespace kharita::postgis
