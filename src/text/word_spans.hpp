#pragma once

#include <cstddef>
#include <cstdint>
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

/// The words and numbers of folded text, in order, as TokenizedText has them, found at the speed of memory
/// and kept in buffers that are used again.
class WordSpans {
public:
    explicit WordSpans(Simd simd = best_simd()) noexcept : m_simd{simd} {}

    /// 128 readable bytes that belong to no word must follow the codes (FoldedBlocks::padding).
    void cut(std::string_view codes);

    std::size_t size() const noexcept { return m_size; }
    WordSpan operator[](std::size_t word) const noexcept { return {m_begins[word], m_ends[word]}; }
    /// Where words begin and where they end, a number each; `padding` more numbers may be read.
    std::uint32_t const* begins() const noexcept { return m_begins.data(); }
    std::uint32_t const* ends() const noexcept { return m_ends.data(); }
    static constexpr std::size_t padding = 64;

    /// False says that no word has two or three Latin letters.
    bool may_have_short_latin() const noexcept { return m_short_latin; }

    /// Moves a word forward; those from `size` on are forgotten.
    void move(std::size_t from, std::size_t to) noexcept {
        m_begins[to] = m_begins[from];
        m_ends[to] = m_ends[from];
    }
    void resize_down(std::size_t size) noexcept { m_size = size; }

private:
    Simd m_simd;
    std::vector<std::uint32_t> m_begins;
    std::vector<std::uint32_t> m_ends;
    std::size_t m_size = 0;
    bool m_short_latin = false;
};

} // namespace kharita::text
