#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "model/span.hpp"
#include "text/simd.hpp"

namespace kharita::text {

/// Folds like fold() (folded_text.hpp), at the speed of memory, into buffers that are used again, and keeps
/// beside each code how its character was written.
class FoldedBlocks {
public:
    explicit FoldedBlocks(Simd simd = best_simd()) noexcept : m_simd{simd} {}

    /// Folds a text of less than 4 GiB; forgets the one before.
    void fold(std::string_view utf8);

    std::size_t size() const noexcept { return m_size; }
    /// The codes; `padding` zero bytes follow them.
    std::string_view codes() const noexcept { return {m_codes.data(), m_size}; }
    static constexpr std::size_t padding = 128;

    /// For each code its character before it was folded: ASCII as it is, 0x80 + n for U+0600 + n up to
    /// U+067E, `written_other` for all others. What vanishes is in neither. `padding` bytes follow.
    std::string_view written() const noexcept { return {m_written.data(), m_size}; }
    static constexpr char written_other = '\0';

    /// The byte where the character of code i begins; for i == size() the size of the source.
    std::uint32_t source(std::size_t code) const noexcept { return m_source[code]; }
    /// As FoldedText::source_span().
    Span source_span(std::size_t begin, std::size_t end) const noexcept {
        if (begin < end) {
            while (end < m_size && m_source[end] == m_source[end - 1]) {
                ++end;
            }
        }
        return {m_source[begin], m_source[end]};
    }

private:
    void make_room(std::size_t codes);
    void fold_one(std::string_view rest, std::uint32_t at);

    Simd m_simd;
    std::vector<char> m_codes;
    std::vector<char> m_written;
    std::vector<std::uint32_t> m_source{0}; ///< where each code's character begins, and the end
    std::size_t m_size = 0;
};

} // namespace kharita::text
