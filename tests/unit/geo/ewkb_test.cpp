#include "geo/ewkb.hpp"

#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/error.hpp"

using namespace kharita;
using geo::decode_hex_ewkb;
using geo::encode_hex_ewkb;

namespace {

// OGC 06-103r4, 8.2: byte order, kind; PostGIS adds 0x20000000 and the SRID, of the whole geometry only.
constexpr char const* point = "0101000020E6100000000000000000F83F00000000000000C0"; // 1.5, -2

std::vector<Geometry> one_of_each() {
    Ring const outer{{36, 35}, {37, 35}, {37, 36}, {36, 35}};
    Ring const hole{{36.5, 35.2}, {36.6, 35.4}, {36.6, 35.2}, {36.5, 35.2}};
    return {Point{{36.6231, 35.3211}},
            MultiPoint{{{1, 2}, {3, 4}}},
            LineString{{{1, 2}, {3, 4}, {5, -6}}},
            MultiLineString{{{{{1, 2}, {3, 4}}}, {{{5, 6}, {7, 8}, {9, 10}}}}},
            Polygon{outer, {hole}},
            MultiPolygon{{{outer, {hole}}, {{{1, 1}, {2, 1}, {2, 2}, {1, 1}}, {}}}}};
}

/// What goes wrong with this text; empty when nothing does.
std::string message(std::string const& text) {
    try {
        decode_hex_ewkb(text);
        return {};
    } catch (GeometryError const& error) {
        return error.what();
    }
}

} // namespace

TEST_CASE("encode_hex_ewkb: a point, by the format") {
    CHECK(encode_hex_ewkb(Point{{1.5, -2}}) == point);
}

TEST_CASE("encode_hex_ewkb: parts carry their kind and no SRID") {
    CHECK(encode_hex_ewkb(MultiPoint{{{1.5, -2}}}) == "0104000020E610000001000000"
                                                      "0101000000000000000000F83F00000000000000C0");
}

TEST_CASE("decode_hex_ewkb: reads what encode_hex_ewkb writes") {
    for (Geometry const& geometry : one_of_each()) {
        CHECK(decode_hex_ewkb(encode_hex_ewkb(geometry)) == geometry);
    }
}

TEST_CASE("decode_hex_ewkb: big endian, lower case, and heights, which are dropped") {
    CHECK(decode_hex_ewkb("0020000001000010E63FF8000000000000C000000000000000") ==
          Geometry{Point{{1.5, -2}}});
    CHECK(decode_hex_ewkb("01010000a0e6100000000000000000f83f00000000000000c00000000000002440") ==
          Geometry{Point{{1.5, -2}}});
}

TEST_CASE("decode_hex_ewkb: every cut is an error") {
    for (Geometry const& geometry : one_of_each()) {
        std::string const text = encode_hex_ewkb(geometry);
        for (std::size_t length = 0; length < text.size(); ++length) {
            CHECK_THROWS_AS(decode_hex_ewkb(text.substr(0, length)), GeometryError);
        }
        CHECK(message(text + "00") == "EWKB: 1 bytes after its end");
    }
}

TEST_CASE("decode_hex_ewkb: says what is wrong") {
    std::string const text{point};
    CHECK(message("0g") == "EWKB: 0x67 is no hexadecimal digit");
    CHECK(message("02" + text.substr(2)) == "EWKB: byte order 0x02; expected 0x01 or 0x00");
    CHECK(message("0107000020E6100000") == "EWKB: kind 7; expected point, line, polygon or many of one kind");
    CHECK(message("0101000020110F0000000000000000F83F00000000000000C0") == "EWKB: SRID 3857; expected 4326");
    CHECK(message("0101000000000000000000F83F00000000000000C0") == "EWKB: has no SRID; expected 4326");
    CHECK(message("0106000020E610000000000000") == "EWKB: is empty");
    CHECK(message("0102000020E6100000FFFFFF7F") ==
          "EWKB: claims 2147483647 positions where 0 bytes are left");
    // POINT EMPTY, as PostGIS writes it: not a number twice.
    CHECK_FALSE(message("0101000020E6100000000000000000F87F000000000000F87F").empty());
}

TEST_CASE("encode_hex_ewkb: refuses what the database cannot hold") {
    CHECK_THROWS_AS(encode_hex_ewkb(MultiPolygon{}), GeometryError);
    CHECK_THROWS_AS(encode_hex_ewkb(Point{{181, 0}}), GeometryError);
    CHECK_THROWS_AS(encode_hex_ewkb(Point{{std::numeric_limits<double>::quiet_NaN(), 0}}), GeometryError);
}
