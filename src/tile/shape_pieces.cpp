#include "tile/shape_pieces.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

namespace kharita::tile {

namespace {

/// The pieces of one path, by tile.
class PathPieces {
public:
    void add(TileId tile, std::span<SubPoint const> piece) {
        std::size_t const begin = m_points.size();
        m_points.insert(m_points.end(), piece.begin(), piece.end());
        m_pieces.push_back({hilbert_key(tile), begin, m_points.size()});
    }
    void sort() { std::ranges::stable_sort(m_pieces, {}, &Piece::tile); }
    bool is_end(std::size_t at) const noexcept { return at == m_pieces.size(); }
    /// The largest number there is at the end.
    std::uint64_t tile_at(std::size_t at) const noexcept {
        return is_end(at) ? ~std::uint64_t{0} : m_pieces[at].tile;
    }

    /// Those of the tile at which `at` stands, as one list of positions with their number before each.
    std::vector<SubPoint> take(std::size_t& at) const {
        std::vector<SubPoint> all;
        for (std::uint64_t const tile = tile_at(at); !is_end(at) && m_pieces[at].tile == tile; ++at) {
            Piece const& each = m_pieces[at];
            all.push_back({static_cast<std::int32_t>(each.end - each.begin), 0});
            all.insert(all.end(), m_points.begin() + static_cast<std::ptrdiff_t>(each.begin),
                       m_points.begin() + static_cast<std::ptrdiff_t>(each.end));
        }
        return all;
    }

private:
    struct Piece {
        std::uint64_t tile = 0;
        std::size_t begin = 0; ///< into m_points
        std::size_t end = 0;
    };

    std::vector<Piece> m_pieces;
    std::vector<SubPoint> m_points;
};

} // namespace

ArcLevel::ArcLevel(PathRecord const& table, PathRecord const& store, ArcBlocks const& blocks, PathKind kind,
                   std::size_t zoom_index, double tolerance)
    : m_table{table},
      m_store{store},
      m_blocks{blocks},
      m_kind{kind},
      m_put_back{table.put_back[zoom_index]},
      m_tolerance{tolerance} {}

std::span<GridPoint const> ArcLevel::vertices(std::size_t path) {
    m_path.clear();
    for (std::uint32_t const use : m_table.uses_of(path)) {
        append(kept(use / 2), use % 2 == 1);
    }
    if (m_kind == PathKind::ring && m_path.size() > 1 && m_path.back() == m_path.front()) {
        m_path.pop_back();
    }
    return m_path;
}

void ArcLevel::slice(std::size_t path, Slicer& slicer, Slicer::Visit const& visit) {
    slicer.slice(vertices(path), m_kind, visit);
}

void ArcLevel::append(std::span<GridPoint const> arc, bool reversed) {
    for (std::size_t i = m_path.empty() ? 0 : 1; i < arc.size(); ++i) {
        m_path.push_back(arc[reversed ? arc.size() - 1 - i : i]);
    }
}

/// Adds the vertices that simplification leaves; `back` are those that it had to put back.
void ArcLevel::add_kept(std::uint32_t arc, std::span<std::uint32_t const> back,
                        std::vector<GridPoint>& kept) const {
    ArcView view = m_store.view(m_table.arcs[arc]);
    std::vector<float> rates; // of an arc that nobody was expected to look at
    if (view.keep_below.empty() && !view.vertices.empty()) {
        view.keep_below = m_blocks.rates(arc);
        if (view.keep_below.empty()) {
            rates = rates_of(view.vertices);
            view.keep_below = rates;
        }
    }
    FarVertices far{m_columns, kept};
    auto const size = static_cast<std::uint32_t>(view.vertices.size());
    auto next = back.begin();
    auto const add_all = [&](std::uint32_t begin, std::uint32_t end) {
        for (std::uint32_t i = begin; i < end; ++i) {
            bool const is_back = next != back.end() && *next == i;
            next += is_back ? 1 : 0;
            if (is_back || static_cast<double>(view.keep_below[i]) > m_tolerance) {
                far.add(view.vertices[i]);
            }
        }
    };
    std::span<ArcBlocks::Block const> const blocks = m_blocks.of(arc);
    if (blocks.empty()) {
        add_all(0, size);
    }
    std::uint32_t end = 0;
    for (ArcBlocks::Block const& block : blocks) {
        std::uint32_t const begin = end;
        end = std::min(end + ArcBlocks::block_size, size);
        bool const has_back = next != back.end() && *next < end;
        if (!has_back && static_cast<double>(block.most) <= m_tolerance) {
            continue;
        }
        if (has_back || !far.passes(block.box)) {
            add_all(begin, end);
            continue;
        }
        std::uint32_t last = end - 1; // all that remains of it
        while (static_cast<double>(view.keep_below[last]) <= m_tolerance) {
            --last;
        }
        far.add(view.vertices[last]);
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

std::pair<std::span<GridPoint const>, std::span<GridPoint const>>
where_lines_differ(std::span<GridPoint const> a, std::span<GridPoint const> b) {
    std::size_t const least = std::min(a.size(), b.size());
    std::size_t first = 0; // how many they begin with alike
    while (first < least && a[first] == b[first]) {
        ++first;
    }
    if (first == a.size() && first == b.size()) {
        return {};
    }
    std::size_t last = 0; // how many they end with alike, without those
    while (last < least - first && a[a.size() - 1 - last] == b[b.size() - 1 - last]) {
        ++last;
    }
    std::size_t const begin = first - std::min<std::size_t>(first, 1);
    std::size_t const end = last - std::min<std::size_t>(last, 1);
    return {a.subspan(begin, a.size() - end - begin), b.subspan(begin, b.size() - end - begin)};
}

void add_differences(std::span<GridPoint const> before, std::span<GridPoint const> after, PathKind kind,
                     Slicer& slicer, TileKeys& tiles) {
    if (kind == PathKind::line) {
        std::tie(before, after) = where_lines_differ(before, after);
    }
    PathPieces was;
    PathPieces is;
    slicer.slice(before, kind, [&](TileId tile, std::span<SubPoint const> piece) { was.add(tile, piece); });
    slicer.slice(after, kind, [&](TileId tile, std::span<SubPoint const> piece) { is.add(tile, piece); });
    was.sort();
    is.sort();
    for (std::size_t a = 0, b = 0; !was.is_end(a) || !is.is_end(b);) {
        std::uint64_t const in_a = was.tile_at(a);
        std::uint64_t const in_b = is.tile_at(b);
        std::vector<SubPoint> const of_a = in_a <= in_b ? was.take(a) : std::vector<SubPoint>{};
        std::vector<SubPoint> const of_b = in_b <= in_a ? is.take(b) : std::vector<SubPoint>{};
        if (of_a != of_b) {
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
