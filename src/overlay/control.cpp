#include "overlay/control.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace kharita::overlay {

namespace {

/// Places with the day of their last battle, where that is so recent that it leaves the holder in doubt.
std::map<std::string, Date, std::less<>> fought_over(std::span<PlacedEvent const> events,
                                                     Config const& config, Date date) {
    std::map<std::string, Date, std::less<>> places;
    for (PlacedEvent const& event : events) {
        bool const recent = event.date && *event.date <= date &&
                            date - *event.date < std::chrono::days{config.contested_days};
        if (recent && event.event_type == "Battles" && event.modality == Modality::occurred &&
            event.control_change.empty() && event.sub_event_type == "Armed clash" && !event.place.empty()) {
            Date& last = places.try_emplace(event.place, *event.date).first->second;
            last = std::max(last, *event.date);
        }
    }
    return places;
}

} // namespace

std::vector<HeldPlace> held_places(ControlHistory const& history, std::span<PlaceAt const> places,
                                   std::span<PlacedEvent const> events, Config const& config, Date date) {
    std::map<std::string_view, LonLat> positions;
    for (PlaceAt const& each : places) {
        positions.emplace(each.place, each.at);
    }
    auto const battles = fought_over(events, config, date);
    std::vector<HeldPlace> held;
    std::set<std::pair<double, double>> spots;
    for (ControlPeriod const* const period : history.on(date)) {
        auto const position = positions.find(period->place);
        if (position == positions.end() || date - period->from > std::chrono::days{config.known_days}) {
            continue;
        }
        LonLat const at = rounded(position->second);
        if (!spots.emplace(at.lon, at.lat).second) {
            continue;
        }
        auto const battle = battles.find(period->place);
        bool const in_doubt = battle != battles.end() && battle->second > period->from;
        HeldPlace place{period->place, at, period->actor, in_doubt, period->confidence};
        if (period->actor == contested) {
            place.holder = history.last_undisputed(period->place, date);
            place.is_contested = true;
        }
        held.push_back(std::move(place));
    }
    return held;
}

ControlMap control_map(geo::Geos& geos, std::vector<HeldPlace> places, MultiPolygon const& ground,
                       Metres reach, Date date) {
    std::vector<LonLat> sites;
    sites.reserve(places.size());
    for (HeldPlace const& place : places) {
        sites.push_back(place.at);
    }
    std::vector<Face> faces = partition(geos, sites, ground, reach);
    return {date, std::move(places), std::move(faces)};
}

std::vector<ControlArea> control_areas(geo::Geos& geos, ControlMap const& map) {
    struct Parts {
        std::vector<Polygon> faces;
        std::set<std::size_t> places;
    };
    std::map<std::string, Parts> by_actor;
    for (Face const& face : map.faces) {
        HeldPlace const& place = map.places[face.site];
        Parts& parts = by_actor[place.is_contested ? std::string{contested} : place.holder];
        parts.faces.push_back(face.area);
        parts.places.insert(face.site);
    }
    std::vector<ControlArea> areas;
    for (auto& [actor, parts] : by_actor) {
        ControlArea area{actor, map.date, geos.coverage_union(parts.faces), {}, 0, "derived"};
        for (std::size_t const index : parts.places) {
            area.places.push_back(map.places[index].place);
            area.confidence += map.places[index].confidence;
        }
        area.confidence /= static_cast<double>(parts.places.size());
        areas.push_back(std::move(area));
    }
    return areas;
}

} // namespace kharita::overlay
