#include "overlay/derivation.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "base/line_reader.hpp"
#include "base/tsv.hpp"
#include "geo/geodesic.hpp"
#include "geo/geometry.hpp"

using namespace kharita;
using namespace std::chrono_literals;
using overlay::Derivation;
using overlay::PlacedEvent;
using overlay::Rules;

namespace {

constexpr Date today{2019y / 8 / 1};

gazetteer::Gazetteer const& places() {
    static auto const all = gazetteer::Gazetteer::load(KHARITA_SOURCE_DIR "/gazetteer/places");
    return all;
}

gazetteer::Boundaries const& boundaries() {
    static auto const all = gazetteer::Boundaries::load(KHARITA_SOURCE_DIR "/gazetteer/boundaries");
    return all;
}

Rules rules() {
    return Rules::load(KHARITA_SOURCE_DIR);
}

LonLat where(std::string_view id) {
    auto const index = places().find(id);
    REQUIRE(index.has_value());
    return places().place(*index).at;
}

PlacedEvent takeover(std::string place, Date date, std::string const& actor) {
    PlacedEvent event;
    event.id = "taken";
    event.place = std::move(place);
    event.at = where(event.place);
    event.date = date;
    event.event_type = "Battles";
    event.sub_event_type = "Non-state actor overtakes territory";
    event.initiator = {{actor, actor, 1}};
    event.control_change = "gained";
    event.confidence = 0.9;
    return event;
}

/// The actor whose area holds a position; empty where control is unknown.
std::string holder(overlay::DayOverlay const& day, LonLat at) {
    for (ControlArea const& area : day.control) {
        if (geo::contains(area.area, at)) {
            return area.actor;
        }
    }
    return {};
}

} // namespace

TEST_CASE("initial control: every place is in the gazetteer, every actor in the vocabulary") {
    std::set<std::string> actors;
    LineReader lines{KHARITA_SOURCE_DIR "/gazetteer/actors.tsv"};
    while (auto const line = lines.next()) {
        actors.emplace(split(*line, '\t').front());
    }
    auto const shipped = rules();
    CHECK(shipped.initial.size() >= 250);
    for (overlay::InitialControl const& line : shipped.initial) {
        CAPTURE(line.where);
        CHECK(places().find(line.place).has_value());
        CHECK(actors.contains(line.actor));
    }
    for (auto const& [a, b] : shipped.config.rivals) {
        CHECK(actors.contains(a));
        CHECK(actors.contains(b));
    }
    for (auto const& [actor, party] : shipped.config.parties) {
        CHECK(actors.contains(actor));
        CHECK((party.empty() || actors.contains(party)));
    }
}

TEST_CASE("Derivation: the state of 1 August 2019, and nothing before anything is known") {
    geo::Geos geos;
    Derivation const derivation{places(), boundaries(), rules(), {}};
    auto const day = derivation.on(geos, today);
    CHECK(holder(day, where("sy-al-latamneh")) == "opp");
    CHECK(holder(day, where("sy-mhardeh")) == "syr-mil");
    CHECK(holder(day, where("sy-kabani")) == "opp");
    CHECK(holder(day, where("sy-manbij")) == "sdf");
    CHECK(holder(day, where("sy-azaz")) == "sna");
    CHECK(holder(day, {38.6, 34.2}).empty()); // the desert
    CHECK_FALSE(day.frontlines.empty());
    auto const before = derivation.on(geos, Date{2011y / 1 / 1});
    CHECK(before.control.empty());
    CHECK(before.frontlines.empty());
    CHECK(
        derivation.on(geos, Date{2025y / 1 / 1}).control.empty()); // nobody has heard of any of it for years
}

TEST_CASE("Derivation: control areas lie in Syria, do not overlap, and hold the places they come from") {
    geo::Geos geos;
    Derivation const derivation{places(), boundaries(), rules(), {}};
    auto const day = derivation.on(geos, today);
    std::vector<Geometry> all;
    double sum = 0;
    for (ControlArea const& area : day.control) {
        CHECK_FALSE(geos.invalid_because(area.area).has_value());
        CHECK(geos.difference(area.area, boundaries().find("SYR")->area) == Geometry{MultiPolygon{}});
        sum += geo::area(area.area).value;
        all.emplace_back(area.area);
        for (std::string const& place : area.places) {
            LonLat const at = where(place);
            if (geo::contains(boundaries().find("SYR")->area, at)) {
                CAPTURE(place);
                CHECK(geo::contains(area.area, at));
            }
        }
    }
    CHECK(geo::area(geo::polygons_of(geos.union_all(all))).value == doctest::Approx(sum).epsilon(1e-9));
}

TEST_CASE("Derivation: a takeover moves the line from its day on; a failed one does not") {
    geo::Geos geos;
    auto won = takeover("sy-al-latamneh", today, "syr-mil");
    won.sub_event_type = "Government regains territory";
    Derivation const taken{places(), boundaries(), rules(), {won}};
    CHECK(holder(taken.on(geos, today - std::chrono::days{1}), where("sy-al-latamneh")) == "opp");
    CHECK(holder(taken.on(geos, today), where("sy-al-latamneh")) == "syr-mil");
    CHECK(taken.last_day() == today);
    auto lost = takeover("sy-kabani", today, "syr-mil");
    lost.modality = Modality::failed;
    Derivation const attempted{places(), boundaries(), rules(), {lost}};
    CHECK(holder(attempted.on(geos, today), where("sy-kabani")) == "opp");
    CHECK(attempted.on(geos, today).control ==
          Derivation{places(), boundaries(), rules(), {}}.on(geos, today).control);
}

TEST_CASE("Derivation: a failed assault proves the stretch of front where it failed") {
    geo::Geos geos;
    auto assault = takeover("sy-kabani", today, "syr-mil");
    assault.modality = Modality::failed;
    Derivation const derivation{places(), boundaries(), rules(), {assault}};
    auto const day = derivation.on(geos, today);
    auto const proved = std::count_if(day.frontlines.begin(), day.frontlines.end(),
                                      [](Frontline const& front) { return !front.evidence.empty(); });
    CHECK(proved >= 1);
    CHECK(proved <= 3);
}

TEST_CASE("Derivation: a governorate is no place; a place that only an event knows stands where it says") {
    geo::Geos geos;
    auto whole = takeover("SY07", today, "syr-mil");
    auto unknown = takeover("sy-kabani", today, "is");
    unknown.place = "elsewhere-1";
    unknown.at = LonLat{38.6, 34.2};
    Derivation const derivation{places(), boundaries(), rules(), {whole, unknown}};
    auto const day = derivation.on(geos, today);
    CHECK(holder(day, where("sy-idlib")) == "opp");
    CHECK(holder(day, {38.6, 34.2}) == "is");
}

TEST_CASE("Derivation: a place that the gazetteer does not have is an error of the initial state") {
    auto wrong = rules();
    wrong.initial.push_back({"sy-nowhere", "opp", today, 1, "control.tsv:7"});
    CHECK_THROWS_WITH_AS((Derivation{places(), boundaries(), wrong, {}}),
                         "control.tsv:7: place \"sy-nowhere\" is not in the gazetteer", InputError);
}

TEST_CASE("Derivation: same input, same overlay, whatever the order of events") {
    geo::Geos geos;
    auto const a = takeover("sy-tell-malah", today, "opp");
    auto const b = takeover("sy-kafr-hud", today, "opp");
    auto const one = Derivation{places(), boundaries(), rules(), {a, b}}.on(geos, today);
    auto const other = Derivation{places(), boundaries(), rules(), {b, a}}.on(geos, today);
    CHECK(one.control == other.control);
    CHECK(one.frontlines == other.frontlines);
}
