#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/geometry.hpp"

namespace kharita::gazetteer {

/// An outline of a country or admin unit.
struct Boundary {
    std::string id; ///< "SYR", "SY05"
    MultiPolygon area;
};

/// The line that two countries share.
struct BorderLine {
    std::string id; ///< "SYR-TUR"
    std::string left;
    std::string right;
    std::string name_ar;
    std::string name_en;
    MultiLineString line;
};

/// Outlines and borders, loaded from gazetteer/boundaries/*.geojson. Immutable.
///
/// A feature with the properties `id`, `left`, `right`, `name_ar`, `name_en` is a border line; one with `id`
/// and no `left` is an outline. Other properties are ignored.
class Boundaries {
public:
    /// Throws InputError naming the file and feature when one cannot be read or lacks its properties.
    static Boundaries load(std::filesystem::path const& folder);

    Boundary const* find(std::string_view id) const noexcept;
    /// All outlines, by id.
    std::vector<Boundary> const& areas() const noexcept { return m_areas; }
    /// Of two countries, in either order; nothing when they share no border.
    BorderLine const* border(std::string_view a, std::string_view b) const noexcept;
    std::vector<BorderLine> const& borders() const noexcept { return m_borders; }

private:
    std::vector<Boundary> m_areas;
    std::vector<BorderLine> m_borders;
};

} // namespace kharita::gazetteer
