#include "store/id_table.hpp"

#include <utility>

#include "base/hash.hpp"

namespace kharita::store {

namespace {

constexpr std::size_t first_size = 1024;

} // namespace

IdTable::IdTable() : m_slots(first_size) {}

std::size_t IdTable::slot_of(std::uint64_t hash) const noexcept {
    std::size_t const mask = m_slots.size() - 1;
    auto slot = static_cast<std::size_t>(hash) & mask;
    while (m_slots[slot].row != 0 && m_slots[slot].hash != hash) {
        slot = (slot + 1) & mask;
    }
    return slot;
}

void IdTable::expect(std::string_view id) const noexcept {
    __builtin_prefetch(&m_slots[static_cast<std::size_t>(xxh3(id)) & (m_slots.size() - 1)]);
}

std::optional<std::int64_t> IdTable::find(std::string_view id) const noexcept {
    return find(xxh3(id));
}

std::optional<std::int64_t> IdTable::find(std::uint64_t hash) const noexcept {
    Slot const& slot = m_slots[slot_of(hash)];
    return slot.row == 0 ? std::nullopt : std::optional{slot.row};
}

void IdTable::put(std::string_view id, std::int64_t row) {
    put(xxh3(id), row);
}

void IdTable::put(std::uint64_t hash, std::int64_t row) {
    if (2 * (m_size + 1) > m_slots.size()) {
        grow();
    }
    Slot& slot = m_slots[slot_of(hash)];
    m_size += slot.row == 0 ? 1U : 0U;
    slot = {.hash = hash, .row = row};
}

void IdTable::grow() {
    std::vector<Slot> const old = std::exchange(m_slots, std::vector<Slot>(2 * m_slots.size()));
    for (Slot const& slot : old) {
        if (slot.row != 0) {
            m_slots[slot_of(slot.hash)] = slot;
        }
    }
}

} // namespace kharita::store
