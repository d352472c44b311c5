#include "store/actors.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "support/temp_folder.hpp"

using namespace kharita; // NOLINT: a test

TEST_CASE("read_actors: the columns it knows, in any order, beside others") {
    kharita::test::TempFolder const folder;
    auto const file = folder.file("actors.tsv", "# a remark\n"
                                                "id\taliases\tname\tnote\tinter\tparent\tcountry\n"
                                                "x\tThe X; طيران=0.4; قوات إكس; إكس\tX forces\t\t1\t\tSYR\n"
                                                "y\tY\tY\t\t\tx\t\n");
    auto const actors = store::read_actors(file);
    REQUIRE(actors.size() == 2);
    CHECK(actors[0].id == "x");
    CHECK(actors[0].name == "X forces");
    CHECK(actors[0].name_ar == "قوات إكس");
    CHECK(actors[0].kind == "state forces");
    CHECK(actors[0].country == "SYR");
    CHECK(actors[1].parent == "x");
    CHECK(actors[1].name_ar.empty());
}

TEST_CASE("read_actors: what is wrong is said with its line") {
    kharita::test::TempFolder const folder;
    CHECK_THROWS_WITH_AS(store::read_actors(folder.file("a.tsv", "id\taliases\n")),
                         doctest::Contains("a.tsv:1: the header is"), InputError);
    CHECK_THROWS_WITH_AS(store::read_actors(folder.file("b.tsv", "id\tname\nx\n")),
                         doctest::Contains("b.tsv:2: 1 cells; expected 2"), InputError);
}
