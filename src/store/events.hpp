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
    std::optional<Place> place;
    std::optional<LonLat> at;
};

/// Events that change who holds a place: occurred, with Event::control_change, in order of date and id.
std::vector<LocatedEvent> territorial_events(Database& database);

/// All zones that texts speak of, in order of date and id.
std::vector<Zone> zones(Database& database);

/// All places that reports name, by id.
std::vector<Place> places(Database& database);

} // namespace kharita::store
