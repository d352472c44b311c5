#include "postgis/copy_rows.hpp"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "base/error.hpp"

using namespace kharita;
using postgis::CopyRows;

namespace {

// PostgreSQL 15 manual, COPY, "Binary Format": signature, flags, length of the header's extension; at the end
// -1.
constexpr std::string_view header{"PGCOPY\n\xFF\r\n\0\0\0\0\0\0\0\0\0", 19};
constexpr std::string_view end{"\xFF\xFF", 2};

std::string framed(std::string_view rows) {
    return std::string{header} + std::string{rows} + std::string{end};
}

} // namespace

TEST_CASE("CopyRows: without rows only the frame") {
    CHECK(CopyRows{}.empty());
    CHECK(CopyRows{}.finished() == framed(""));
}

TEST_CASE("CopyRows: each value has its length before it, high bytes first") {
    CopyRows rows;
    rows.row(3).integer(258).text("ab").null();
    CHECK(rows.finished() == framed(std::string_view{"\0\x03"
                                                     "\0\0\0\x08\0\0\0\0\0\0\x01\x02"
                                                     "\0\0\0\x02"
                                                     "ab"
                                                     "\xFF\xFF\xFF\xFF",
                                                     2 + 12 + 6 + 4}));
}

TEST_CASE("CopyRows: numbers as IEEE 754, days from 2000-01-01") {
    CopyRows rows;
    rows.row(3).real(-2.0).day(10957).day(10956); // 2000-01-01 and the day before
    CHECK(rows.finished() == framed(std::string_view{"\0\x03"
                                                     "\0\0\0\x08\xC0\0\0\0\0\0\0\0"
                                                     "\0\0\0\x04\0\0\0\0"
                                                     "\0\0\0\x04\xFF\xFF\xFF\xFF",
                                                     2 + 12 + 8 + 8}));
}

TEST_CASE("CopyRows: what is not there is null") {
    CopyRows rows;
    CopyRows nulls;
    rows.row(4).integer(std::nullopt).real(std::nullopt).text(std::nullopt).day(std::nullopt);
    nulls.row(4).null().null().null().null();
    CHECK(rows.finished() == nulls.finished());
}

TEST_CASE("CopyRows: an integer can be put right, and rows appended to others") {
    CopyRows first;
    first.row(1).integer(0);
    first.put_right(first.last_integer(), -7);
    CopyRows second;
    second.row(1).integer(-7);
    CHECK(first.finished() == second.finished());

    CopyRows both;
    both.row(1).integer(-7).row(1).integer(-7);
    first.append(second);
    CHECK(first.finished() == both.finished());
    first.clear();
    CHECK(first.empty());
}

TEST_CASE("CopyRows: a zero byte is refused") {
    CopyRows rows;
    rows.row(1);
    CHECK_THROWS_AS(rows.text(std::string_view{"a\0b", 3}), InputError);
}
