#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "model/geometry.hpp"

namespace kharita::gazetteer {

/// The course of a river or road whose record in places/ has the same id.
struct CourseLine {
    std::string id;       ///< "sy-m5-motorway"
    MultiLineString line; ///< from its source or first-named end; parts where it is interrupted
    Metres uncertainty;   ///< how far the true course may lie from the line: our vertices are few
};

/// Courses, loaded from gazetteer/lines/*.geojson. Immutable.
///
/// A feature has the properties `id` and `uncertainty_m` (a number above 0) and is a line; other properties
/// are ignored.
class Lines {
public:
    /// A folder that does not exist has no lines. Throws InputError naming the file and feature when one
    /// cannot be read, lacks its properties, or repeats an id.
    static Lines load(std::filesystem::path const& folder);

    /// By the id of its place; nullptr where there is no line.
    CourseLine const* find(std::string_view id) const noexcept;
    /// All, by id.
    std::vector<CourseLine> const& all() const noexcept { return m_lines; }

private:
    std::vector<CourseLine> m_lines;
};

} // namespace kharita::gazetteer
