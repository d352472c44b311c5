#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "gazetteer/letter_hash.hpp"
#include "text/simd.hpp"

namespace kharita::gazetteer {

/// A word as it is written, one byte a character (FoldedBlocks::written), zeros behind the last. None of its
/// characters is zero, and none 0xFF; all zeros is no word.
struct alignas(16) MemoKey {
    static constexpr std::size_t size = 12; ///< longer words have none
    std::uint64_t low = 0;
    std::uint32_t high = 0;
    std::uint32_t unused = 0; ///< so that it can be read as sixteen bytes

    friend bool operator==(MemoKey const&, MemoKey const&) = default;
};

/// Words that share a line of the cache, and what is known of each.
struct alignas(64) MemoLine {
    struct Entry {
        std::uint64_t low = ~std::uint64_t{0}; ///< of no word
        std::uint32_t high = 0;
        std::uint32_t state = 0;

        friend bool operator==(Entry const&, Entry const&) = default;
    };
    std::array<Entry, 4> entries; ///< the newest first
};

/// Words of a text, and where their keys go. `memo_kernel_room` more than `count` must be writable.
struct MemoWords {
    char const* codes = nullptr;
    char const* written = nullptr;
    std::uint32_t const* begins = nullptr;
    std::uint32_t const* ends = nullptr;
    std::size_t count = 0;
    MemoKey* keys = nullptr;
    std::uint32_t* places = nullptr; ///< index of each word's line
    unsigned line_bits = 0;          ///< there are two to the power of these lines
};

/// Words to be recalled, and what became of them.
struct MemoBatch {
    MemoKey const* keys = nullptr;
    std::uint32_t const* places = nullptr;
    std::size_t count = 0;
    std::uint32_t* states = nullptr; ///< 0 for those not known
    std::uint32_t* missed = nullptr; ///< indexes of these; `memo_kernel_room` more must be writable in each
};
inline constexpr std::size_t memo_kernel_room = 16;

/// Index of a key's line.
inline std::uint32_t memo_place(MemoKey const& key, unsigned line_bits) noexcept {
    using namespace letter_hash_detail;
    std::uint64_t const high = std::uint64_t{key.high} | (std::uint64_t{key.unused} << 32U);
    return static_cast<std::uint32_t>(((key.low * first_factor) ^ (high * second_factor)) >>
                                      (64U - line_bits));
}

/// What WordMemo does word by word; what comes out does not depend on the instructions.
struct MemoKernels {
    /// Makes the keys of words: all zeros for those that are too long, have a character that takes more than
    /// a byte, or may be joined to what stands behind them.
    void (*make_keys)(MemoWords const& words);
    /// Looks up all words; how many are missed.
    std::size_t (*recall)(MemoLine const* lines, MemoBatch const& batch);
    /// Writes the indexes of the states that have some of these bits, in order; how many. As many states as
    /// `memo_kernel_room` may be read behind the last, and indexes written.
    std::size_t (*select)(std::uint32_t const* states, std::size_t count, std::uint32_t bits,
                          std::uint32_t* indexes);
};

MemoKernels memo_kernels(text::Simd simd) noexcept;

} // namespace kharita::gazetteer
