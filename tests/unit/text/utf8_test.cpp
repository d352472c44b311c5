#include "text/utf8.hpp"

#include <doctest/doctest.h>

using kharita::text::first_invalid_utf8;

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
