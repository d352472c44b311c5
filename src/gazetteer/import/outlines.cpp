#include "gazetteer/import/outlines.hpp"

#include <algorithm>

#include "geo/geometry.hpp"

namespace kharita::gazetteer {

Outlines::Outlines(std::filesystem::path const& folder) {
    std::error_code error;
    if (!std::filesystem::is_directory(folder, error)) {
        return;
    }
    Boundaries const boundaries = Boundaries::load(folder);
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
    return nullptr;
}

} // namespace kharita::gazetteer
