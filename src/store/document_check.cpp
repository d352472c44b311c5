#include "store/document_check.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace kharita::store {

namespace {

constexpr std::size_t id_size = 32;
constexpr std::array<std::string_view, 7> event_types{
    "Battles", "Explosions/Remote violence", "Protests",
    "Riots",   "Strategic developments",     "Violence against civilians",
    ""};
constexpr std::array<std::string_view, 3> control_changes{"gained", "lost", ""};

/// What messages call a thing: "event 9c8f…".
struct Named {
    std::string_view kind;
    std::string_view id;
};

[[noreturn]] void refuse(Named what, std::string_view field, std::string_view found,
                         std::string_view expected) {
    fail<InputError>("{} {}: {} is {}; expected {}", what.kind, what.id, field, found, expected);
}

void in_range(Named what, std::string_view field, double value, double low, double high) {
    if (std::isnan(value) || value < low || value > high) {
        refuse(what, field, std::to_string(value),
               "a number from " + std::to_string(low) + " to " + std::to_string(high));
    }
}

void in_range(Named what, std::string_view field, std::int64_t value, std::int64_t low, std::int64_t high) {
    if (value < low || value > high) {
        refuse(what, field, std::to_string(value),
               "a whole number from " + std::to_string(low) + " to " + std::to_string(high));
    }
}

void not_negative(Named what, std::string_view field, std::optional<double> const& value) {
    if (value && (std::isnan(*value) || *value < 0)) {
        refuse(what, field, std::to_string(*value), "no less than 0");
    }
}

void ordered(Named what, std::string_view field, Count const& count) {
    if (count.low < 0 || count.low > count.best || count.best > count.high) {
        refuse(what, field,
               std::to_string(count.low) + ", " + std::to_string(count.best) + ", " +
                   std::to_string(count.high),
               "0 <= low <= best <= high");
    }
}

void check_tolls(Named what, std::optional<Toll> const& killed, std::optional<Toll> const& injured) {
    if (killed) {
        ordered(what, "killed", killed->count);
    }
    if (injured) {
        ordered(what, "injured", injured->count);
    }
}

std::optional<double> metres(std::optional<Metres> const& length) {
    return length ? std::optional{length->value} : std::nullopt;
}

void check_mention(Mention const& mention) {
    constexpr int acled = 3;
    constexpr int ucdp = 7;
    constexpr int most_prominent = 5;
    Named const what{"mention", mention.id};
    if (mention.id.empty()) {
        refuse({"a mention", ""}, "its id", "empty", "one within the document");
    }
    in_range(what, "geo_precision", std::int64_t{mention.geo_precision}, 0, acled);
    in_range(what, "where_prec", std::int64_t{mention.where_prec}, 0, ucdp);
    in_range(what, "confidence", mention.confidence, 0, 1);
    not_negative(what, "uncertainty_m", metres(mention.uncertainty));
    if (mention.relation) {
        not_negative(what, "distance_m", metres(mention.relation->distance));
    }
    if (mention.place) {
        Place const& place = *mention.place;
        if (place.id.empty()) {
            refuse(what, "its place's id", "empty", "a gazetteer's");
        }
        not_negative(what, "its place's uncertainty_m", place.uncertainty.value);
        in_range(what, "its place's prominence", std::int64_t{place.prominence}, 0, most_prominent);
        if (place.population < 0) {
            refuse(what, "its place's population", std::to_string(place.population), "no less than 0");
        }
    }
}

void check_actors(Named what, std::vector<ActorRef> const& actors) {
    for (ActorRef const& actor : actors) {
        in_range(what, "an actor's confidence", actor.confidence, 0, 1);
    }
}

void check_event(Event const& event) {
    constexpr int acled = 3;
    Named const what{"event", event.id};
    if (event.id.size() != id_size) {
        refuse(what, "its id", "of " + std::to_string(event.id.size()) + " digits", "32");
    }
    in_range(what, "time_precision", std::int64_t{event.time_precision}, 0, acled);
    in_range(what, "confidence", event.confidence, 0, 1);
    if (std::ranges::find(event_types, event.event_type) == event_types.end()) {
        refuse(what, "event_type", '"' + event.event_type + '"', "an ACLED event type");
    }
    if (std::ranges::find(control_changes, event.control_change) == control_changes.end()) {
        refuse(what, "control_change", '"' + event.control_change + '"', "gained or lost");
    }
    if (event.date && event.date_end && *event.date_end < *event.date) {
        refuse(what, "date_end", to_string(*event.date_end), to_string(*event.date) + " or later");
    }
    if (event.count) {
        ordered(what, "count", *event.count);
    }
    check_tolls(what, event.killed, event.injured);
    check_actors(what, event.initiator);
    check_actors(what, event.target);
}

} // namespace

void check_document(Document const& document) {
    if (document.report.doc_id.size() != id_size) {
        refuse({"document", document.report.doc_id}, "its id",
               "of " + std::to_string(document.report.doc_id.size()) + " digits", "32");
    }
    for (Mention const& mention : document.mentions) {
        check_mention(mention);
    }
    for (EventGroup const& group : document.groups) {
        if (group.id.empty()) {
            refuse({"a group", ""}, "its id", "empty", "one within the document");
        }
        check_tolls({"group", group.id}, group.killed, group.injured);
    }
    for (Event const& event : document.events) {
        check_event(event);
    }
    for (Zone const& zone : document.zones) {
        Named const what{"zone", zone.id};
        if (zone.id.size() != id_size) {
            refuse(what, "its id", "of " + std::to_string(zone.id.size()) + " digits", "32");
        }
        not_negative(what, "depth_km", zone.depth_km);
        not_negative(what, "length_km", zone.length_km);
        in_range(what, "confidence", zone.confidence, 0, 1);
        check_actors(what, zone.declared_by);
    }
}

} // namespace kharita::store
