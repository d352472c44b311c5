#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "text/simd.hpp"

namespace kharita::text {

/// A word or number: codes [begin, end).
struct WordSpan {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    friend bool operator==(WordSpan const&, WordSpan const&) = default;
};

/// The words and numbers of folded text, in order, as TokenizedText has them, at the speed of memory.
/// 128 readable bytes that belong to no word must follow the codes (FoldedBlocks::padding). They are written
/// to the front of `room`, which grows and never shrinks, and are valid as long as it.
std::span<WordSpan> cut_words(std::string_view codes, Simd simd, std::vector<WordSpan>& room);

} // namespace kharita::text
