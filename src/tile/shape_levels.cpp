#include "tile/shape_levels.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include "base/thread_pool.hpp"
#include "tile/simplify.hpp"

namespace kharita::tile {

namespace {

/// Steps of the vertices' grid along one tile unit.
double grid_per_unit(int zoom) noexcept {
    return std::ldexp(1.0, max_zoom - (world_bits - grid_bits) - zoom);
}

double length_of(std::span<GridPoint const> line) noexcept {
    auto const off = [](std::uint32_t a, std::uint32_t b) {
        return static_cast<double>(std::int64_t{a} - std::int64_t{b});
    };
    double length = 0;
    for (std::size_t i = 1; i < line.size(); ++i) {
        length += std::hypot(off(line[i].x, line[i - 1].x), off(line[i].y, line[i - 1].y));
    }
    return length;
}

} // namespace

Shapes::Shapes(LayerData const& layer, PathKind kind, std::size_t jobs)
    : m_layer{layer},
      m_kind{kind},
      m_paths{kind == PathKind::ring ? layer.rings : layer.lines},
      m_numbered(layer.coverage_count) {
    std::vector<std::vector<Path>> paths(layer.coverage_count);
    for (Path const& path : m_paths) {
        std::uint32_t const coverage = layer.coverages[path.feature];
        m_coverage_of.push_back(coverage);
        m_place_in.push_back(paths[coverage].size());
        paths[coverage].push_back(path);
        if (kind == PathKind::line) {
            m_lengths.push_back(
                length_of(std::span{layer.vertices}.subspan(path.begin, path.end - path.begin)));
        } else {
            m_starts.push_back(layer.vertices[path.begin]);
        }
    }
    parallel_for(paths.size(), jobs,
                 [&](std::size_t i) { m_numbered[i] = number_vertices(layer.vertices, paths[i]); });
}

void Shapes::cut_into_arcs(std::size_t jobs) {
    m_coverages.resize(m_numbered.size());
    std::size_t const inner_jobs = m_numbered.size() == 1 ? jobs : 1;
    parallel_for(m_coverages.size(), jobs, [&](std::size_t i) {
        m_coverages[i] = tile::cut_into_arcs(std::exchange(m_numbered[i], {}), m_kind, inner_jobs);
    });
    m_numbered = {};
}

Shapes::Kept Shapes::kept(int zoom) const {
    bool const is_last_zoom = zoom == m_layer.maxzoom;
    double const tolerance =
        (is_last_zoom ? m_layer.config.simplify_last : m_layer.config.simplify) * grid_per_unit(zoom);
    Kept kept;
    for (Arcs const& arcs : m_coverages) {
        kept.push_back(kept_vertices(arcs, tolerance,
                                     m_kind == PathKind::ring ? Crossings::prevented : Crossings::allowed));
    }
    return kept;
}

std::vector<std::uint32_t> Shapes::line_owners(double unit) const {
    std::vector<std::uint32_t> owners;
    owners.reserve(m_paths.size());
    for (std::size_t path = 0; path < m_paths.size(); ++path) {
        bool const shows = m_lengths[path] >= m_layer.config.min_length * unit;
        owners.push_back(shows ? m_paths[path].feature : nobody);
    }
    return owners;
}

std::vector<std::uint32_t> Shapes::polygon_owners(double unit) const {
    struct Group {
        double area = 0;
        std::uint32_t owner = 0;
        double owner_rank = 0;
        double owner_area = 0;
        std::vector<std::size_t> paths;
    };
    double const least = m_layer.config.min_area * unit * unit;
    double const square = 4 * std::sqrt(least);
    std::vector<std::uint32_t> owners(m_paths.size(), nobody);
    std::map<std::tuple<std::uint32_t, std::int64_t, std::int64_t>, Group> groups; // by coverage and square
    for (std::size_t begin = 0, end = 0; begin < m_paths.size(); begin = end) {
        Path const& exterior = m_paths[begin];
        while (end < m_paths.size() && m_paths[end].polygon == exterior.polygon) {
            ++end;
        }
        if (exterior.area >= least) {
            std::fill(owners.begin() + static_cast<std::ptrdiff_t>(begin),
                      owners.begin() + static_cast<std::ptrdiff_t>(end), exterior.feature);
            continue;
        }
        GridPoint const at = m_starts[begin];
        Group& group =
            groups[{m_coverage_of[begin], static_cast<std::int64_t>(static_cast<double>(at.x) / square),
                    static_cast<std::int64_t>(static_cast<double>(at.y) / square)}];
        double const rank = m_layer.ranks[exterior.feature];
        if (group.paths.empty() ||
            std::tie(rank, exterior.area) > std::tie(group.owner_rank, group.owner_area)) {
            group.owner = exterior.feature;
            group.owner_rank = rank;
            group.owner_area = exterior.area;
        }
        for (std::size_t path = begin; path < end; ++path) {
            group.area += m_paths[path].area; // holes count against it
            group.paths.push_back(path);
        }
    }
    for (auto const& [cell, group] : groups) {
        if (group.area >= least) {
            for (std::size_t const path : group.paths) {
                owners[path] = group.owner;
            }
        }
    }
    // A hole too small to show is filled, as what would fill it does not show either.
    for (std::size_t path = 0; path < m_paths.size(); ++path) {
        if (m_paths[path].area < 0 && -m_paths[path].area < least) {
            owners[path] = nobody;
        }
    }
    return owners;
}

std::vector<std::uint32_t> Shapes::owners(int zoom) const {
    if (zoom < m_layer.maxzoom) {
        double const unit = grid_per_unit(zoom);
        return m_kind == PathKind::line ? line_owners(unit) : polygon_owners(unit);
    }
    std::vector<std::uint32_t> owners;
    owners.reserve(m_paths.size());
    for (Path const& path : m_paths) {
        owners.push_back(path.feature);
    }
    return owners;
}

ShapePart Shapes::cut(int zoom, int buffer, std::span<std::uint32_t const> owners, Kept const& kept,
                      std::size_t first, std::size_t last) const {
    ShapePart part;
    Slicer slicer{zoom, buffer};
    std::vector<GridPoint> simplified;
    for (std::size_t path = first; path < last; ++path) {
        if (owners[path] == nobody) {
            continue;
        }
        std::uint32_t const coverage = m_coverage_of[path];
        simplified.clear();
        append_kept(m_coverages[coverage], m_place_in[path], m_kind, kept[coverage], simplified);
        if (simplified.size() < 2) {
            continue;
        }
        slicer.slice(simplified, m_kind, [&](TileId tile, std::span<SubPoint const> piece) {
            auto const begin = static_cast<std::uint32_t>(part.points.size());
            part.points.insert(part.points.end(), piece.begin(), piece.end());
            part.pieces.push_back({hilbert_key(tile), owners[path], static_cast<std::uint32_t>(path), 0,
                                   begin, static_cast<std::uint32_t>(part.points.size())});
        });
    }
    return part;
}

std::size_t Shapes::count_owners(std::span<std::uint32_t const> owners, std::size_t features) {
    std::vector<bool> seen(features, false);
    for (std::uint32_t const owner : owners) {
        if (owner != nobody) {
            seen[owner] = true;
        }
    }
    return static_cast<std::size_t>(std::count(seen.begin(), seen.end(), true));
}

std::vector<std::size_t> Shapes::ranges(std::size_t count) const {
    std::size_t const total = m_paths.empty() ? 0 : m_paths.back().end - m_paths.front().begin;
    std::vector<std::size_t> bounds{0};
    std::size_t next = total / count;
    for (std::size_t path = 0; path + 1 < m_paths.size(); ++path) {
        if (m_paths[path].end - m_paths.front().begin >= next) {
            bounds.push_back(path + 1);
            next += total / count;
        }
    }
    bounds.push_back(m_paths.size());
    return bounds;
}

ShapeLevel joined(std::vector<ShapePart> parts) {
    ShapeLevel all;
    for (ShapePart& part : parts) {
        auto const number = static_cast<std::uint32_t>(all.points.size());
        all.points.push_back(std::move(part.points));
        for (ShapePiece& piece : part.pieces) {
            piece.part = number;
            all.pieces.push_back(piece);
        }
        part = {};
    }
    std::sort(all.pieces.begin(), all.pieces.end(), [](ShapePiece const& a, ShapePiece const& b) {
        return std::tie(a.tile, a.owner, a.path, a.part, a.begin) <
               std::tie(b.tile, b.owner, b.path, b.part, b.begin);
    });
    return all;
}

} // namespace kharita::tile
