#include "extract/code_points.hpp"

#include <string>

#include <doctest/doctest.h>

using kharita::extract::CodePoints;
using kharita::extract::first_invalid_utf8;

TEST_CASE("CodePoints: Arabic letters are two bytes, emoji four") {
    std::string const text = "aم😀b"; // bytes 0, 1-2, 3-6, 7
    CodePoints const points{text};
    CHECK(points.size() == 4);
    CHECK(points.at_byte(0) == 0);
    CHECK(points.at_byte(1) == 1);
    CHECK(points.at_byte(3) == 2);
    CHECK(points.at_byte(7) == 3);
    CHECK(points.at_byte(8) == 4);
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

TEST_CASE("first_invalid_utf8: RFC 3629, section 4") {
    CHECK_FALSE(first_invalid_utf8("أمس 1 — 😀"));
    CHECK_FALSE(first_invalid_utf8(""));
    CHECK(first_invalid_utf8("ab\xFF") == 2);
    CHECK(first_invalid_utf8("\xC0\x80") == 0);         // overlong NUL
    CHECK(first_invalid_utf8("\xE0\x80\x80") == 0);     // overlong
    CHECK(first_invalid_utf8("a\xED\xA0\x80") == 1);    // a surrogate
    CHECK(first_invalid_utf8("\xF4\x90\x80\x80") == 0); // above U+10FFFF
    CHECK(first_invalid_utf8("x\xD8") == 1);            // cut off
}
