#include "tile/path_facts.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace kharita::tile {

namespace {

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

std::vector<std::uint32_t> line_owners(std::span<PathFacts const> lines, double least) {
    std::vector<std::uint32_t> owners;
    owners.reserve(lines.size());
    for (PathFacts const& line : lines) {
        owners.push_back(line.length >= least ? line.feature : no_owner);
    }
    return owners;
}

/// Polygons that are too small to show alone, of one coverage and one square.
struct Group {
    double area = 0;
    std::uint32_t owner = 0;
    double owner_rank = 0;
    double owner_area = 0;
    std::vector<std::size_t> paths;
};

std::vector<std::uint32_t> polygon_owners(std::span<PathFacts const> rings, std::span<double const> ranks,
                                          double least) {
    double const square = 4 * std::sqrt(least);
    std::vector<std::uint32_t> owners(rings.size(), no_owner);
    std::map<std::tuple<std::uint32_t, std::int64_t, std::int64_t>, Group> groups; // by coverage and square
    for (std::size_t begin = 0, end = 0; begin < rings.size(); begin = end) {
        PathFacts const& exterior = rings[begin];
        while (end < rings.size() && rings[end].polygon == exterior.polygon) {
            ++end;
        }
        if (exterior.area >= least) {
            std::fill(owners.begin() + static_cast<std::ptrdiff_t>(begin),
                      owners.begin() + static_cast<std::ptrdiff_t>(end), exterior.feature);
            continue;
        }
        GridPoint const at = exterior.first;
        Group& group =
            groups[{exterior.coverage, static_cast<std::int64_t>(static_cast<double>(at.x) / square),
                    static_cast<std::int64_t>(static_cast<double>(at.y) / square)}];
        double const rank = ranks[exterior.feature];
        if (group.paths.empty() ||
            std::tie(rank, exterior.area) > std::tie(group.owner_rank, group.owner_area)) {
            group.owner = exterior.feature;
            group.owner_rank = rank;
            group.owner_area = exterior.area;
        }
        for (std::size_t path = begin; path < end; ++path) {
            group.area += rings[path].area; // holes count against it
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
    for (std::size_t path = 0; path < rings.size(); ++path) {
        if (rings[path].area < 0 && -rings[path].area < least) {
            owners[path] = no_owner;
        }
    }
    return owners;
}

} // namespace

PathFacts facts_of(Path const& path, std::uint32_t coverage, std::span<GridPoint const> vertices,
                   PathKind kind) {
    auto const own = vertices.subspan(path.begin, path.end - path.begin);
    PathFacts facts{path.feature, path.polygon,
                    coverage,     static_cast<std::uint32_t>(own.size()),
                    path.area,    0,
                    own.front(),  {}};
    facts.length = kind == PathKind::line ? length_of(own) : 0;
    for (GridPoint const at : own) {
        facts.box.add(at);
    }
    return facts;
}

std::vector<std::uint32_t> path_owners(std::span<PathFacts const> paths, std::span<double const> ranks,
                                       LayerConfig const& config, PathKind kind, int zoom, int maxzoom) {
    if (zoom < maxzoom) {
        double const unit = grid_per_unit(zoom);
        return kind == PathKind::line ? line_owners(paths, config.min_length * unit)
                                      : polygon_owners(paths, ranks, config.min_area * unit * unit);
    }
    std::vector<std::uint32_t> owners;
    owners.reserve(paths.size());
    for (PathFacts const& path : paths) {
        owners.push_back(path.feature);
    }
    return owners;
}

std::size_t count_owners(std::span<std::uint32_t const> owners, std::size_t features) {
    std::vector<bool> seen(features, false);
    for (std::uint32_t const owner : owners) {
        if (owner != no_owner) {
            seen[owner] = true;
        }
    }
    return static_cast<std::size_t>(std::count(seen.begin(), seen.end(), true));
}

double grid_per_unit(int zoom) noexcept {
    return std::ldexp(1.0, max_zoom - (world_bits - grid_bits) - zoom);
}

double tolerance_at(LayerConfig const& config, int zoom, int maxzoom) noexcept {
    return (zoom == maxzoom ? config.simplify_last : config.simplify) * grid_per_unit(zoom);
}

} // namespace kharita::tile
