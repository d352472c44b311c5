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

    /// Those of a gazetteer: of its folder `boundaries`, if there is one, and of its imports. A source's
    /// outline of a governorate, district or sub-district takes the place of ours; of two imports'
    /// outlines, that of the import whose name comes last. Throws as load() does.
    static Boundaries of_gazetteer(std::filesystem::path const& gazetteer);

    /// Likewise, of the imports only these files of outlines, the last one first in rank.
    static Boundaries with_imports(std::filesystem::path const& gazetteer,
                                   std::vector<std::filesystem::path> const& imports);

    /// The files that of_gazetteer() reads, for hashing.
    static std::vector<std::filesystem::path> files_of_gazetteer(std::filesystem::path const& gazetteer);

    /// Adds outlines; one that has the id of another takes its place.
    void put(std::vector<Boundary> areas);

    Boundary const* find(std::string_view id) const noexcept;
    /// All outlines, by id.
    std::vector<Boundary> const& areas() const noexcept { return m_areas; }
    /// Of two countries, in either order; nothing when they share no border.
    BorderLine const* border(std::string_view a, std::string_view b) const noexcept;
    std::vector<BorderLine> const& borders() const noexcept { return m_borders; }

private:
    void read(std::filesystem::path const& file);
    /// Sorts what was read; two of one id in `where` are an error.
    void sort(std::filesystem::path const& where);

    std::vector<Boundary> m_areas;
    std::vector<BorderLine> m_borders;
};

} // namespace kharita::gazetteer
