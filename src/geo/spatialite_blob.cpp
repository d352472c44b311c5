#include "geo/spatialite_blob.hpp"

#include <bit>
#include <cstddef>
#include <cstring>

#include "base/error.hpp"
#include "geo/binary_geometry.hpp"
#include "geo/geometry.hpp"

namespace kharita::geo {

namespace {

// Marks of the format, by the names of its documentation.
constexpr unsigned char start_mark = 0x00;
constexpr unsigned char little_endian_mark = 0x01;
constexpr unsigned char mbr_end_mark = 0x7C;
constexpr unsigned char entity_mark = 0x69;
constexpr unsigned char end_mark = 0xFE;

class Writer : public BinaryGeometryWriter<Writer> {
public:
    static constexpr std::string_view name = "a SpatiaLite BLOB";

    void kind(GeometryKind value) { number(static_cast<std::uint32_t>(value)); }
    void begin_part(GeometryKind value) {
        byte(entity_mark);
        kind(value);
    }
};

class Reader : public BinaryGeometryReader<Reader> {
public:
    using BinaryGeometryReader::BinaryGeometryReader;
    static constexpr std::string_view name = "SpatiaLite BLOB";

    void expect(unsigned char mark, char const* what) {
        std::size_t const at = where();
        unsigned char const found = byte(what);
        if (found != mark) {
            fail<GeometryError>("SpatiaLite BLOB: byte {} is {:#04x}; expected {:#04x}, the {}", at, found,
                                mark, what);
        }
    }

    /// Thousands say which of Z (1), M (2) or both (3) a position has besides X and Y.
    GeometryKind kind() {
        auto const value = number<std::int32_t>("geometry class");
        std::int32_t const dimensions = value / 1000;
        std::int32_t const base = value % 1000;
        if (dimensions < 0 || dimensions > 3 || base < 1 || base > 6) {
            fail<GeometryError>(
                "SpatiaLite BLOB: geometry class {}; expected point, line, polygon or many of one kind",
                value);
        }
        ordinates(dimensions == 0 ? 2 : dimensions == 3 ? 4 : 3);
        return static_cast<GeometryKind>(base);
    }

    GeometryKind part_kind() {
        expect(entity_mark, "mark of a part");
        return kind();
    }
};

} // namespace

PointBlob encode_spatialite_point(LonLat at) {
    if (auto const problem = problem_of(Geometry{Point{at}})) {
        fail<GeometryError>("{}", *problem);
    }
    PointBlob blob{};
    std::size_t size = 0;
    auto const put = [&](auto value) {
        value = in_order(std::endian::little, value);
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
    put(GeometryKind::point);
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
    writer.kind(kind_of(geometry));
    writer.body(geometry);
    writer.byte(end_mark);
    return writer.take();
}

Geometry decode_spatialite(std::string_view blob) {
    Reader reader{blob};
    reader.expect(start_mark, "start mark");
    reader.order();
    auto const srid = reader.number<std::int32_t>("SRID");
    if (srid != srid_wgs84) {
        fail<GeometryError>("SpatiaLite BLOB: SRID {}; expected {}", srid, srid_wgs84);
    }
    for (char const* const side : {"west", "south", "east", "north"}) {
        reader.number<double>(side);
    }
    reader.expect(mbr_end_mark, "end mark of the rectangle");
    Geometry geometry = reader.body(reader.kind());
    reader.expect(end_mark, "end mark");
    reader.at_end();
    if (auto const problem = problem_of(geometry)) {
        fail<GeometryError>("SpatiaLite BLOB: {}", *problem);
    }
    return geometry;
}

} // namespace kharita::geo
