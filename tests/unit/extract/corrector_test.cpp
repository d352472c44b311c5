#include "extract/corrector.hpp"

#include <array>
#include <string>

#include <doctest/doctest.h>

#include "gazetteer/gazetteer.hpp"

using namespace kharita; // NOLINT: a test
using extract::Corrector;

namespace {

gazetteer::Gazetteer const& places() {
    static auto const all =
        gazetteer::Gazetteer::load(std::filesystem::path{KHARITA_SOURCE_DIR} / "gazetteer" / "places");
    return all;
}

/// One village, an event there, and a zone.
Document report() {
    Document document;
    document.report.doc_id = std::string(32, 'd');
    document.report.text = "قصفت المدفعية حيش أمس.";
    Mention mention;
    mention.id = "m1";
    mention.span = {document.report.text.find("حيش"), document.report.text.find("حيش") + 6};
    mention.place = places().place(places().find("SY07").value());
    mention.at = mention.place->at;
    mention.confidence = 0.5;
    document.mentions.push_back(mention);
    Event event;
    event.id = std::string(32, 'e');
    event.mention = "m1";
    event.confidence = 0.5;
    document.events.push_back(event);
    Zone zone;
    zone.id = std::string(32, 'f');
    document.zones.push_back(zone);
    return document;
}

Correction correction(Correction::Kind kind, std::string target, std::string place = {}) {
    Correction made;
    made.kind = kind;
    made.target = std::move(target);
    made.place = std::move(place);
    made.author = "Amal";
    made.reason = "saw it";
    made.made = "2020-01-01";
    return made;
}

struct Corrected {
    Document document = report();
    extract::CorrectionOutcome outcome;
};

Corrected corrected(Correction const& one) {
    Corrected result;
    std::array const all{one};
    Corrector corrector{all, places()};
    corrector.apply(result.document);
    result.outcome = corrector.outcomes().front();
    return result;
}

std::string const mention_key = std::string(32, 'd') + "@14"; // 4 letters, a blank, 8 letters, a blank

} // namespace

TEST_CASE("Corrector: a place by the words' position, the event's id or the name itself") {
    using enum Correction::Kind;
    for (std::string const& target : {mention_key, std::string(32, 'e'), std::string{"حَيش"}}) {
        CAPTURE(target);
        auto const result = corrected(correction(force_place, target, "SY02"));
        Mention const& mention = result.document.mentions.front();
        REQUIRE(mention.place);
        CHECK(mention.place->id == "SY02");
        CHECK(mention.at == mention.place->at);
        CHECK(mention.geo_precision == 3);
        CHECK(mention.where_prec == 4);
        CHECK(mention.confidence == 1);
        CHECK(mention.why == "corrected by Amal: saw it");
        CHECK(result.outcome.text() == "applied");
    }
    auto const named = corrected(correction(alias, "حيش", "SY02"));
    CHECK(named.document.mentions.front().place->id == "SY02");
}

TEST_CASE("Corrector: a place is as exact as one of its kind is in a text") {
    using enum Correction::Kind;
    struct Row {
        char const* place = nullptr;
        int geo_precision = 0;
        int where_prec = 0;
    };
    // A country, a district, a sub-district.
    for (Row const& row : {Row{"SYR", 3, 6}, Row{"SY0700", 3, 3}, Row{"SY070001", 2, 3}}) {
        CAPTURE(row.place);
        auto const result = corrected(correction(force_place, mention_key, row.place));
        CHECK(result.outcome.text() == "applied");
        CHECK(result.document.mentions.front().geo_precision == row.geo_precision);
        CHECK(result.document.mentions.front().where_prec == row.where_prec);
    }
}

TEST_CASE("Corrector: whatever is corrected is certain, signed, and no longer near or north of something") {
    using enum Correction::Kind;
    auto const applied = [](Correction const& one) {
        Corrected result;
        Mention& before = result.document.mentions.front();
        before.why = "exact name";
        before.relation =
            Relation{.kind = Relation::Kind::near, .distance = {}, .direction = {}, .of = {"m1"}};
        Corrector corrector{std::array{one}, places()};
        corrector.apply(result.document);
        return result.document;
    };
    Mention const same = applied(correction(force_place, mention_key, "SY07")).mentions.front();
    CHECK(same.confidence == 1);
    CHECK(same.why == "exact name; corrected by Amal: saw it");
    CHECK(same.relation); // it is that place, and the text says that it was near it
    Correction point = correction(force_place, mention_key);
    point.at = LonLat{36.5, 35.5};
    CHECK(applied(point).mentions.front().why ==
          "corrected by Amal: saw it; in no admin unit whose outline is known");
    for (Correction const& one :
         {correction(never_place, mention_key), correction(force_place, mention_key, "SY02")}) {
        Mention const mention = applied(one).mentions.front();
        CHECK(mention.confidence == 1);
        CHECK(mention.why == "corrected by Amal: saw it");
        CHECK_FALSE(mention.relation);
    }
    for (std::string const& target : {std::string(32, 'e'), std::string(32, 'f')}) {
        Correction edit = correction(Correction::Kind::edit, target);
        edit.field = "date";
        edit.value = "2020-03-01";
        Document const document = applied(edit);
        bool const is_event = target.front() == 'e';
        CHECK((is_event ? document.events.front().confidence : document.zones.front().confidence) == 1);
        CHECK((is_event ? document.events.front().why : document.zones.front().why) ==
              "date corrected by Amal: saw it");
    }
}

TEST_CASE("Corrector: a point where no place is, and a place that is none") {
    using enum Correction::Kind;
    Correction point = correction(force_place, mention_key);
    point.at = LonLat{36.5, 35.5};
    auto const moved = corrected(point);
    CHECK_FALSE(moved.document.mentions.front().place);
    CHECK(moved.document.mentions.front().at == LonLat{36.5, 35.5});
    auto const never = corrected(correction(never_place, mention_key, "SY07"));
    CHECK_FALSE(never.document.mentions.front().at);
    auto const other = corrected(correction(never_place, mention_key, "SY02"));
    CHECK(other.document.mentions.front().at);
    CHECK(other.outcome.applied == 1);
}

TEST_CASE("Corrector: a point is in the smallest admin unit whose outline holds it") {
    auto const square = [](char const* id, double west, double east) {
        Polygon polygon;
        polygon.outer = {{west, 35}, {east, 35}, {east, 36}, {west, 36}, {west, 35}};
        return gazetteer::Boundary{.id = id, .area = MultiPolygon{{polygon}}};
    };
    gazetteer::Boundaries outlines;
    outlines.put({square("SYR", 35, 42), square("SY07", 36, 37), square("nowhere", 36, 37)});
    Correction point = correction(Correction::Kind::force_place, mention_key);
    auto const moved = [&](LonLat at) {
        point.at = at;
        Document document = report();
        Corrector corrector{std::array{point}, places(), outlines};
        corrector.apply(document);
        return document.mentions.front();
    };
    Mention const inside = moved({36.5, 35.5});
    REQUIRE(inside.place);
    CHECK(inside.place->admin1 == AdminUnit{.id = "SY07", .name = "Idlib"});
    CHECK_FALSE(inside.place->admin2);
    CHECK(inside.place->country == "SYR");
    CHECK(inside.place->name == "point in Idlib");
    CHECK(inside.place->at == LonLat{36.5, 35.5});
    CHECK(inside.at == LonLat{36.5, 35.5});
    CHECK(inside.why == "corrected by Amal: saw it");
    Mention const beside = moved({40, 35.5}); // in the country alone
    REQUIRE(beside.place);
    CHECK_FALSE(beside.place->admin1);
    Mention const abroad = moved({10, 35.5});
    CHECK_FALSE(abroad.place);
    CHECK(abroad.why == "corrected by Amal: saw it; in no admin unit whose outline is known");
}

TEST_CASE("Corrector: fields, and what is no event") {
    Correction edit = correction(Correction::Kind::edit, std::string(32, 'e'));
    edit.field = "killed";
    edit.value = "3";
    auto const killed = corrected(edit);
    REQUIRE(killed.document.events.front().killed);
    CHECK(killed.document.events.front().killed->count == Count{3, 3, 3});
    edit.field = "modality";
    edit.value = "denied";
    CHECK(corrected(edit).document.events.front().modality == Modality::denied);
    edit.value = "perhaps";
    CHECK(corrected(edit).outcome.text() == R"(its value is "perhaps", which is no word of the schema)");
    edit.field = "colour";
    CHECK(corrected(edit).outcome.text() == R"(an event has no field "colour" that can be edited)");
    edit.target = std::string(32, 'f');
    edit.field = "status";
    edit.value = "agreed";
    CHECK(corrected(edit).document.zones.front().status == ZoneStatus::agreed);
    CHECK(corrected(correction(Correction::Kind::remove, std::string(32, 'e'))).document.events.empty());
    CHECK(corrected(correction(Correction::Kind::remove, std::string(32, 'f'))).document.zones.empty());
}

TEST_CASE("Corrector: what does not apply any more says why") {
    using enum Correction::Kind;
    CHECK(corrected(correction(force_place, mention_key, "nowhere")).outcome.text() ==
          R"(the gazetteer has no place "nowhere")");
    CHECK(corrected(correction(force_place, std::string(32, 'a') + "@1", "SY02")).outcome.text() ==
          "applies to nothing any more: no report has its target");
    CHECK(corrected(correction(remove, "no id")).outcome.text() ==
          R"("no id" is the id of no event, zone or mention)");
    CHECK(corrected(correction(force_place, std::string(32, 'd') + "@3", "SY02")).document == report());
}
