#include "publish/derive_overlays.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "model/document.hpp"
#include "store/database.hpp"
#include "store/features.hpp"
#include "store/loader.hpp"
#include "support/temp_folder.hpp"

using namespace kharita; // NOLINT: a test
using namespace std::chrono_literals;

namespace {

constexpr Date today{2019y / 8 / 2};

publish::OverlayData const& data() {
    static auto const all = publish::OverlayData::load(KHARITA_SOURCE_DIR);
    return all;
}

/// A takeover of one village, and two zones of which one has an area.
Document report() {
    Document document;
    document.report.id = "r1";
    document.report.doc_id = "00000000000000000000000000000001";
    document.report.text = "سيطرت الفصائل على تل ملح.";
    document.report.lang = "ar";
    document.report.published = today;
    document.gazetteer_hash = data().gazetteer.content_hash();
    Mention mention;
    mention.id = "m1";
    mention.span = {0, 4};
    mention.role = Role::event;
    mention.place = data().gazetteer.place(data().gazetteer.find("sy-tell-malah").value());
    mention.at = mention.place->at;
    mention.uncertainty = mention.place->uncertainty;
    mention.geo_precision = 1;
    mention.where_prec = 1;
    mention.confidence = 0.9;
    document.mentions = {mention};
    document.groups.push_back({.id = "c1", .killed = {}, .injured = {}});
    Event event;
    event.id = "000000000000000000000000000000e1";
    event.trigger = {0, 4};
    event.group = "c1";
    event.mention = "m1";
    event.date = today;
    event.date_end = today;
    event.time_precision = 1;
    event.event_type = "Battles";
    event.sub_event_type = "Non-state actor overtakes territory";
    event.plover = "SEIZE";
    event.initiator = {{"opp", "Opposition rebels (Syria)", 1}};
    event.control_change = "gained";
    event.confidence = 0.9;
    document.events = {event};
    Zone zone;
    zone.id = "000000000000000000000000000000a1";
    zone.span = {0, 4};
    zone.along = "SYR-TUR border";
    zone.side = "SYR";
    zone.confidence = 0.8;
    Zone road = zone;
    road.id = "000000000000000000000000000000a2";
    road.along = "M4";
    document.zones = {zone, road};
    return document;
}

} // namespace

TEST_CASE("derive_overlays: the last day by default, any day asked for, and twice the same") {
    kharita::test::TempFolder const folder;
    auto database = store::Database::create(folder.path() / "events.db", Overwrite::refuse);
    {
        store::Loader loader{database};
        loader.add(report());
        loader.commit();
    }
    auto const last = publish::derive_overlays(database, data(), {}, 1);
    REQUIRE(last.days.size() == 1);
    CHECK(last.days[0].date == today);
    CHECK(last.days[0].control_areas == 4);
    CHECK(last.days[0].length.value > 100'000);
    CHECK(last.zones == 2);
    CHECK(last.zones_with_area == 1);
    CHECK(last.reasons.size() == 1);
    auto const first = store::feature_layer(database, store::Layer::control).features;
    CHECK(publish::derive_overlays(database, data(), {}, 2).days == last.days);
    CHECK(store::feature_layer(database, store::Layer::control).features == first);

    std::vector<Date> const days{today + std::chrono::days{1}, today - std::chrono::days{1}, today};
    auto const several = publish::derive_overlays(database, data(), days, 2);
    REQUIRE(several.days.size() == 3);
    CHECK(several.days[0].date == today - std::chrono::days{1});
    CHECK(several.days[1] == last.days[0]);
    CHECK(several.days[0].length != several.days[1].length); // the takeover moved the line
    CHECK(several.days[2].length == several.days[1].length);
    CHECK(store::feature_layer(database, store::Layer::zones).features.size() == 1);
}

TEST_CASE("derive_overlays: an empty database has the initial state's own day") {
    kharita::test::TempFolder const folder;
    auto database = store::Database::create(folder.path() / "events.db", Overwrite::refuse);
    auto const counts = publish::derive_overlays(database, data(), {}, 1);
    REQUIRE(counts.days.size() == 1);
    CHECK(counts.days[0].control_areas > 0);
    CHECK(counts.zones == 0);
}
