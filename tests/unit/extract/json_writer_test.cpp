#include "extract/json_writer.hpp"

#include <limits>

#include <doctest/doctest.h>

using kharita::extract::JsonWriter;

TEST_CASE("JsonWriter: commas, nesting and escapes (RFC 8259, section 7)") {
    JsonWriter json;
    json.begin_object().key("a").begin_array().integer(1).string("\"\\\n\x01ق").end_array();
    json.key("b").begin_object().end_object().key("c").null().key("d").begin_array().end_array().end_object();
    CHECK(json.take() == R"({"a":[1,"\"\\\n\u0001ق"],"b":{},"c":null,"d":[]})");
}

TEST_CASE("JsonWriter: numbers are rounded to 1e-7 and written short") {
    auto const written = [](double value) { return JsonWriter{}.real(value).take(); };
    CHECK(written(36.6231) == "36.6231");
    CHECK(written(36.623123449) == "36.6231234");
    CHECK(written(2) == "2");
    CHECK(written(-0.00000001) == "0");
    CHECK(written(0.1 + 0.2) == "0.3");
    CHECK(written(std::numeric_limits<double>::quiet_NaN()) == "null");
}
