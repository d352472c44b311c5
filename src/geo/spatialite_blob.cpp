#include "geo/spatialite_blob.hpp"

#include <bit>
#include <cstddef>
#include <cstring>
#include <limits>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "geo/geometry.hpp"

namespace kharita::geo {

namespace {

// Marks of the format, by the names of its documentation.
constexpr unsigned char start_mark = 0x00;
constexpr unsigned char little_endian_mark = 0x01;
constexpr unsigned char mbr_end_mark = 0x7C;
constexpr unsigned char entity_mark = 0x69;
constexpr unsigned char end_mark = 0xFE;

enum class Class : std::int32_t {
    point = 1,
    line_string = 2,
    polygon = 3,
    multi_point = 4,
    multi_line_string = 5,
    multi_polygon = 6
};

template <typename Number>
Number swapped_unless(std::endian order, Number value) noexcept {
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

class Writer {
public:
    void byte(unsigned char value) { m_bytes.push_back(static_cast<char>(value)); }

    template <typename Number>
    void number(Number value) {
        value = swapped_unless(std::endian::little, value);
        m_bytes.append(reinterpret_cast<char const*>(&value), sizeof value);
    }

    void count(std::size_t value) {
        if (value > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) {
            fail<GeometryError>("{} parts or positions are more than a SpatiaLite BLOB can count", value);
        }
        number(static_cast<std::int32_t>(value));
    }

    void kind(Class value) { number(static_cast<std::int32_t>(value)); }

    void positions(std::vector<LonLat> const& all) {
        count(all.size());
        for (LonLat const at : all) {
            number(at.lon);
            number(at.lat);
        }
    }

    void body(Point const& point) {
        number(point.at.lon);
        number(point.at.lat);
    }
    void body(LineString const& line) { positions(line.points); }
    void body(Polygon const& polygon) {
        count(polygon.holes.size() + 1);
        positions(polygon.outer);
        for (Ring const& hole : polygon.holes) {
            positions(hole);
        }
    }

    template <typename Part>
    void parts(Class part_class, std::vector<Part> const& all) {
        count(all.size());
        for (Part const& part : all) {
            byte(entity_mark);
            kind(part_class);
            if constexpr (std::is_same_v<Part, LonLat>) {
                body(Point{part});
            } else {
                body(part);
            }
        }
    }
    void body(MultiPoint const& each) { parts(Class::point, each.points); }
    void body(MultiLineString const& each) { parts(Class::line_string, each.lines); }
    void body(MultiPolygon const& each) { parts(Class::polygon, each.polygons); }

    std::string take() { return std::move(m_bytes); }

private:
    std::string m_bytes;
};

/// Walks the bytes; every read is checked against what is left.
class Reader {
public:
    explicit Reader(std::string_view bytes) : m_bytes{bytes} {}

    void order(std::endian order) noexcept { m_order = order; }

    unsigned char byte(char const* what) {
        need(1, what);
        auto const value = static_cast<unsigned char>(m_bytes[m_at]);
        ++m_at;
        return value;
    }

    void expect(unsigned char mark, char const* what) {
        std::size_t const at = m_at;
        unsigned char const found = byte(what);
        if (found != mark) {
            fail<GeometryError>("SpatiaLite BLOB: byte {} is {:#04x}; expected {:#04x}, the {}", at, found,
                                mark, what);
        }
    }

    template <typename Number>
    Number number(char const* what) {
        need(sizeof(Number), what);
        Number value{};
        std::memcpy(&value, m_bytes.data() + m_at, sizeof value);
        m_at += sizeof value;
        return swapped_unless(m_order, value);
    }

    /// A count of things that take at least `each` bytes; refused when the BLOB cannot hold as many, so that
    /// a damaged count reserves no memory.
    std::size_t count(std::size_t each, char const* what) {
        auto const value = number<std::int32_t>(what);
        if (value < 0 || static_cast<std::size_t>(value) > (m_bytes.size() - m_at) / each) {
            fail<GeometryError>("SpatiaLite BLOB: claims {} {} where {} bytes are left", value, what,
                                m_bytes.size() - m_at);
        }
        return static_cast<std::size_t>(value);
    }

    /// Notes how many of X Y, Z and M a position has, and returns the class without dimensions.
    Class kind() {
        auto const value = number<std::int32_t>("geometry class");
        std::int32_t const dimensions = value / 1000;
        std::int32_t const base = value % 1000;
        if (dimensions < 0 || dimensions > 3 || base < 1 || base > 6) {
            fail<GeometryError>(
                "SpatiaLite BLOB: geometry class {}; expected point, line, polygon or many of one kind",
                value);
        }
        m_ordinates = dimensions == 0 ? 2 : dimensions == 3 ? 4 : 3;
        return static_cast<Class>(base);
    }

    LonLat position() {
        LonLat const at{number<double>("longitude"), number<double>("latitude")};
        for (std::size_t i = 2; i < m_ordinates; ++i) {
            number<double>("Z or M");
        }
        return at;
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
        std::size_t const rings = count(sizeof(std::int32_t), "rings");
        if (rings == 0) {
            fail<GeometryError>("SpatiaLite BLOB: a polygon without rings");
        }
        Polygon result{positions(), {}};
        for (std::size_t i = 1; i < rings; ++i) {
            result.holes.push_back(positions());
        }
        return result;
    }

    template <typename Part, typename Read>
    std::vector<Part> parts(Class expected, Read&& read) {
        std::size_t const size = count(1 + sizeof(std::int32_t), "parts");
        std::vector<Part> all;
        for (std::size_t i = 0; i < size; ++i) {
            expect(entity_mark, "mark of a part");
            Class const found = kind();
            if (found != expected) {
                fail<GeometryError>("SpatiaLite BLOB: a part of class {}; expected class {}",
                                    static_cast<int>(found), static_cast<int>(expected));
            }
            all.push_back(read());
        }
        return all;
    }

    Geometry geometry() {
        switch (kind()) {
        case Class::point:
            return Point{position()};
        case Class::line_string:
            return LineString{positions()};
        case Class::polygon:
            return polygon();
        case Class::multi_point:
            return MultiPoint{parts<LonLat>(Class::point, [&] { return position(); })};
        case Class::multi_line_string:
            return MultiLineString{
                parts<LineString>(Class::line_string, [&] { return LineString{positions()}; })};
        case Class::multi_polygon:
            break;
        }
        return MultiPolygon{parts<Polygon>(Class::polygon, [&] { return polygon(); })};
    }

    void at_end() const {
        if (m_at != m_bytes.size()) {
            fail<GeometryError>("SpatiaLite BLOB: {} bytes after its end", m_bytes.size() - m_at);
        }
    }

private:
    void need(std::size_t bytes, char const* what) const {
        if (m_bytes.size() - m_at < bytes) {
            fail<GeometryError>("SpatiaLite BLOB: ends at byte {}, inside the {}", m_bytes.size(), what);
        }
    }

    std::string_view m_bytes;
    std::size_t m_at = 0;
    std::size_t m_ordinates = 2;
    std::endian m_order = std::endian::little;
};

Class class_of(Geometry const& geometry) noexcept {
    switch (geometry.index()) {
    case 0:
        return Class::point;
    case 1:
        return Class::multi_point;
    case 2:
        return Class::line_string;
    case 3:
        return Class::multi_line_string;
    case 4:
        return Class::polygon;
    default:
        return Class::multi_polygon;
    }
}

} // namespace

PointBlob encode_spatialite_point(LonLat at) {
    if (auto const problem = problem_of(Geometry{Point{at}})) {
        fail<GeometryError>("{}", *problem);
    }
    PointBlob blob{};
    std::size_t size = 0;
    auto const put = [&](auto value) {
        value = swapped_unless(std::endian::little, value);
        std::memcpy(blob.data() + size, &value, sizeof value);
        size += sizeof value;
    };
    blob[size++] = std::byte{start_mark};
    blob[size++] = std::byte{little_endian_mark};
    put(srid_wgs84);
    for (int corner = 0; corner < 2; ++corner) {
        put(at.lon);
        put(at.lat);
    }
    blob[size++] = std::byte{mbr_end_mark};
    put(static_cast<std::int32_t>(Class::point));
    put(at.lon);
    put(at.lat);
    blob[size] = std::byte{end_mark};
    return blob;
}

std::string encode_spatialite(Geometry const& geometry) {
    if (auto const problem = problem_of(geometry)) {
        fail<GeometryError>("{}", *problem);
    }
    Extent const box = extent(geometry);
    if (box.is_empty()) {
        fail<GeometryError>("an empty geometry; SpatiaLite has no form for it");
    }
    Writer writer;
    writer.byte(start_mark);
    writer.byte(little_endian_mark);
    writer.number(srid_wgs84);
    writer.number(box.west);
    writer.number(box.south);
    writer.number(box.east);
    writer.number(box.north);
    writer.byte(mbr_end_mark);
    writer.kind(class_of(geometry));
    std::visit([&](auto const& each) { writer.body(each); }, geometry);
    writer.byte(end_mark);
    return writer.take();
}

Geometry decode_spatialite(std::string_view blob) {
    Reader reader{blob};
    reader.expect(start_mark, "start mark");
    unsigned char const order = reader.byte("byte order");
    if (order > little_endian_mark) {
        fail<GeometryError>("SpatiaLite BLOB: byte order {:#04x}; expected 0x01 or 0x00", order);
    }
    reader.order(order == little_endian_mark ? std::endian::little : std::endian::big);
    auto const srid = reader.number<std::int32_t>("SRID");
    if (srid != srid_wgs84) {
        fail<GeometryError>("SpatiaLite BLOB: SRID {}; expected {}", srid, srid_wgs84);
    }
    for (char const* const side : {"west", "south", "east", "north"}) {
        reader.number<double>(side);
    }
    reader.expect(mbr_end_mark, "end mark of the rectangle");
    Geometry geometry = reader.geometry();
    reader.expect(end_mark, "end mark");
    reader.at_end();
    if (auto const problem = problem_of(geometry)) {
        fail<GeometryError>("SpatiaLite BLOB: {}", *problem);
    }
    return geometry;
}

} // namespace kharita::geo
