#include "tile/value_table.hpp"

#include <algorithm>
#include <bit>

#include "base/hash.hpp"

namespace kharita::tile {

namespace {

std::uint32_t hash_of(std::string_view bytes) noexcept {
    return static_cast<std::uint32_t>(xxh3(bytes) >> 32U);
}

} // namespace

std::uint32_t PackedStrings::add(std::string_view bytes) {
    m_bytes += bytes;
    m_ends.push_back(m_bytes.size());
    return static_cast<std::uint32_t>(m_ends.size() - 1);
}

void PackedStrings::reserve(std::size_t strings, std::size_t bytes) {
    m_ends.reserve(strings);
    m_bytes.reserve(bytes);
}

std::size_t ValueTable::slot_of(std::string_view bytes, std::uint32_t hash) const noexcept {
    std::size_t const mask = m_slots.size() - 1;
    std::size_t slot = hash & mask;
    for (; m_slots[slot] != 0; slot = (slot + 1) & mask) {
        std::uint32_t const number = m_slots[slot] - 1;
        if (m_hashes[number] == hash && m_strings[number] == bytes) {
            break;
        }
    }
    return slot;
}

void ValueTable::grow(std::size_t slots) {
    m_slots.assign(slots, 0);
    std::size_t const mask = slots - 1;
    for (std::uint32_t number = 0; number < m_hashes.size(); ++number) {
        std::size_t slot = m_hashes[number] & mask;
        while (m_slots[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        m_slots[slot] = number + 1;
    }
}

void ValueTable::reserve(std::size_t strings, std::size_t bytes) {
    m_strings.reserve(strings, bytes);
    m_hashes.reserve(strings);
    if (std::size_t const slots = std::bit_ceil(2 * strings + 16); slots > m_slots.size()) {
        grow(slots);
    }
}

std::uint32_t ValueTable::add(std::string_view bytes) {
    if (2 * (m_hashes.size() + 1) > m_slots.size()) {
        grow(std::max<std::size_t>(2 * m_slots.size(), 64));
    }
    std::uint32_t const hash = hash_of(bytes);
    std::size_t const slot = slot_of(bytes, hash);
    if (m_slots[slot] == 0) {
        m_hashes.push_back(hash);
        m_slots[slot] = m_strings.add(bytes) + 1;
    }
    return m_slots[slot] - 1;
}

std::optional<std::uint32_t> ValueTable::find(std::string_view bytes) const noexcept {
    if (m_slots.empty()) {
        return std::nullopt;
    }
    std::uint32_t const number = m_slots[slot_of(bytes, hash_of(bytes))];
    return number == 0 ? std::nullopt : std::optional{number - 1};
}

} // namespace kharita::tile
