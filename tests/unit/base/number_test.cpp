#include "base/number.hpp"

#include <cstdint>
#include <string_view>

#include <doctest/doctest.h>

using kharita::parse_number;

TEST_CASE("parse_number: the whole text, and a number that can be counted with") {
    CHECK(parse_number<double>("-1.5e3") == -1500.0);
    CHECK(parse_number<int>("-7") == -7);
    CHECK(parse_number<std::uint8_t>("255") == std::uint8_t{255});
    for (std::string_view const text : {"", " 1", "1 ", "+1", "1,5", "1x", "nan", "NaN", "-nan", "nan(1)",
                                        "inf", "-inf", "infinity", "1e999"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_number<double>(text));
    }
    for (std::string_view const text : {"", "1.5", "256", "-1", "0x1"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_number<std::uint8_t>(text));
    }
}
