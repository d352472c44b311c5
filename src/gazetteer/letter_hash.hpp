#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "gazetteer/index_format.hpp"

namespace kharita::gazetteer {

// The hash of a name's letters. It is part of the file format.

namespace letter_hash_detail {

inline constexpr std::uint64_t first_factor = 0x9E37'79B9'7F4A'7C15U;
inline constexpr std::uint64_t second_factor = 0xD6E8'FEB8'6659'FD93U;
inline constexpr std::uint64_t third_factor = 0xA5CB'9243'F1B6'3DC7U;

inline std::uint64_t mix(std::uint64_t state, std::uint64_t low, std::uint64_t high) noexcept {
    state = (state ^ low) * second_factor;
    state ^= state >> 32U;
    state = (state ^ high) * third_factor;
    return state ^ (state >> 29U);
}

} // namespace letter_hash_detail

/// How many bytes must be readable behind the letters given to padded_letters_hash().
inline constexpr std::size_t letter_padding = 16;

namespace letter_hash_detail {

/// By size: which bits of the two words of sixteen letters are of the first `size` letters. A table, for
/// sizes of words follow no pattern that a processor could guess.
inline constexpr auto front_masks = [] {
    std::array<std::array<std::uint64_t, 2>, 17> masks{};
    for (std::size_t size = 0; size < masks.size(); ++size) {
        for (std::size_t i = 0; i < size; ++i) {
            masks[size][i / 8] |= std::uint64_t{0xFF} << (8 * (i % 8));
        }
    }
    return masks;
}();

} // namespace letter_hash_detail

/// The hash of `size` letters; `letter_padding` bytes of whatever follow them.
inline std::uint64_t padded_letters_hash(char const* letters, std::size_t size) noexcept {
    using namespace letter_hash_detail;
    std::uint64_t state = size * first_factor;
    for (; size > 16; size -= 16, letters += 16) {
        state = mix(state, load_little<std::uint64_t>(letters), load_little<std::uint64_t>(letters + 8));
    }
    auto const& masks = front_masks[size];
    return mix(state, load_little<std::uint64_t>(letters) & masks[0],
               load_little<std::uint64_t>(letters + 8) & masks[1]);
}

/// The same for letters that stand alone.
std::uint64_t letters_hash(std::string_view letters) noexcept;

/// A blocked Bloom filter: what belongs to a hash lies within one cache line, so asking costs one miss.
/// It may say yes wrongly, never no.
///
/// Source: F. Putze, P. Sanders, J. Singler, "Cache-, hash- and space-efficient Bloom filters", 2007.
class HashFilter {
public:
    static constexpr std::size_t line_size = 64;

    HashFilter() = default;
    /// `lines` must outlive it; their size is a multiple of line_size.
    explicit HashFilter(std::string_view lines) noexcept
        : m_lines{lines.data()},
          m_count{lines.size() / line_size} {}

    bool empty() const noexcept { return m_count == 0; }
    /// Where the bits of a hash lie, for prefetching; the filter must not be empty.
    char const* line(std::uint64_t hash) const noexcept {
        return m_lines + line_size * (((hash >> 32U) * m_count) >> 32U);
    }
    /// Whether the hash may be that of a whole name.
    static bool has_name(char const* line, std::uint64_t hash) noexcept { return has(line, hash); }
    /// Whether the hash may be that of a name's beginning.
    static bool has_beginning(char const* line, std::uint64_t hash) noexcept {
        return has(line, beginning(hash));
    }

    /// Sets bits in lines being built.
    static void add_name(std::string& lines, std::uint64_t hash) noexcept { add(lines, hash, hash); }
    static void add_beginning(std::string& lines, std::uint64_t hash) noexcept {
        add(lines, hash, beginning(hash));
    }

private:
    static constexpr std::uint64_t beginning(std::uint64_t hash) noexcept {
        return (hash * letter_hash_detail::first_factor) >> 32U;
    }
    /// The word of the line: bits 0-2 of the hash; the bits of the word: 4 times six more.
    static constexpr std::size_t word(std::uint64_t hash) noexcept { return hash & 7U; }
    static constexpr std::uint64_t bits(std::uint64_t hash) noexcept {
        return (std::uint64_t{1} << ((hash >> 3U) & 63U)) | (std::uint64_t{1} << ((hash >> 9U) & 63U)) |
               (std::uint64_t{1} << ((hash >> 15U) & 63U)) | (std::uint64_t{1} << ((hash >> 21U) & 63U));
    }
    static bool has(char const* line, std::uint64_t hash) noexcept {
        std::uint64_t const wanted = bits(hash);
        return (load_little<std::uint64_t>(line + 8 * word(hash)) & wanted) == wanted;
    }
    static void add(std::string& lines, std::uint64_t place, std::uint64_t hash) noexcept {
        std::size_t const at =
            line_size * (((place >> 32U) * (lines.size() / line_size)) >> 32U) + 8 * word(hash);
        store_little(load_little<std::uint64_t>(lines.data() + at) | bits(hash), lines.data() + at);
    }

    char const* m_lines = nullptr;
    std::uint64_t m_count = 0;
};

/// A directory of entries ordered by their hash: the upper bits of a hash say where its entries begin.
namespace buckets {

/// How many upper bits tell entries apart, about four to a bucket.
inline unsigned bits_for(std::size_t entries) noexcept {
    return static_cast<unsigned>(std::bit_width(std::max<std::size_t>(entries / 4, 1)));
}
/// How many bytes the directory takes: one number more than it has buckets.
inline std::size_t size_of(unsigned bits) noexcept {
    return ((std::size_t{1} << bits) + 1) * sizeof(std::uint32_t);
}
inline std::size_t index_of(std::uint64_t hash, unsigned bits) noexcept {
    return static_cast<std::size_t>(hash >> (64U - bits));
}

} // namespace buckets

} // namespace kharita::gazetteer
