#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "tile/layer_data.hpp"
#include "tile/slicer.hpp"
#include "tile/tile_id.hpp"
#include "tile/tileset_config.hpp"

namespace kharita::tile {

/// What decides whether and for whom a line or ring shows, without its vertices. Written to files as it lies
/// in memory.
struct PathFacts {
    std::uint32_t feature = 0; ///< its number in the layer
    std::uint32_t polygon = 0; ///< of rings: the same in all rings of a polygon, the exterior first
    std::uint32_t coverage = 0;
    std::uint32_t vertices = 0; ///< how many
    double area = 0;            ///< of rings: square steps of the grid, negative of holes
    double length = 0;          ///< of lines: steps of the grid
    GridPoint first;            ///< vertex
    GridBox box;
};

/// The facts of one path.
PathFacts facts_of(Path const& path, std::uint32_t coverage, std::span<GridPoint const> vertices,
                   PathKind kind);

/// Stands for no feature in path_owners().
inline constexpr std::uint32_t no_owner = std::numeric_limits<std::uint32_t>::max();

/// Who owns each path at a zoom: its feature, or no_owner where it does not show there. `ranks` are those of
/// the features.
///
/// Lines shorter than LayerConfig::min_length do not show. Polygons smaller than min_area are joined: those
/// within a square of some such sizes go to the one of highest rank among them, if together they are large
/// enough to show. At the last zoom all paths are their features'.
std::vector<std::uint32_t> path_owners(std::span<PathFacts const> paths, std::span<double const> ranks,
                                       LayerConfig const& config, PathKind kind, int zoom, int maxzoom);

/// How many features own any of the paths.
std::size_t count_owners(std::span<std::uint32_t const> owners, std::size_t features);

/// Steps of the grid along one tile unit.
double grid_per_unit(int zoom) noexcept;

/// Every feature shows at the last zoom, however small it is.
constexpr SmallPaths small_paths_at(int zoom, int maxzoom) noexcept {
    return zoom == maxzoom ? SmallPaths::kept : SmallPaths::dropped;
}

/// How far simplified lines may lie from the given ones at a zoom, in steps of the grid.
double tolerance_at(LayerConfig const& config, int zoom, int maxzoom) noexcept;

} // namespace kharita::tile
