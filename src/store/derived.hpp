#pragma once

#include <span>
#include <vector>

#include "model/control.hpp"

namespace kharita::store {

class Database;

// Shapes that overlay/ derives. Each call is one transaction and replaces what it says it replaces, so that
// deriving twice changes nothing. Polygons and lines must be valid (GEOS); DatabaseError names the one that
// is not. Actors are made by their id where the database does not know them.

/// Replaces the control areas of a day. Digitised areas of that day stay, and are given among `areas` by who
/// wants them kept otherwise.
void replace_control(Database& database, Date date, std::span<ControlArea const> areas);

/// The control areas that people drew, in the order in which they drew them.
std::vector<ControlArea> digitised_control(Database& database);

/// Adds control areas that people drew.
void add_digitised_control(Database& database, std::span<ControlArea const> areas);

/// Replaces the frontlines of a day.
void replace_frontlines(Database& database, Date date, std::span<Frontline const> lines);

/// Replaces the polygons of all zones: a zone that `areas` does not name has none afterwards, and one with an
/// empty area has only the reason why.
/// Throws DatabaseError for a zone that the database does not know.
void replace_zone_areas(Database& database, std::span<ZoneArea const> areas);

} // namespace kharita::store
