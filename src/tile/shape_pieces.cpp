#include "tile/shape_pieces.hpp"

#include <algorithm>
#include <limits>

namespace kharita::tile {

ArcLevel::ArcLevel(PathRecord const& table, PathRecord const& store, ArcBlocks const& blocks, PathKind kind,
                   std::size_t zoom_index, double tolerance)
    : m_table{table},
      m_store{store},
      m_blocks{blocks},
      m_kind{kind},
      m_put_back{table.put_back[zoom_index]},
      m_tolerance{tolerance} {}

void ArcLevel::slice(std::size_t path, Slicer& slicer, Slicer::Visit const& visit) {
    m_path.clear();
    for (std::uint32_t const use : m_table.uses_of(path)) {
        append(kept(use / 2), use % 2 == 1);
    }
    if (m_kind == PathKind::ring && m_path.size() > 1 && m_path.back() == m_path.front()) {
        m_path.pop_back();
    }
    slicer.slice(m_path, m_kind, visit);
}

void ArcLevel::append(std::span<GridPoint const> arc, bool reversed) {
    for (std::size_t i = m_path.empty() ? 0 : 1; i < arc.size(); ++i) {
        m_path.push_back(arc[reversed ? arc.size() - 1 - i : i]);
    }
}

/// Adds the vertices that simplification leaves; `back` are those that it had to put back.
void ArcLevel::add_kept(std::uint32_t arc, std::span<std::uint32_t const> back,
                        std::vector<GridPoint>& kept) const {
    ArcView const view = m_store.view(m_table.arcs[arc]);
    FarVertices far{m_columns, kept};
    auto const size = static_cast<std::uint32_t>(view.vertices.size());
    auto next = back.begin();
    std::uint32_t end = 0;
    for (ArcBlocks::Block const& block : m_blocks.of(arc)) {
        std::uint32_t i = end;
        end = std::min(end + ArcBlocks::block_size, size);
        bool const has_back = next != back.end() && *next < end;
        if (!has_back && static_cast<double>(block.most) <= m_tolerance) {
            continue;
        }
        if (!has_back && far.passes(block.box)) { // only the last that remains of it
            i = end - 1;
            while (static_cast<double>(view.keep_below[i]) <= m_tolerance) {
                --i;
            }
            far.add(view.vertices[i]);
            continue;
        }
        for (; i < end; ++i) {
            bool const is_back = next != back.end() && *next == i;
            next += is_back ? 1 : 0;
            if (is_back || static_cast<double>(view.keep_below[i]) > m_tolerance) {
                far.add(view.vertices[i]);
            }
        }
    }
    far.finish();
}

/// Vertices that remain of an arc; its ends always do.
std::vector<GridPoint> const& ArcLevel::kept(std::uint32_t arc) {
    auto const [found, is_new] = m_kept.try_emplace(arc);
    if (is_new) {
        auto const by_arc = [](PutBack const& a, PutBack const& b) { return a.arc < b.arc; };
        auto const [begin, end] =
            std::equal_range(m_put_back.begin(), m_put_back.end(), PutBack{arc, 0, 0}, by_arc);
        std::vector<std::uint32_t> back;
        for (auto at = begin; at != end; ++at) {
            back.push_back(at->vertex);
        }
        std::sort(back.begin(), back.end());
        add_kept(arc, back, found->second);
    }
    return found->second;
}

void PathPieces::add(TileId tile, std::span<SubPoint const> piece) {
    std::size_t const begin = m_points.size();
    m_points.insert(m_points.end(), piece.begin(), piece.end());
    m_pieces.push_back({hilbert_key(tile), begin, m_points.size()});
}

void PathPieces::sort() {
    std::stable_sort(m_pieces.begin(), m_pieces.end(),
                     [](Piece const& a, Piece const& b) { return a.tile < b.tile; });
}

/// Those of the tile at which `at` stands, as one list of positions with their number before each.
std::vector<SubPoint> PathPieces::take(std::size_t& at) const {
    std::vector<SubPoint> all;
    std::uint64_t const tile = m_pieces[at].tile;
    for (; at < m_pieces.size() && m_pieces[at].tile == tile; ++at) {
        Piece const& each = m_pieces[at];
        all.push_back({static_cast<std::int32_t>(each.end - each.begin), 0});
        all.insert(all.end(), m_points.begin() + static_cast<std::ptrdiff_t>(each.begin),
                   m_points.begin() + static_cast<std::ptrdiff_t>(each.end));
    }
    return all;
}

void add_differences(PathPieces& before, PathPieces& after, TileKeys& tiles) {
    before.sort();
    after.sort();
    std::size_t a = 0;
    std::size_t b = 0;
    while (a < before.m_pieces.size() || b < after.m_pieces.size()) {
        std::uint64_t const in_a = a < before.m_pieces.size() ? before.m_pieces[a].tile : ~std::uint64_t{0};
        std::uint64_t const in_b = b < after.m_pieces.size() ? after.m_pieces[b].tile : ~std::uint64_t{0};
        std::vector<SubPoint> const was = in_a <= in_b ? before.take(a) : std::vector<SubPoint>{};
        std::vector<SubPoint> const is = in_b <= in_a ? after.take(b) : std::vector<SubPoint>{};
        if (was != is) {
            tiles.insert(std::min(in_a, in_b));
        }
    }
}

TilesOfZoom::TilesOfZoom(TileKeys const& keys, int zoom, int buffer)
    : m_keys{keys},
      m_side{std::int64_t{1} << static_cast<unsigned>(world_bits - zoom)},
      m_margin{(std::int64_t{buffer} + 2) << static_cast<unsigned>(max_zoom - zoom)},
      m_zoom{zoom} {
    m_tiles.reserve(keys.size());
    for (std::uint64_t const key : keys) {
        m_tiles.push_back(tile_from_hilbert_key(key).value_or(TileId{}));
    }
}

TileId TilesOfZoom::first() const {
    TileId first = m_tiles.front();
    for (TileId const tile : m_tiles) {
        first = {m_zoom, std::min(first.x, tile.x), std::min(first.y, tile.y)};
    }
    return first;
}

TileId TilesOfZoom::last() const {
    TileId last = m_tiles.front();
    for (TileId const tile : m_tiles) {
        last = {m_zoom, std::max(last.x, tile.x), std::max(last.y, tile.y)};
    }
    return last;
}

GridColumns TilesOfZoom::columns() const {
    auto const on_grid = [](std::int64_t value) {
        constexpr unsigned shift = world_bits - grid_bits;
        return static_cast<std::uint32_t>(
            std::clamp<std::int64_t>(value >> shift, 0, std::numeric_limits<std::uint32_t>::max()));
    };
    return {on_grid(first().x * m_side - m_margin),
            on_grid((last().x + std::int64_t{1}) * m_side + m_margin)};
}

bool TilesOfZoom::meets(GridBox const& grid_box) const {
    WorldBox const box = from_grid(grid_box);
    std::int64_t const last = (std::int64_t{1} << static_cast<unsigned>(m_zoom)) - 1;
    auto const index = [&](std::int64_t value) {
        return std::clamp<std::int64_t>(value < 0 ? 0 : value / m_side, 0, last);
    };
    std::int64_t const west = index(box.least.x - m_margin);
    std::int64_t const east = index(box.most.x + m_margin);
    std::int64_t const north = index(box.least.y - m_margin);
    std::int64_t const south = index(box.most.y + m_margin);
    if (auto const count = static_cast<std::size_t>((east - west + 1) * (south - north + 1));
        count < m_tiles.size()) {
        for (std::int64_t x = west; x <= east; ++x) {
            for (std::int64_t y = north; y <= south; ++y) {
                if (m_keys.contains(hilbert_key(
                        {m_zoom, static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y)}))) {
                    return true;
                }
            }
        }
        return false;
    }
    return std::any_of(m_tiles.begin(), m_tiles.end(), [&](TileId tile) {
        return tile.x >= west && tile.x <= east && tile.y >= north && tile.y <= south;
    });
}

} // namespace kharita::tile
