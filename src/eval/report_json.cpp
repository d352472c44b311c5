#include "eval/report.hpp"
#include "extract/json_writer.hpp"

namespace kharita::eval {

namespace {

using extract::JsonWriter;

std::int64_t whole(std::size_t value) {
    return static_cast<std::int64_t>(value);
}

void write(JsonWriter& json, std::string_view key, Share const& value) {
    json.key(key).begin_object();
    json.key("value")
        .real(value.value())
        .key("right")
        .integer(whole(value.right))
        .key("of")
        .integer(whole(value.of));
    json.end_object();
}

void write(JsonWriter& json, std::string_view key, Matches const& value) {
    json.key(key).begin_object();
    json.key("precision")
        .real(value.precision())
        .key("recall")
        .real(value.recall())
        .key("f1")
        .real(value.f1());
    json.key("paired").integer(whole(value.paired)).key("spurious").integer(whole(value.spurious));
    json.key("missed").integer(whole(value.missed));
    json.end_object();
}

void write(JsonWriter& json, std::string_view key, Located const& value) {
    json.key(key).begin_object();
    write(json, "right_of_labelled", Share{value.right, value.labelled});
    write(json, "right_of_said", Share{value.right, value.said});
    json.end_object();
}

void write_calibration(JsonWriter& json, Calibration const& calibration) {
    json.key("calibration").begin_object();
    json.key("expected_error").real(calibration.expected_error());
    json.key("bins").begin_array();
    for (Calibration::Bin const& bin : calibration.bins) {
        if (bin.right.of > 0) {
            json.begin_object().key("confidence").real(bin.confidence / static_cast<double>(bin.right.of));
            write(json, "accuracy", bin.right);
            json.end_object();
        }
    }
    json.end_array().end_object();
}

void write_mentions(JsonWriter& json, MentionScores const& sums) {
    json.key("mentions").begin_object();
    write(json, "found", sums.found);
    write(json, "exact_span", sums.exact_span);
    write(json, "resolved", sums.all);
    write(json, "resolved_small", sums.small);
    write(json, "small_within_1_km", Share{sums.small_within_1_km, sums.small.labelled});
    write(json, "small_within_25_km", Share{sums.small_within_25_km, sums.small.labelled});
    for (std::size_t i = 0; i < reach_km.size(); ++i) {
        write(json, "within_" + std::to_string(static_cast<int>(reach_km.at(i))) + "_km",
              Share{sums.within.at(i), sums.all.labelled});
    }
    write(json, "candidates", sums.candidates);
    json.key("mean_reciprocal_rank")
        .real(sums.all.labelled == 0 ? 0 : sums.reciprocal_rank / static_cast<double>(sums.all.labelled));
    write(json, "rightly_left_open", sums.abstained);
    write_calibration(json, sums.calibration);
    json.key("by_class").begin_object();
    for (auto const& [name, value] : sums.by_class) {
        write(json, name, value);
    }
    json.end_object().key("by_match").begin_object();
    for (auto const& [name, value] : sums.by_match) {
        write(json, name, value);
    }
    json.end_object();
    write(json, "role", sums.role);
    json.key("roles").begin_array();
    for (auto const& [pair, count] : sums.roles) {
        json.begin_object().key("labelled").string(pair.first).key("said").string(pair.second);
        json.key("count").integer(whole(count)).end_object();
    }
    json.end_array().end_object();
}

void write_events(JsonWriter& json, EventScores const& sums) {
    json.key("events").begin_object();
    write(json, "found", sums.found);
    write(json, "date", sums.date);
    write(json, "modality", sums.modality);
    write(json, "killed", sums.killed);
    json.key("killed_invented").integer(whole(sums.killed_invented));
    write(json, "injured", sums.injured);
    write(json, "initiator", sums.initiator);
    write(json, "target", sums.target);
    write(json, "weapon", sums.weapon);
    json.end_object().key("zones").begin_object();
    write(json, "found", sums.zones);
    write(json, "status", sums.zone_status);
    json.end_object();
}

} // namespace

std::string to_json(Scores const& scores) {
    JsonWriter json;
    json.begin_object();
    json.key("documents").integer(whole(scores.documents)).key("missing").integer(whole(scores.missing));
    write_mentions(json, scores.mentions);
    write_events(json, scores.events);
    json.key("mistakes").begin_array();
    for (Mistake const& each : scores.mistakes) {
        json.begin_object().key("kind").string(name_of(each.kind)).key("document").string(each.document);
        json.key("start").integer(each.range.start).key("end").integer(each.range.end);
        json.key("text").string(each.text).key("detail").string(each.detail);
        json.key("context").string(each.context).end_object();
    }
    json.end_array().end_object();
    return json.take();
}

} // namespace kharita::eval
