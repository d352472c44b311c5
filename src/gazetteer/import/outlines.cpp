#include "gazetteer/import/outlines.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/output_file.hpp"
#include "base/rejects.hpp"
#include "gazetteer/check.hpp"
#include "geo/geojson.hpp"
#include "geo/geometry.hpp"
#include "geo/nearest.hpp"

namespace kharita::gazetteer {

namespace {

/// By more than the tolerance, to 60 degrees north and south.
Extent grown(Extent const& extent) noexcept {
    constexpr double margin = 0.1;
    return {extent.west - margin, extent.south - margin, extent.east + margin, extent.north + margin};
}

} // namespace

std::string outline_line(Boundary const& outline) {
    Feature feature;
    feature.geometry = outline.area;
    feature.properties.emplace_back("id", outline.id);
    std::string line;
    geo::append_geojson(line, feature);
    return line += '\n';
}

void write_outlines(std::filesystem::path const& folder, std::map<std::string, std::string> const& units) {
    std::filesystem::path const shapes = folder / shapes_name;
    if (!std::filesystem::exists(shapes)) {
        return;
    }
    std::map<std::string, Feature> found;
    geo::read_geojson(
        shapes,
        [&](Feature&& feature) {
            auto const unit = units.find(geo::text_property(feature, "id", shapes.string()));
            if (unit != units.end()) {
                feature.properties = {{"id", unit->second}};
                found.try_emplace(unit->second, std::move(feature));
            }
        },
        [](Reject&& reject) { fail<InputError>("{}; import it anew", to_string(reject)); });
    OutputFile file{folder / "outlines.geojson", Overwrite::replace};
    geo::GeoJsonWriter writer{[&](std::string_view text) { file.write(text); }};
    for (auto const& [id, feature] : found) {
        writer.write(feature);
    }
    writer.finish();
    file.commit();
}

Outlines::Outlines(Boundaries const& boundaries) {
    m_areas.reserve(boundaries.areas().size());
    for (Boundary const& boundary : boundaries.areas()) {
        Extent const box = extent(boundary.area);
        m_areas.push_back({box, (box.east - box.west) * (box.north - box.south), boundary});
    }
    std::ranges::stable_sort(m_areas, {}, &Area::size);
}

std::string const* Outlines::find(LonLat at) const {
    for (Area const& area : m_areas) {
        if (area.extent.contains(at) && geo::contains(area.boundary.area, at)) {
            return &area.boundary.id;
        }
    }
    Area const* nearest = nullptr;
    double least = outline_tolerance_km * 1000;
    for (Area const& area : m_areas) {
        Extent const wide = grown(area.extent);
        double const away = wide.contains(at) ? geo::distance_outside(area.boundary.area, at).value : least;
        if (away < least) { // of equal ones, the smaller
            least = away;
            nearest = &area;
        }
    }
    return nearest != nullptr ? &nearest->boundary.id : nullptr;
}

} // namespace kharita::gazetteer
