#include <filesystem>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "eval/score.hpp"

using namespace kharita;
using namespace kharita::eval;

namespace {

gazetteer::Gazetteer const& shipped() {
    static auto const loaded =
        gazetteer::Gazetteer::load(std::filesystem::path{KHARITA_SOURCE_DIR} / "gazetteer/places");
    return loaded;
}

LabelledMention label(Range range, std::string role, std::string precision, std::optional<LonLat> at) {
    LabelledMention mention;
    mention.range = range;
    mention.role = std::move(role);
    mention.precision = std::move(precision);
    mention.at = at;
    return mention;
}

SaidMention answer(std::string id, Range range, std::string feature, std::optional<LonLat> at) {
    SaidMention mention;
    mention.id = std::move(id);
    mention.range = range;
    mention.role = "event";
    mention.feature = std::move(feature);
    mention.at = at;
    mention.confidence = 0.9;
    mention.why = "exact name";
    return mention;
}

LabelledDocument document(std::vector<LabelledMention> mentions) {
    LabelledDocument labelled;
    labelled.id = "a";
    labelled.text = std::string(60, 'x');
    labelled.mentions = std::move(mentions);
    return labelled;
}

} // namespace

TEST_CASE("distance_km: a degree along the equator") {
    CHECK(distance_km({0, 0}, {1, 0}) == doctest::Approx(111.195).epsilon(1e-5)); // 6371 km * pi / 180
    CHECK(distance_km({36.6, 35.4}, {36.6, 35.4}) == 0);
}

TEST_CASE("is_right: tolerance and kind") {
    LonLat const at{36, 35};
    LonLat const near{36, 35.017}; // 1.9 km
    LonLat const far{36, 35.019};  // 2.1 km
    CHECK(is_right(label({}, "", "settlement", at), answer("", {}, "PPL", near)));
    CHECK_FALSE(is_right(label({}, "", "settlement", at), answer("", {}, "PPL", far)));
    CHECK(is_right(label({}, "", "natural", at), answer("", {}, "HLL", far)));
    // A city is not its governorate, wherever it lies.
    CHECK_FALSE(is_right(label({}, "", "admin1", at), answer("", {}, "PPLA", at)));
    CHECK(is_right(label({}, "", "admin1", at), answer("", {}, "ADM1", far)));
    // The same source id is right at any distance, and 161 km where no kind is labelled.
    LabelledMention named = label({}, "", "settlement", at);
    named.ref = "C1";
    SaidMention said = answer("", {}, "PPL", LonLat{40, 35});
    CHECK_FALSE(is_right(named, said));
    said.refs = {"C0", "C1"};
    CHECK(is_right(named, said));
    CHECK(is_right(label({}, "", "", at), answer("", {}, "PPL", LonLat{36, 36.4})));
}

TEST_CASE("score: found, missed, spurious, and points that are wrong") {
    LonLat const at{36, 35};
    LonLat const wrong{37, 35};
    SaidDocument said;
    said.id = "a";
    said.mentions = {answer("m1", {0, 5}, "PPL", at), answer("m2", {11, 15}, "PPL", wrong),
                     answer("m3", {30, 35}, "PPL", at), answer("m4", {40, 44}, "", std::nullopt)};
    auto const labelled =
        document({label({0, 5}, "event", "settlement", at), label({10, 15}, "scope", "settlement", at),
                  label({20, 25}, "event", "settlement", at), label({40, 44}, "event", "settlement", at)});
    Scores const scores = score({labelled}, {said}, shipped());
    MentionScores const& sums = scores.mentions;
    CHECK(sums.found.paired == 3);
    CHECK(sums.found.spurious == 1);
    CHECK(sums.found.missed == 1);
    CHECK(sums.exact_span.right == 2);
    CHECK(sums.small.labelled == 4);
    CHECK(sums.small.said == 3); // right, wrong and spurious
    CHECK(sums.small.right == 1);
    CHECK(sums.role.right == 2);
    CHECK(sums.abstained.right == 1); // it had no candidate
    CHECK(sums.within.at(0) == 1);
    CHECK(sums.within.at(3) == 2); // 91 km
    // Three points of confidence 0.9, one of them right.
    CHECK(sums.calibration.expected_error() == doctest::Approx(0.9 - 1.0 / 3));
    REQUIRE(scores.mistakes.size() == 5);
    CHECK(scores.mistakes.front().kind == Mistake::Kind::role);
}

TEST_CASE("score: a document that the system does not know") {
    Scores const scores =
        score({document({label({0, 5}, "event", "settlement", LonLat{36, 35})})}, {}, shipped());
    CHECK(scores.missing == 1);
    CHECK(scores.mentions.found.missed == 1);
    CHECK(scores.mentions.found.f1() == 0);
}

TEST_CASE("score: events pair by type and place, then by agreeing fields") {
    LonLat const at{36, 35};
    LabelledDocument labelled = document({label({0, 5}, "event", "settlement", at)});
    labelled.has_events = true;
    LabelledEvent event;
    event.range = {10, 15};
    event.sub_event_type = "Attack";
    event.modality = "occurred";
    event.date = "2019-08-01";
    event.place = labelled.mentions.front();
    event.killed = extract::Bounds{1, 2};
    event.weapon = "rifle";
    labelled.events = {event};
    SaidDocument said;
    said.id = "a";
    said.mentions = {answer("m1", {0, 5}, "PPL", at)};
    SaidEvent other;
    other.range = {10, 15};
    other.sub_event_type = "Attack";
    other.modality = "planned";
    other.mention = "m1";
    SaidEvent best = other;
    best.modality = "occurred";
    best.date = "2019-08-01";
    best.killed = 2;
    best.weapon = "rifle";
    said.events = {other, best};
    EventScores const sums = score({labelled}, {said}, shipped()).events;
    CHECK(sums.found.paired == 1);
    CHECK(sums.found.spurious == 1);
    CHECK(sums.date.right == 1);
    CHECK(sums.modality.right == 1);
    CHECK(sums.killed.right == 1);
    CHECK(sums.weapon.right == 1);
    CHECK(sums.initiator.of == 0);
}
