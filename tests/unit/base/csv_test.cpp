#include "base/csv.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"

using kharita::CsvReader;
using Fields = std::vector<std::string>;

TEST_CASE("CsvReader: RFC 4180, section 2, rules 1 to 7") {
    CsvReader reader{"aaa,bbb,ccc\r\n\"aaa\",\"b \r\nbb\",\"c\"\"cc\"\nx,,\n"};
    CHECK(reader.next() == Fields{"aaa", "bbb", "ccc"});
    CHECK(reader.line() == 1);
    CHECK(reader.next() == Fields{"aaa", "b \r\nbb", "c\"cc"});
    CHECK(reader.line() == 2);
    CHECK(reader.next() == Fields{"x", "", ""});
    CHECK(reader.line() == 4);
    CHECK_FALSE(reader.next());
}

TEST_CASE("CsvReader: byte order mark, empty lines, no last line end, nothing at all") {
    CsvReader reader{"\xEF\xBB\xBF"
                     "اسم,ب\n\n\r\n1,2"};
    CHECK(reader.next() == Fields{"اسم", "ب"});
    CHECK(reader.next() == Fields{"1", "2"});
    CHECK(reader.line() == 4);
    CHECK_FALSE(reader.next());
    CHECK_FALSE(CsvReader{""}.next());
}

TEST_CASE("CsvReader: broken quotes are named") {
    CsvReader open{"a\n\"b"};
    open.next();
    CHECK_THROWS_WITH_AS(open.next(), "a quoted field is not closed", kharita::InputError);
    CHECK(open.line() == 2);
    CsvReader text{"\"a\"b,c"};
    CHECK_THROWS_AS(text.next(), kharita::InputError);
}

TEST_CASE("CsvReader: a record as it was written, and on behind a broken one") {
    CsvReader reader{"a,\"b\nc\"\r\nd,\"e\nf,g\n\"h\"i\nj"};
    CHECK(reader.next());
    CHECK(reader.text() == "a,\"b\nc\"");
    CHECK_THROWS_AS(reader.next(),
                    kharita::InputError); // the quote before e, up to that before h, which i follows
    CHECK(reader.line() == 3);
    CHECK(reader.text() == "d,\"e");
    reader.skip_line();
    CHECK(reader.next() == Fields{"f", "g"});
    CHECK(reader.line() == 4);
    CHECK_THROWS_AS(reader.next(), kharita::InputError);
    CHECK(reader.text() == "\"h\"i");
    reader.skip_line();
    CHECK(reader.next() == Fields{"j"});
    CHECK(reader.line() == 6);
    CHECK_FALSE(reader.next());
}

TEST_CASE("append_csv_field: comes back as it was") {
    for (std::string const& value : Fields{"", "plain", "a,b", "say \"x\"", "two\nlines", " space", "قرية"}) {
        std::string line;
        kharita::append_csv_field(line, value);
        line += ",end";
        CHECK(CsvReader{line}.next() == Fields{value, "end"});
    }
}
