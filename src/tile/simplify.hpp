#pragma once

#include <vector>

#include "tile/arcs.hpp"
#include "tile/untangle.hpp"

namespace kharita::tile {

/// Whether what results may cross or change sides.
enum class Crossings {
    allowed, ///< lines: they may cross as they please
    /// Coverages: a simplified stretch that would cross another, or pass a vertex of another arc on the wrong
    /// side, gets vertices back until it does not (untangle()). What did not cross before does not cross
    /// afterwards.
    prevented,
};

/// Which vertices of Arcs::vertices remain at a tolerance (on the grid of GridPoint), by index.
std::vector<bool> kept_vertices(Arcs const& arcs, double tolerance, Crossings crossings);

/// The vertices that Crossings::prevented puts back.
std::vector<PutBack> put_back(Arcs const& arcs, double tolerance);

} // namespace kharita::tile
