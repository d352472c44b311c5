#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "tile/tile_id.hpp"

namespace kharita::tile {

/// A vertex that simplification had left out and that came back, lest lines cross.
struct PutBack {
    std::uint32_t arc = 0;
    std::uint32_t round = 0;
    std::uint32_t vertex = 0; ///< of the arc

    friend constexpr auto operator<=>(PutBack const&, PutBack const&) = default;
};

/// An arc's vertices with Arcs::keep_below; valid as long as what holds them.
struct ArcView {
    std::span<GridPoint const> vertices;
    std::span<float const> keep_below;
};

/// By how many bits coordinates within a box must be shortened so that Segment can hold them.
unsigned shift_for(GridBox const& box) noexcept;

/// Arcs that are to be simplified without crossing one another.
struct Tangle {
    std::vector<ArcView> arcs;
    GridBox box;        ///< round all vertices
    unsigned shift = 0; ///< shift_for() all arcs of the coverage, of which these may be a part
    double tolerance = 0;
    /// By arc: whether it is to be decided about; the others have what `known` says of them.
    std::vector<bool> active;
    std::vector<PutBack> known; ///< by rising round; only of arcs that are not active
};

/// Which vertices come back, in order.
///
/// In rounds, all at once: a stretch that simplification made straight and that crosses another, or passes a
/// vertex that remains on the wrong side, gets the vertex back that Douglas–Peucker would take next, until
/// there are none. What becomes of an arc depends on arcs whose boxes meet its own, and on nothing else.
/// Source: A. Saalfeld, Topologically consistent line simplification with the Douglas-Peucker algorithm,
/// 1999.
std::vector<PutBack> untangle(Tangle const& tangle);

} // namespace kharita::tile
