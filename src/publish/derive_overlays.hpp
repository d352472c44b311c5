#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "gazetteer/boundaries.hpp"
#include "gazetteer/gazetteer.hpp"
#include "model/date.hpp"
#include "overlay/derivation.hpp"

namespace kharita::store {
class Database;
}

namespace kharita::publish {

/// What overlays are derived with, beside the events of a database. Immutable.
struct OverlayData {
    gazetteer::Gazetteer gazetteer;
    gazetteer::Boundaries boundaries;
    overlay::Rules rules;

    /// Loads all of it from the data folder (see data_dir()). Throws InputError naming file and line.
    static OverlayData load(std::filesystem::path const& data_dir);
    /// With another gazetteer: a folder, or a compiled file. Outlines are its own if it has any.
    static OverlayData load(std::filesystem::path const& data_dir, std::filesystem::path const& gazetteer);
};

/// What was derived for one day.
struct DayCounts {
    Date date;
    std::size_t control_areas = 0;
    std::size_t frontlines = 0; ///< stretches
    Metres length;              ///< of all frontlines

    friend bool operator==(DayCounts const&, DayCounts const&) = default;
};

/// What deriving the overlays of a database gave.
struct OverlayCounts {
    std::vector<DayCounts> days; ///< by date
    std::size_t zones = 0;
    std::size_t zones_with_area = 0;
    /// Why zones have no area, and events that look like changes of control changed none, each with how
    /// often.
    std::map<std::string, std::size_t> reasons;
};

/// Derives control areas and frontlines for days, and the areas of all zones, from a database's events and
/// zones, and puts them in the place of those that were derived before. Where no day is named it is the last
/// day of which anything is known. Days are computed on up to `jobs` threads; the result is the same whatever
/// their number.
OverlayCounts derive_overlays(store::Database& database, OverlayData const& data, std::vector<Date> days,
                              std::size_t jobs);

} // namespace kharita::publish
