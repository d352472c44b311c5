#include "tile/arc_blocks.hpp"

#include <algorithm>

namespace kharita::tile {

ArcBlocks::ArcBlocks(std::span<PathRecord::Arc const> arcs, PathRecord const& store) {
    m_begin.reserve(arcs.size() + 1);
    m_begin.push_back(0);
    for (PathRecord::Arc const& arc : arcs) {
        ArcView const view = store.view(arc);
        for (std::size_t first = 0; first < view.vertices.size(); first += block_size) {
            std::size_t const last = std::min<std::size_t>(first + block_size, view.vertices.size());
            Block block;
            for (std::size_t i = first; i < last; ++i) {
                block.box.add(view.vertices[i]);
                block.most = std::max(block.most, view.keep_below[i]);
            }
            m_blocks.push_back(block);
        }
        m_begin.push_back(m_blocks.size());
    }
}

void FarVertices::add(GridPoint at) {
    Side const where = side(at.x);
    if (where != Side::none && where == m_side) { // with all since the last that was kept
        m_waiting = at;
        m_waits = true;
        return;
    }
    finish();
    m_kept.push_back(at);
    m_side = where;
}

void FarVertices::finish() {
    if (m_waits) {
        m_kept.push_back(m_waiting);
    }
    m_waits = false;
    m_side = Side::none;
}

} // namespace kharita::tile
