#include "geo/json_numbers.hpp"

#include <string>

#include <doctest/doctest.h>

using kharita::geo::with_readable_numbers;

TEST_CASE("with_readable_numbers: what a parser takes stays as it is") {
    for (char const* const json :
         {R"({"a":[1,-2.5,1e300,1e-400,true,null],"b":"NaN 1e400 \"Infinity\""})",
          R"([18446744073709551615,-9223372036854775808,0])", "", "{", R"("open \)", "[-]", "[01e]"}) {
        CAPTURE(json);
        CHECK_FALSE(with_readable_numbers(json).has_value());
    }
}

TEST_CASE("with_readable_numbers: large numbers become fractions, those beyond a double and NaN null") {
    CHECK(with_readable_numbers(R"({"a":18446744073709551616,"b":-9223372036854775809})") ==
          R"({"a":18446744073709551616.0,"b":-9223372036854775809.0})");
    CHECK(with_readable_numbers("[NaN, Infinity,-Infinity,1e400,-1e400]") == "[null, null,null,null,null]");
    CHECK(with_readable_numbers("[" + std::string(400, '9') + "]") == "[null]");
    CHECK(with_readable_numbers(R"({"NaN":NaN})") == R"({"NaN":null})");
}
