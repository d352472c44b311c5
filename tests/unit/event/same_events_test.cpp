#include "event/same_events.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "base/output_file.hpp"
#include "event/linked_groups.hpp"
#include "support/temp_folder.hpp"

using namespace kharita; // NOLINT: a test

namespace {

event::SameEventRules const& rules() {
    static event::SameEventRules const shipped =
        event::SameEventRules::load(std::filesystem::path{KHARITA_SOURCE_DIR} / "schemas");
    return shipped;
}

/// Shelling of a town on 3 August 2019, told by report `report`.
Telling telling(std::int64_t report) {
    Telling told;
    told.event = "e" + std::to_string(report);
    told.report = report;
    told.published = parse_date("2019-08-04");
    told.date = *parse_date("2019-08-03");
    told.date_end = told.date;
    told.place = "town";
    told.at = {36.6, 35.4};
    told.uncertainty = Metres{500};
    told.event_type = "Explosions/Remote violence";
    told.sub_event_type = "Shelling/artillery/missile attack";
    told.initiators = {"army"};
    told.trigger = "قصفت";
    told.quote = "قصفت المدفعية البلدة صباح السبت وأصابت سوقها";
    return told;
}

std::vector<SameEvent> same(std::vector<Telling> const& all, event::SameEventOrders const& orders = {}) {
    return event::same_events(all, rules(), {{"brigade", "army"}, {"army", "state"}}, orders);
}

} // namespace

TEST_CASE("same_events: nothing of nothing, nothing of one") {
    CHECK(same({}).empty());
    CHECK(same({telling(1)}).empty());
}

TEST_CASE("same_events: same place, day, kind and words") {
    auto const found = same({telling(2), telling(1)});
    REQUIRE(found.size() == 1);
    CHECK(found[0].first == 1); // of one day, the lower id stands for both
    CHECK(found[0].other == 0);
    CHECK(found[0].likeness > 0);
    CHECK(found[0].why.find("same place (town), same day, same kind, same initiator, 100 % of the words") ==
          0);
}

TEST_CASE("same_events: what tells two happenings apart") {
    struct Case {
        char const* name;
        void (*change)(Telling&);
    };
    for (Case const& each : {
             Case{"the same report", [](Telling& t) { t.report = 1; }},
             Case{"a week later", [](Telling& t) { t.date = t.date_end = *parse_date("2019-08-10"); }},
             Case{"far away",
                  [](Telling& t) {
                      t.at = {37.6, 35.4};
                  }},
             Case{"another kind",
                  [](Telling& t) {
                      t.event_type = "Protests";
                      t.sub_event_type = "Peaceful protest";
                  }},
             Case{"others did it, with other words",
                  [](Telling& t) {
                      t.initiators = {"rebels"};
                      t.quote = "قصفت الفصائل حاجزا غربي المدينة ليل أمس بالهاون";
                  }},
         }) {
        CAPTURE(each.name);
        Telling other = telling(2);
        each.change(other);
        CHECK(same({telling(1), other}).empty());
    }
}

TEST_CASE("same_events: a toll that rises, a brigade of the army, another day by one: still the same") {
    Telling first = telling(1);
    first.killed = 20;
    Telling second = telling(2);
    second.killed = 23;
    second.initiators = {"brigade"};
    second.date = second.date_end = *parse_date("2019-08-04");
    CHECK(same({first, second}).size() == 1);
}

TEST_CASE("same_events: a day that a telling has from the rest of its report weighs less") {
    Telling first = telling(1);
    first.killed = 3;
    first.count = 1;
    Telling second = telling(2);
    second.killed = 40;
    second.count = 9;
    second.sub_event_type = "Air/drone strike";
    second.date = second.date_end = *parse_date("2019-08-06");
    second.published = parse_date("2019-08-06");
    second.initiators = {};
    second.quote = "تعرضت المنطقة لحملة عنيفة قصفت خلالها أحياء كثيرة";
    CHECK(same({first, second}).empty());
    second.dating = Telling::Dating::of_report;
    CHECK(same({first, second}).size() == 1);
}

TEST_CASE("same_events: of a busy place, general words are not enough") {
    Telling const first = telling(1);
    Telling second = telling(2);
    second.quote = "تعرضت المنطقة لحملة عنيفة قصفت خلالها أحياء كثيرة";
    CHECK(same({first, second}).size() == 1);
    std::vector<Telling> all{first, second};
    for (int day = 1; day <= 60; ++day) {
        Telling other = telling(2 + day);
        other.date = other.date_end = *parse_date("2019-07-04") + std::chrono::days{day};
        other.quote = "";
        all.push_back(other);
    }
    auto const found = same(all);
    CHECK(std::ranges::none_of(found, [](SameEvent const& one) { return one.first == 0 && one.other == 1; }));
}

TEST_CASE("same_events: what others do at a busy place does not make one actor's deeds there common") {
    std::vector<Telling> all;
    constexpr int days = 40;
    for (int day = 1; day <= days; ++day) { // the rebels' fire, each day another
        Telling other = telling(100 + day);
        other.initiators = {"rebels"};
        other.date = other.date_end = *parse_date("2019-07-14") + std::chrono::days{day};
        other.published = other.date;
        other.quote = "سقطت قذائف على أطراف " + std::string(static_cast<std::size_t>(day), 'x');
        all.push_back(other);
    }
    all.push_back(telling(1));
    all.push_back(telling(2));
    all.back().quote = "تعرضت المنطقة لحملة عنيفة قصفت خلالها أحياء كثيرة";
    auto const found = same(all);
    REQUIRE(found.size() == 1);
    CHECK(all[found[0].other].report == 2);
    // Of nobody's deeds, or another's, the place is as busy as ever.
    all.back().initiators.clear();
    CHECK(same(all).empty());
}

TEST_CASE("same_events: a government and its army are one party, two rebel brigades are not") {
    auto const found = [](char const* one, char const* other) {
        Telling first = telling(1);
        first.initiators = {one};
        Telling second = telling(2);
        second.initiators = {other};
        second.quote = "تعرضت المنطقة لحملة عنيفة قصفت خلالها أحياء كثيرة";
        return event::same_events(std::vector{first, second}, rules(),
                                  {{"brigade", "army"}, {"army", "state"}, {"militia", "army"}})
            .size();
    };
    CHECK(found("state", "brigade") == 1);
    CHECK(found("brigade", "militia") == 0);
}

TEST_CASE("same_events: of a clash, reports may name either side first, or one side only") {
    auto const found = [](std::vector<std::string> const& one, std::vector<std::string> const& other) {
        std::vector<Telling> all{telling(1), telling(2)};
        for (Telling& told : all) {
            told.event_type = "Battles";
            told.sub_event_type = "Armed clash";
        }
        all[0].initiators = {"rebels"};
        all[0].targets = one;
        all[1].initiators = {"army"};
        all[1].targets = other;
        all[1].quote = "تعرضت المنطقة لحملة عنيفة قصفت خلالها أحياء كثيرة";
        return same(all).size();
    };
    CHECK(found({"army"}, {"rebels"}) == 1);
    CHECK(found({}, {}) == 1);
    CHECK(found({"militia"}, {"raiders"}) == 0); // four sides are two clashes
}

TEST_CASE("same_events: rare words weigh more than those that all news share") {
    // By hand, both pairs share two words of nine: «مصنع», «الزجاج» are rare; «قوات», «المدينة» are common.
    auto const likeness = [](char const* quote) {
        Telling first = telling(1);
        first.quote = "قصفت قوات مصنع الزجاج أطراف المدينة فجرا ورشة مغلقة";
        Telling second = telling(2);
        second.quote = quote;
        auto const found = same({first, second});
        REQUIRE(found.size() == 1);
        return found[0].likeness;
    };
    CHECK(likeness("سقطت شظايا حول مصنع الزجاج تاركة حفرا صغيرة مبعثرة") >
          likeness("سقطت شظايا قوات المدينة تاركة حفرا صغيرة مبعثرة طويلة"));
}

TEST_CASE("same_events: one of many places that both reports list") {
    // Each report says that the same towns were struck, on days of its own.
    constexpr int towns = 8;
    auto const report = [](std::int64_t number, int places) {
        std::vector<Telling> all;
        for (int town = 0; town < places; ++town) {
            Telling told = telling(number);
            told.event += "t" + std::to_string(town);
            told.place = "town" + std::to_string(town);
            told.at.lon += town;
            told.dating = Telling::Dating::of_report;
            told.quote = "";
            all.push_back(told);
        }
        return all;
    };
    auto const both = [&](int places) {
        std::vector<Telling> all = report(1, places);
        for (Telling const& told : report(2, places)) {
            all.push_back(told);
            all.back().date = all.back().date_end = told.date + std::chrono::days{2};
        }
        return same(all).size();
    };
    CHECK(both(1) == 1);
    CHECK(both(towns) == 0);
}

TEST_CASE("same_events: a kind that says nothing is against it") {
    auto const likeness = [](char const* kind) {
        std::vector<Telling> all{telling(1), telling(2)};
        for (Telling& told : all) {
            told.event_type = "Strategic developments";
            told.sub_event_type = kind;
        }
        auto const found = same(all);
        REQUIRE(found.size() == 1);
        return found[0].likeness;
    };
    CHECK(likeness("Headquarters or base established") - likeness("Other") ==
          doctest::Approx(rules().weight(event::SameEventRules::Sign::same_sub_event) -
                          rules().weight(event::SameEventRules::Sign::vague_kind)));
}

TEST_CASE(
    "same_events: who is nobody in particular contradicts nobody, and rebels are called by wider names") {
    auto const likeness = [](char const* first, char const* second) {
        Telling one = telling(1);
        one.initiators = {first};
        Telling other = telling(2);
        other.initiators = {second};
        auto const found = same({one, other});
        return found.empty() ? 0 : found[0].likeness;
    };
    using Sign = event::SameEventRules::Sign;
    double const agreed = likeness("opp", "opp");
    CHECK(agreed - likeness("unidentified", "nusra") ==
          doctest::Approx(rules().weight(Sign::same_initiator)));
    CHECK(likeness("unidentified", "unidentified") == doctest::Approx(likeness("unidentified", "nusra")));
    CHECK(likeness("nusra", "opp") == doctest::Approx(agreed));
    CHECK(likeness("opp", "nusra") == doctest::Approx(agreed));
    CHECK(agreed - likeness("nusra", "is") ==
          doctest::Approx(rules().weight(Sign::same_initiator) - rules().weight(Sign::other_initiator)));
}

TEST_CASE("same_events: analysts' orders come before evidence") {
    Telling far = telling(2);
    far.at = {40, 33};
    far.place = "elsewhere";
    auto const merged = same({telling(1), far}, {.merge = {{"e2", "e1"}}, .split = {}});
    REQUIRE(merged.size() == 1);
    CHECK(merged[0].why == "an analyst says so");
    CHECK(same({telling(1), telling(2)}, {.merge = {}, .split = {"e1"}}).empty());
    CHECK(same({telling(1), far}, {.merge = {{"e2", "not there"}}, .split = {}}).empty());
}

TEST_CASE("same_events: the order of tellings changes only the indexes") {
    std::vector<Telling> all;
    for (int i = 0; i < 12; ++i) {
        Telling told = telling(i);
        int const town = i / 4;
        told.at.lon += town;
        told.place += std::to_string(town);
        all.push_back(told);
    }
    auto const ids = [](std::vector<Telling> const& tellings) {
        std::vector<std::string> lines;
        for (SameEvent const& one : same(tellings)) {
            lines.push_back(tellings[one.other].event + " = " + tellings[one.first].event + ": " + one.why);
        }
        std::ranges::sort(lines);
        return lines;
    };
    auto const before = ids(all);
    CHECK(before.size() == 9);
    std::ranges::reverse(all);
    CHECK(ids(all) == before);
    std::ranges::rotate(all, all.begin() + 5);
    CHECK(ids(all) == before);
}

TEST_CASE("LinkedGroups: no chain of likenesses unites what is unlike") {
    std::array<event::LinkedGroups::Origin, 4> const origins{{{1, 0}, {2, 0}, {3, 0}, {4, 0}}};
    event::LinkedGroups groups{origins, -1};
    // By hand: (0, 1) first, then (2, 3); between the two, one link of 2 and three that are missing: -1 / 4.
    groups.link(0, 1, 3);
    groups.link(1, 2, 2);
    groups.link(2, 3, 2.5);
    CHECK(groups.join() == std::vector<std::vector<std::size_t>>{{0, 1}, {2, 3}});
}

TEST_CASE("LinkedGroups: no members of one source at two spots, but where a person says so") {
    std::array<event::LinkedGroups::Origin, 3> const origins{{{1, 5}, {2, 5}, {1, 6}}};
    event::LinkedGroups groups{origins, -1};
    groups.link(0, 1, 3);
    groups.link(1, 2, 4);
    CHECK(groups.join() == std::vector<std::vector<std::size_t>>{{1, 2}});
    event::LinkedGroups merged{origins, -1};
    merged.link(0, 1, 3);
    merged.link(0, 2, event::LinkedGroups::ordered);
    CHECK(merged.join() == std::vector<std::vector<std::size_t>>{{0, 1, 2}});
}

TEST_CASE("same_events: villages a few kilometres apart, told by two reports in the same words") {
    // Each report tells of both; each village keeps its own dead.
    std::vector<Telling> all;
    for (std::int64_t const report : {1, 2}) {
        for (char const* const village : {"near", "far"}) {
            Telling told = telling(report);
            told.event = std::string{village} + std::to_string(report);
            told.place = village;
            told.at.lat += told.place == "far" ? 0.03 : 0;
            told.killed = told.place == "far" ? 1 : 2;
            all.push_back(told);
        }
    }
    auto const found = same(all);
    REQUIRE(found.size() == 2);
    CHECK(all[found[0].first].place == all[found[0].other].place);
    CHECK(all[found[1].first].place == all[found[1].other].place);
    // Nor are they one where each report tells of one of them.
    CHECK(same({all[0], all[3]}).empty());
}

TEST_CASE("same_events: what undoes another happening is not it") {
    auto const seizure = [](std::int64_t report, char const* kind, char const* who) {
        Telling told = telling(report);
        told.event_type = std::string_view{kind} == "Non-violent transfer of territory"
                              ? "Strategic developments"
                              : "Battles";
        told.sub_event_type = kind;
        told.initiators = {who};
        told.quote = "سيطرت القوات على البلدة صباح السبت بعد معارك";
        return told;
    };
    Telling const regained = seizure(1, "Government regains territory", "state");
    Telling const overtaken = seizure(2, "Non-state actor overtakes territory", "rebels");
    Telling const left = seizure(3, "Non-violent transfer of territory", "rebels");
    CHECK(same({regained, overtaken}).empty());
    CHECK(same({left, overtaken}).empty());
    CHECK(same({regained, seizure(2, "Government regains territory", "brigade")}).size() == 1);
}

TEST_CASE("SameEventRules: what is wrong with a table is said with its line") {
    test::TempFolder const folder;
    auto const file = folder.path() / "same_event.tsv";
    auto const said = [&](std::string const& rows) {
        write_file(file, "what\tname\tvalue\n" + rows, Overwrite::replace);
        try {
            event::SameEventRules::load(folder.path());
        } catch (InputError const& error) {
            return std::string{error.what()}.substr(file.string().size());
        }
        return std::string{};
    };
    CHECK(said("weight\tmoon\t1\n") == R"(:2: there is no weight "moon")");
    CHECK(said("weight\tbase\t1\nweight\tbase\t2\n") == R"(:3: "base" is there twice)");
    CHECK(said("hope\tbase\t1\n") ==
          ":2: \"hope\" is none of weight, tolerance, family, opposite, gives_up, mutual, vague, nobody and "
          "also_called");
    CHECK(said("family\ta\tShelling\nfamily\tb\tShelling\n") == R"(:3: "Shelling" has a family already)");
    CHECK(said("weight\tbase\t1\n") == R"(: the weight "same_sub_event" is missing)");
}
