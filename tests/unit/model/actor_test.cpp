#include "model/actor.hpp"

#include <string>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "support/temp_folder.hpp"

using namespace kharita; // NOLINT: a test

namespace {

std::string const header =
    "# a remark\nid\tname\taliases\tfrom\tto\tcountry\tinter\tplover\tparent\tbranch\tnote\n";

/// What is said of a table with these rows.
std::string message(std::string const& rows) {
    kharita::test::TempFolder const folder;
    try {
        read_actors(folder.file("actors.tsv", header + rows));
        return {};
    } catch (InputError const& error) {
        return error.what();
    }
}

bool says(std::string const& rows, std::string_view what) {
    return message(rows).find(what) != std::string::npos;
}

} // namespace

TEST_CASE("read_actors: every column") {
    kharita::test::TempFolder const folder;
    auto const actors = read_actors(
        folder.file("actors.tsv",
                    header + "x\tX forces\tThe X; طيران=0.4; قوات إكس; إكس\t2017-05\t2024-12-08\tSYR\t1\tSYR "
                             "MIL\t\tmilitary\tof our own\n"
                             "y\tY\tY\t2011\t\t\t8\t\tx\t\t\n"));
    REQUIRE(actors.size() == 2);
    CHECK(actors[0].id == "x");
    CHECK(actors[0].name == "X forces");
    REQUIRE(actors[0].aliases.size() == 4);
    CHECK(actors[0].aliases[1].name == "طيران");
    CHECK(actors[0].aliases[1].certainty == 0.4);
    CHECK(actors[0].aliases[3].certainty == 1);
    CHECK(actors[0].from == parse_date("2017-05-01"));
    CHECK(actors[0].to == parse_date("2024-12-08"));
    CHECK(actors[0].country == "SYR");
    CHECK(actors[0].inter == 1);
    CHECK(actors[0].plover == "SYR MIL");
    CHECK(actors[0].branch == kharita::Branch::military);
    CHECK(arabic_name(actors[0]) == "قوات إكس");
    CHECK(actors[1].from == parse_date("2011-01-01"));
    CHECK_FALSE(actors[1].to);
    CHECK(actors[1].parent == "x");
    CHECK(actors[1].branch == kharita::Branch::none);
    CHECK(arabic_name(actors[1]).empty());
}

TEST_CASE("read_actors: what is wrong is said with its line") {
    std::string const row = "x\tX\tX\t\t\t\t1\t\t\t\t\n";
    CHECK(message(row).empty());
    CHECK(says("x\tX\tX\n", "actors.tsv:3: 3 cells; expected 11"));
    CHECK(says(row + row, "actors.tsv:4: actor \"x\" stands twice"));
    CHECK(says("\tX\tX\t\t\t\t1\t\t\t\t\n", "actors.tsv:3: an actor without id"));
    CHECK(says("x\tX\tX\t2011-13\t\t\t1\t\t\t\t\n", R"("2011-13" is no day, month or year)"));
    CHECK(says("x\tX\tX=2\t\t\t\t1\t\t\t\t\n", R"(the share in "X=2" is no number between 0 and 1)"));
    CHECK(says("x\tX\tX=\t\t\t\t1\t\t\t\t\n", "no number between 0 and 1"));
    CHECK(says("x\tX\tX\t\t\t\t9\t\t\t\t\n", R"(inter is "9")"));
    CHECK(says("x\tX\tX\t\t\t\t\t\t\t\t\n", R"(inter is "")"));
    kharita::test::TempFolder const folder;
    CHECK_THROWS_WITH_AS(read_actors(folder.file("a.tsv", "id\tname\n")),
                         doctest::Contains("a.tsv:1: the header is"), InputError);
}

TEST_CASE("actor_type: the codes of ACLED's codebook") {
    CHECK(actor_type(1) == "state forces");
    CHECK(actor_type(7) == "civilians");
    CHECK(actor_type(8) == "external or other forces");
    CHECK(actor_type(0).empty());
    CHECK(actor_type(9).empty());
    CHECK(actor_type(-1).empty());
}
