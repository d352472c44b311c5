#include "model/code_points.hpp"

#include <string>

#include <doctest/doctest.h>

using kharita::CodePoints;

TEST_CASE("CodePoints: Arabic letters are two bytes, emoji four") {
    std::string const text = "aم😀b"; // bytes 0, 1-2, 3-6, 7
    CodePoints const points{text};
    CHECK(points.size() == 4);
    CHECK(points.at_byte(0) == 0);
    CHECK(points.at_byte(1) == 1);
    CHECK(points.at_byte(3) == 2);
    CHECK(points.at_byte(7) == 3);
    CHECK(points.at_byte(8) == 4);
    CHECK(points.at_byte(99) == 4);
    CHECK(points.to_byte(3) == 7);
    CHECK(points.to_byte(4) == 8);
    CHECK_FALSE(points.to_byte(5));
}

TEST_CASE("CodePoints: an empty text") {
    CodePoints const points{""};
    CHECK(points.size() == 0);
    CHECK(points.to_byte(0) == 0);
    CHECK(points.at_byte(0) == 0);
}

TEST_CASE("CodePoints: there and back over more than one block") {
    std::string text;
    for (int i = 0; i < 300; ++i) {
        text += i % 3 == 0 ? "x" : i % 3 == 1 ? "س" : "😀";
    }
    CodePoints const points{text};
    REQUIRE(points.size() == 300);
    for (std::size_t i = 0; i <= points.size(); ++i) {
        auto const byte = points.to_byte(i);
        REQUIRE(byte);
        CHECK(points.at_byte(*byte) == i);
    }
}
