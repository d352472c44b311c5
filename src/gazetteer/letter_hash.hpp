#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "gazetteer/index_format.hpp"

namespace kharita::gazetteer {

// The hash of a name's letters. It is part of the file format.

/// How many bytes must be readable behind letters that are read sixteen at a time.
inline constexpr std::size_t letter_padding = 16;

/// Sixteen letters or fewer, the first in the lowest byte, zeros behind the last.
struct LetterBlock {
    static constexpr std::size_t size = 16;
    std::uint64_t low = 0;
    std::uint64_t high = 0;

    /// The first `count` letters at `letters`, at most sixteen; `letter_padding` bytes must be readable.
    static LetterBlock read(char const* letters, std::size_t count) noexcept;
    /// The letters of another block behind the `count` letters of this one; together at most sixteen.
    LetterBlock then(LetterBlock const& behind, std::size_t count) const noexcept;

    /// Not zero in the bytes of letters that another block has not.
    LetterBlock without(LetterBlock const& other) const noexcept {
        return {low ^ other.low, high ^ other.high};
    }

    /// Whether one of the first `count` bytes is zero.
    bool has_zero(std::size_t count) const noexcept;

    friend bool operator==(LetterBlock const&, LetterBlock const&) = default;
};

namespace letter_hash_detail {

inline constexpr std::uint64_t first_factor = 0x9E37'79B9'7F4A'7C15U;
inline constexpr std::uint64_t second_factor = 0xD6E8'FEB8'6659'FD93U;

// `using` has no room for what keeps the compiler from warning.
__extension__ typedef unsigned __int128 Product; // NOLINT(modernize-use-using)

/// Takes sixteen letters more into a hash.
///
/// Source: Wang Yi, "wyhash" (public domain): both halves of a product, each factor of which has a key.
inline std::uint64_t mix(std::uint64_t state, LetterBlock const& block) noexcept {
    Product const product = Product{block.low ^ state ^ first_factor} * (block.high ^ second_factor);
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

/// By size: which bits of a block are of the first `size` letters. A table, for sizes of words follow no
/// pattern that a processor could guess.
inline constexpr auto front_masks = [] {
    std::array<LetterBlock, LetterBlock::size + 1> masks{};
    for (std::size_t size = 0; size < masks.size(); ++size) {
        for (std::size_t i = 0; i < size; ++i) {
            (i < 8 ? masks[size].low : masks[size].high) |= std::uint64_t{0xFF} << (8 * (i % 8));
        }
    }
    return masks;
}();

} // namespace letter_hash_detail

inline LetterBlock LetterBlock::read(char const* letters, std::size_t count) noexcept {
    LetterBlock const& mask = letter_hash_detail::front_masks[count];
    return {load_little<std::uint64_t>(letters) & mask.low,
            load_little<std::uint64_t>(letters + 8) & mask.high};
}

inline LetterBlock LetterBlock::then(LetterBlock const& behind, std::size_t count) const noexcept {
    using letter_hash_detail::Product;
    if (count >= size) {
        return *this;
    }
    Product const moved = ((Product{behind.high} << 64U) | behind.low) << (8 * count);
    return {low | static_cast<std::uint64_t>(moved), high | static_cast<std::uint64_t>(moved >> 64U)};
}

inline bool LetterBlock::has_zero(std::size_t count) const noexcept {
    LetterBlock const& mask = letter_hash_detail::front_masks[count];
    auto const zeros =
        [](std::uint64_t bytes) { // the highest bit of the first zero byte, and no bit below it
            return (bytes - 0x0101'0101'0101'0101U) & ~bytes & 0x8080'8080'8080'8080U;
        };
    return (zeros(low | ~mask.low) | zeros(high | ~mask.high)) != 0;
}

/// The hash of the letters of one block; never those of none.
inline std::uint64_t block_hash(LetterBlock const& letters) noexcept {
    return letter_hash_detail::mix(0, letters);
}

/// The hash of `size` letters; `letter_padding` bytes of whatever follow them.
inline std::uint64_t padded_letters_hash(char const* letters, std::size_t size) noexcept {
    std::uint64_t state = 0;
    for (; size > LetterBlock::size; size -= LetterBlock::size, letters += LetterBlock::size) {
        state = letter_hash_detail::mix(state, LetterBlock::read(letters, LetterBlock::size));
    }
    return letter_hash_detail::mix(state, LetterBlock::read(letters, size));
}

/// The same for letters that stand alone.
std::uint64_t letters_hash(std::string_view letters) noexcept;

/// A blocked Bloom filter: what belongs to a hash lies within one word of 64 bits, so asking costs one miss.
/// It may say yes wrongly, never no.
///
/// Source: F. Putze, P. Sanders, J. Singler, "Cache-, hash- and space-efficient Bloom filters", 2007.
class HashFilter {
public:
    /// What is known of a hash.
    using Word = std::uint64_t;
    static constexpr std::size_t word_size = sizeof(Word);

    HashFilter() = default;
    /// `words` must outlive it; their size is a multiple of word_size.
    explicit HashFilter(std::string_view words) noexcept
        : m_words{words.data()},
          m_count{words.size() / word_size} {}

    bool empty() const noexcept { return m_count == 0; }
    /// How many words there are.
    std::size_t size() const noexcept { return m_count; }
    char const* data() const noexcept { return m_words; }
    /// Where the bits of a hash lie, for prefetching; the filter must not be empty.
    char const* address(std::uint64_t hash) const noexcept {
        return m_words + word_size * (((hash >> 32U) * m_count) >> 32U);
    }
    Word word(std::uint64_t hash) const noexcept { return load_little<Word>(address(hash)); }
    /// Whether the hash may be that of a whole name.
    static bool has_name(Word word, std::uint64_t hash) noexcept { return (bits(hash) & ~word) == 0; }
    /// Whether the hash may be that of a name's beginning.
    static bool has_beginning(Word word, std::uint64_t hash) noexcept {
        return (bits(beginning(hash)) & ~word) == 0;
    }

    /// Sets bits in words being built.
    static void add_name(std::string& words, std::uint64_t hash) noexcept { add(words, hash, bits(hash)); }
    static void add_beginning(std::string& words, std::uint64_t hash) noexcept {
        add(words, hash, bits(beginning(hash)));
    }

private:
    static constexpr std::uint64_t beginning(std::uint64_t hash) noexcept {
        return (hash * letter_hash_detail::first_factor) >> 32U;
    }
    /// Four bits, six bits of the hash for each.
    static constexpr Word bits(std::uint64_t hash) noexcept {
        return (Word{1} << (hash & 63U)) | (Word{1} << ((hash >> 6U) & 63U)) |
               (Word{1} << ((hash >> 12U) & 63U)) | (Word{1} << ((hash >> 18U) & 63U));
    }
    static void add(std::string& words, std::uint64_t hash, Word bits) noexcept {
        char* const at = words.data() + (HashFilter{words}.address(hash) - words.data());
        store_little(load_little<Word>(at) | bits, at);
    }

    char const* m_words = nullptr;
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
