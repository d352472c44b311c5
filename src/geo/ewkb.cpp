#include "geo/ewkb.hpp"

#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "geo/geometry.hpp"
#include "geo/spatialite_blob.hpp"

namespace kharita::geo {

namespace {

enum class Kind : std::uint32_t {
    point = 1,
    line_string = 2,
    polygon = 3,
    multi_point = 4,
    multi_line_string = 5,
    multi_polygon = 6
};

constexpr std::uint32_t has_z = 0x80000000U;
constexpr std::uint32_t has_m = 0x40000000U;
constexpr std::uint32_t has_srid = 0x20000000U;
constexpr unsigned char little_endian = 1;

class Writer {
public:
    void header(Kind kind, std::uint32_t flags) {
        m_bytes += static_cast<char>(little_endian);
        number(static_cast<std::uint32_t>(kind) | flags);
        if (flags == has_srid) {
            number(static_cast<std::uint32_t>(srid_wgs84));
        }
    }

    void body(Point const& point) { position(point.at); }
    void body(LineString const& line) { positions(line.points); }
    void body(Polygon const& polygon) {
        count(polygon.holes.size() + 1);
        positions(polygon.outer);
        for (Ring const& hole : polygon.holes) {
            positions(hole);
        }
    }
    void body(MultiPoint const& each) {
        count(each.points.size());
        for (LonLat const at : each.points) {
            header(Kind::point, 0);
            position(at);
        }
    }
    void body(MultiLineString const& each) { parts(Kind::line_string, each.lines); }
    void body(MultiPolygon const& each) { parts(Kind::polygon, each.polygons); }

    std::string take() { return std::move(m_bytes); }

private:
    template <typename Part>
    void parts(Kind kind, std::vector<Part> const& all) {
        count(all.size());
        for (Part const& part : all) {
            header(kind, 0);
            body(part);
        }
    }
    void positions(std::vector<LonLat> const& all) {
        count(all.size());
        for (LonLat const at : all) {
            position(at);
        }
    }
    void position(LonLat at) {
        number(std::bit_cast<std::uint64_t>(at.lon));
        number(std::bit_cast<std::uint64_t>(at.lat));
    }
    void count(std::size_t value) {
        if (value > std::numeric_limits<std::uint32_t>::max()) {
            fail<GeometryError>("{} parts or positions are more than well-known binary can count", value);
        }
        number(static_cast<std::uint32_t>(value));
    }
    template <typename Bits>
    void number(Bits bits) {
        constexpr unsigned byte = 8;
        for (std::size_t i = 0; i < sizeof bits; ++i) {
            m_bytes += static_cast<char>((bits >> (i * byte)) & 0xFFU);
        }
    }

    std::string m_bytes;
};

Kind kind_of(Geometry const& geometry) {
    return std::visit(detail::Overloaded{[](Point const&) { return Kind::point; },
                                         [](MultiPoint const&) { return Kind::multi_point; },
                                         [](LineString const&) { return Kind::line_string; },
                                         [](MultiLineString const&) { return Kind::multi_line_string; },
                                         [](Polygon const&) { return Kind::polygon; },
                                         [](MultiPolygon const&) { return Kind::multi_polygon; }},
                      geometry);
}

/// Walks the bytes; every read is checked against what is left.
class Reader {
public:
    explicit Reader(std::string_view bytes) : m_bytes{bytes} {}

    Geometry geometry() {
        switch (header()) {
        case Kind::point:
            return Point{position()};
        case Kind::line_string:
            return LineString{positions()};
        case Kind::polygon:
            return polygon();
        case Kind::multi_point:
            return MultiPoint{parts<LonLat>(Kind::point, [&] { return position(); })};
        case Kind::multi_line_string:
            return MultiLineString{
                parts<LineString>(Kind::line_string, [&] { return LineString{positions()}; })};
        case Kind::multi_polygon:
            break;
        }
        return MultiPolygon{parts<Polygon>(Kind::polygon, [&] { return polygon(); })};
    }

    void at_end() const {
        if (m_at != m_bytes.size()) {
            fail<GeometryError>("EWKB: {} bytes after its end", m_bytes.size() - m_at);
        }
    }

private:
    /// Byte order, kind and reference system, of the whole and of each part.
    Kind header() {
        need(1, "byte order");
        auto const order = static_cast<unsigned char>(m_bytes[m_at++]);
        if (order > little_endian) {
            fail<GeometryError>("EWKB: byte order {:#04x}; expected 0x01 or 0x00", order);
        }
        m_is_little = order == little_endian;
        auto const word = number<std::uint32_t>("kind");
        std::uint32_t const kind = word & ~(has_z | has_m | has_srid);
        if (kind < 1 || kind > 6) {
            fail<GeometryError>("EWKB: kind {}; expected point, line, polygon or many of one kind", kind);
        }
        m_ordinates = 2U + ((word & has_z) != 0 ? 1U : 0U) + ((word & has_m) != 0 ? 1U : 0U);
        if ((word & has_srid) != 0) {
            auto const srid = number<std::uint32_t>("SRID");
            if (srid != static_cast<std::uint32_t>(srid_wgs84)) {
                fail<GeometryError>("EWKB: SRID {}; expected {}", srid, srid_wgs84);
            }
            m_has_srid = true;
        }
        if (!m_has_srid) {
            fail<GeometryError>("EWKB: has no SRID; expected {}", srid_wgs84);
        }
        return static_cast<Kind>(kind);
    }

    LonLat position() {
        need(m_ordinates * sizeof(double), "position");
        double const lon = real();
        double const lat = real();
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

    Polygon polygon() {
        std::size_t const rings = count(sizeof(std::uint32_t), "rings");
        if (rings == 0) {
            fail<GeometryError>("EWKB: a polygon without rings");
        }
        Polygon result{positions(), {}};
        for (std::size_t i = 1; i < rings; ++i) {
            result.holes.push_back(positions());
        }
        return result;
    }

    template <typename Part, typename Read>
    std::vector<Part> parts(Kind expected, Read&& read) {
        std::size_t const size = count(1 + sizeof(std::uint32_t), "parts");
        if (size == 0) {
            fail<GeometryError>("EWKB: is empty");
        }
        std::vector<Part> all;
        for (std::size_t i = 0; i < size; ++i) {
            Kind const found = header();
            if (found != expected) {
                fail<GeometryError>("EWKB: a part of kind {}; expected kind {}",
                                    static_cast<std::uint32_t>(found), static_cast<std::uint32_t>(expected));
            }
            all.push_back(read());
        }
        return all;
    }

    /// A count of things that take at least `each` bytes; refused when as many cannot follow.
    std::size_t count(std::size_t each, char const* what) {
        auto const value = number<std::uint32_t>(what);
        if (value > (m_bytes.size() - m_at) / each) {
            fail<GeometryError>("EWKB: claims {} {} where {} bytes are left", value, what,
                                m_bytes.size() - m_at);
        }
        return value;
    }

    double real() { return std::bit_cast<double>(number<std::uint64_t>("position")); }

    template <typename Bits>
    Bits number(char const* what) {
        need(sizeof(Bits), what);
        constexpr unsigned byte = 8;
        Bits bits = 0;
        for (std::size_t i = 0; i < sizeof bits; ++i) {
            std::size_t const at = m_is_little ? m_at + sizeof bits - 1 - i : m_at + i;
            bits = (bits << byte) | static_cast<unsigned char>(m_bytes[at]);
        }
        m_at += sizeof bits;
        return bits;
    }

    void need(std::size_t bytes, char const* what) const {
        if (m_bytes.size() - m_at < bytes) {
            fail<GeometryError>("EWKB: ends at byte {}, inside the {}", m_bytes.size(), what);
        }
    }

    std::string_view m_bytes;
    std::size_t m_at = 0;
    std::size_t m_ordinates = 2;
    bool m_is_little = true;
    bool m_has_srid = false;
};

unsigned digit_of(char c) {
    if (c >= '0' && c <= '9') {
        return static_cast<unsigned>(c - '0');
    }
    if (c >= 'A' && c <= 'F') {
        return static_cast<unsigned>(c - 'A') + 10U;
    }
    if (c >= 'a' && c <= 'f') {
        return static_cast<unsigned>(c - 'a') + 10U;
    }
    fail<GeometryError>("EWKB: {:#04x} is no hexadecimal digit", static_cast<unsigned char>(c));
}

} // namespace

std::string encode_ewkb(Geometry const& geometry) {
    if (auto const problem = problem_of(geometry)) {
        fail<GeometryError>("{}", *problem);
    }
    if (extent(geometry).is_empty()) {
        fail<GeometryError>("an empty geometry; the database holds none");
    }
    Writer writer;
    writer.header(kind_of(geometry), has_srid);
    std::visit([&](auto const& each) { writer.body(each); }, geometry);
    return writer.take();
}

std::string encode_hex_ewkb(Geometry const& geometry) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string const bytes = encode_ewkb(geometry);
    std::string text;
    text.reserve(bytes.size() * 2);
    for (char const c : bytes) {
        auto const byte = static_cast<unsigned char>(c);
        text += digits[byte >> 4U];
        text += digits[byte & 0xFU];
    }
    return text;
}

Geometry decode_hex_ewkb(std::string_view text) {
    if (text.size() % 2 != 0) {
        fail<GeometryError>("EWKB: {} hexadecimal digits; expected two a byte", text.size());
    }
    std::string bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        bytes += static_cast<char>((digit_of(text[i]) << 4U) | digit_of(text[i + 1]));
    }
    Reader reader{bytes};
    Geometry geometry = reader.geometry();
    reader.at_end();
    if (auto const problem = problem_of(geometry)) {
        fail<GeometryError>("EWKB: {}", *problem);
    }
    return geometry;
}

} // namespace kharita::geo
