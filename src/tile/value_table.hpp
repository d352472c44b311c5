#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kharita::tile {

/// Byte strings one after the other, known by their numbers: a fraction of what as many std::string take.
class PackedStrings {
public:
    /// Appends a string; answers its number, counted from 0.
    std::uint32_t add(std::string_view bytes);
    /// Valid until the next add().
    std::string_view operator[](std::uint32_t number) const noexcept {
        std::size_t const begin = number == 0 ? 0 : m_ends[number - 1];
        return std::string_view{m_bytes}.substr(begin, m_ends[number] - begin);
    }
    std::size_t size() const noexcept { return m_ends.size(); }
    /// About how much memory they take.
    std::size_t bytes() const noexcept { return m_bytes.size() + m_ends.size() * sizeof(std::size_t); }
    void reserve(std::size_t strings, std::size_t bytes);

private:
    std::string m_bytes;
    std::vector<std::size_t> m_ends;
};

/// Distinct byte strings, each stored once, numbered in the order in which they came.
class ValueTable {
public:
    /// The number of a string, which is added when new.
    std::uint32_t add(std::string_view bytes);
    /// The number of a string that was added, or nothing.
    std::optional<std::uint32_t> find(std::string_view bytes) const noexcept;
    /// Valid until the next add().
    std::string_view operator[](std::uint32_t number) const noexcept { return m_strings[number]; }
    std::size_t size() const noexcept { return m_strings.size(); }
    /// About how much memory they take.
    std::size_t bytes() const noexcept {
        return m_strings.bytes() + (m_hashes.size() + m_slots.size()) * sizeof(std::uint32_t);
    }
    void reserve(std::size_t strings, std::size_t bytes);

private:
    std::size_t slot_of(std::string_view bytes, std::uint32_t hash) const noexcept;
    void grow(std::size_t slots);

    PackedStrings m_strings;
    std::vector<std::uint32_t> m_hashes; ///< by number: upper half of the hash
    std::vector<std::uint32_t> m_slots;  ///< open addressing: number + 1, or 0; twice as many as strings
};

} // namespace kharita::tile
