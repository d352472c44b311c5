#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "gazetteer/name_key.hpp"
#include "text/fold_blocks.hpp"
#include "text/word_spans.hpp"

namespace kharita::gazetteer {

/// A word that gives letters, in a text made ready for scanning.
struct ScanWord {
    std::uint32_t begin = 0; ///< codes
    std::uint32_t end = 0;
    std::uint32_t letters = 0; ///< where its letters begin
    bool breaker = false;      ///< no name goes on from the word before
    bool space = false;        ///< white space stands before it
    bool divided = false;      ///< as WordBoundaries::all
    bool article = false;      ///< a Latin article stands before it, itself no part of the letters
};

/// A Latin article with which a name may begin.
struct ScanArticle {
    std::uint32_t begin = 0; ///< code
    std::uint32_t word = 0;  ///< the word behind it
};

/// What WordLetters is to a TokenizedText, this is to a text that is only scanned: made at once, into buffers
/// that are used again.
class ScanWords {
public:
    explicit ScanWords(text::Simd simd) : m_simd{simd}, m_folded{simd} {}

    void read(std::string_view source);

    text::FoldedBlocks const& folded() const noexcept { return m_folded; }
    /// One more than there are words: the last one only says where the letters end.
    std::vector<ScanWord> const& words() const noexcept { return m_words; }
    std::size_t size() const noexcept { return m_words.size() - 1; }
    std::vector<ScanArticle> const& articles() const noexcept { return m_articles; }
    /// The letters of words [begin, end); letter_padding bytes may be read behind them.
    std::string_view letters(std::size_t begin, std::size_t end) const noexcept {
        return {m_letters.data() + m_words[begin].letters, m_words[end].letters - m_words[begin].letters};
    }
    /// A letter and those behind it, by ScanWord::letters.
    char const* letter_at(std::size_t letter) const noexcept { return m_letters.data() + letter; }
    std::string_view codes(ScanWord const& word) const noexcept {
        return m_folded.codes().substr(word.begin, word.end - word.begin);
    }

private:
    enum class Role : std::uint8_t { word, article, loose_article };
    struct Gap {
        bool breaker = false;
        bool space = false;
        bool apostrophe = false;
        bool article = false;
    };

    Role role(std::size_t span) const noexcept;
    void cross(std::uint32_t begin, std::uint32_t end, Gap& gap) const noexcept;
    void add(text::WordSpan const& span, Gap const& gap);

    text::Simd m_simd;
    text::FoldedBlocks m_folded;
    std::vector<text::WordSpan> m_spans;
    std::vector<ScanWord> m_words{1};
    std::vector<ScanArticle> m_articles;
    std::vector<char> m_letters;
    std::size_t m_letter_count = 0;
};

} // namespace kharita::gazetteer
