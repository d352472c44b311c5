#include "geo/ewkb.hpp"

#include <cstdint>

#include "base/error.hpp"
#include "geo/binary_geometry.hpp"
#include "geo/geometry.hpp"
#include "geo/spatialite_blob.hpp"

namespace kharita::geo {

namespace {

constexpr std::uint32_t has_z = 0x80000000U;
constexpr std::uint32_t has_m = 0x40000000U;
constexpr std::uint32_t has_srid = 0x20000000U;
constexpr unsigned char little_endian = 1;

/// Byte order and kind stand before the whole and before each part; the reference system before the whole.
class Writer : public BinaryGeometryWriter<Writer> {
public:
    static constexpr std::string_view name = "well-known binary";

    void header(GeometryKind kind, std::uint32_t flags) {
        byte(little_endian);
        number(static_cast<std::uint32_t>(kind) | flags);
    }
    void begin_part(GeometryKind kind) { header(kind, 0); }
};

class Reader : public BinaryGeometryReader<Reader> {
public:
    using BinaryGeometryReader::BinaryGeometryReader;
    static constexpr std::string_view name = "EWKB";

    GeometryKind part_kind() {
        order();
        auto const word = number<std::uint32_t>("kind");
        std::uint32_t const kind = word & ~(has_z | has_m | has_srid);
        if (kind < 1 || kind > 6) {
            fail<GeometryError>("EWKB: kind {}; expected point, line, polygon or many of one kind", kind);
        }
        ordinates(2U + ((word & has_z) != 0 ? 1U : 0U) + ((word & has_m) != 0 ? 1U : 0U));
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
        return static_cast<GeometryKind>(kind);
    }

private:
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
    writer.number(srid_wgs84);
    writer.body(geometry);
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
    Geometry geometry = reader.body(reader.part_kind());
    reader.at_end();
    if (extent(geometry).is_empty()) {
        fail<GeometryError>("EWKB: is empty");
    }
    if (auto const problem = problem_of(geometry)) {
        fail<GeometryError>("EWKB: {}", *problem);
    }
    return geometry;
}

} // namespace kharita::geo
