#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "model/span.hpp"
#include "text/simd.hpp"

namespace kharita::text {

/// Folds like fold() (folded_text.hpp), at the speed of memory, into buffers that are used again.
///
/// Where FoldedText keeps four bytes for each code, this keeps one word for some sixty bytes of the source,
/// bit i of which says that byte i begins a character that became a code.
class FoldedBlocks {
public:
    explicit FoldedBlocks(Simd simd = best_simd()) noexcept : m_simd{simd} {}

    /// Folds a text of less than 4 GiB; forgets the one before.
    void fold(std::string_view utf8);

    std::size_t size() const noexcept { return m_size; }
    /// The codes; `padding` zero bytes follow them.
    std::string_view codes() const noexcept { return {m_codes.data(), m_size}; }
    static constexpr std::size_t padding = 128;

    /// The byte where the character of code i begins; for i == size() the size of the source.
    std::uint32_t source(std::size_t code) const noexcept;
    /// As FoldedText::source_span().
    Span source_span(std::size_t begin, std::size_t end) const noexcept;

private:
    /// A run of characters that became a code each or vanished, or one other character.
    struct Block {
        std::uint64_t mask = 0;   ///< 0 with codes: all of them are of one character
        std::uint32_t source = 0; ///< where its bytes begin
        std::uint32_t first = 0;  ///< its first code
    };

    std::size_t block_of(std::size_t code) const noexcept;
    void fold_one(std::string_view rest, std::uint32_t at);
    void note_blocks_of_codes();

    Simd m_simd;
    std::vector<char> m_codes;
    std::size_t m_size = 0;
    std::uint32_t m_source_size = 0;
    std::vector<Block> m_blocks;
    std::vector<std::uint32_t> m_block_of; ///< of code 64 i
};

} // namespace kharita::text
