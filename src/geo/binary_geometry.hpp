#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "model/geometry.hpp"

namespace kharita::geo {

// The walk over a geometry that well-known binary and SpatiaLite's BLOB have in common: counts of 32 bits,
// positions of two to four ordinates, and the same numbers for kinds. A format adds its name and what stands
// before a part. For ewkb.cpp and spatialite_blob.cpp.

/// Source: OGC 06-103r4, "Well-known Binary Representation".
enum class GeometryKind : std::uint32_t {
    point = 1,
    line_string = 2,
    polygon = 3,
    multi_point = 4,
    multi_line_string = 5,
    multi_polygon = 6
};

inline GeometryKind kind_of(Geometry const& geometry) noexcept {
    static constexpr std::array kinds{GeometryKind::point,       GeometryKind::multi_point,
                                      GeometryKind::line_string, GeometryKind::multi_line_string,
                                      GeometryKind::polygon,     GeometryKind::multi_polygon};
    return kinds.at(geometry.index());
}

/// The value with its bytes in reverse unless the order is this machine's.
template <typename Number>
Number in_order(std::endian order, Number value) noexcept {
    if (order == std::endian::native) {
        return value;
    }
    using Bits = std::conditional_t<sizeof(Number) == 8, std::uint64_t, std::uint32_t>;
    auto bits = std::bit_cast<Bits>(value);
    Bits swapped = 0;
    for (std::size_t i = 0; i < sizeof(Bits); ++i) {
        swapped = (swapped << 8U) | (bits & 0xFFU);
        bits >>= 8U;
    }
    return std::bit_cast<Number>(swapped);
}

/// Writes little endian. `Format` derives from it and has `name`, and `begin_part(GeometryKind)`, which is
/// called before each part of a geometry of many.
template <typename Format>
class BinaryGeometryWriter {
public:
    /// What follows a geometry's kind.
    void body(Geometry const& geometry) {
        std::visit([this](auto const& each) { this->write(each); }, geometry);
    }

    void byte(unsigned char value) { m_bytes.push_back(static_cast<char>(value)); }

    template <typename Number>
    void number(Number value) {
        value = in_order(std::endian::little, value);
        m_bytes.append(reinterpret_cast<char const*>(&value), sizeof value);
    }

    std::string take() { return std::move(m_bytes); }

private:
    void write(Point const& point) { write(point.at); }
    void write(LonLat at) {
        number(at.lon);
        number(at.lat);
    }
    void write(LineString const& line) { positions(line.points); }
    void write(Polygon const& polygon) {
        count(polygon.holes.size() + 1);
        positions(polygon.outer);
        for (Ring const& hole : polygon.holes) {
            positions(hole);
        }
    }
    void write(MultiPoint const& each) { parts(GeometryKind::point, each.points); }
    void write(MultiLineString const& each) { parts(GeometryKind::line_string, each.lines); }
    void write(MultiPolygon const& each) { parts(GeometryKind::polygon, each.polygons); }

    template <typename Part>
    void parts(GeometryKind kind, std::vector<Part> const& all) {
        count(all.size());
        for (Part const& part : all) {
            static_cast<Format&>(*this).begin_part(kind);
            write(part);
        }
    }

    void positions(std::vector<LonLat> const& all) {
        count(all.size());
        for (LonLat const at : all) {
            write(at);
        }
    }

    /// SpatiaLite counts with a sign.
    void count(std::size_t value) {
        if (value > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) {
            fail<GeometryError>("{} parts or positions are more than {} can count", value, Format::name);
        }
        number(static_cast<std::uint32_t>(value));
    }

    std::string m_bytes;
};

/// Walks the bytes; every read is checked against what is left, so that a damaged count reserves no memory.
/// `Format` derives from it and has `name`, and `part_kind()`, which reads what stands before a part of a
/// geometry of many.
template <typename Format>
class BinaryGeometryReader {
public:
    explicit BinaryGeometryReader(std::string_view bytes) : m_bytes{bytes} {}

    /// What follows a geometry's kind.
    Geometry body(GeometryKind kind) {
        switch (kind) {
        case GeometryKind::point:
            return Point{position()};
        case GeometryKind::line_string:
            return line();
        case GeometryKind::polygon:
            return polygon();
        case GeometryKind::multi_point:
            return MultiPoint{parts<LonLat>(GeometryKind::point, &BinaryGeometryReader::position)};
        case GeometryKind::multi_line_string:
            return MultiLineString{parts<LineString>(GeometryKind::line_string, &BinaryGeometryReader::line)};
        case GeometryKind::multi_polygon:
            break;
        }
        return MultiPolygon{parts<Polygon>(GeometryKind::polygon, &BinaryGeometryReader::polygon)};
    }

    void at_end() const {
        if (left() != 0) {
            fail<GeometryError>("{}: {} bytes after its end", Format::name, left());
        }
    }

    /// The byte order of what follows, of its mark: 1 little, 0 big endian.
    void order() {
        constexpr unsigned char little = 1;
        unsigned char const mark = byte("byte order");
        if (mark > little) {
            fail<GeometryError>("{}: byte order {:#04x}; expected 0x01 or 0x00", Format::name, mark);
        }
        m_order = mark == little ? std::endian::little : std::endian::big;
    }

    /// How many of X, Y, Z and M a position has from here on.
    void ordinates(std::size_t count) noexcept { m_ordinates = count; }

    unsigned char byte(char const* what) {
        need(1, what);
        return static_cast<unsigned char>(m_bytes[m_at++]);
    }

    template <typename Number>
    Number number(char const* what) {
        need(sizeof(Number), what);
        Number value{};
        std::memcpy(&value, m_bytes.data() + m_at, sizeof value);
        m_at += sizeof value;
        return in_order(m_order, value);
    }

    std::size_t where() const noexcept { return m_at; }

private:
    LonLat position() {
        need(m_ordinates * sizeof(double), "position");
        auto const lon = number<double>("position");
        auto const lat = number<double>("position");
        m_at += (m_ordinates - 2) * sizeof(double);
        return {lon, lat};
    }

    std::vector<LonLat> positions() {
        std::size_t const size = count(m_ordinates * sizeof(double), "positions");
        std::vector<LonLat> all;
        all.reserve(size);
        for (std::size_t i = 0; i < size; ++i) {
            all.push_back(position());
        }
        return all;
    }

    LineString line() { return {positions()}; }

    Polygon polygon() {
        std::size_t const rings = count(sizeof(std::uint32_t), "rings");
        if (rings == 0) {
            fail<GeometryError>("{}: a polygon without rings", Format::name);
        }
        Polygon result{positions(), {}};
        for (std::size_t i = 1; i < rings; ++i) {
            result.holes.push_back(positions());
        }
        return result;
    }

    template <typename Part>
    std::vector<Part> parts(GeometryKind expected, Part (BinaryGeometryReader::*read)()) {
        std::size_t const size = count(1 + sizeof(std::uint32_t), "parts");
        std::vector<Part> all;
        for (std::size_t i = 0; i < size; ++i) {
            GeometryKind const found = static_cast<Format&>(*this).part_kind();
            if (found != expected) {
                fail<GeometryError>("{}: a part of kind {}; expected kind {}", Format::name,
                                    static_cast<std::uint32_t>(found), static_cast<std::uint32_t>(expected));
            }
            all.push_back((this->*read)());
        }
        return all;
    }

    /// A count of things that take at least `each` bytes; refused when as many cannot follow.
    std::size_t count(std::size_t each, char const* what) {
        auto const value = number<std::uint32_t>(what);
        if (value > left() / each) {
            fail<GeometryError>("{}: claims {} {} where {} bytes are left", Format::name, value, what,
                                left());
        }
        return value;
    }

    std::size_t left() const noexcept { return m_bytes.size() - m_at; }

    void need(std::size_t bytes, char const* what) const {
        if (left() < bytes) {
            fail<GeometryError>("{}: ends at byte {}, inside the {}", Format::name, m_bytes.size(), what);
        }
    }

    std::string_view m_bytes;
    std::size_t m_at = 0;
    std::size_t m_ordinates = 2;
    std::endian m_order = std::endian::little;
};

} // namespace kharita::geo
