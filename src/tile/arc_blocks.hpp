#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <span>
#include <vector>

#include "tile/shape_record.hpp"
#include "tile/tile_id.hpp"

namespace kharita::tile {

/// Stretches of long arcs, with what tells at a glance that none of their vertices matter; and ratings of
/// arcs of which the record has none.
class ArcBlocks {
public:
    /// How many vertices a block has; the last of an arc may have fewer.
    static constexpr std::uint32_t block_size = 64;

    struct Block {
        GridBox box;
        float most = 0; ///< the largest PathRecord::keep_below
    };

    ArcBlocks() = default;
    ArcBlocks(ArcBlocks const&) = delete; // m_rates leads into m_own_rates
    ArcBlocks& operator=(ArcBlocks const&) = delete;
    ArcBlocks(ArcBlocks&&) noexcept = default;
    ArcBlocks& operator=(ArcBlocks&&) noexcept = default;
    ~ArcBlocks() = default;
    /// Of those arcs that are `wanted`, whose vertices stand in `store`; it must outlive this.
    ArcBlocks(std::span<PathRecord::Arc const> arcs, std::vector<bool> const& wanted,
              PathRecord const& store);

    /// The blocks of an arc, one after the other; none of one that was not wanted, or has no vertices.
    std::span<Block const> of(std::uint32_t arc) const noexcept {
        return std::span{m_blocks}.subspan(m_begin[arc], m_begin[arc + 1] - m_begin[arc]);
    }
    /// PathRecord::keep_below of an arc that was wanted; else nothing.
    std::span<float const> rates(std::uint32_t arc) const noexcept { return m_rates[arc]; }

private:
    std::vector<std::size_t> m_begin; ///< by arc, and one more
    std::vector<Block> m_blocks;
    std::vector<std::span<float const>> m_rates; ///< by arc
    std::deque<std::vector<float>> m_own_rates;
};

/// From the western to the eastern edge of some columns of tiles, with their buffers.
struct GridColumns {
    std::uint32_t west = 0;
    std::uint32_t east = std::numeric_limits<std::uint32_t>::max();
};

/// Leaves out vertices of a path that lie so far from some columns of tiles that nothing changes there: of a
/// run that lies beyond them to the west, or to the east, only the first and the last remain. The path's own
/// ends always do.
///
/// North and south do not count: a ring that leaves a column of tiles north of a tile, and comes back there,
/// may run along that tile's edge forth and back, and has to do so still.
class FarVertices {
public:
    /// Paths are appended to `kept`, which must outlive it.
    FarVertices(GridColumns const& columns, std::vector<GridPoint>& kept)
        : m_columns{columns},
          m_kept{kept} {}

    void add(GridPoint at);
    /// Whether all that lies within a box can be left out but the last vertex, which is to be added.
    bool passes(GridBox const& box) const noexcept {
        return m_side != Side::none && side(box.least.x) == m_side && side(box.most.x) == m_side;
    }
    /// Ends the path.
    void finish();

private:
    enum class Side : std::uint8_t { none, west, east };
    Side side(std::uint32_t x) const noexcept {
        return x < m_columns.west ? Side::west : x > m_columns.east ? Side::east : Side::none;
    }

    GridColumns m_columns;
    std::vector<GridPoint>& m_kept;
    Side m_side = Side::none; ///< where all lie since the last vertex that was kept, with it
    bool m_waits = false;
    GridPoint m_waiting; ///< the last vertex added, not kept so far
};

} // namespace kharita::tile
