#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "model/date.hpp"
#include "model/geometry.hpp"

namespace kharita::store {

class Statement;

/// One number for what many rows hold: the sum, modulo 2^64, of the XXH3 of each. The order of rows does not
/// matter, so each must name itself by ids that do not depend on row numbers. A value is hashed as the tables
/// hold it: NULL apart from all else, days as numbers, positions as they are rounded.
class RowsHash {
public:
    /// Adds a row of a table, which a letter names.
    template <typename... Values>
    void row(char table, Values const&... values) {
        begin(table);
        (put(values), ...);
        end();
    }

    /// Adds a row that a statement stands on: its columns from `first` on, each with what it is to be read
    /// as, 't' text, 'i' whole number, 'r' number, 'd' day, 'p' point, 'a' areas. Throws GeometryError for a
    /// geometry that is none.
    void read(char table, Statement const& row, int first, std::string_view kinds);

    /// What was added since the last time.
    std::uint64_t take() noexcept;

    // Rows value by value.

    void begin(char table) {
        m_end = 0;
        put_marked(table, 0, {});
    }
    void put(std::string_view text) { put_marked(text_mark, text.size(), text); }
    void put(std::string const& text) { put(std::string_view{text}); }
    void put(char const* text) { put(std::string_view{text}); }
    template <std::integral Integer>
    void put(Integer value) {
        put_number(static_cast<std::uint64_t>(value));
    }
    void put(double value) { put_number(std::bit_cast<std::uint64_t>(value + 0.0)); } ///< -0 is 0
    void put(Date day) { put(std::int64_t{day.time_since_epoch().count()}); }
    void put(LonLat at) {
        put(at.lon);
        put(at.lat);
    }
    void put(MultiPolygon const& areas);
    template <typename Value>
    void put(std::optional<Value> const& value) {
        value ? put(*value) : put_null();
    }
    void put_null() { put_marked(null_mark, 0, {}); }
    void end();

private:
    // What a value begins with, so that no two rows give the same bytes.
    static constexpr char null_mark = '\0';
    static constexpr char number_mark = '\1';
    static constexpr char text_mark = '\2';

    void put_number(std::uint64_t bits) { put_marked(number_mark, bits, {}); }
    /// Inline: a load puts hundreds of values for every document.
    void put_marked(char mark, std::uint64_t bits, std::string_view text) {
        std::size_t const size = 1 + sizeof bits + text.size();
        if (m_bytes.size() - m_end < size) {
            m_bytes.resize(2 * (m_bytes.size() + size));
        }
        char* to = m_bytes.data() + m_end;
        *to++ = mark;
        if constexpr (std::endian::native == std::endian::big) {
            bits = __builtin_bswap64(bits); // the same bytes on every machine
        }
        std::memcpy(to, &bits, sizeof bits);
        if (!text.empty()) { // an empty one may have no address
            std::memcpy(to + sizeof bits, text.data(), text.size());
        }
        m_end += size;
    }

    std::string m_bytes; ///< of the row
    std::size_t m_end = 0;
    std::uint64_t m_sum = 0;
};

} // namespace kharita::store
