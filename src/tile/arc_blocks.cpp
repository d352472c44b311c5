#include "tile/arc_blocks.hpp"

#include <algorithm>

namespace kharita::tile {

ArcBlocks::ArcBlocks(std::span<PathRecord::Arc const> arcs, std::vector<bool> const& wanted,
                     PathRecord const& store) {
    m_begin.reserve(arcs.size() + 1);
    m_begin.push_back(0);
    m_rates.resize(arcs.size());
    for (std::size_t arc = 0; arc < arcs.size(); ++arc) {
        ArcView const view = store.view(arcs[arc]);
        std::size_t const size = wanted[arc] ? view.vertices.size() : 0;
        if (size > 0) {
            m_rates[arc] =
                view.keep_below.empty() ? m_own_rates.emplace_back(rates_of(view.vertices)) : view.keep_below;
        }
        for (std::size_t first = 0; first < size; first += block_size) {
            Block& block = m_blocks.emplace_back();
            for (std::size_t i = first; i < std::min<std::size_t>(first + block_size, size); ++i) {
                block.box.add(view.vertices[i]);
                block.most = std::max(block.most, m_rates[arc][i]);
            }
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
