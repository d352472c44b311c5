#pragma once

#include <vector>

#include "tile/arcs.hpp"

namespace kharita::tile {

/// Whether what results may cross or change sides.
enum class Crossings {
    allowed, ///< lines: they may cross as they please
    /// Coverages: a simplified stretch that would cross another, or pass a vertex of another arc on the wrong
    /// side, gets vertices back until it does not. What did not cross before does not cross afterwards.
    /// Source: A. Saalfeld, Topologically consistent line simplification with the Douglas-Peucker algorithm,
    /// 1999.
    prevented,
};

/// Which vertices of Arcs::vertices remain at a tolerance (on the grid of GridPoint), by index.
std::vector<bool> kept_vertices(Arcs const& arcs, double tolerance, Crossings crossings);

} // namespace kharita::tile
