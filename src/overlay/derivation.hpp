#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "gazetteer/boundaries.hpp"
#include "gazetteer/gazetteer.hpp"
#include "geo/geos.hpp"
#include "model/control.hpp"
#include "model/zone.hpp"
#include "overlay/config.hpp"
#include "overlay/control.hpp"
#include "overlay/history.hpp"

namespace kharita::overlay {

/// The data files that overlays are derived with.
struct Rules {
    Config config;
    std::vector<InitialControl> initial;

    /// Reads schemas/overlay.json, gazetteer/actors.tsv and gazetteer/control/*.tsv below the data folder
    /// (see data_dir()). Throws InputError naming file and line.
    static Rules load(std::filesystem::path const& data_dir);
};

/// Control and frontlines of one day.
struct DayOverlay {
    Date date;
    std::vector<ControlArea> control;  ///< by actor
    std::vector<Frontline> frontlines; ///< by actors, then from west to east
};

/// All overlays of a set of events, for any day. Immutable; on() may be called by several threads, each with
/// a session of its own.
class Derivation {
public:
    /// Throws InputError, naming the line, when the initial state speaks of a place that the gazetteer does
    /// not have. Events in places unknown to the gazetteer stand where the event itself says.
    /// Changes of control told of a whole admin unit, region or road move no line: they name no place.
    Derivation(gazetteer::Gazetteer const& gazetteer, gazetteer::Boundaries const& boundaries, Rules rules,
               std::vector<PlacedEvent> events);

    /// Who held which place when.
    ControlHistory const& history() const noexcept { return m_history; }

    /// The last day of which something is known: of an event that occurred, else of the initial state.
    /// Empty where there is neither.
    std::optional<Date> last_day() const noexcept;

    /// Control and frontlines of a day; empty before the first day of which anything is known.
    DayOverlay on(geo::Geos& geos, Date date) const;

    /// The area of each zone, in their order, and which are one; see zone_area() and same_zones().
    std::vector<ZoneArea> zones(geo::Geos& geos, gazetteer::Boundaries const& boundaries,
                                std::span<Zone const> zones) const;

private:
    Rules m_rules;
    std::vector<PlacedEvent> m_events;
    ControlHistory m_history;
    std::vector<PlaceAt> m_places;
    MultiPolygon m_ground; ///< outlines of the countries that the places lie in
};

} // namespace kharita::overlay
