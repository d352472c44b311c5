#include "geo/spatialite_blob.hpp"

#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include <doctest/doctest.h>

#include "base/error.hpp"

using namespace kharita;
using geo::decode_spatialite;
using geo::encode_spatialite;

namespace {

std::string from_hex(std::string_view hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        bytes += static_cast<char>(std::stoi(std::string{hex.substr(i, 2)}, nullptr, 16));
    }
    return bytes;
}

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

/// What goes wrong with these bytes; empty when nothing does.
std::string message(std::string const& blob) {
    try {
        decode_spatialite(blob);
        return {};
    } catch (GeometryError const& error) {
        return error.what();
    }
}

} // namespace

TEST_CASE("encode_spatialite: what SpatiaLite 5.0.1 writes for MakePoint(1.5, -2, 4326)") {
    CHECK(encode_spatialite(Point{{1.5, -2}}) ==
          from_hex("0001E6100000000000000000F83F00000000000000C0000000000000F83F00000000000000C07C01000000"
                   "000000000000F83F00000000000000C0FE"));
}

TEST_CASE("encode_spatialite_point: the bytes that encode_spatialite gives") {
    for (kharita::LonLat const at :
         {kharita::LonLat{1.5, -2}, {0, 0}, {180, -90}, {36.6231123, 35.3211987}}) {
        auto const blob = kharita::geo::encode_spatialite_point(at);
        CHECK(std::string{reinterpret_cast<char const*>(blob.data()), blob.size()} ==
              encode_spatialite(Point{at}));
    }
    CHECK_THROWS_AS(kharita::geo::encode_spatialite_point({181, 0}), GeometryError);
}

TEST_CASE("encode_spatialite: sizes by the format, 43 bytes of frame and class") {
    auto const all = one_of_each();
    CHECK(encode_spatialite(all[0]).size() == 43 + 16 + 1);
    CHECK(encode_spatialite(all[2]).size() == 43 + 4 + 3 * 16 + 1);
    CHECK(encode_spatialite(all[1]).size() == 43 + 4 + 2 * (5 + 16) + 1);
    CHECK(encode_spatialite(all[4]).size() == 43 + 4 + 2 * 4 + 8 * 16 + 1);
}

TEST_CASE("decode_spatialite: undoes encode for all six kinds") {
    for (Geometry const& geometry : one_of_each()) {
        CAPTURE(geometry.index());
        CHECK(decode_spatialite(encode_spatialite(geometry)) == geometry);
    }
}

TEST_CASE("decode_spatialite: big endian; Z and M dropped") {
    CHECK(decode_spatialite(
              from_hex("0000000010E63FF8000000000000C0000000000000003FF8000000000000C0000000000000007C"
                       "000000013FF8000000000000C000000000000000FE")) == Geometry{Point{{1.5, -2}}});
    CHECK(decode_spatialite(from_hex(
              "0001E6100000000000000000F83F00000000000000C0000000000000F83F00000000000000C07CE9030000"
              "000000000000F83F00000000000000C00000000000001440FE")) == Geometry{Point{{1.5, -2}}});
}

TEST_CASE("encode_spatialite: refuses what is empty, out of range, not a number or not closed") {
    double const nan = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_AS(encode_spatialite(MultiPolygon{}), GeometryError);
    CHECK_THROWS_AS(encode_spatialite(Point{{nan, 0}}), GeometryError);
    CHECK_THROWS_AS(encode_spatialite(Point{{0, 91}}), GeometryError);
    CHECK_THROWS_AS(encode_spatialite(LineString{{{0, 0}}}), GeometryError);
    CHECK_THROWS_AS(encode_spatialite(Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}, {}}), GeometryError);
}

TEST_CASE("decode_spatialite: says what is wrong") {
    std::string const good = encode_spatialite(one_of_each()[4]);
    CHECK(message({}).find("ends at byte 0") != std::string::npos);
    CHECK(message("POINT(1 2)").find("start mark") != std::string::npos);
    CHECK(message(good + '\0').find("1 bytes after its end") != std::string::npos);
    std::string other_srid = good;
    other_srid[2] = 0;
    CHECK(message(other_srid).find("SRID") != std::string::npos);
    std::string collection = good;
    collection[39] = 7;
    CHECK(message(collection).find("geometry class 7") != std::string::npos);
    std::string many_rings = good;
    many_rings[46] = 0x7F; // 2 billion rings
    CHECK(message(many_rings).find("rings where") != std::string::npos);
}

TEST_CASE("decode_spatialite: any prefix and any damaged byte gives a geometry or a GeometryError") {
    std::mt19937 random{20190801};
    for (Geometry const& geometry : one_of_each()) {
        std::string const good = encode_spatialite(geometry);
        for (std::size_t size = 0; size < good.size(); ++size) {
            CHECK_FALSE(message(good.substr(0, size)).empty());
        }
        for (int i = 0; i < 3000; ++i) {
            std::string damaged = good;
            for (unsigned k = 0; k < 1 + random() % 3; ++k) {
                damaged[random() % damaged.size()] = static_cast<char>(random() & 0xFFU);
            }
            CHECK_NOTHROW(message(damaged));
        }
    }
}
