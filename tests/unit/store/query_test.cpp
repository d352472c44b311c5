#include "store/query.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "sample.hpp"
#include "sqlite/connection.hpp"
#include "store/corrections.hpp"
#include "store/database.hpp"
#include "store/loader.hpp"
#include "store/named_place.hpp"
#include "store/same_events.hpp"
#include "support/temp_folder.hpp"

using namespace kharita; // NOLINT: a test

namespace {

store::Database loaded(kharita::test::TempFolder const& folder) {
    auto database = store::Database::create(folder.path() / "a.db", Overwrite::refuse);
    store::Loader loader{database};
    loader.add(sample_document());
    loader.commit();
    return database;
}

std::size_t rows(store::Database& database, char const* preset,
                 std::map<std::string, std::string, std::less<>> const& parameters) {
    return store::query(database, preset, parameters).rows.size();
}

} // namespace

TEST_CASE("named_place: a settlement goes before the units of its name; several are a question") {
    kharita::test::TempFolder const folder;
    store::Database database = loaded(folder);
    auto const add = [&](std::string_view id, std::string_view feature, double lon) {
        database.connection()
            .prepare(
                "INSERT INTO place (place_id, name, name_ar, feature, country, admin1, uncertainty_m, "
                "population, prominence, refs, geom) VALUES (?, 'Twin', 'توأم', ?, 'SYR', 'Idlib', 0, 0, "
                "5, '', MakePoint(?, 35, 4326))")
            .run(id, feature, lon);
    };
    add("SY99", "ADM1", 36);
    CHECK(store::named_place(database, "Twin").at.lon == 36);
    CHECK(store::named_place(database, "Twin").note.find("an area") != std::string::npos);
    CHECK_FALSE(store::knows_point(database, "Twin"));
    add("twin-1", "PPL", 37);
    CHECK(store::named_place(database, "توأم").at.lon == 37);
    CHECK(store::named_place(database, "twin").note == "distances are from twin-1 (Twin, PPL, Idlib)");
    CHECK(store::named_place(database, "SY99").at.lon == 36);
    CHECK(store::named_place(database, "SY99").note.empty());
    CHECK(store::knows_point(database, "Twin"));
    add("twin-2", "HLL", 38);
    CHECK_THROWS_WITH_AS(
        store::named_place(database, "Twin"),
        doctest::Contains("several places; ask for one by its id: twin-1 (Twin, PPL, Idlib), "
                          "twin-2 (Twin, HLL, Idlib)"),
        InputError);
    CHECK(store::named_place(database, "-179.5,-12.25").at == LonLat{-179.5, -12.25});
    CHECK_FALSE(store::knows_point(database, "1,2,3"));
}

TEST_CASE("query near: by distance on the ellipsoid from a place's point") {
    kharita::test::TempFolder const folder;
    auto database = loaded(folder);
    // C1 is at 36.75 35.76, C2 at 36.78 35.80: 2,713 m in longitude and 4,438 m in latitude apart, 5.2 km.
    std::size_t const there = rows(database, "near", {{"place", "C1"}, {"km", "1"}});
    CHECK(there >= 1);
    CHECK(rows(database, "near", {{"place", "C1"}, {"km", "5.1"}}) == there);
    CHECK(rows(database, "near", {{"place", "معردبسة"}, {"km", "5.3"}}) > there);
    CHECK(rows(database, "near", {{"place", "khan as subul"}, {"km", "1"}, {"until", "2019-12-31"}}) == 0);
    CHECK_THROWS_AS(rows(database, "near", {{"place", "Atlantis"}, {"km", "1"}}), InputError);
    CHECK(rows(database, "near", {{"place", "36.75,35.76"}, {"km", "1"}}) == there);
    CHECK_THROWS_AS(rows(database, "near", {{"place", "36.75,135.76"}, {"km", "1"}}), InputError);
    store::QueryAnswer const answer = store::query(database, "near", {{"place", "C2"}, {"km", "5.3"}});
    auto const km =
        static_cast<std::size_t>(std::ranges::find(answer.columns, "km") - answer.columns.begin());
    REQUIRE(km < answer.columns.size());
    for (auto const& row : answer.rows) {
        double const distance = std::get<double>(row[km]);
        CHECK((distance == 0 || distance == doctest::Approx(5.20).epsilon(0.002)));
    }
}

TEST_CASE("query hospitals: what was struck, not where the wounded are taken") {
    struct Case {
        char const* quote;
        bool is_struck;
    };
    for (Case const& each : {
             Case{"استهدفت الغارة مشفى البلدة وأخرجته عن الخدمة", true},
             Case{"قصف الطيران المشفى الميداني ونقل الجرحى إلى مستشفى آخر", true},
             Case{"تضررت نقطة طبية وسيارتان بعد سقوط القذائف", true},
             Case{"Shells hit the hospital and three houses.", true},
             Case{"انفجرت عبوة ونقل المصابون إلى مستشفى المدينة", false},
             Case{"أصيب خمسة مدنيين بالقصف وهم يعالجون في مستشفيات محلية", false},
             Case{"قال طبيب في المستشفى إن القصف أودى بثلاثة", false},
             Case{"خلال توجههم للمستشفى أطلق مسلحون النار عليهم", false},
             Case{"Three men shot at the market were taken to hospital.", false},
             Case{"قصفت المدفعية السوق", false},
         }) {
        CAPTURE(each.quote);
        kharita::test::TempFolder const folder;
        auto database = store::Database::create(folder.path() / "a.db", Overwrite::refuse);
        Document document = sample_document();
        document.report.text = each.quote;
        document.mentions.clear();
        document.zones.clear();
        document.events.resize(1);
        Event& event = document.events.front();
        event.trigger = {0, 4};
        event.mention.reset();
        event.modality = Modality::occurred;
        event.event_type = "Explosions/Remote violence";
        event.target.clear();
        store::Loader loader{database};
        loader.add(document);
        loader.commit();
        CHECK(rows(database, "hospitals", {}) == (each.is_struck ? 1 : 0));
    }
}

TEST_CASE("query: wrong questions are refused in words") {
    kharita::test::TempFolder const folder;
    auto database = loaded(folder);
    CHECK_THROWS_WITH_AS(rows(database, "why", {}), doctest::Contains("there are near, weekly"), UsageError);
    CHECK_THROWS_WITH_AS(rows(database, "near", {{"km", "1"}}), doctest::Contains("near needs place"),
                         UsageError);
    CHECK_THROWS_WITH_AS(rows(database, "since", {{"since", "soon"}}),
                         doctest::Contains("expected YYYY-MM-DD"), UsageError);
    CHECK_THROWS_WITH_AS(rows(database, "near", {{"place", "C1"}, {"km", "-1"}}),
                         doctest::Contains("expected a number above 0"), UsageError);
    CHECK_THROWS_WITH_AS(rows(database, "review", {{"km", "1"}}), doctest::Contains("takes no km"),
                         UsageError);
}

TEST_CASE("query: each question has an answer, in each form") {
    kharita::test::TempFolder const folder;
    auto database = loaded(folder);
    CHECK(rows(database, "since", {{"since", "2020-01-15"}}) > 0);
    CHECK(rows(database, "since", {{"since", "2020-01-15"}, {"limit", "1"}}) == 1);
    CHECK(rows(database, "weekly", {}) > 0);
    CHECK(rows(database, "weekly", {{"area", "Idlib"}}) > 0);
    CHECK(rows(database, "weekly", {{"area", "Hama"}}) == 0);
    CHECK(store::knows_area(database, "Idlib"));
    CHECK_FALSE(store::knows_area(database, "Atlantis"));
    CHECK(rows(database, "hospitals", {}) == 0);
    CHECK(rows(database, "review", {}) > 0);
    auto const answer = store::query(database, "since", {{"since", "2020-01-01"}});
    CHECK(store::formatted(answer, store::AnswerFormat::csv).starts_with("event_id,date,"));
    CHECK(store::formatted(answer, store::AnswerFormat::geojson).find("\"FeatureCollection\"") !=
          std::string::npos);
    CHECK_THROWS_AS(store::formatted(store::query(database, "weekly", {}), store::AnswerFormat::geojson),
                    UsageError);
}

TEST_CASE("formatted: a table leaves out columns that say nothing, and says so of no rows") {
    store::QueryAnswer answer{.columns = {"a", "b", "c"},
                              .rows = {{std::string{"x"}, {}, {}}, {{}, std::string{}, 0.5}},
                              .places = {}};
    CHECK(store::formatted(answer, store::AnswerFormat::table) == "a  c\nx  \n   0.5\n");
    answer.rows.clear();
    CHECK(store::formatted(answer, store::AnswerFormat::table) == "a  b  c\n");
}

TEST_CASE("formatted: a report's words are no formulas, and no columns of their own") {
    store::QueryAnswer const answer{
        .columns = {"a", "b"},
        .rows = {{std::string{"=1+1"}, std::int64_t{-3}}, {std::string{"x,\"y\""}, {}}},
        .places = {}};
    CHECK(store::formatted(answer, store::AnswerFormat::csv) == "a,b\n'=1+1,-3\n\"x,\"\"y\"\"\",\n");
    CHECK(store::formatted(answer, store::AnswerFormat::json) ==
          "{\"a\":\"=1+1\",\"b\":-3}\n{\"a\":\"x,\\\"y\\\"\",\"b\":null}\n");
}

TEST_CASE("query: what asks for a place or for days looks into their index") {
    kharita::test::TempFolder const folder;
    auto database = loaded(folder);
    for (char const* const day : {"since", "until"}) {
        CAPTURE(day);
        std::string const plan =
            store::query_plan(database, "since", {{"since", "2020-01-15"}, {day, "2020-01-15"}});
        CAPTURE(plan);
        CHECK(plan.find("SEARCH e USING INDEX event_date (date") != std::string::npos);
        CHECK(plan.find("SCAN e") == std::string::npos);
    }
    for (bool const dated : {false, true}) {
        std::map<std::string, std::string, std::less<>> asked{{"place", "C1"}, {"km", "5"}};
        if (dated) {
            asked.emplace("since", "2020-01-15");
        }
        std::string const plan = store::query_plan(database, "near", asked);
        CAPTURE(plan);
        CHECK(plan.find("SEARCH e USING INTEGER PRIMARY KEY") != std::string::npos);
        CHECK(plan.find("SCAN i VIRTUAL TABLE INDEX 2:") !=
              std::string::npos); // an R*Tree's own, not a scan of all
        CHECK(plan.find("SCAN e") == std::string::npos);
    }
}

TEST_CASE("query review: contradictions of reports, and doubtful readings, by harm") {
    kharita::test::TempFolder const folder;
    store::Database database = store::Database::create(folder.path() / "events.db", Overwrite::refuse);
    {
        store::Loader loader{database};
        // Of one happening, three reports: 3, 30 and 30 dead; the last tells of it at another place.
        for (int number = 1; number <= 3; ++number) {
            Document document = sample_document(number);
            document.events.resize(1);
            Event& event = document.events.front();
            event.group.clear();
            event.confidence = 1;
            Toll toll;
            std::int64_t const dead = number == 1 ? 3 : 30;
            toll.count = {.low = dead, .best = dead, .high = dead};
            event.killed = toll;
            event.mention = number == 3 ? "m2" : "m1";
            loader.add(document);
        }
        loader.commit();
    }
    std::vector<Telling> const all = store::tellings(database);
    REQUIRE(all.size() == 3);
    store::put_same_events(database, all,
                           std::vector{SameEvent{.first = 0, .other = 1, .likeness = 1, .why = "test"},
                                       SameEvent{.first = 0, .other = 2, .likeness = 1, .why = "test"}});
    auto const lines = [&] {
        return store::formatted(store::query(database, "review", {}), store::AnswerFormat::csv);
    };
    std::string const said = lines();
    // By hand: 30 - 3 dead in doubt; 31 times one report of three.
    CHECK(said.find("toll," + all[0].event) != std::string::npos);
    CHECK(said.find(",27,killed 3; killed 30,3 reports tell of 3 to 30 killed,") != std::string::npos);
    CHECK(said.find(",10.333,") != std::string::npos);
    CHECK(said.find("1 of 3 reports tell of it elsewhere") != std::string::npos);
    CHECK(said.find("\ntoll,") < said.find("elsewhere"));
    // What an analyst set is not asked again.
    Correction set;
    set.kind = Correction::Kind::edit;
    set.target = all[0].event;
    set.field = "killed";
    set.value = "30";
    set.author = "A";
    set.reason = "counted";
    set.made = "2020-02-01";
    store::add_corrections(database, std::vector{set});
    CHECK(lines().find("\ntoll,") == std::string::npos);
    // A doubtful reading weighs the dead by its doubt.
    Document doubtful = sample_document(9);
    doubtful.events.resize(1);
    doubtful.events.front().confidence = 0.6;
    Toll toll;
    toll.count = {.low = 4, .best = 4, .high = 4};
    doubtful.events.front().killed = toll;
    doubtful.events.front().injured.reset();
    store::Loader loader{database};
    loader.add(doubtful);
    loader.commit();
    std::string const reading = lines();
    CHECK(reading.find("\nreading," + doubtful.events.front().id) != std::string::npos);
    CHECK(reading.find(",0.6,2,,read as ") != std::string::npos); // (1 + 4) * 0.4
}

TEST_CASE("formatted: a table shows nothing that turns the line or steers the terminal") {
    std::string const override_line{'\xE2', '\x80', '\xAE'}; // U+202E
    std::string const isolate{'\xE2', '\x81', '\xA6'};       // U+2066
    std::string const mark{'\xE2', '\x80', '\x8F'};          // U+200F
    store::QueryAnswer const answer{
        .columns = {"a", "b"},
        .rows = {{"x" + override_line + "y" + isolate + "z" + mark, std::string{"1\x1B[2J\n2"}}},
        .places = {}};
    std::string const table = store::formatted(answer, store::AnswerFormat::table);
    CHECK(table == "a    b\nxyz  1 [2J 2\n");
    CHECK(store::formatted(answer, store::AnswerFormat::json).find(override_line) !=
          std::string::npos); // data stays as it is
}
