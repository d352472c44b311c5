#include "store/actors.hpp"

#include <doctest/doctest.h>

using namespace kharita; // NOLINT: a test

TEST_CASE("records_of: type in words, Arabic name, the rest as it is") {
    Actor const actor{.id = "x",
                      .name = "X forces",
                      .aliases = {{.name = "طيران", .certainty = 0.4}, {.name = "قوات إكس"}, {.name = "إكس"}},
                      .from = {},
                      .to = {},
                      .country = "SYR",
                      .inter = 1,
                      .plover = {},
                      .parent = "y",
                      .branch = kharita::Branch::military};
    auto const records = store::records_of(std::span{&actor, 1});
    REQUIRE(records.size() == 1);
    CHECK(records[0].id == "x");
    CHECK(records[0].name == "X forces");
    CHECK(records[0].name_ar == "قوات إكس");
    CHECK(records[0].kind == "state forces");
    CHECK(records[0].country == "SYR");
    CHECK(records[0].parent == "y");
}
