#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "tile/arc_blocks.hpp"
#include "tile/shape_record.hpp"
#include "tile/slicer.hpp"
#include "tile/tile_id.hpp"

namespace kharita::tile {

/// Tiles by hilbert_key().
using TileKeys = std::unordered_set<std::uint64_t>;

/// The arcs of a layer as one zoom shows them.
class ArcLevel {
public:
    /// `table` has arcs and put_back; their vertices stand in `store`, `blocks` are theirs. All must outlive
    /// it. `tolerance` on the grid.
    ArcLevel(PathRecord const& table, PathRecord const& store, ArcBlocks const& blocks, PathKind kind,
             std::size_t zoom_index, double tolerance);

    /// Only pieces in some columns of tiles matter; others may be cut otherwise than they are. To be called
    /// before slice().
    void look_at(GridColumns const& columns) { m_columns = columns; }

    /// What simplification leaves of a path; valid until the next call.
    std::span<GridPoint const> vertices(std::size_t path);

    /// Calls `visit` for the pieces of a path in tiles; see Slicer.
    void slice(std::size_t path, Slicer& slicer, Slicer::Visit const& visit);

private:
    void append(std::span<GridPoint const> arc, bool reversed);
    std::vector<GridPoint> const& kept(std::uint32_t arc);
    void add_kept(std::uint32_t arc, std::span<std::uint32_t const> back, std::vector<GridPoint>& kept) const;

    PathRecord const& m_table;
    PathRecord const& m_store;
    ArcBlocks const& m_blocks;
    PathKind m_kind;
    std::vector<PutBack> const& m_put_back;
    double m_tolerance;
    GridColumns m_columns;
    std::unordered_map<std::uint32_t, std::vector<GridPoint>> m_kept; ///< by arc
    std::vector<GridPoint> m_path;
};

/// What of two lines lies between the vertices that they begin and end with alike, with one of these at each
/// end; nothing where they are the same. Only in tiles of these parts do the lines differ.
std::pair<std::span<GridPoint const>, std::span<GridPoint const>>
where_lines_differ(std::span<GridPoint const> a, std::span<GridPoint const> b);

/// Adds the tiles in which the pieces of a path before and after differ.
void add_differences(std::span<GridPoint const> before, std::span<GridPoint const> after, PathKind kind,
                     Slicer& slicer, TileKeys& tiles);

/// Tiles of one zoom, asked for which of them a rectangle may meet.
class TilesOfZoom {
public:
    /// The keys must outlive it. `buffer` in tile units.
    TilesOfZoom(TileKeys const& keys, int zoom, int buffer);

    /// Whether a rectangle, which must not be empty, may lie in one of the tiles or its buffer.
    bool meets(GridBox const& grid_box) const;

    /// The rectangle of tiles round all of them; there must be any.
    TileId first() const;
    TileId last() const;
    /// Its columns.
    GridColumns columns() const;

private:
    TileKeys const& m_keys;
    std::vector<TileId> m_tiles;
    std::int64_t m_side;   ///< of a tile, in world units
    std::int64_t m_margin; ///< round it
    int m_zoom;
};

} // namespace kharita::tile
