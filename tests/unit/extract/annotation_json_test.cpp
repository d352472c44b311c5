#include "extract/annotation_json.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"

namespace {

using namespace kharita; // NOLINT: a test

Span find(std::string const& text, std::string_view words) {
    auto const at = text.find(words);
    REQUIRE(at != std::string::npos);
    return {at, at + words.size()};
}

Mention sample_mention(std::string const& text) {
    Mention mention;
    mention.id = "m1";
    mention.span = find(text, "سراقب");
    mention.role = Role::event;
    Place place;
    place.id = "C1";
    place.refs = {"C1", "gn:2"};
    place.name = "Saraqib";
    place.name_ar = "سراقب";
    place.feature = "PPL";
    place.country = "SYR";
    place.admin1 = AdminUnit{"SY07", "Idleb"};
    place.at = {36.8, 35.86};
    place.uncertainty = {1500};
    place.population = 32000;
    place.prominence = 3;
    mention.place = place;
    mention.at = LonLat{36.8, 35.86};
    mention.uncertainty = Metres{1500};
    mention.area = Polygon{{{36, 35}, {37, 35}, {37, 36}, {36, 35}},
                           {{{36.6, 35.2}, {36.7, 35.3}, {36.7, 35.2}, {36.6, 35.2}}}};
    mention.geo_precision = 1;
    mention.where_prec = 1;
    mention.scope = "m2";
    mention.relation = Relation{Relation::Kind::direction, Metres{10000}, Degrees{90}, {"m2"}};
    mention.confidence = 0.9;
    mention.why = "exact name";
    mention.alternatives = {{"C9", 0.05}};
    return mention;
}

Event sample_event(std::string const& text) {
    Event event;
    event.id = "0123456789abcdef0123456789abcdef";
    event.trigger = find(text, "قصف");
    event.group = "c1";
    event.mention = "m1";
    event.date = parse_date("2020-02-03");
    event.date_end = event.date;
    event.time_precision = 1;
    event.date_why = "said";
    event.event_type = "Explosions/Remote violence";
    event.sub_event_type = "Shelling/artillery/missile attack";
    event.plover = "ASSAULT";
    event.plover_mode = "heavy-weapons";
    event.modality = Modality::denied;
    event.initiator = {{"syr-mil", "Military Forces of Syria", 0.8}};
    event.target = {{"", "a convoy", 0.5}};
    event.weapon = "artillery";
    event.count = Count{1, 2, 3};
    event.killed = Toll{{1, 1, 1}, 1, {}, 0, {}};
    event.claimed_by = "the observatory";
    event.confidence = 0.75;
    event.why = "a verb";
    event.control_change = "gained";
    return event;
}

/// A document in which every field holds something.
Document sample() {
    Document document;
    Report& report = document.report;
    report.id = "r-1";
    report.doc_id = "fedcba9876543210fedcba9876543210";
    report.source = "a paper";
    report.url = "https://example.org/1";
    report.title = "عنوان \"أول\"";
    report.published = parse_date("2020-02-04");
    report.lang = "ar";
    report.text = "😀 خبر.\nقصف مدفعي على سراقب قرب منطقة آمنة بعمق 5 كم. بعده كلام آخر.";
    report.extra = R"({"page":7,"tags":["a","ب"]})";
    document.gazetteer_hash = "00ff";
    document.mentions = {sample_mention(report.text)};
    document.groups = {{"c1", {}, Toll{{0, 2, 4}, {}, 1, {}, 1}}};
    document.events = {sample_event(report.text)};
    Zone zone;
    zone.id = "00112233445566778899aabbccddeeff";
    zone.span = find(report.text, "منطقة آمنة");
    zone.kind = ZoneKind::buffer;
    zone.status = ZoneStatus::violated;
    zone.along = "SYR-TUR border";
    zone.side = "SYR";
    zone.depth_km = 5;
    zone.length_km = 7.5;
    zone.declared_by = {{"tur", "Turkey", 1}};
    zone.name = "a name";
    zone.date = report.published;
    zone.confidence = 0.5;
    zone.why = "said";
    document.zones = {zone};
    return document;
}

std::string failure(std::string const& line) {
    try {
        extract::from_json(line);
        return "(none)";
    } catch (InputError const& error) {
        return error.what();
    }
}

std::string replaced(std::string line, std::string_view from, std::string_view to) {
    auto const at = line.find(from);
    REQUIRE(at != std::string::npos);
    return line.replace(at, from.size(), to);
}

} // namespace

TEST_CASE("annotation: there and back loses nothing") {
    Document const document = sample();
    std::string const line = extract::to_json(document);
    CHECK(line.find('\n') == std::string::npos);
    Document const again = extract::from_json(line);
    CHECK(again == document);
    CHECK(extract::to_json(again) == line);
}

TEST_CASE("annotation: an empty document") {
    Document document;
    document.report.id = "x";
    document.report.doc_id = "00000000000000000000000000000000";
    std::string const line = extract::to_json(document);
    CHECK(extract::from_json(line) == document);
    CHECK(line.find(R"("published":null)") != std::string::npos);
}

TEST_CASE("annotation: offsets count code points") {
    std::string const line = extract::to_json(sample());
    // "😀 خبر.\nقصف": the trigger begins at the eighth character.
    CHECK(line.find(R"("start":7,"end":10,"trigger":"قصف")") != std::string::npos);
}

TEST_CASE("annotation: without text, quotes stand for it and spans still name what they named") {
    Document const document = sample();
    std::string const line = extract::to_json(document, extract::TextForm::quotes);
    CHECK(line.find(R"("text":"😀)") == std::string::npos);
    CHECK(line.find("بعده كلام آخر") == std::string::npos);
    CHECK(line.find(R"("quote":{"start":7)") != std::string::npos);
    Document const again = extract::from_json(line);
    CHECK(again.events[0].trigger.of(again.report.text) == "قصف");
    CHECK(again.mentions[0].span.of(again.report.text) == "سراقب");
    CHECK(again.zones[0].span.of(again.report.text) == "منطقة آمنة");
    CHECK(extract::to_json(again, extract::TextForm::quotes) == line);
}

TEST_CASE("annotation: without text, an offset beyond any text is refused, not filled with blanks") {
    std::string const quotes = extract::to_json(sample(), extract::TextForm::quotes);
    CHECK(failure(replaced(quotes, R"("quote":{"start":7)", R"("quote":{"start":16777217)")) ==
          "events[0]: start is 16777217; expected an offset into the text, at most 16777216");
    CHECK(failure(replaced(quotes, R"("quote":{"start":7)", R"("quote":{"start":-1)"))
              .starts_with("events[0]: start is -1"));
    // As far as it goes: 64 MiB of characters, then the text.
    CHECK(failure(replaced(quotes, R"("quote":{"start":7)", R"("quote":{"start":16777216)")) == "(none)");
}

TEST_CASE("annotation: broken input says what is wrong") {
    std::string const good = extract::to_json(sample());
    CHECK(failure("{").starts_with("is not JSON: "));
    CHECK(failure("[]") == "the line is an array; expected an object");
    CHECK(failure("{}") == "\"schema\" is missing");
    CHECK(failure(R"({"schema":2})") == "\"schema\" is 2; this program knows 1");
    CHECK(failure(replaced(good, R"("id":"r-1")", R"("id":7)")) == "\"id\" is a number; expected a string");
    CHECK(failure(replaced(good, R"("id":"r-1")", R"("id":"r\u0000-1")")) ==
          "\"id\" holds a zero byte (U+0000); expected text");
    CHECK(failure(replaced(good, "2020-02-04", "31/02/2014")) ==
          "\"published\" is \"31/02/2014\"; expected YYYY-MM-DD");
    CHECK(failure(replaced(good, R"("end":10)", R"("end":900)"))
              .starts_with("events[0]: end is 900; expected at most"));
    CHECK(
        failure(replaced(good, R"("end":10)", R"("end":3)")).starts_with("events[0]: start is 7 and end 3"));
    // 2^32 + 1, which is 1 in 32 bits.
    CHECK(failure(replaced(good, R"("geo_precision":1)", R"("geo_precision":4294967297)")) ==
          R"(mentions[0]: "geo_precision" is 4294967297; expected 0 to 3)");
    CHECK(failure(replaced(good, R"("time_precision":1)", R"("time_precision":-4294967295)")) ==
          R"(events[0]: "time_precision" is -4294967295; expected 0 to 3)");
    CHECK(failure(replaced(good, R"("role":"event")", R"("role":"hero")")) ==
          "mentions[0]: \"role\" is \"hero\"; expected a word of the schema");
    CHECK(failure(replaced(good, R"("mention":"m1")", R"("mention":"m5")")).find("not in \"mentions\"") !=
          std::string::npos);
    CHECK(failure(replaced(good, R"("group":"c1")", R"("group":"c5")")).find("not in \"groups\"") !=
          std::string::npos);
    CHECK(failure(replaced(good, R"("lon":36.8,"lat":35.86,"uncertainty_m":1500,"geometry")",
                           R"("lon":361,"lat":0,"uncertainty_m":1500,"geometry")"))
              .find("no position") != std::string::npos);
    CHECK(failure(replaced(good, "[36,35]],", "[36,34]],")).find("ring") != std::string::npos);
    CHECK(failure(replaced(good, R"("low":1,"best":2)", R"("low":5,"best":2)")).find("low <= best") !=
          std::string::npos);
}
