#include "overlay/zones.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <iterator>
#include <limits>
#include <optional>
#include <utility>

#include <fmt/core.h>

#include "gazetteer/boundaries.hpp"
#include "geo/buffer.hpp"
#include "geo/geodesic.hpp"
#include "geo/geometry.hpp"
#include "geo/nearest.hpp"
#include "model/names.hpp"

namespace kharita::overlay {

namespace {

/// A zone without polygon.
ZoneArea none(Zone const& zone, std::string why) {
    return {zone.id, {}, 0, false, std::move(why)};
}

constexpr std::string_view suffix = " border";
constexpr Metres farthest_end{50'000};

/// "(38.95 36.69)" at the front of what is left of a text, which is moved behind it.
std::optional<LonLat> take_position(std::string_view& rest) noexcept {
    std::size_t const open = rest.find('(');
    std::size_t const close = rest.find(')', open);
    if (open == std::string_view::npos || close == std::string_view::npos) {
        return std::nullopt;
    }
    LonLat at;
    char const* const end = rest.data() + close;
    auto const lon = std::from_chars(rest.data() + open + 1, end, at.lon);
    if (lon.ec != std::errc{} || lon.ptr == end || *lon.ptr != ' ') {
        return std::nullopt;
    }
    auto const lat = std::from_chars(lon.ptr + 1, end, at.lat);
    if (lat.ec != std::errc{} || lat.ptr != end || !is_valid(at)) {
        return std::nullopt;
    }
    rest.remove_prefix(close + 1);
    return at;
}

/// A position on a line, and the number of the segment it is on.
struct OnLine {
    LonLat at;
    std::size_t segment = 0;
    Metres away{std::numeric_limits<double>::infinity()};
};

OnLine nearest_in(LineString const& line, LonLat at) {
    OnLine best;
    for (std::size_t i = 1; i < line.points.size(); ++i) {
        LonLat const near = *geo::nearest_on(LineString{{line.points[i - 1], line.points[i]}}, at);
        if (Metres const away = geo::distance(near, at); away < best.away) {
            best = {near, i - 1, away};
        }
    }
    return best;
}

/// The part of one of a border's lines between the positions nearest to both ends; empty where an end is too
/// far away. `away` is the sum of the two distances.
struct Stretch {
    LineString line;
    double away = std::numeric_limits<double>::infinity();
};

Stretch stretch_between(MultiLineString const& border, Section const& section) {
    Stretch best;
    for (LineString const& line : border.lines) {
        OnLine first = nearest_in(line, section.from);
        OnLine last = nearest_in(line, section.to);
        double const away = first.away.value + last.away.value;
        if (first.away > farthest_end || last.away > farthest_end || away >= best.away) {
            continue;
        }
        bool const backwards = std::pair{first.segment, geo::distance(line.points[first.segment], first.at)} >
                               std::pair{last.segment, geo::distance(line.points[last.segment], last.at)};
        if (backwards) {
            std::swap(first, last);
        }
        best = {{{first.at}}, away};
        auto const begin = line.points.begin();
        best.line.points.insert(best.line.points.end(),
                                begin + static_cast<std::ptrdiff_t>(first.segment + 1),
                                begin + static_cast<std::ptrdiff_t>(last.segment + 1));
        best.line.points.push_back(last.at);
    }
    return best;
}

/// The ground within `depth` behind the end of a stretch, which its buffer's round end covers.
Polygon behind(LonLat end, LonLat other, Metres depth) {
    Degrees const outward{geo::azimuth(end, other).value + 180};
    Metres const reach{depth.value * 1.1};
    LonLat const left = geo::destination(end, Degrees{outward.value - 90}, reach);
    LonLat const right = geo::destination(end, Degrees{outward.value + 90}, reach);
    return geo::right_handed(
        {{left, right, geo::destination(right, outward, reach), geo::destination(left, outward, reach), left},
         {}});
}

/// The border a zone follows: the one it names, else of those of its side the one nearest to its section.
gazetteer::BorderLine const* border_for(Zone const& zone, std::optional<Section> const& section,
                                        gazetteer::Boundaries const& boundaries) {
    auto const [a, b] = border_of(zone.along);
    // A corridor between two towns crosses the country; it follows no border that is not named.
    bool const crosses = zone.kind == ZoneKind::corridor || zone.kind == ZoneKind::deescalation;
    if (!a.empty() || !section || crosses) {
        return a.empty() ? nullptr : boundaries.border(a, b);
    }
    gazetteer::BorderLine const* best = nullptr;
    double least = std::numeric_limits<double>::infinity();
    for (gazetteer::BorderLine const& border : boundaries.borders()) {
        if (border.left == zone.side || border.right == zone.side) {
            Stretch const stretch = stretch_between(border.line, *section);
            if (stretch.away < least) {
                least = stretch.away;
                best = &border;
            }
        }
    }
    return best;
}

/// The ground along a section, cut off square at both ends.
MultiPolygon section_area(geo::Geos& geos, LineString const& line, MultiPolygon const& side, Metres depth) {
    MultiPolygon area = one_sided_buffer(geos, MultiLineString{{line}}, side, depth);
    LonLat const first = line.points.front();
    LonLat const last = line.points.back();
    area = geo::polygons_of(geos.difference(area, behind(first, last, depth)));
    return geo::polygons_of(geos.difference(area, behind(last, first, depth)));
}

std::string words_for(Zone const& zone, gazetteer::BorderLine const& border, double depth, bool assumed) {
    std::string why = fmt::format("{} within {:g} km of the {}, in {}", name_of(zone.kind), depth,
                                  border.name_en, zone.side);
    why += assumed ? "; the report states no depth, so the usual one for such zones is assumed"
                   : "; depth as the report states it";
    if (section_of(zone.along)) {
        why += "; between the two places that the report names";
    } else if (zone.length_km) {
        why += fmt::format(
            "; the stated length of {:g} km has no stated beginning, so the whole border is shown",
            *zone.length_km);
    }
    return why;
}

} // namespace

std::optional<Section> section_of(std::string_view along) noexcept {
    auto const from = take_position(along);
    auto const to = from ? take_position(along) : std::nullopt;
    return to ? std::optional{Section{*from, *to}} : std::nullopt;
}

std::pair<std::string_view, std::string_view> border_of(std::string_view along) noexcept {
    std::size_t const end = along.find(suffix);
    bool const whole = end != std::string_view::npos && end + suffix.size() == along.size();
    if (!whole && (end == std::string_view::npos || !section_of(along))) {
        return {};
    }
    along = along.substr(0, end);
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
    auto const section = section_of(zone.along);
    gazetteer::BorderLine const* const border = border_for(zone, section, boundaries);
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
    Metres const metres{*depth * 1000};
    LineString const stretch = section ? stretch_between(border->line, *section).line : LineString{};
    if (section && (stretch.points.size() < 2 || stretch.points.front() == stretch.points.back())) {
        return none(zone, fmt::format("no area: the places named as its ends mark no section of the {}",
                                      border->name_en));
    }
    ZoneArea area{zone.id,
                  section ? section_area(geos, stretch, side->area, metres)
                          : one_sided_buffer(geos, border->line, side->area, metres),
                  *depth, assumed, words_for(zone, *border, *depth, assumed)};
    if (area.area.polygons.empty()) {
        return none(zone, fmt::format("no area: {} has no ground within {:g} km of the {}", zone.side, *depth,
                                      border->name_en));
    }
    return area;
}

} // namespace kharita::overlay
