#include "store/features.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "sample.hpp"
#include "store/database.hpp"
#include "store/loader.hpp"
#include "support/temp_folder.hpp"

using namespace kharita; // NOLINT: a test
using store::Database;
using store::Layer;

namespace {

Value value(Feature const& feature, std::string_view name) {
    for (auto const& [key, each] : feature.properties) {
        if (key == name) {
            return each;
        }
    }
    FAIL("no property ", name);
    return {};
}

Database loaded(kharita::test::TempFolder const& folder) {
    Database database = Database::create(folder.path() / "events.db", Overwrite::refuse);
    store::Loader loader{database};
    loader.add(sample_document());
    loader.commit();
    return database;
}

} // namespace

TEST_CASE("features: inhabitants of a place of which none are known are empty, not none") {
    kharita::test::TempFolder const folder;
    Database database = Database::create(folder.path() / "events.db", Overwrite::refuse);
    Document document = sample_document();
    REQUIRE(document.mentions.at(0).place);
    document.mentions.at(0).place->population = 32000;
    store::Loader loader{database};
    loader.add(document);
    loader.commit();
    std::vector<Value> all;
    store::features(database, Layer::places,
                    [&](Feature const& each) { all.push_back(value(each, "population")); });
    CHECK(std::ranges::count(all, Value{std::int64_t{32000}}) == 1);
    CHECK(std::ranges::count(all, Value{}) == std::ssize(all) - 1);
    CHECK(all.size() > 1);
}

TEST_CASE("features: events with typed properties, those without a position counted") {
    kharita::test::TempFolder const folder;
    Database database = loaded(folder);
    std::vector<Feature> all;
    auto const without =
        store::features(database, Layer::events, [&](Feature const& each) { all.push_back(each); });
    CHECK(without.count == 1);
    CHECK(store::feature_count(database, Layer::events) == 2);
    REQUIRE(all.size() == 2);
    Feature const& second = all[1];
    CHECK(std::get<Point>(second.geometry).at == LonLat{36.78, 35.80});
    CHECK(value(second, "id") == Value{sample_document().events[1].id});
    CHECK(second.id == 0xB'CDEF'0001'0002U); // of …00abcdef00010002, bits 0 to 52
    CHECK(value(second, "date") == Value{std::string{"2020-01-15"}});
    CHECK(value(second, "day") == Value{std::int64_t{18276}}); // 50 years and 12 leap days, and 14
    CHECK(value(second, "killed") == Value{});
    CHECK(value(second, "killed_shared") == Value{std::int64_t{4}});
    CHECK(value(second, "injured") == Value{std::int64_t{2}});
    CHECK(value(second, "strikes") == Value{std::int64_t{2}});
    CHECK(value(second, "weapon") == Value{});
    CHECK(value(second, "modality") == Value{std::string{"occurred"}});
    CHECK(value(second, "admin1") == Value{std::string{"Idlib"}});
    CHECK(value(second, "pcode") == Value{std::string{"SY0703"}});
    CHECK(value(second, "uncertainty_m") == Value{1500.0});
    CHECK(value(second, "source") == Value{std::string{"sample"}});
    CHECK(all[0].rank < second.rank); // two injured
    // Tashkeel is for readers of texts, not for labels.
    CHECK(value(all[0], "place_ar") == Value{std::string{"خان السبل"}});
    CHECK(store::feature_layer(database, Layer::failed).features.size() == 1);
    CHECK(store::feature_layer(database, Layer::planned).features.empty());
}

TEST_CASE("features: places with their counts, mentions") {
    kharita::test::TempFolder const folder;
    Database database = loaded(folder);
    auto const places = store::feature_layer(database, Layer::places);
    CHECK(places.name == "places");
    REQUIRE(places.features.size() == 2);
    CHECK(value(places.features[0], "mentions") == Value{std::int64_t{1}});
    CHECK(value(places.features[0], "events") == Value{std::int64_t{1}});
    CHECK(value(places.features[0], "last_day") == Value{std::int64_t{18276}});
    CHECK(places.features[0].id != places.features[1].id);
    CHECK(places.features[0].id < (std::uint64_t{1} << 53U));
    CHECK(store::feature_layer(database, Layer::mentions).features.size() == 3);
    CHECK(store::feature_layer(database, Layer::zones).features.empty()); // not drawn yet
}

TEST_CASE("event_rank: dead before injured before precision before recency") {
    using store::event_rank;
    CHECK(event_rank(1, 0, 3, 0) > event_rank(0, 1, 1, 20000));
    CHECK(event_rank(10, 0, 1, 0) > event_rank(9, 0, 1, 20000));
    CHECK(event_rank(0, 1, 2, 0) > event_rank(0, 0, 2, 20000));
    CHECK(event_rank(0, 0, 1, 0) > event_rank(0, 0, 2, 20000));
    CHECK(event_rank(0, 0, 1, 20000) > event_rank(0, 0, 1, 19999));
}

TEST_CASE("parse_layer: the inverse of name_of") {
    for (Layer const layer : store::all_layers) {
        CHECK(store::parse_layer(store::name_of(layer)) == layer);
    }
    CHECK_FALSE(store::parse_layer("tiles"));
}
