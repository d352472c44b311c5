#include "gazetteer/latin_spellings.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "gazetteer/gazetteer.hpp"
#include "gazetteer/tables.hpp"
#include "sample.hpp"

using namespace kharita;
using namespace kharita::gazetteer;

namespace {

constexpr char const* table = "arabic\tlatin\nتل\tTell;Tal;Tel\nعين\tAyn;Ain\nخان\tKhan;Han\n";

using Ways = std::vector<std::string>;

Ways ways(char const* name_ar, char const* name_en) {
    TemporaryFolder const folder;
    folder.write("latin_spellings.tsv", table);
    Ways all = LatinSpellings::load(folder.path()).other_ways(name_ar, name_en);
    std::ranges::sort(all);
    return all;
}

} // namespace

TEST_CASE("LatinSpellings: a word is written in each of its ways") {
    CHECK(ways("تل حلف", "Tell Halaf") == Ways{"Tal Halaf", "Tel Halaf"});
    CHECK(ways("تل العين", "Tal al-Ain") ==
          Ways{"Tal al-Ayn", "Tel al-Ain", "Tel al-Ayn", "Tell al-Ain", "Tell al-Ayn"});
    CHECK(ways("رأس العين", "Ras al-Ain") == Ways{"Ras al-Ayn"}); // behind an article
}

TEST_CASE("LatinSpellings: only of the Arabic word that the name holds") {
    CHECK(ways("هاندان", "Han Dan").empty());
    CHECK(ways("", "Tell Halaf").empty());
    CHECK(ways("التليل", "Tell").empty());
    CHECK(ways("الطبقة", "al-Tabqa").empty());
}

TEST_CASE("LatinSpellings: a compiled gazetteer finds a place by every way") {
    TemporaryFolder const folder;
    folder.write("places/a.tsv", std::string{header} +
                                     "x-halaf\tتل حلف\tTell Halaf\tTel Halaf\tPPL\t\t40\t36.8\t100\t\t2\t\n");
    std::string const before = hash_tables(folder.path() / "places");
    CHECK(Gazetteer::open(folder.path()).lookup("Tal Halaf").front().kind == MatchKind::fuzzy);
    folder.write("latin_spellings.tsv", table);
    Gazetteer const gazetteer = Gazetteer::open(folder.path());
    for (char const* name : {"Tell Halaf", "Tal Halaf", "Tel Halaf", "تل حلف"}) {
        CAPTURE(name);
        REQUIRE(gazetteer.lookup(name).size() == 1);
        CHECK(gazetteer.lookup(name).front().kind == MatchKind::exact);
    }
    CHECK(gazetteer.names(0).size() == 4); // what the row says already is not added
    CHECK(before != hash_tables(folder.path() / "places"));
}

TEST_CASE("LatinSpellings: one way alone is an error with its line") {
    TemporaryFolder const folder;
    folder.write("latin_spellings.tsv", "arabic\tlatin\nتل\tTell\n");
    CHECK_THROWS_WITH_AS(LatinSpellings::load(folder.path()), doctest::Contains("latin_spellings.tsv:2: "),
                         InputError);
}
