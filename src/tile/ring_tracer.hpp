#pragma once

#include <cstddef>
#include <vector>

#include "tile/planar.hpp"

namespace kharita::tile {

/// The area within the rings [begin, end) of snapped rings (snap_rings()), as simple rings: each exterior, of
/// positive area, followed by its holes, of negative area; empty when there is none. Rings may touch at
/// vertices and nowhere else; corners of 180° are removed.
std::vector<std::vector<TilePoint>> trace_rings(CutRings const& snapped, std::size_t begin, std::size_t end);

/// A ring without vertices in the middle of straight lines, and without spikes.
std::vector<TilePoint> without_straight_corners(std::vector<TilePoint> const& ring);

} // namespace kharita::tile
