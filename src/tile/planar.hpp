#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "tile/mvt_encoder.hpp"
#include "tile/slicer.hpp"

namespace kharita::tile {

/// The rings of one layer's polygons in one tile, as the slicer cut them: exterior rings with positive area
/// (specification, section 4.3.3.3), holes with negative.
class CutRings {
public:
    /// Rings of one owner must follow one another.
    void add(std::uint32_t owner, std::span<SubPoint const> ring);
    void clear() noexcept;

    struct Ring {
        std::uint32_t owner = 0;
        std::size_t begin = 0; ///< into points
        std::size_t end = 0;
    };
    std::vector<SubPoint> points;
    std::vector<Ring> rings;
};

/// An owner's polygons in a tile: simple rings that do not cross one another, each exterior with positive
/// area followed by its holes with negative area.
struct TilePolygons {
    std::uint32_t owner = 0;
    std::vector<std::vector<TilePoint>> rings;
};

/// Rounds all rings to tile units and makes every owner's polygons valid, all of them together: a border that
/// two owners share stays shared, so that a partition remains one.
///
/// By snap rounding: where rings cross, or pass through the unit square round a vertex, they get a vertex
/// there, at the square's middle. Then parts that an owner's rings walk forth and back fall away, and the
/// rest is traced into simple rings. Owners whose area has vanished are left out; the order of owners is
/// kept. Source: J. Hobby, Practical segment intersection with finite precision output, 1999.
std::vector<TilePolygons> snap_polygons(CutRings const& cut);

} // namespace kharita::tile
