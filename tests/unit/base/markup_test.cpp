#include "base/markup.hpp"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

using kharita::in_markup;

TEST_CASE("in_markup: what would be read as markup becomes entities") {
    CHECK(in_markup(R"(<a href="x">Tom & Jerry</a>)") ==
          "&lt;a href=&quot;x&quot;&gt;Tom &amp; Jerry&lt;/a&gt;");
    CHECK(in_markup("&amp;") == "&amp;amp;");
    CHECK(in_markup("حلب\tوإدلب\n") == "حلب\tوإدلب\n");
    CHECK(in_markup("").empty());
}

TEST_CASE("in_markup: characters that XML cannot hold are replaced") {
    // XML 1.0, section 2.2: Char has of the controls only tab, line feed and carriage return.
    using namespace std::string_view_literals;
    CHECK(in_markup("a\0b\x1F"sv) == "a\xEF\xBF\xBD"
                                     "b\xEF\xBF\xBD");
}
