#include "tile/simplify.hpp"

#include <span>

namespace kharita::tile {

std::vector<PutBack> put_back(Arcs const& arcs, double tolerance) {
    Tangle tangle;
    tangle.arcs.reserve(arcs.arcs.size());
    for (Arc const& arc : arcs.arcs) {
        tangle.arcs.push_back({std::span{arcs.vertices}.subspan(arc.begin, arc.end - arc.begin),
                               std::span{arcs.keep_below}.subspan(arc.begin, arc.end - arc.begin)});
    }
    for (GridPoint const at : arcs.vertices) {
        tangle.box.add(at);
    }
    tangle.shift = shift_for(tangle.box);
    tangle.tolerance = tolerance;
    tangle.active.assign(tangle.arcs.size(), true);
    return untangle(tangle);
}

std::vector<bool> kept_vertices(Arcs const& arcs, double tolerance, Crossings crossings) {
    std::vector<bool> kept(arcs.vertices.size());
    for (std::size_t i = 0; i < kept.size(); ++i) {
        kept[i] = static_cast<double>(arcs.keep_below[i]) > tolerance;
    }
    if (crossings == Crossings::prevented) {
        for (PutBack const& each : put_back(arcs, tolerance)) {
            kept[arcs.arcs[each.arc].begin + each.vertex] = true;
        }
    }
    return kept;
}

} // namespace kharita::tile
