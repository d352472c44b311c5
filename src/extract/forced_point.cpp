#include "extract/forced_point.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "geo/geometry.hpp"

namespace kharita::extract {

namespace {

/// The larger an admin unit, the earlier.
constexpr std::array<std::string_view, 4> levels{"PCLI", "ADM1", "ADM2", "ADM3"};

} // namespace

std::optional<Place> forced_point(LonLat at, Metres uncertainty, gazetteer::Boundaries const& outlines,
                                  gazetteer::Gazetteer const& gazetteer) {
    std::optional<Place> smallest;
    std::ptrdiff_t depth = -1;
    for (gazetteer::Boundary const& outline : outlines.areas()) {
        auto const known = gazetteer.find(outline.id);
        if (!known) {
            continue;
        }
        Place unit = gazetteer.place(*known);
        auto const level = std::ranges::find(levels, unit.feature) - levels.begin();
        if (level < std::ssize(levels) && level > depth && geo::contains(outline.area, at)) {
            depth = level;
            smallest = std::move(unit);
        }
    }
    if (!smallest) {
        return std::nullopt;
    }
    Place point;
    point.id = fmt::format("point:{:.7f},{:.7f}", at.lon, at.lat);
    point.name = fmt::format("point in {}", smallest->name);
    point.name_ar = fmt::format("نقطة في {}", smallest->name_ar);
    point.country = smallest->country;
    point.admin1 = smallest->admin1;
    point.admin2 = smallest->admin2;
    point.admin3 = smallest->admin3;
    AdminUnit const own{.id = smallest->id, .name = smallest->name};
    if (smallest->feature == "ADM1") {
        point.admin1 = own;
    } else if (smallest->feature == "ADM2") {
        point.admin2 = own;
    } else if (smallest->feature == "ADM3") {
        point.admin3 = own;
    }
    point.at = at;
    point.uncertainty = uncertainty;
    return point;
}

} // namespace kharita::extract
