#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kharita::text {

/// A fast hash of a few bytes, such as a word's letter codes. Not for keys that somebody hostile chooses.
inline std::uint32_t hash_codes(std::string_view codes) noexcept {
    constexpr std::uint64_t odd = 0x9E37'79B9'7F4A'7C15;
    std::size_t const size = codes.size();
    char const* const first = codes.data();
    std::uint64_t head = 0;
    std::uint64_t tail = 0;
    if (size >= sizeof head) {
        std::memcpy(&head, first, sizeof head);
        std::memcpy(&tail, first + size - sizeof tail, sizeof tail);
        if (size > 2 * sizeof head) { // phrases may differ in their middle only
            std::uint64_t middle = 0;
            std::memcpy(&middle, first + size / 2 - sizeof middle / 2, sizeof middle);
            tail ^= middle * odd;
        }
    } else if (size >= sizeof(std::uint32_t)) {
        std::uint32_t low = 0;
        std::uint32_t high = 0;
        std::memcpy(&low, first, sizeof low);
        std::memcpy(&high, first + size - sizeof high, sizeof high);
        head = low;
        tail = high;
    } else if (size > 0) {
        head = static_cast<unsigned char>(first[0]);
        tail = static_cast<std::uint64_t>(static_cast<unsigned char>(first[size / 2])) << 8U |
               static_cast<unsigned char>(first[size - 1]);
    }
    std::uint64_t hash = (head ^ size) * odd;
    hash = (hash ^ (hash >> 29U) ^ tail) * odd;
    return static_cast<std::uint32_t>(hash ^ (hash >> 32U));
}

/// A table by words or phrases of letter codes, filled once and then looked up millions of times, most often
/// in vain: such a look-up mostly reads one bit of a filter small enough to stay in the nearest cache.
template <typename Value>
class CodeMap {
public:
    /// The value of a key, made first where it has none. Valid until the next key is made.
    Value& operator[](std::string_view key) {
        if (std::size_t const found = entry_of(key); found != 0) {
            return m_entries[found - 1].second;
        }
        if ((m_entries.size() + 1) * 2 > m_slots.size()) {
            grow();
        }
        m_entries.emplace_back(std::string{key}, Value{});
        place(hash_codes(key), static_cast<std::uint32_t>(m_entries.size()));
        return m_entries.back().second;
    }

    /// Null where the key has no value. Valid until the next key is made.
    Value const* find(std::string_view key) const noexcept {
        std::size_t const found = entry_of(key);
        return found == 0 ? nullptr : &m_entries[found - 1].second;
    }

    bool contains(std::string_view key) const noexcept { return find(key) != nullptr; }

private:
    struct Slot {
        std::uint32_t hash = 0;
        std::uint32_t entry = 0; ///< index plus one, 0 for none
    };

    /// Its index plus one, 0 where there is none.
    std::size_t entry_of(std::string_view key) const noexcept {
        if (m_slots.empty()) {
            return 0;
        }
        std::uint32_t const hash = hash_codes(key);
        if (!m_filter[filter_bit(hash)]) {
            return 0;
        }
        for (std::size_t at = hash & (m_slots.size() - 1);; at = (at + 1) & (m_slots.size() - 1)) {
            Slot const slot = m_slots[at];
            if (slot.entry == 0 || (slot.hash == hash && m_entries[slot.entry - 1].first == key)) {
                return slot.entry;
            }
        }
    }

    void place(std::uint32_t hash, std::uint32_t entry) noexcept {
        std::size_t at = hash & (m_slots.size() - 1);
        while (m_slots[at].entry != 0) {
            at = (at + 1) & (m_slots.size() - 1);
        }
        m_slots[at] = {hash, entry};
        m_filter[filter_bit(hash)] = true;
    }

    /// Of a hash, whose low bits choose its slot.
    static std::size_t filter_bit(std::uint32_t hash) noexcept { return hash >> (32U - filter_bits); }

    void grow() {
        constexpr std::size_t least = 64;
        m_slots.assign(m_slots.empty() ? least : m_slots.size() * 4, Slot{});
        m_filter.resize(std::size_t{1} << filter_bits);
        for (std::size_t i = 0; i < m_entries.size(); ++i) {
            place(hash_codes(m_entries[i].first), static_cast<std::uint32_t>(i + 1));
        }
    }

    static constexpr unsigned filter_bits = 16;

    std::vector<bool> m_filter; ///< by filter_bit(); empty only where there are no slots
    std::vector<Slot> m_slots;  ///< a power of two, at most half full
    std::vector<std::pair<std::string, Value>> m_entries;
};

} // namespace kharita::text
