#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/event.hpp"
#include "model/lon_lat.hpp"
#include "model/place.hpp"
#include "model/zone.hpp"

namespace kharita::store {

class Database;

/// An event with where it happened. Spans and reasons are left out: they are of one report.
struct LocatedEvent {
    Event event;
    std::string place; ///< gazetteer id; empty where it is none of the gazetteer's
    std::optional<LonLat> at;
    Metres uncertainty; ///< radius round `at`
};

/// All events, in order of date and id, the undated first; for overlays, which ask for battles and changes of
/// control alike.
std::vector<LocatedEvent> located_events(Database& database);

/// All zones that texts speak of, in order of date and id.
std::vector<Zone> zones(Database& database);

/// All places that reports name, by id.
std::vector<Place> places(Database& database);

} // namespace kharita::store
