#include "tile/tiled_layer.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "base/thread_pool.hpp"

namespace kharita::tile {

namespace {

std::size_t distinct_features(LayerData const& layer, PointLevel const& level) {
    if (!layer.has_multipoints) {
        return level.shown.size();
    }
    std::vector<bool> seen(layer.feature_count(), false);
    for (ShownPoint const& point : level.shown) {
        seen[layer.points[point.item].feature] = true;
    }
    return static_cast<std::size_t>(std::count(seen.begin(), seen.end(), true));
}

/// Calls `visit(tile key, pieces)` for each tile of a level.
template <typename Visit>
void for_each_tile(ShapeLevel const& level, Visit const& visit) {
    std::span<ShapePiece const> const pieces = level.pieces;
    for (std::size_t begin = 0, end = 0; begin < pieces.size(); begin = end) {
        while (end < pieces.size() && pieces[end].tile == pieces[begin].tile) {
            ++end;
        }
        visit(pieces[begin].tile, pieces.subspan(begin, end - begin));
    }
}

/// Points, lines and rings of one tile as one part; from part `first` on.
void merge_same_tile(std::vector<TilePart>& parts, std::size_t first) {
    std::size_t kept = first;
    for (std::size_t i = first; i < parts.size(); ++i) {
        if (kept == first || parts[kept - 1].tile != parts[i].tile) {
            parts[kept++] = parts[i];
            continue;
        }
        LayerContent& into = parts[kept - 1].content;
        LayerContent const& from = parts[i].content;
        if (from.line_level != nullptr) {
            into.line_level = from.line_level;
            into.lines = from.lines;
        }
        if (from.ring_level != nullptr) {
            into.ring_level = from.ring_level;
            into.rings = from.rings;
        }
    }
    parts.resize(kept);
}

} // namespace

std::size_t TilePart::cost() const noexcept {
    std::size_t cost = 4 * content.points.size() + 1;
    for (std::span<ShapePiece const> const pieces : {content.lines, content.rings}) {
        for (ShapePiece const& piece : pieces) {
            cost += piece.end - piece.begin;
        }
    }
    return cost;
}

TiledLayer::TiledLayer(LayerData data, int buffer, std::size_t jobs)
    : m_data{std::move(data)},
      m_buffer{buffer},
      m_shown(zoom_count(), 0) {
    if (!m_data.points.empty()) {
        prepare_points(jobs);
    }
    if (m_data.is_single_points()) { // which are chosen; the memory is for encoding
        m_data.ranks = std::vector<double>{};
        m_data.coverages = std::vector<std::uint32_t>{};
        m_data.own_counts = std::vector<std::uint32_t>{};
        m_data.own_aggregates = std::vector<Aggregate>{};
    }
    if (!m_data.lines.empty()) {
        m_lines.shapes = std::make_unique<Shapes>(m_data, PathKind::line, jobs);
    }
    if (!m_data.rings.empty()) {
        m_rings.shapes = std::make_unique<Shapes>(m_data, PathKind::ring, jobs);
    }
    m_data.vertices = std::vector<GridPoint>{}; // the shapes have them; `= {}` would keep the memory
    for (Kind* const kind : {&m_lines, &m_rings}) {
        if (kind->shapes) {
            prepare_shapes(*kind, jobs);
        }
    }
}

void TiledLayer::prepare_points(std::size_t jobs) {
    if (m_data.config.thinning) {
        m_point_levels = thin_points(m_data, jobs);
        if (m_data.is_single_points()) {
            intern_aggregates(m_data, m_point_levels);
        }
    } else {
        m_point_levels.push_back(all_points(m_data));
    }
    for (int zoom = m_data.minzoom; zoom <= m_data.maxzoom; ++zoom) {
        m_shown[index(zoom)] += distinct_features(m_data, points_at(zoom));
    }
}

void TiledLayer::prepare_shapes(Kind& kind, std::size_t jobs) {
    std::size_t const zooms = zoom_count();
    kind.shapes->cut_into_arcs(jobs);
    kind.owners.resize(zooms);
    kind.kept.resize(zooms);
    kind.kept_count.resize(zooms);
    kind.levels.resize(zooms);
    for (int zoom = m_data.minzoom; zoom <= m_data.maxzoom; ++zoom) {
        kind.owners[index(zoom)] = kind.shapes->owners(zoom);
        m_shown[index(zoom)] += count_owners(kind.owners[index(zoom)], m_data.feature_count());
    }
    parallel_for(zooms, jobs, [&](std::size_t i) {
        int const zoom = m_data.maxzoom - static_cast<int>(i); // the deepest have most to do
        kind.kept[index(zoom)] = kind.shapes->kept(zoom);
        for (std::vector<bool> const& kept : kind.kept[index(zoom)]) {
            kind.kept_count[index(zoom)] +=
                static_cast<std::size_t>(std::count(kept.begin(), kept.end(), true));
        }
    });
    kind.shapes->forget_rates();
}

std::size_t TiledLayer::vertices(int zoom) const noexcept {
    std::size_t count = 0;
    for (Kind const* const kind : {&m_lines, &m_rings}) {
        count += kind->shapes && has_zoom(zoom) ? kind->kept_count[index(zoom)] : 0;
    }
    return count;
}

void TiledLayer::cut(int first, int last, std::size_t jobs) {
    for (Kind* const kind : {&m_lines, &m_rings}) {
        if (kind->shapes) {
            std::fill(kind->levels.begin(), kind->levels.end(), ShapeLevel{});
            cut(*kind, std::max(first, m_data.minzoom), std::min(last, m_data.maxzoom), jobs);
        }
    }
}

void TiledLayer::cut(Kind& kind, int first, int last, std::size_t jobs) const {
    if (first > last) {
        return;
    }
    std::size_t const zooms = index(last) - index(first) + 1;
    std::vector<std::size_t> const ranges = kind.shapes->ranges(4 * jobs);
    std::size_t const parts = ranges.size() - 1;
    std::vector<std::vector<ShapePart>> made(zooms, std::vector<ShapePart>(parts));
    parallel_for(zooms * parts, jobs, [&](std::size_t task) {
        std::size_t const at = zooms - 1 - task / parts; // the deepest first
        std::size_t const part = task % parts;
        int const zoom = first + static_cast<int>(at);
        made[at][part] = kind.shapes->cut(zoom, m_buffer, kind.owners[index(zoom)], kind.kept[index(zoom)],
                                          ranges[part], ranges[part + 1]);
    });
    parallel_for(zooms, jobs,
                 [&](std::size_t i) { kind.levels[index(first) + i] = joined(std::move(made[i])); });
}

void TiledLayer::add_points(std::uint32_t layer, int zoom, std::vector<TilePart>& parts) const {
    PointLevel const& level = points_at(zoom);
    std::size_t const aggregates = m_data.aggregate_count();
    std::size_t const gathered = level.values.empty() ? 0 : level.values.size() / level.shown.size();
    std::vector<std::size_t> const bounds = tile_bounds(m_data, level, zoom);
    for (std::size_t i = 0; i + 1 < bounds.size(); ++i) {
        std::size_t const count = bounds[i + 1] - bounds[i];
        TilePart part{hilbert_key(tile_at(m_data.points[level.shown[bounds[i]].item].at, zoom)), layer, {}};
        part.content.points = std::span{level.shown}.subspan(bounds[i], count);
        if (gathered > 0) {
            part.content.values = std::span{level.values}.subspan(bounds[i] * gathered, count * gathered);
        } else {
            part.content.aggregates =
                std::span{level.aggregates}.subspan(bounds[i] * aggregates, count * aggregates);
        }
        parts.push_back(part);
    }
}

void TiledLayer::add_parts(std::uint32_t layer, int zoom, std::vector<TilePart>& parts) const {
    std::size_t const first = parts.size();
    if (!m_data.points.empty()) {
        add_points(layer, zoom, parts);
    }
    if (m_lines.shapes) {
        ShapeLevel const& level = m_lines.levels[index(zoom)];
        for_each_tile(level, [&](std::uint64_t tile, std::span<ShapePiece const> pieces) {
            TilePart& part = parts.emplace_back(TilePart{tile, layer, {}});
            part.content.line_level = &level;
            part.content.lines = pieces;
        });
    }
    if (m_rings.shapes) {
        ShapeLevel const& level = m_rings.levels[index(zoom)];
        for_each_tile(level, [&](std::uint64_t tile, std::span<ShapePiece const> pieces) {
            TilePart& part = parts.emplace_back(TilePart{tile, layer, {}});
            part.content.ring_level = &level;
            part.content.rings = pieces;
        });
    }
    std::stable_sort(parts.begin() + static_cast<std::ptrdiff_t>(first), parts.end(),
                     [](TilePart const& a, TilePart const& b) { return a.tile < b.tile; });
    merge_same_tile(parts, first);
}

} // namespace kharita::tile
