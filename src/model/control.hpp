#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/date.hpp"
#include "model/geometry.hpp"

namespace kharita {

/// Who held a place, from a day until another.
struct ControlPeriod {
    std::string place; ///< gazetteer id
    std::string actor; ///< actor id; "contested" where rivals claim it
    Date from;
    std::optional<Date> until; ///< first day it no longer holds; empty while it does
    double confidence = 0;
    std::vector<std::string> evidence; ///< event ids, or "initial" for the initial state file

    friend bool operator==(ControlPeriod const&, ControlPeriod const&) = default;
};

/// The area one actor holds on a day.
struct ControlArea {
    std::string actor; ///< actor id, "contested", or "unknown"
    Date date;
    MultiPolygon area;
    std::vector<std::string> places; ///< gazetteer ids of the places it was derived from
    double confidence = 0;
    std::string source;             ///< "derived" or "digitised"
    std::optional<Date> until = {}; ///< of a digitised area: its last day; empty: `date` is its only day

    friend bool operator==(ControlArea const&, ControlArea const&) = default;
};

/// A stretch of frontline between two rival areas on a day.
struct Frontline {
    std::string actor_a; ///< actor ids in alphabetical order
    std::string actor_b;
    Date date;
    MultiLineString line;
    std::vector<std::string> evidence; ///< event ids that prove it
    std::optional<Date> last_evidence;
    double confidence = 0;

    friend bool operator==(Frontline const&, Frontline const&) = default;
};

/// The polygon of a Zone.
struct ZoneArea {
    std::string zone; ///< Zone::id
    MultiPolygon area;
    double depth_km = 0;
    bool depth_assumed = false; ///< the text states no depth; a configured default was used
    std::string why;
    std::string
        same_as{}; ///< id of the zone that this one is another report of; empty where it stands for itself

    friend bool operator==(ZoneArea const&, ZoneArea const&) = default;
};

} // namespace kharita
