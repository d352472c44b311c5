#include "publish/derive_overlays.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "base/thread_pool.hpp"
#include "geo/geodesic.hpp"
#include "geo/geometry.hpp"
#include "geo/geos.hpp"
#include "store/database.hpp"
#include "store/derived.hpp"
#include "store/events.hpp"
#include "store/unit_of_work.hpp"

namespace kharita::publish {

namespace {

overlay::PlacedEvent placed(store::LocatedEvent&& located) {
    Event& event = located.event;
    return {.id = std::move(event.id),
            .place = std::move(located.place),
            .at = located.at,
            .uncertainty = located.uncertainty,
            .date = event.date_end ? event.date_end : event.date,
            .event_type = std::move(event.event_type),
            .sub_event_type = std::move(event.sub_event_type),
            .modality = event.modality,
            .initiator = std::move(event.initiator),
            .target = std::move(event.target),
            .control_change = std::move(event.control_change),
            .confidence = event.confidence};
}

std::vector<overlay::PlacedEvent> events_of(store::Database& database) {
    std::vector<overlay::PlacedEvent> events;
    for (store::LocatedEvent& located : store::located_events(database)) {
        events.push_back(placed(std::move(located)));
    }
    return events;
}

/// Where people drew who holds the ground on a day, nothing derived remains.
void obey(geo::Geos& geos, overlay::DayOverlay& day, std::span<ControlArea const> digitised) {
    for (ControlArea const& drawn : digitised) {
        if (day.date < drawn.date || day.date > drawn.until.value_or(drawn.date)) {
            continue;
        }
        for (ControlArea& area : day.control) {
            area.area = geo::polygons_of(geos.difference(area.area, drawn.area));
        }
        for (Frontline& line : day.frontlines) {
            line.line = geo::lines_of(geos.difference(line.line, drawn.area));
        }
        std::erase_if(day.frontlines, [](Frontline const& line) { return line.line.lines.empty(); });
    }
}

std::vector<overlay::DayOverlay> derive_days(store::Database& database, overlay::Derivation const& derivation,
                                             std::vector<Date> days, std::size_t jobs) {
    std::sort(days.begin(), days.end());
    days.erase(std::unique(days.begin(), days.end()), days.end());
    std::vector<ControlArea> const digitised = store::digitised_control(database);
    std::vector<overlay::DayOverlay> overlays(days.size());
    parallel_for(days.size(), jobs, [&](std::size_t i) {
        geo::Geos geos; // one session a thread; beginning one costs microseconds
        overlays[i] = derivation.on(geos, days[i]);
        obey(geos, overlays[i], digitised);
    });
    return overlays;
}

void count_days(std::span<overlay::DayOverlay const> overlays, OverlayCounts& counts) {
    for (overlay::DayOverlay const& day : overlays) {
        Metres length;
        for (Frontline const& front : day.frontlines) {
            length.value += geo::length(front.line).value;
        }
        counts.days.push_back({day.date, day.control.size(), day.frontlines.size(), length});
    }
}

void count_zones(std::span<ZoneArea const> areas, OverlayCounts& counts) {
    for (ZoneArea const& area : areas) {
        ++counts.zones;
        if (area.area.polygons.empty()) {
            ++counts.reasons["a zone has " + area.why];
        } else {
            ++counts.zones_with_area;
        }
    }
}

/// All of it or nothing: a map shows no day with the zones of another build.
void write(store::Database& database, std::span<overlay::DayOverlay const> overlays,
           std::span<ZoneArea const> areas) {
    store::UnitOfWork all{database};
    for (overlay::DayOverlay const& day : overlays) {
        store::replace_control(database, day.date, day.control);
        store::replace_frontlines(database, day.date, day.frontlines);
    }
    store::replace_zone_areas(database, areas);
    all.commit();
}

} // namespace

OverlayData OverlayData::load(std::filesystem::path const& data_dir) {
    return load(data_dir, data_dir / "gazetteer");
}

OverlayData OverlayData::load(std::filesystem::path const& data_dir, std::filesystem::path const& gazetteer) {
    bool const has_outlines = std::filesystem::is_directory(gazetteer / "boundaries");
    return {gazetteer::Gazetteer::open(gazetteer),
            gazetteer::Boundaries::of_gazetteer(has_outlines ? gazetteer : data_dir / "gazetteer"),
            overlay::Rules::load(data_dir)};
}

OverlayCounts derive_overlays(store::Database& database, OverlayData const& data, std::vector<Date> days,
                              std::size_t jobs) {
    overlay::Derivation const derivation{data.gazetteer, data.boundaries, data.rules, events_of(database)};
    OverlayCounts counts;
    if (auto const last = derivation.last_day(); days.empty() && last) {
        days.push_back(*last);
    }
    auto const overlays = derive_days(database, derivation, std::move(days), jobs);
    geo::Geos geos;
    auto const areas = derivation.zones(geos, data.boundaries, store::zones(database));
    write(database, overlays, areas);
    count_days(overlays, counts);
    count_zones(areas, counts);
    for (overlay::IgnoredChange const& ignored : derivation.history().ignored()) {
        ++counts.reasons["a change of control counts for nothing: " + ignored.why];
    }
    return counts;
}

} // namespace kharita::publish
