#include "overlay/history.hpp"

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "support/temp_folder.hpp"

using namespace kharita;
using namespace std::chrono_literals;
using overlay::ControlHistory;
using overlay::InitialControl;
using overlay::PlacedEvent;

namespace {

constexpr Date july{2019y / 7 / 15};

Date day(int of_august) {
    return Date{2019y / 7 / 31} + std::chrono::days{of_august};
}

std::vector<InitialControl> village_of(std::string const& actor) {
    return {{"village", actor, july, 0.8, "test:1"}};
}

PlacedEvent event(std::string id, Date date, std::string sub_event_type, std::string const& initiator,
                  std::string const& target = {}) {
    PlacedEvent each;
    each.id = std::move(id);
    each.place = "village";
    each.date = date;
    each.event_type = "Battles";
    each.sub_event_type = std::move(sub_event_type);
    each.confidence = 0.9;
    if (!initiator.empty()) {
        each.initiator = {{initiator, initiator, 1}};
    }
    if (!target.empty()) {
        each.target = {{target, target, 1}};
    }
    return each;
}

char const* const overtakes = "Non-state actor overtakes territory";
char const* const regains = "Government regains territory";
char const* const transfer = "Non-violent transfer of territory";

std::string holder(ControlHistory const& history, Date date) {
    auto const periods = history.on(date);
    return periods.empty() ? "" : periods.front()->actor;
}

ControlHistory history_of(std::vector<InitialControl> const& initial,
                          std::vector<PlacedEvent> const& events) {
    return {initial, events, overlay::Config{}};
}

} // namespace

TEST_CASE("ControlHistory: the initial state holds until an event changes it, and nothing is known before") {
    auto const history = history_of(village_of("gov"), {event("e1", day(2), overtakes, "opp", "gov")});
    CHECK(holder(history, july - std::chrono::days{1}).empty());
    CHECK(holder(history, july) == "gov");
    CHECK(holder(history, day(1)) == "gov");
    CHECK(holder(history, day(2)) == "opp");
    CHECK(holder(history, day(300)) == "opp");
    REQUIRE(history.periods().size() == 2);
    CHECK(history.periods()[0] == ControlPeriod{"village", "gov", july, day(2), 0.8, {"initial"}});
    CHECK(history.periods()[1] == ControlPeriod{"village", "opp", day(2), {}, 0.9, {"e1"}});
}

TEST_CASE("ControlHistory: what failed, is planned, threatened, denied or historical changes nothing") {
    for (Modality const modality : {Modality::failed, Modality::planned, Modality::threatened,
                                    Modality::denied, Modality::historical}) {
        auto attempt = event("e1", day(2), regains, "gov", "opp");
        attempt.modality = modality;
        attempt.control_change = "gained";
        auto const history = history_of(village_of("opp"), {attempt});
        CHECK(holder(history, day(3)) == "opp");
        REQUIRE(history.ignored().size() == 1);
        CHECK(history.ignored()[0].why == "it did not come to pass");
    }
}

TEST_CASE("ControlHistory: undated, without place, without a single actor: ignored with the reason") {
    auto undated = event("e1", day(2), overtakes, "opp");
    undated.date.reset();
    auto nowhere = event("e2", day(2), overtakes, "opp");
    nowhere.place.clear();
    auto doubtful = event("e3", day(2), overtakes, "");
    doubtful.initiator = {{"opp", "", 0.5}, {"isis", "", 0.5}};
    auto clash = event("e4", day(2), "Armed clash", "opp");
    auto const history = history_of(village_of("gov"), {undated, nowhere, doubtful, clash});
    CHECK(holder(history, day(3)) == "gov");
    CHECK(history.ignored().size() == 3); // the clash did not even look like a change
}

TEST_CASE("ControlHistory: a withdrawal gives to whom the text names, else to nobody") {
    auto left = event("e1", day(2), transfer, "gov");
    left.control_change = "lost";
    auto const abandoned = history_of(village_of("gov"), {left});
    CHECK(holder(abandoned, day(1)) == "gov");
    CHECK(holder(abandoned, day(2)).empty());
    left.target = {{"opp", "", 1}};
    CHECK(holder(history_of(village_of("gov"), {left}), day(2)) == "opp");
    // One that does not hold the place cannot lose it.
    left.target.clear();
    CHECK(holder(history_of(village_of("opp"), {left}), day(2)) == "opp");
}

TEST_CASE("ControlHistory: rival claims of one day leave the place contested until the next change") {
    auto const history = history_of(village_of("gov"), {event("e1", day(2), overtakes, "opp"),
                                                        event("e2", day(2), regains, "gov"),
                                                        event("e3", day(5), regains, "gov")});
    CHECK(holder(history, day(3)) == "contested");
    CHECK(history.last_undisputed("village", day(3)) == "gov");
    CHECK(holder(history, day(5)) == "gov");
    CHECK(history.periods()[1].evidence == std::vector<std::string>{"e1", "e2"});
}

TEST_CASE(
    "ControlHistory: a second report of one takeover adds evidence, not a period; order does not matter") {
    auto const first = event("e1", day(2), overtakes, "opp");
    auto const second = event("e2", day(3), overtakes, "opp");
    auto const history = history_of(village_of("gov"), {second, first});
    REQUIRE(history.periods().size() == 2);
    CHECK(history.periods()[1].evidence == std::vector<std::string>{"e1", "e2"});
    CHECK(history.periods()[1].from == day(2));
}

TEST_CASE(
    "ControlHistory: an event of the initial day comes after the initial state; actors act for parties") {
    overlay::Config config;
    config.parties = {{"gov-army", "gov"}};
    std::vector<PlacedEvent> const events{event("e1", july, regains, "gov-army", "opp")};
    auto const initial = village_of("opp");
    ControlHistory const history{initial, events, config};
    CHECK(holder(history, july) == "gov");
}

TEST_CASE("placed_events: the place comes by the mention; what is merely near a place is not in it") {
    Document document;
    document.mentions.resize(2);
    document.mentions[0].id = "m1";
    document.mentions[0].place = Place{};
    document.mentions[0].place->id = "village";
    document.mentions[0].at = LonLat{36, 35};
    document.mentions[1] = document.mentions[0];
    document.mentions[1].id = "m2";
    document.mentions[1].relation = Relation{};
    document.events.resize(3);
    document.events[0].mention = "m1";
    document.events[0].date = day(1);
    document.events[0].date_end = day(2);
    document.events[1].mention = "m2";
    auto const events = overlay::placed_events(document);
    REQUIRE(events.size() == 3);
    CHECK(events[0].place == "village");
    CHECK(events[0].date == day(2));
    CHECK(events[1].place.empty());
    CHECK(events[1].at == LonLat{36, 35});
    CHECK_FALSE(events[2].at.has_value());
}

TEST_CASE("read_initial_control: wrong rows name file and line") {
    kharita::test::TempFolder const temporary;
    auto const folder = temporary.path() / "control";
    std::filesystem::create_directory(folder);
    auto const message = [&](std::string_view rows) {
        std::ofstream{folder / "a.tsv"} << "place\tactor\tfrom\tconfidence\tnote\n" << rows;
        try {
            overlay::read_initial_control(folder);
            return std::string{};
        } catch (InputError const& error) {
            return std::string{error.what()};
        }
    };
    CHECK(message("p\tgov\t2019-07-15\t0.5\t\n").empty());
    CHECK(message("p\tgov\t15/07/2019\t0.5\t\n").find("a.tsv:2: \"from\" is 15/07/2019") !=
          std::string::npos);
    CHECK(message("p\tgov\t2019-07-15\t1.5\t\n").find("a.tsv:2: confidence is 1.5") != std::string::npos);
    CHECK(message("p\t\t2019-07-15\t1\t\n").find("missing") != std::string::npos);
    CHECK(message("p\tgov\t2019-07-15\t1\t\np\topp\t2019-07-15\t1\t\n").find("a.tsv:3: p has a line") !=
          std::string::npos);
    std::filesystem::remove_all(folder);
    CHECK_THROWS_AS(overlay::read_initial_control(folder), InputError);
}
