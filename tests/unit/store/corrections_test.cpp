#include "store/corrections.hpp"

#include <array>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "base/output_file.hpp"
#include "store/database.hpp"
#include "store/derived.hpp"
#include "support/temp_folder.hpp"

using namespace kharita; // NOLINT: a test

namespace {

Correction moved() {
    Correction correction;
    correction.kind = Correction::Kind::force_place;
    correction.target = std::string(32, 'a') + "@7";
    correction.at = LonLat{36.5, 35.25};
    correction.author = "Analyst, \"A\"";
    correction.reason = "seen on\nimagery";
    correction.made = "2020-02-01T10:00:00Z";
    return correction;
}

} // namespace

TEST_CASE("corrections: kept once, and through a table and back") {
    kharita::test::TempFolder const folder;
    auto database = store::Database::create(folder.path() / "a.db", Overwrite::refuse);
    std::array const one{moved()};
    CHECK(store::add_corrections(database, one) == 1);
    CHECK(store::add_corrections(database, one) == 0);
    REQUIRE(store::corrections(database).size() == 1);
    CHECK(store::corrections(database).front() == moved());

    auto const file = folder.path() / "corrections.csv";
    write_file(file, store::corrections_csv(store::replayed_corrections(database)), Overwrite::refuse);
    auto const read = store::read_corrections_csv(file, {}).corrections;
    REQUIRE(read.size() == 1);
    CHECK(read.front() == moved());

    std::array const replayed{store::ReplayedCorrection{moved(), "applied"}};
    store::replace_corrections(database, replayed);
    CHECK(store::replayed_corrections(database).front().outcome == "applied");
}

TEST_CASE("read_corrections_csv: what is no correction is set aside, named by file and line") {
    kharita::test::TempFolder const folder;
    auto const file = folder.path() / "c.csv";
    struct Row {
        char const* text;
        char const* message;
    };
    for (Row const& row : {
             Row{"", R"(c.csv:1: its header names no "kind")"},
             Row{"kind,target,author\n", R"(c.csv:1: its header names no "reason")"},
             Row{"\"kind\n", "c.csv:1: a quoted field is not closed"},
         }) {
        CAPTURE(row.text);
        write_file(file, row.text, Overwrite::replace);
        CHECK_THROWS_WITH_AS(store::read_corrections_csv(file, {}), doctest::Contains(row.message),
                             InputError);
    }
    for (Row const& row : {
             Row{"guess,x,,me,so,2020-01-01", R"("kind" is "guess")"},
             Row{"alias,,sy-x,me,so,2020-01-01", R"("target" is empty)"},
             Row{"alias,x,sy-x,,so,2020-01-01", R"("author" is empty)"},
             Row{"alias,x,sy-x,me,so,", R"("made" is empty; expected the day of the correction)"},
             Row{"alias,x,sy-x,me,so,2020-02-30", R"("made" is "2020-02-30"; expected YYYY-MM-DD)"},
             Row{"alias,x,sy-x,me,so,2020-01-01,east,3", R"("lon" is "east"; expected degrees)"},
             Row{"alias,x,sy-x,me,so,2020-01-01,200,3", "lon 200 and lat 3 are no position"},
             Row{"alias,x,sy-x,me,so,2020-01-01,,,,,more", "has 11 fields; the header names 10"},
             Row{"force_place,x,,me,so,2020-01-01", "force_place needs a place or a point"},
             Row{"alias,x,,me,so,2020-01-01", R"("place" is empty)"},
             Row{"edit,x,,me,so,2020-01-01,,,,5", R"("field" is empty)"},
             Row{"merge,x,,me,so,2020-01-01", R"("value" is empty)"},
             Row{"alias,\"x,sy-x,me,so,2020-01-01", "a quoted field is not closed"},
             Row{"alias,\xC8\xE1,sy-x,me,so,2020-01-01", "is no UTF-8"},
         }) {
        CAPTURE(row.text);
        // The rows round it are read all the same.
        write_file(file,
                   std::string{"kind,target,place,author,reason,made,lon,lat,field,value\n\n"
                               "alias,first,sy-x,me,so,2020-01-01\n"} +
                       row.text + "\nalias,last,sy-x,me,so,2020-01-01\n",
                   Overwrite::replace);
        store::CorrectionTable const table = store::read_corrections_csv(file, {});
        REQUIRE(table.corrections.size() == 2);
        CHECK(table.corrections.back().target == "last");
        REQUIRE(table.set_aside.size() == 1);
        CHECK(table.set_aside.front().line == 4);
        CHECK(table.set_aside.front().reason.find(row.message) != std::string::npos);
        bool const is_text = std::string_view{row.message} != "is no UTF-8";
        CHECK(table.set_aside.front().text == (is_text ? row.text : ""));
    }
    write_file(file, "reason,author,target,kind,place\nso,me,x,alias,sy-x\n", Overwrite::replace);
    auto const read = store::read_corrections_csv(file, "2021-01-01").corrections;
    REQUIRE(read.size() == 1);
    CHECK(read.front().place == "sy-x");
    CHECK(read.front().made == "2021-01-01");
}

TEST_CASE("digitised_control: what people drew comes back, what was derived does not") {
    kharita::test::TempFolder const folder;
    auto database = store::Database::create(folder.path() / "a.db", Overwrite::refuse);
    ControlArea area;
    area.actor = "unknown";
    area.date = *parse_date("2020-01-01");
    area.until = parse_date("2020-03-01");
    area.area.polygons = {Polygon{{{36, 35}, {37, 35}, {37, 36}, {36, 35}}, {}}};
    area.confidence = 1;
    area.source = "digitised";
    std::array const drawn{area};
    store::add_digitised_control(database, drawn);
    ControlArea derived = area;
    derived.source = "derived";
    derived.until.reset();
    std::array const all{derived};
    store::replace_control(database, area.date, all);
    auto const read = store::digitised_control(database);
    REQUIRE(read.size() == 1);
    CHECK(read.front() == area);
}
