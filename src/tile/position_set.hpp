#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "tile/tile_id.hpp"

namespace kharita::tile {

/// Positions, asked for whether others are among them: most are not, which two bits of their hash tell.
class PositionSet {
public:
    /// All positions of all the parts, each of which may be there several times.
    explicit PositionSet(std::span<std::span<GridPoint const> const> parts);

    bool contains(GridPoint at) const noexcept;
    /// Whether any of the positions is among them.
    bool contains_any(std::span<GridPoint const> positions) const noexcept;

private:
    void insert(GridPoint at);
    std::size_t slot_of(GridPoint at, std::uint64_t hash) const noexcept;

    std::vector<GridPoint> m_positions;
    std::vector<std::uint32_t> m_slots; ///< by hash: a position's number and one more; 0 is none
    std::vector<std::uint64_t> m_masks; ///< by the first bits of the hash: those of its positions
    GridBox m_box;                      ///< of all
    unsigned m_shift = 0;               ///< of a hash, so that a place in m_masks remains
};

} // namespace kharita::tile
