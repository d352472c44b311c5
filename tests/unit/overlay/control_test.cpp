#include "overlay/control.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

#include <doctest/doctest.h>

#include "geo/geodesic.hpp"
#include "geo/geometry.hpp"
#include "overlay/frontline.hpp"
#include "overlay/partition.hpp"
#include "overlay/shared_edges.hpp"

using namespace kharita;
using namespace std::chrono_literals;
using doctest::Approx;
using overlay::HeldPlace;

namespace {

constexpr Date today{2019y / 8 / 1};
constexpr Metres reach{15'000};

/// A land with a lake in it and an island off its coast.
MultiPolygon land() {
    Polygon mainland{{{36, 35}, {37.2, 35}, {37.2, 36}, {36, 36}, {36, 35}},
                     {{{36.5, 35.4}, {36.5, 35.5}, {36.6, 35.5}, {36.6, 35.4}, {36.5, 35.4}}}};
    Polygon island{{{35.85, 35.4}, {35.95, 35.4}, {35.95, 35.5}, {35.85, 35.5}, {35.85, 35.4}}, {}};
    return {{mainland, island}};
}

/// West of 36.6 held by one, east by the other, some contested.
std::vector<HeldPlace> places(std::size_t count) {
    std::mt19937 random{1};
    std::uniform_real_distribution<double> lon{36, 37.2};
    std::uniform_real_distribution<double> lat{35, 36};
    std::vector<HeldPlace> all;
    while (all.size() < count) {
        LonLat const at = rounded({lon(random), lat(random)});
        all.push_back({"p" + std::to_string(1000 + all.size()), at, at.lon < 36.6 ? "opp" : "syr-mil",
                       all.size() % 17 == 3, 0.8});
    }
    return all;
}

double area_of(std::vector<ControlArea> const& areas) {
    double sum = 0;
    for (ControlArea const& area : areas) {
        sum += geo::area(area.area).value;
    }
    return sum;
}

overlay::Config war() {
    overlay::Config config;
    config.rivals = {{"opp", "syr-mil"}};
    return config;
}

} // namespace

TEST_CASE(
    "control areas: a partition of the reached ground, without overlap, valid, islands and lakes kept") {
    geo::Geos geos;
    auto const map = overlay::control_map(geos, places(150), land(), Metres{40'000}, today);
    auto const areas = overlay::control_areas(geos, map);
    REQUIRE(areas.size() == 3);
    CHECK(areas[0].actor == "contested");
    CHECK(areas[1].actor == "opp");
    CHECK(areas[2].actor == "syr-mil");
    std::vector<Geometry> all;
    for (ControlArea const& area : areas) {
        CHECK_FALSE(geos.invalid_because(area.area).has_value());
        CHECK(area.confidence == Approx(0.8));
        all.emplace_back(area.area);
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (std::size_t k = i + 1; k < all.size(); ++k) {
            CHECK(geo::polygons_of(geos.intersection(all[i], all[k])).polygons.empty());
        }
    }
    MultiPolygon const whole = geo::polygons_of(geos.union_all(all));
    CHECK(geo::area(whole).value == Approx(area_of(areas)).epsilon(1e-9));
    // 150 places with a reach of 40 km leave nothing of this land out.
    CHECK(geo::area(whole).value == Approx(geo::area(land()).value).epsilon(2e-4));
    CHECK_FALSE(geo::contains(whole, {36.55, 35.45})); // the lake
    CHECK(geo::contains(whole, {35.9, 35.45}));        // the island
}

TEST_CASE("control areas: neighbours share exactly the same edges") {
    geo::Geos geos;
    auto const map = overlay::control_map(geos, places(80), land(), reach, today);
    auto const areas = overlay::control_areas(geos, map);
    std::map<std::pair<std::pair<double, double>, std::pair<double, double>>, int> seen;
    for (ControlArea const& area : areas) {
        for (Polygon const& polygon : area.area.polygons) {
            for (std::size_t i = 1; i < polygon.outer.size(); ++i) {
                LonLat const a = polygon.outer[i - 1];
                LonLat const b = polygon.outer[i];
                CHECK(++seen[std::minmax(std::pair{a.lon, a.lat}, std::pair{b.lon, b.lat})] <= 2);
            }
        }
    }
    CHECK(std::any_of(seen.begin(), seen.end(), [](auto const& each) { return each.second == 2; }));
}

TEST_CASE("control map: ground belongs to its nearest place, and only within reach") {
    geo::Geos geos;
    auto const held = places(12);
    auto const map = overlay::control_map(geos, held, land(), reach, today);
    std::mt19937 random{2};
    std::uniform_real_distribution<double> lon{36, 37.2};
    std::uniform_real_distribution<double> lat{35, 36};
    int far = 0;
    for (int i = 0; i < 2000; ++i) {
        LonLat const at{lon(random), lat(random)};
        if (!geo::contains(land(), at)) {
            continue;
        }
        std::vector<double> away;
        away.reserve(held.size());
        for (HeldPlace const& place : held) {
            away.push_back(geo::distance(at, place.at).value);
        }
        auto const nearest =
            static_cast<std::size_t>(std::min_element(away.begin(), away.end()) - away.begin());
        double const metres = away[nearest];
        std::sort(away.begin(), away.end());
        auto const face = std::find_if(map.faces.begin(), map.faces.end(), [&](overlay::Face const& each) {
            return geo::contains(each.area, at);
        });
        if (metres > reach.value * 1.002) {
            CHECK(face == map.faces.end());
            ++far;
        } else if (metres < reach.value * 0.998 && away[1] - away[0] > 50) {
            REQUIRE(face != map.faces.end());
            CHECK(face->site == nearest);
        }
    }
    CHECK(far > 100);
}

TEST_CASE("control map: no places, no ground, one place") {
    geo::Geos geos;
    CHECK(overlay::control_map(geos, {}, land(), reach, today).faces.empty());
    CHECK(overlay::control_map(geos, places(3), {}, reach, today).faces.empty());
    auto const one =
        overlay::control_areas(geos, overlay::control_map(geos, {{"p", {36.3, 35.3}, "opp", false, 1}},
                                                          land(), Metres{5'000}, today));
    REQUIRE(one.size() == 1);
    CHECK(geo::area(one[0].area).value == Approx(3.14159265 * 25e6).epsilon(0.001));
    CHECK(one[0].places == std::vector<std::string>{"p"});
}

TEST_CASE("held_places: battles of the last days leave a place contested; unknown places are left out") {
    std::vector<overlay::InitialControl> const initial{
        {"a", "opp", today - std::chrono::days{9}, 0.9, ""},
        {"b", "opp", today - std::chrono::days{9}, 0.9, ""},
        {"c", "opp", today - std::chrono::days{9}, 0.9, ""},
        {"nowhere", "opp", today - std::chrono::days{9}, 1, ""}};
    overlay::PlacedEvent clash;
    clash.place = "b";
    clash.event_type = "Battles";
    clash.sub_event_type = "Armed clash";
    clash.date = today - std::chrono::days{2};
    overlay::PlacedEvent old = clash;
    old.place = "c";
    old.date = today - std::chrono::days{3};
    overlay::PlacedEvent failed = clash;
    failed.place = "a";
    failed.modality = Modality::failed;
    std::vector<overlay::PlacedEvent> const events{clash, old, failed};
    std::vector<overlay::PlaceAt> const gazetteer{{"c", {36.3, 35}}, {"b", {36.2, 35}}, {"a", {36.1, 35}}};
    overlay::Config const config = war();
    overlay::ControlHistory const history{initial, {}, config};
    auto const held = overlay::held_places(history, gazetteer, events, config, today);
    REQUIRE(held.size() == 3);
    CHECK_FALSE(held[0].is_contested);
    CHECK(held[1].is_contested);
    CHECK(held[1].holder == "opp");
    CHECK_FALSE(held[2].is_contested);
    // The battle of the day on which a place was won settled it.
    std::vector<overlay::InitialControl> const won{{"b", "syr-mil", *clash.date, 0.9, ""}};
    overlay::ControlHistory const after{won, {}, config};
    CHECK_FALSE(overlay::held_places(after, gazetteer, events, config, today).at(0).is_contested);
}

TEST_CASE("frontlines: run between rivals only, and never over a place") {
    geo::Geos geos;
    auto const held = places(150);
    auto const map = overlay::control_map(geos, held, land(), reach, today);
    auto const config = war();
    auto const fronts = overlay::frontlines(map, {}, config);
    REQUIRE_FALSE(fronts.empty());
    CHECK(overlay::frontlines(map, {}, overlay::Config{}).empty());
    // Each place keeps its side: crossing from it to its own area's edge never meets the smoothed line more
    // often than the line before smoothing.
    overlay::Config rough = config;
    rough.smoothing_rounds = 0;
    auto const unsmoothed = overlay::frontlines(map, {}, rough);
    auto const crossings = [](std::vector<Frontline> const& lines, LonLat at) {
        int count = 0; // of a ray to the west
        for (Frontline const& front : lines) {
            for (LineString const& line : front.line.lines) {
                for (std::size_t i = 1; i < line.points.size(); ++i) {
                    LonLat const a = line.points[i - 1];
                    LonLat const b = line.points[i];
                    count += (a.lat > at.lat) != (b.lat > at.lat) &&
                                     a.lon + (b.lon - a.lon) * (at.lat - a.lat) / (b.lat - a.lat) < at.lon
                                 ? 1
                                 : 0;
                }
            }
        }
        return count % 2;
    };
    for (HeldPlace const& place : held) {
        CHECK(crossings(fronts, place.at) == crossings(unsmoothed, place.at));
    }
    double length = 0;
    for (Frontline const& front : fronts) {
        CHECK(front.actor_a == "opp");
        CHECK(front.actor_b == "syr-mil");
        CHECK(front.confidence > 0);
        CHECK(front.confidence <= 0.8 * 0.7);
        CHECK_FALSE(front.last_evidence.has_value());
        CHECK_FALSE(geos.invalid_because(front.line).has_value());
        CHECK(geo::length(front.line).value < 2 * config.stretch.value);
        length += geo::length(front.line).value;
    }
    CHECK(length > 100'000);
}

TEST_CASE("frontlines: battles near a stretch prove it and raise its confidence") {
    geo::Geos geos;
    std::vector<HeldPlace> const held{{"a", {36.55, 35.7}, "opp", false, 0.9},
                                      {"b", {36.65, 35.7}, "syr-mil", false, 0.9}};
    auto const map = overlay::control_map(geos, held, land(), reach, today);
    overlay::PlacedEvent battle;
    battle.id = "near";
    battle.at = LonLat{36.62, 35.7};
    battle.date = today - std::chrono::days{5};
    battle.event_type = "Battles";
    battle.modality = Modality::failed;
    auto far = battle;
    far.id = "far";
    far.at = LonLat{36.72, 35.7}; // 10.9 km east
    auto late = battle;
    late.id = "late";
    late.date = today + std::chrono::days{1};
    auto old = battle;
    old.id = "old";
    old.date = today - std::chrono::days{31};
    auto planned = battle;
    planned.id = "planned";
    planned.modality = Modality::planned;
    auto shelling = battle;
    shelling.id = "shelling";
    shelling.event_type = "Explosions/Remote violence";
    std::vector<overlay::PlacedEvent> const events{planned, battle, far, late, old, shelling};
    auto const bare = overlay::frontlines(map, {}, war());
    auto const proved = overlay::frontlines(map, events, war());
    REQUIRE(proved.size() == 1);
    CHECK(proved[0].evidence == std::vector<std::string>{"near"});
    CHECK(proved[0].last_evidence == today - std::chrono::days{5});
    CHECK(proved[0].confidence > bare[0].confidence);
    CHECK(proved[0].confidence < 0.9);
    // Two places alone: the line is straight, half way between them, up to the reach of both.
    for (LonLat const at : proved[0].line.lines[0].points) {
        CHECK(at.lon == Approx(36.6).epsilon(1e-5));
    }
    CHECK(geo::length(proved[0].line).value ==
          Approx(2 * std::sqrt(15'000.0 * 15'000 - 4526.0 * 4526)).epsilon(0.003));
}

TEST_CASE("shared_lines: an enclave has a closed line; a contested place counts for its last holder") {
    geo::Geos geos;
    std::vector<HeldPlace> held{{"centre", {36.3, 35.25}, "opp", true, 1}};
    for (int i = 0; i < 6; ++i) {
        held.push_back({"r" + std::to_string(i),
                        geo::destination({36.3, 35.25}, Degrees{60.0 * i}, Metres{8'000}), "syr-mil", false,
                        1});
    }
    auto const lines = overlay::shared_lines(overlay::control_map(geos, held, land(), reach, today), war());
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].points.front() == lines[0].points.back());
    CHECK(lines[0].points.size() == lines[0].facing.size() + 1);
    CHECK(lines[0].points.size() == 7); // a hexagon
}
