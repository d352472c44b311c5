#include "postgis/copy_rows.hpp"

#include <bit>
#include <limits>

#include "base/error.hpp"

namespace kharita::postgis {

namespace {

// Signature, flags and the length of what else the header holds: nothing.
constexpr std::string_view header{"PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19};
constexpr std::string_view end{"\377\377", 2};
constexpr std::int64_t days_to_2000 = 10957; // PostgreSQL counts days from 2000-01-01

template <typename Bits>
void append_big_endian(std::string& to, Bits bits) {
    constexpr unsigned byte = 8;
    for (std::size_t i = sizeof bits; i-- > 0;) {
        to += static_cast<char>((std::uint64_t{bits} >> (i * byte)) & 0xFFU);
    }
}

} // namespace

CopyRows::CopyRows() : m_bytes{header} {}

CopyRows& CopyRows::row(int columns) {
    append_big_endian(m_bytes, static_cast<std::uint16_t>(columns));
    return *this;
}

CopyRows& CopyRows::null() {
    append_big_endian(m_bytes, std::numeric_limits<std::uint32_t>::max());
    return *this;
}

CopyRows& CopyRows::integer(std::optional<std::int64_t> const& value) {
    if (!value) {
        return null();
    }
    append_big_endian(m_bytes, std::uint32_t{sizeof(std::int64_t)});
    append_big_endian(m_bytes, static_cast<std::uint64_t>(*value));
    return *this;
}

CopyRows& CopyRows::real(std::optional<double> const& value) {
    if (!value) {
        return null();
    }
    append_big_endian(m_bytes, std::uint32_t{sizeof(double)});
    append_big_endian(m_bytes, std::bit_cast<std::uint64_t>(*value));
    return *this;
}

CopyRows& CopyRows::day(std::optional<std::int64_t> const& value) {
    if (!value) {
        return null();
    }
    append_big_endian(m_bytes, std::uint32_t{sizeof(std::int32_t)});
    append_big_endian(m_bytes, static_cast<std::uint32_t>(*value - days_to_2000));
    return *this;
}

void CopyRows::bytes(std::string_view value) {
    constexpr std::size_t most = std::size_t{1} << 30U;
    if (value.size() >= most) {
        fail<InputError>("a text of {} bytes is longer than PostgreSQL can hold (1 GB)", value.size());
    }
    append_big_endian(m_bytes, static_cast<std::uint32_t>(value.size()));
    m_bytes += value;
}

CopyRows& CopyRows::text(std::optional<std::string_view> const& value) {
    if (!value) {
        return null();
    }
    if (value->find('\0') != std::string_view::npos) {
        fail<InputError>("a text holds a zero byte, which PostgreSQL cannot hold");
    }
    bytes(*value);
    return *this;
}

CopyRows& CopyRows::geometry(std::string_view ewkb) {
    bytes(ewkb);
    return *this;
}

void CopyRows::put_right(std::size_t where, std::int64_t value) {
    std::string number;
    append_big_endian(number, static_cast<std::uint64_t>(value));
    m_bytes.replace(where, number.size(), number);
}

void CopyRows::append(CopyRows const& others) {
    m_bytes.append(others.m_bytes, header.size());
}

bool CopyRows::empty() const noexcept {
    return m_bytes.size() == header.size();
}

void CopyRows::clear() {
    m_bytes = header;
}

std::string CopyRows::finished() const {
    return m_bytes + std::string{end};
}

} // namespace kharita::postgis
