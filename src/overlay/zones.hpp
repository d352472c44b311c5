#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/geos.hpp"
#include "model/control.hpp"
#include "model/zone.hpp"
#include "overlay/config.hpp"

namespace kharita::gazetteer {
class Boundaries;
}

namespace kharita::overlay {

/// What lies on one side of a line, not farther than `depth` from it: the ground within `depth` of `line` on
/// the ellipsoid, clipped to `side`. Islands and holes of the side are kept.
///
/// Where the outline is neither the line nor that of the side it is at `depth` ± 0.2 % from the line.
MultiPolygon one_sided_buffer(geo::Geos& geos, MultiLineString const& line, MultiPolygon const& side,
                              Metres depth);

/// The polygon of a zone, or an empty one with the reason in `why`: zones along the border of two countries
/// ("SYR-TUR border"), on the side of one of them or of a unit of theirs with an outline. The depth is the
/// one stated, else the configured one for its kind, marked as assumed. Of a zone between two places only the
/// section of the border from one to the other is taken, cut off square at both; where no border is named,
/// but for corridors and de-escalation zones, of the border of its side that both are nearest to. There is no
/// polygon where one of them is farther than 50 km from the border. A stated length is told in `why` and cuts
/// nothing: without the two places no report says where along the border it begins.
ZoneArea zone_area(geo::Geos& geos, Zone const& zone, gazetteer::Boundaries const& boundaries,
                   Config const& config);

/// Which zones are one that several reports speak of: of each, the position of the one that stands for it,
/// its own where that is itself. One zone are those of one kind and status, along one border or road on one
/// side, whose stated depths and lengths do not contradict each other, and whose names do not. The one that
/// states most stands for all, of equals the first. A zone without border or road is the same as none.
std::vector<std::size_t> same_zones(std::span<Zone const> zones);

/// The two places of a section (see Zone::along); nothing where it names none.
struct Section {
    LonLat from;
    LonLat to;
};
std::optional<Section> section_of(std::string_view along) noexcept;

/// The two country ids of "SYR-TUR border", with or without a section of it; both empty for anything else.
std::pair<std::string_view, std::string_view> border_of(std::string_view along) noexcept;

} // namespace kharita::overlay
