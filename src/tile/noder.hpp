#pragma once

#include "tile/planar.hpp"

namespace kharita::tile {

/// Rounds rings to tile units by snap rounding, as snap_polygons() says: afterwards no two segments cross,
/// and none runs through a vertex that it does not have. Points of the result are whole units (not
/// sixteenths); rings keep number, owner and direction, and may run forth and back or have collapsed to
/// nothing.
CutRings snap_rings(CutRings const& cut);

/// The same for rings that are in whole units already, in place.
void node_rings(CutRings& rings);

} // namespace kharita::tile
