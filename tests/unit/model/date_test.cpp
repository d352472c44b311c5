#include "model/date.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;

TEST_CASE("parse_date: real days only") {
    CHECK(kharita::parse_date("2019-08-01") == kharita::Date{2019y / 8 / 1});
    CHECK(kharita::parse_date("2019-08-01T10:00:00Z") == kharita::Date{2019y / 8 / 1});
    CHECK(kharita::parse_date("2020-02-29").has_value());
    for (char const* const wrong :
         {"", "2019-02-29", "2019-13-01", "01/08/2019", "2019-8-1", "2019-08-01 10:00", "x019-08-01"}) {
        CAPTURE(wrong);
        CHECK_FALSE(kharita::parse_date(wrong).has_value());
    }
}

TEST_CASE("to_string: the inverse of parse_date over four centuries") {
    for (kharita::Date day{1900y / 1 / 1}; day < kharita::Date{2300y / 1 / 1}; day += std::chrono::days{13}) {
        CHECK(kharita::parse_date(kharita::to_string(day)) == day);
    }
}
