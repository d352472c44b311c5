#include <cmath>
#include <string>

#include <doctest/doctest.h>

#include "base/tsv.hpp"
#include "model/names.hpp"
#include "shipped.hpp"

using namespace kharita;

namespace {

std::string written(std::optional<Toll> const& own, std::optional<Toll> const& shared) {
    if (own) {
        return std::to_string(own->count.best);
    }
    return shared ? "group " + std::to_string(shared->count.best) : "-";
}

/// "sub-event type|place|modality|date|killed|injured; …", the form of tests/cases/events.tsv.
std::string events_of(Document const& document) {
    std::string all;
    for (Event const& event : document.events) {
        EventGroup group;
        for (EventGroup const& each : document.groups) {
            group = each.id == event.group ? each : group;
        }
        std::string const place = event::place_of(document, event);
        all += all.empty() ? "" : "; ";
        all += event.sub_event_type + "|" + (place.empty() ? "-" : place) + "|" +
               std::string{name_of(event.modality)} + "|" + (event.date ? to_string(*event.date) : "-") +
               "|" + written(event.killed, group.killed) + "|" + written(event.injured, group.injured);
    }
    return all.empty() ? "-" : all;
}

std::string ids_of(std::vector<ActorRef> const& actors) {
    std::string all;
    for (ActorRef const& each : actors) {
        all += (all.empty() ? "" : "+") + each.id;
    }
    return all.empty() ? "-" : all;
}

std::string written(std::optional<Count> const& count) {
    if (!count) {
        return "-";
    }
    return count->low == count->high ? std::to_string(count->best)
                                     : std::to_string(count->low) + ".." + std::to_string(count->best) +
                                           ".." + std::to_string(count->high);
}

/// A toll with its classes of victims.
std::string written(std::optional<Toll> const& toll) {
    if (!toll) {
        return "-";
    }
    std::string all = written(std::optional{toll->count});
    auto const add = [&](char const* name, std::optional<std::int64_t> part) {
        all += part ? "/" + std::string{name} + " " + std::to_string(*part) : "";
    };
    add("civ", toll->civilians);
    add("mil", toll->combatants);
    add("child", toll->children);
    add("women", toll->women);
    return all;
}

/// "place|initiator|target|weapon|count|killed|injured; …", the form of tests/cases/event_arguments.tsv.
std::string arguments_of(Document const& document) {
    std::string all;
    for (Event const& event : document.events) {
        std::optional<Toll> injured = event.injured;
        if (injured) { // told by number alone
            injured = Toll{injured->count, {}, {}, {}, {}};
        }
        std::string const place = event::place_of(document, event);
        all += (all.empty() ? "" : "; ") + (place.empty() ? "-" : place) + "|" + ids_of(event.initiator) +
               "|" + ids_of(event.target) + "|" + (event.weapon.empty() ? "-" : event.weapon) + "|" +
               written(event.count) + "|" + written(event.killed) + "|" + written(injured);
    }
    return all.empty() ? "-" : all;
}

std::string written(std::optional<double> const& kilometres) {
    return kilometres ? std::to_string(std::lround(*kilometres)) : "-";
}

/// "kind|status|along|side|depth|length|declared by; …", the form of tests/cases/zones.tsv.
std::string zones_of(Document const& document) {
    std::string all;
    for (Zone const& zone : document.zones) {
        all += (all.empty() ? "" : "; ") + std::string{name_of(zone.kind)} + "|" +
               std::string{name_of(zone.status)} + "|" + (zone.along.empty() ? "-" : zone.along) + "|" +
               (zone.side.empty() ? "-" : zone.side) + "|" + written(zone.depth_km) + "|" +
               written(zone.length_km) + "|" + ids_of(zone.declared_by);
    }
    return all.empty() ? "-" : all;
}

void check_events(std::string const& file) {
    Tsv const cases{std::filesystem::path{KHARITA_SOURCE_DIR} / "tests/cases" / file,
                    {"case", "published", "sentence", "events"}};
    for (std::size_t row = 0; row < cases.size(); ++row) {
        CAPTURE(cases.where(row));
        CAPTURE(cases.cell(row, 0));
        Document const document = event::coded(std::string{cases.cell(row, 2)}, cases.cell(row, 1));
        CHECK(events_of(document) == cases.cell(row, 3));
    }
}

} // namespace

TEST_CASE("event coder: the sentences of tests/cases/events.tsv") {
    check_events("events.tsv");
}

TEST_CASE("event coder: what came to pass, by tests/cases/event_modality.tsv") {
    check_events("event_modality.tsv");
}

TEST_CASE("event coder: who, with what and at what cost, by tests/cases/event_arguments.tsv") {
    Tsv const cases{std::filesystem::path{KHARITA_SOURCE_DIR} / "tests/cases/event_arguments.tsv",
                    {"case", "published", "sentence", "arguments"}};
    for (std::size_t row = 0; row < cases.size(); ++row) {
        CAPTURE(cases.where(row));
        CAPTURE(cases.cell(row, 0));
        Document const document = event::coded(std::string{cases.cell(row, 2)}, cases.cell(row, 1));
        CHECK(arguments_of(document) == cases.cell(row, 3));
    }
}

TEST_CASE("event coder: the zones of tests/cases/zones.tsv") {
    Tsv const cases{std::filesystem::path{KHARITA_SOURCE_DIR} / "tests/cases/zones.tsv",
                    {"case", "published", "sentence", "zones"}};
    for (std::size_t row = 0; row < cases.size(); ++row) {
        CAPTURE(cases.where(row));
        CAPTURE(cases.cell(row, 0));
        Document const document = event::coded(std::string{cases.cell(row, 2)}, cases.cell(row, 1));
        CHECK(zones_of(document) == cases.cell(row, 3));
    }
}
