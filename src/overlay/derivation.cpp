#include "overlay/derivation.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/error.hpp"
#include "geo/geometry.hpp"
#include "overlay/frontline.hpp"
#include "overlay/zones.hpp"

namespace kharita::overlay {

namespace {

using gazetteer::FeatureClass;

/// Whether a thing is small enough that one party holds it.
bool is_place(FeatureClass each) noexcept {
    return each == FeatureClass::settlement || each == FeatureClass::neighbourhood ||
           each == FeatureClass::facility || each == FeatureClass::natural;
}

void require_known(gazetteer::Gazetteer const& gazetteer, std::vector<InitialControl> const& initial) {
    for (InitialControl const& line : initial) {
        if (!gazetteer.find(line.place)) {
            fail<InputError>("{}: place \"{}\" is not in the gazetteer", line.where, line.place);
        }
    }
}

/// Where the places of a history lie, and in which countries.
struct Whereabouts {
    std::vector<PlaceAt> places;
    std::set<std::string> countries;
};

Whereabouts whereabouts(gazetteer::Gazetteer const& gazetteer, ControlHistory const& history,
                        std::vector<PlacedEvent> const& events) {
    std::map<std::string_view, LonLat> told;
    for (PlacedEvent const& event : events) {
        if (event.at) {
            told.emplace(event.place, *event.at);
        }
    }
    Whereabouts result;
    std::string_view last;
    for (ControlPeriod const& period : history.periods()) {
        if (period.place == last) {
            continue;
        }
        last = period.place;
        if (auto const index = gazetteer.find(period.place)) {
            if (is_place(gazetteer.feature_class_of(*index))) {
                Place const& place = gazetteer.place(*index);
                result.places.push_back({period.place, place.at});
                result.countries.insert(place.country);
            }
        } else if (auto const at = told.find(period.place); at != told.end()) {
            result.places.push_back({period.place, at->second});
        }
    }
    return result;
}

MultiPolygon outlines(gazetteer::Boundaries const& boundaries, std::set<std::string> const& countries) {
    std::vector<Geometry> areas;
    for (std::string const& country : countries) {
        if (auto const* const boundary = boundaries.find(country)) {
            areas.emplace_back(boundary->area);
        }
    }
    return areas.empty() ? MultiPolygon{} : geo::polygons_of(geo::Geos{}.union_all(areas));
}

} // namespace

Rules Rules::load(std::filesystem::path const& data_dir) {
    Rules rules{Config::load(data_dir / "schemas" / "overlay.json"),
                read_initial_control(data_dir / "gazetteer" / "control")};
    rules.config.add_parents(data_dir / "gazetteer" / "actors.tsv");
    return rules;
}

Derivation::Derivation(gazetteer::Gazetteer const& gazetteer, gazetteer::Boundaries const& boundaries,
                       Rules rules, std::vector<PlacedEvent> events)
    : m_rules{std::move(rules)},
      m_events{std::move(events)},
      m_history{m_rules.initial, m_events, m_rules.config} {
    require_known(gazetteer, m_rules.initial);
    Whereabouts known = whereabouts(gazetteer, m_history, m_events);
    m_places = std::move(known.places);
    m_ground = outlines(boundaries, known.countries);
}

std::optional<Date> Derivation::last_day() const noexcept {
    std::optional<Date> last;
    for (PlacedEvent const& event : m_events) {
        if (event.date && event.modality == Modality::occurred) {
            last = std::max(last.value_or(*event.date), *event.date);
        }
    }
    for (InitialControl const& line : m_rules.initial) {
        last = std::max(last.value_or(line.from), line.from);
    }
    return last;
}

DayOverlay Derivation::on(geo::Geos& geos, Date date) const {
    Config const& config = m_rules.config;
    ControlMap const map = control_map(geos, held_places(m_history, m_places, m_events, config, date),
                                       m_ground, config.reach, date);
    return {date, control_areas(geos, map), frontlines(map, m_events, config)};
}

std::vector<ZoneArea> Derivation::zones(geo::Geos& geos, gazetteer::Boundaries const& boundaries,
                                        std::span<Zone const> zones) const {
    std::vector<ZoneArea> areas;
    areas.reserve(zones.size());
    for (Zone const& zone : zones) {
        areas.push_back(zone_area(geos, zone, boundaries, m_rules.config));
    }
    std::vector<std::size_t> const same = same_zones(zones);
    for (std::size_t i = 0; i < same.size(); ++i) {
        if (same[i] != i) {
            areas[i].same_as = zones[same[i]].id;
        }
    }
    return areas;
}

} // namespace kharita::overlay
