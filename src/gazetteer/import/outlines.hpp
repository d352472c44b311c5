#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "gazetteer/boundaries.hpp"

namespace kharita::gazetteer {

/// The file of an import that has the shapes of its source's admin units.
inline constexpr char const* shapes_name = "shapes.geojsonl";

/// A line of that file.
std::string outline_line(Boundary const& outline);

/// Writes outlines.geojson into the folder of an import: its shapes by the ids in `units` (the source's, to
/// the gazetteer's); those that it does not name are left out, and of two for one unit the first is kept.
/// Without shapes it writes nothing. Throws InputError for a damaged file of shapes, and OutputError.
void write_outlines(std::filesystem::path const& folder, std::map<std::string, std::string> const& units);

/// Which country or governorate a position stands in, by the gazetteer's outlines.
class Outlines {
public:
    explicit Outlines(Boundaries const& boundaries);

    /// The id of the smallest outline round a position; of the nearest one where it lies a little outside
    /// all, as ports do whose coast is simplified; null where there is none. Valid while this lives.
    std::string const* find(LonLat at) const;

private:
    struct Area {
        Extent extent;
        double size = 0; ///< of the extent, in square degrees
        Boundary boundary;
    };
    std::vector<Area> m_areas; ///< the smallest first
};

} // namespace kharita::gazetteer
