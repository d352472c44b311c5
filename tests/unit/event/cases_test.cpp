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

} // namespace

TEST_CASE("event coder: the sentences of tests/cases/events.tsv") {
    Tsv const cases{std::filesystem::path{KHARITA_SOURCE_DIR} / "tests/cases/events.tsv",
                    {"case", "published", "sentence", "events"}};
    for (std::size_t row = 0; row < cases.size(); ++row) {
        CAPTURE(cases.where(row));
        CAPTURE(cases.cell(row, 0));
        Document const document = event::coded(std::string{cases.cell(row, 2)}, cases.cell(row, 1));
        CHECK(events_of(document) == cases.cell(row, 3));
    }
}
