#include "store/derived.hpp"

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "sample.hpp"
#include "sqlite/connection.hpp"
#include "store/database.hpp"
#include "store/features.hpp"
#include "store/loader.hpp"
#include "support/temp_folder.hpp"

using namespace kharita; // NOLINT: a test
using store::Database;

namespace {

Date const day = *parse_date("2020-01-15");

MultiPolygon square(double lon, double lat) {
    return {{Polygon{{{lon, lat}, {lon + 1, lat}, {lon + 1, lat + 1}, {lon, lat + 1}, {lon, lat}}, {}}}};
}

} // namespace

TEST_CASE("replace_control and replace_frontlines: a day is replaced, other days stay") {
    kharita::test::TempFolder const folder;
    Database database = Database::create(folder.path() / "events.db", Overwrite::refuse);
    std::array const areas{
        ControlArea{"syr-mil", day, square(36, 35), {"C1", "C2"}, 0.8, "derived"},
        ControlArea{"contested", day, square(37, 35), {"C3"}, 0.5, "derived"},
        ControlArea{"nobody", day, {}, {}, 0.5, "derived"},
    };
    std::array const lines{Frontline{"hts",
                                     "syr-mil",
                                     day,
                                     {{LineString{{{36, 35}, {36.5, 35.5}}}}},
                                     {"initial"},
                                     parse_date("2020-01-05"),
                                     0.6}};
    for (int twice = 0; twice < 2; ++twice) {
        store::replace_control(database, day, areas);
        store::replace_control(database, day + std::chrono::days{1}, areas);
        store::replace_frontlines(database, day, lines);
        CHECK(database.counts().control_areas == 4);
        CHECK(database.counts().frontlines == 1);
    }
    sqlite::Connection& connection = database.connection();
    CHECK(connection.text("SELECT places FROM map_control WHERE actor = 'syr-mil'") == "C1; C2");
    CHECK(connection.integer("SELECT age_days FROM map_frontline") == 10);
    CHECK(connection.integer(
              "SELECT CheckSpatialIndex('control', 'geom') + CheckSpatialIndex('frontline', 'geom')") == 2);
}

TEST_CASE("features of control areas and frontlines: ids that other days and analysts' areas do not change") {
    kharita::test::TempFolder const folder;
    std::array const areas{ControlArea{"syr-mil", day, square(36, 35), {"C1"}, 0.8, "derived"}};
    std::array const drawn{ControlArea{"syr-mil", day, square(40, 35), {}, 1, "digitised"}};
    Frontline const line{"hts",       "syr-mil",    day, {{LineString{{{36, 35}, {36.5, 35.5}}}}},
                         {"initial"}, std::nullopt, 0.6};
    std::array const lines{line, line};
    std::vector<std::vector<std::string>> seen;
    for (std::string const name : {"a.db", "b.db"}) {
        Database database = Database::create(folder.path() / name, Overwrite::refuse);
        if (name == "b.db") { // with more in it, and derived twice
            store::add_digitised_control(database, drawn);
            store::replace_control(database, day - std::chrono::days{1}, areas);
            store::replace_frontlines(database, day - std::chrono::days{1}, lines);
            store::replace_control(database, day, areas);
        }
        store::replace_control(database, day, areas);
        store::replace_frontlines(database, day, lines);
        std::vector<std::string>& ids = seen.emplace_back();
        for (store::Layer const layer : {store::Layer::control, store::Layer::frontlines}) {
            store::features(database, layer, [&](Feature const& feature) {
                auto const id = std::get<std::string>(feature.properties.front().second);
                if (id.starts_with("2020-01-15") && id.find("digitised") == std::string::npos) {
                    ids.push_back(id);
                }
            });
        }
    }
    CHECK(seen[0] == std::vector<std::string>{"2020-01-15/syr-mil/derived/1", "2020-01-15/hts/syr-mil/1",
                                              "2020-01-15/hts/syr-mil/2"});
    CHECK(seen[1] == seen[0]);
}

TEST_CASE("derived shapes that are not valid are refused by name, and nothing of the call stays") {
    kharita::test::TempFolder const folder;
    Database database = Database::create(folder.path() / "events.db", Overwrite::refuse);
    MultiPolygon const bow{{Polygon{{{36, 35}, {37, 36}, {37, 35}, {36, 36}, {36, 35}}, {}}}};
    std::array const areas{ControlArea{"a", day, square(36, 35), {}, 0.8, "derived"},
                           ControlArea{"b", day, bow, {}, 0.8, "derived"}};
    CHECK_THROWS_WITH_AS(store::replace_control(database, day, areas),
                         doctest::Contains("control area of b on 2020-01-15 is not valid: Self-intersection"),
                         DatabaseError);
    CHECK(database.counts().control_areas == 0);
}

TEST_CASE("replace_zone_areas: drawn for the zones named, taken from all others") {
    kharita::test::TempFolder const folder;
    Database database = Database::create(folder.path() / "events.db", Overwrite::refuse);
    store::Loader loader{database};
    loader.add(sample_document(1));
    loader.add(sample_document(2));
    loader.commit();
    std::string const first = sample_document(1).zones[0].id;
    std::string const second = sample_document(2).zones[0].id;
    std::array const one{ZoneArea{first, square(36, 36), 30, true, "default depth"}};
    store::replace_zone_areas(database, one);
    CHECK(database.connection().text("SELECT depth || drawn_depth_km FROM map_zone WHERE geom IS NOT NULL") ==
          "assumed30.0");
    std::array const other{ZoneArea{second, square(36, 36), 5, false, "stated"}};
    store::replace_zone_areas(database, other);
    CHECK(database.connection().text("SELECT group_concat(zone_id) FROM zone WHERE geom IS NOT NULL") ==
          second);
    // Two reports of one zone are one zone with two reports, until one of them says something else.
    std::array const both{ZoneArea{first, square(36, 36), 30, true, "default depth", second},
                          ZoneArea{second, square(36, 36), 5, false, "stated"}};
    store::replace_zone_areas(database, both);
    CHECK(database.connection().text("SELECT zone_id || ' ' || reports FROM map_zone") == second + " 2");
    CHECK(store::feature_layer(database, store::Layer::zones).features.size() == 1);
    Document changed = sample_document(2);
    changed.zones.clear();
    store::Loader again{database};
    again.add(changed);
    again.commit();
    CHECK(database.connection().text("SELECT zone_id || ' ' || reports FROM map_zone") == first + " 1");
    again.add(sample_document(2));
    again.commit();
    CHECK(database.connection().integer("SELECT count(*) FROM map_zone") == 2);
    std::array const missing{ZoneArea{std::string(32, 'e'), square(36, 36), 5, false, ""}};
    CHECK_THROWS_AS(store::replace_zone_areas(database, missing), DatabaseError);
    CHECK(database.connection().integer("SELECT CheckSpatialIndex('zone', 'geom')") == 1);
}
