#include "overlay/zones.hpp"

#include <cstddef>
#include <optional>
#include <utility>

#include <fmt/core.h>

#include "gazetteer/boundaries.hpp"
#include "geo/buffer.hpp"
#include "geo/geometry.hpp"
#include "model/names.hpp"

namespace kharita::overlay {

namespace {

/// A zone without polygon.
ZoneArea none(Zone const& zone, std::string why) {
    return {zone.id, {}, 0, false, std::move(why)};
}

std::string words_for(Zone const& zone, gazetteer::BorderLine const& border, double depth, bool assumed) {
    std::string why = fmt::format("{} within {:g} km of the {}, in {}", name_of(zone.kind), depth,
                                  border.name_en, zone.side);
    why += assumed ? "; the report states no depth, so the usual one for such zones is assumed"
                   : "; depth as the report states it";
    if (zone.length_km) {
        why += fmt::format(
            "; the stated length of {:g} km has no stated beginning, so the whole border is shown",
            *zone.length_km);
    }
    return why;
}

} // namespace

std::pair<std::string_view, std::string_view> border_of(std::string_view along) noexcept {
    constexpr std::string_view suffix = " border";
    if (!along.ends_with(suffix)) {
        return {};
    }
    along.remove_suffix(suffix.size());
    std::size_t const hyphen = along.find('-');
    if (hyphen == std::string_view::npos) {
        return {};
    }
    return {along.substr(0, hyphen), along.substr(hyphen + 1)};
}

MultiPolygon one_sided_buffer(geo::Geos& geos, MultiLineString const& line, MultiPolygon const& side,
                              Metres depth) {
    return geo::polygons_of(geos.intersection(geo::buffer(geos, line, depth), side));
}

ZoneArea zone_area(geo::Geos& geos, Zone const& zone, gazetteer::Boundaries const& boundaries,
                   Config const& config) {
    if (zone.along.empty()) {
        return none(zone, "no area: the report names no border or road that the zone follows");
    }
    auto const [a, b] = border_of(zone.along);
    gazetteer::BorderLine const* const border = a.empty() ? nullptr : boundaries.border(a, b);
    if (border == nullptr) {
        return none(zone, fmt::format("no area: there is no line for \"{}\"", zone.along));
    }
    if (zone.side.empty()) {
        return none(zone, "no area: the report does not say on which side of the border the zone lies");
    }
    gazetteer::Boundary const* const side = boundaries.find(zone.side);
    if (side == nullptr) {
        return none(zone, fmt::format("no area: there is no outline for \"{}\"", zone.side));
    }
    bool const assumed = !zone.depth_km;
    std::optional<double> const depth =
        assumed ? config.default_depth_km[static_cast<std::size_t>(zone.kind)] : zone.depth_km;
    if (!depth) {
        return none(zone, fmt::format("no area: the report states no depth, and none is usual for {}",
                                      name_of(zone.kind)));
    }
    bool const sensible = *depth > 0 && *depth <= 500; // NaN is not
    if (!sensible) {
        return none(zone, fmt::format("no area: a depth of {:g} km is not between 0 and 500", *depth));
    }
    ZoneArea area{zone.id, one_sided_buffer(geos, border->line, side->area, Metres{*depth * 1000}), *depth,
                  assumed, words_for(zone, *border, *depth, assumed)};
    if (area.area.polygons.empty()) {
        return none(zone, fmt::format("no area: {} has no ground within {:g} km of the {}", zone.side, *depth,
                                      border->name_en));
    }
    return area;
}

} // namespace kharita::overlay
