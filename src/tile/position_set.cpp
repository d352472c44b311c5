#include "tile/position_set.hpp"

#include <algorithm>
#include <bit>

namespace kharita::tile {

namespace {

constexpr unsigned hash_bits = 64;
constexpr std::size_t positions_a_mask = 2; // of 64 bits, so that one position in 250 is taken for another

std::uint64_t hash_of(GridPoint at) noexcept {
    return (std::uint64_t{at.x} << 32U | at.y) * 0x9e37'79b9'7f4a'7c15U;
}

/// Two bits of a word.
std::uint64_t mask_of(std::uint64_t hash) noexcept {
    constexpr unsigned first = 32; // bits that say neither which mask nor, most of them, which slot
    constexpr unsigned second = 26;
    constexpr std::uint64_t last_bit = 63;
    return std::uint64_t{1} << (hash >> first & last_bit) | std::uint64_t{1} << (hash >> second & last_bit);
}

} // namespace

PositionSet::PositionSet(std::span<std::span<GridPoint const> const> parts) {
    std::size_t most = 0;
    for (std::span<GridPoint const> const part : parts) {
        most += part.size();
    }
    std::size_t const masks = std::bit_ceil(most / positions_a_mask + 2);
    m_shift = hash_bits - static_cast<unsigned>(std::countr_zero(masks));
    m_masks.resize(masks);
    m_slots.resize(std::bit_ceil(2 * most + 2));
    m_positions.reserve(most);
    for (std::span<GridPoint const> const part : parts) {
        std::ranges::for_each(part, [this](GridPoint at) { insert(at); });
    }
}

std::size_t PositionSet::slot_of(GridPoint at, std::uint64_t hash) const noexcept {
    std::size_t const last = m_slots.size() - 1;
    std::size_t slot = hash >> 32U & last;
    while (m_slots[slot] != 0 && m_positions[m_slots[slot] - 1] != at) {
        slot = (slot + 1) & last;
    }
    return slot;
}

void PositionSet::insert(GridPoint at) {
    std::uint64_t const hash = hash_of(at);
    std::size_t const slot = slot_of(at, hash);
    if (m_slots[slot] != 0) {
        return;
    }
    m_positions.push_back(at);
    m_box.add(at);
    m_slots[slot] = static_cast<std::uint32_t>(m_positions.size());
    m_masks[hash >> m_shift] |= mask_of(hash);
}

bool PositionSet::contains(GridPoint at) const noexcept {
    std::uint64_t const hash = hash_of(at);
    return (mask_of(hash) & ~m_masks[hash >> m_shift]) == 0 && m_slots[slot_of(at, hash)] != 0;
}

bool PositionSet::contains_any(std::span<GridPoint const> positions) const noexcept {
    if (m_positions.empty()) {
        return false;
    }
    constexpr std::size_t together = 64;
    std::uint64_t const* const masks = m_masks.data();
    unsigned const shift = m_shift;
    GridPoint const least = m_box.least;
    std::uint32_t const width = m_box.most.x - least.x;
    std::uint32_t const height = m_box.most.y - least.y;
    for (std::size_t i = 0; i < positions.size(); i += together) {
        auto const some = positions.subspan(i, std::min(together, positions.size() - i));
        std::uint32_t near = 0;
        for (GridPoint const at : some) { // several at a time
            near |= std::uint32_t{at.x - least.x <= width} & std::uint32_t{at.y - least.y <= height};
        }
        if (near != 0 && std::ranges::any_of(some, [&](GridPoint at) {
                std::uint64_t const hash = hash_of(at);
                return (mask_of(hash) & ~masks[hash >> shift]) == 0 && contains(at);
            })) {
            return true;
        }
    }
    return false;
}

} // namespace kharita::tile
