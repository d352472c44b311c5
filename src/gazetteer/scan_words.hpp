#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gazetteer/letter_hash.hpp"
#include "text/fold_blocks.hpp"
#include "text/folded_text.hpp"
#include "text/word_spans.hpp"

namespace kharita::gazetteer {

/// A Latin article with which a name may begin.
struct ScanArticle {
    std::uint32_t begin = 0; ///< code
    std::uint32_t word = 0;  ///< the word behind it
};

/// What stands between a word and the one before it.
struct WordGap {
    bool breaker = false; ///< no name goes across
    bool space = false;   ///< white space
    bool divided = true;  ///< as WordBoundaries::all
    bool article = false; ///< a Latin article, itself no part of the letters
};

/// Whether a word may be joined to one that such a code stands behind: 1 or 0, by a table for the sake of
/// loops without branches.
inline constexpr auto joins_next_table = [] {
    std::array<std::uint8_t, 256> joins{};
    for (unsigned code = 0; code < joins.size(); ++code) {
        auto const each = static_cast<char>(code);
        joins[code] = text::is_word(each) || each == '-' || each == '\'' || each == '_' ? 1 : 0;
    }
    return joins;
}();
inline unsigned joins_next(char code) noexcept {
    return joins_next_table[static_cast<unsigned char>(code)];
}

/// What WordLetters is to a TokenizedText, this is to a text that is only scanned: made at once, into buffers
/// that are used again. Words are those that give letters; what is asked of few of them is found when asked.
class ScanWords {
public:
    explicit ScanWords(text::Simd simd) : m_folded{simd}, m_words{simd} {}

    void read(std::string_view source);

    text::FoldedBlocks const& folded() const noexcept { return m_folded; }
    std::size_t size() const noexcept { return m_words.size(); }
    text::WordSpan operator[](std::size_t word) const noexcept { return m_words[word]; }
    text::WordSpans const& spans() const noexcept { return m_words; }
    std::vector<ScanArticle> const& articles() const noexcept { return m_articles; }

    /// Of a word behind another.
    WordGap gap_before(std::size_t word) const noexcept;
    std::string_view codes(text::WordSpan const& word) const noexcept {
        return m_folded.codes().substr(word.begin, word.end - word.begin);
    }
    /// The letters of words [begin, end) from a code of the first word on. They are the text's own where it
    /// is one word, else stand in `room`; `letter_padding` bytes may be read behind them.
    std::string_view letters(std::size_t begin, std::size_t end, std::uint32_t from, std::string& room) const;

private:
    enum class Role : std::uint8_t { word, article, loose_article };

    Role role(std::size_t index) const noexcept;
    void take_out_articles();

    text::FoldedBlocks m_folded;
    text::WordSpans m_words;
    std::vector<ScanArticle> m_articles;
};

} // namespace kharita::gazetteer
