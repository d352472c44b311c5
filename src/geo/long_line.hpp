#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/lon_lat.hpp"

namespace kharita::geo {

/// The "coordinates" of a geometry, but for a single position.
struct Coordinates {
    int depth = 0; ///< of arrays round numbers: 2 of a LineString, 3 of a Polygon, 4 of a MultiPolygon
    /// By polygon and ring of depth 4; of depth 3 one of lists, of depth 2 one list in one.
    std::vector<std::vector<std::vector<LonLat>>> lists;
};

/// A line of GeoJSON without its coordinates.
struct SplitLine {
    std::string rest; ///< the same with `[]` for the coordinates
    Coordinates coordinates;
};

/// Reads the coordinates of a Feature on a line without making JSON values of them, which take ten times as
/// much memory as the positions. Nothing where the line is anything else, or its coordinates have anything
/// but lists, none of them empty, of positions of two numbers or more: a parser has to say what it is then.
/// What is read is what the parser would give.
std::optional<SplitLine> split_line(std::string_view line);

} // namespace kharita::geo
