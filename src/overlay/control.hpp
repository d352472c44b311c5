#pragma once

#include <span>
#include <string>
#include <vector>

#include "geo/geos.hpp"
#include "model/control.hpp"
#include "overlay/config.hpp"
#include "overlay/history.hpp"
#include "overlay/partition.hpp"

namespace kharita::overlay {

/// A place with who holds it on a day.
struct HeldPlace {
    std::string place; ///< gazetteer id
    LonLat at;
    std::string holder; ///< party; where it is contested, the last to hold it undisputed, or empty
    bool is_contested = false;
    double confidence = 0;

    friend bool operator==(HeldPlace const&, HeldPlace const&) = default;
};

/// Where a place of the gazetteer lies.
struct PlaceAt {
    std::string place; ///< gazetteer id
    LonLat at;
};

/// The known places of a day, by place id. A place is contested where its period says so, and for
/// `contested_days` after a battle that occurred in it, other than the one that won it. Nothing is known any
/// more of a place whose period is older than `known_days`. Places of the history that `places` does not hold
/// are left out; so is all but the first of several at one spot.
std::vector<HeldPlace> held_places(ControlHistory const& history, std::span<PlaceAt const> places,
                                   std::span<PlacedEvent const> events, Config const& config, Date date);

/// What is known of a day: its places and the faces of ground that they stand for.
struct ControlMap {
    Date date;
    std::vector<HeldPlace> places;
    std::vector<Face> faces; ///< Face::site is an index into `places`
};

/// Divides `ground` (the outline of the countries at war) among the day's places.
ControlMap control_map(geo::Geos& geos, std::vector<HeldPlace> places, MultiPolygon const& ground,
                       Metres reach, Date date);

/// The areas of a day: one for each party, by id, and one named "contested". They do not overlap, and
/// neighbours share the same positions along their edge. Ground that no place reaches is in none of them.
/// The confidence is the mean of the places'.
std::vector<ControlArea> control_areas(geo::Geos& geos, ControlMap const& map);

} // namespace kharita::overlay
