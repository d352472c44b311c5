#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/span.hpp"
#include "text/folded_text.hpp"

namespace kharita::text {

/// A run of word codes, or one sign of punctuation. Hyphens, apostrophes and underscores separate words (they
/// are punctuation tokens), so that "al-Latamneh" is three tokens and «#ريف_حلب» four.
struct Token {
    enum class Kind : std::uint8_t { word, number, punctuation, line_end };
    Kind kind = Kind::word;
    bool space_before = false; ///< white space stands before it
    std::uint32_t begin = 0;   ///< of FoldedText::codes
    std::uint32_t end = 0;
};

/// A half-open range of token indexes.
struct TokenRange {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t size() const noexcept { return end - begin; }
    bool contains(std::size_t token) const noexcept { return begin <= token && token < end; }
};

/// A text folded and cut into tokens, clauses-bearing sentences and paragraphs. Owns all but the source text,
/// a view of which it keeps: the source must outlive it.
class TokenizedText {
public:
    explicit TokenizedText(std::string_view source);

    std::string_view source() const noexcept { return m_source; }
    FoldedText const &folded() const noexcept { return m_folded; }
    std::span<Token const> tokens() const noexcept { return m_tokens; }
    std::size_t size() const noexcept { return m_tokens.size(); }

    /// The folded codes of a token; empty when `index` is out of range, so that rules may look past both
    /// ends.
    std::string_view codes(std::size_t index) const noexcept;
    /// The sign of a punctuation token as UTF-8 ("،", "«", "-"), the word itself for others.
    std::string_view source_text(std::size_t index) const noexcept;
    /// Bytes of the source behind tokens [begin, end).
    Span span(std::size_t begin, std::size_t end) const noexcept;
    Span span(TokenRange range) const noexcept { return span(range.begin, range.end); }

    /// Sentences in order, covering all tokens. They end at . ! ? ؟ … (not inside numbers or initials), at
    /// blank lines, and at a line end after which no sentence goes on. «؛» and «،» do not end a sentence.
    std::span<TokenRange const> sentences() const noexcept { return m_sentences; }
    /// Paragraphs (lines) in order.
    std::span<TokenRange const> paragraphs() const noexcept { return m_paragraphs; }
    /// Index of the sentence that holds a token.
    std::size_t sentence_of(std::size_t token) const noexcept;
    std::size_t paragraph_of(std::size_t token) const noexcept;

private:
    std::string_view m_source;
    FoldedText m_folded;
    std::vector<Token> m_tokens;
    std::vector<TokenRange> m_sentences;
    std::vector<TokenRange> m_paragraphs;
};

/// A reading of an Arabic word as proclitics and a rest: «وباللطامنة» = و + ب + ال… A word has several
/// readings; which one holds is decided by what the rest is. `length` counts codes taken from the front;
/// `lam_article` says that the word began with لل, so that the rest must be read with ال before it.
struct CliticReading {
    std::uint8_t length = 0;
    bool conjunction = false; ///< و or ف
    char preposition = 0;     ///< letter code of ب ل ك س, or 0
    bool article = false;     ///< ال (part of `length`)
    bool lam_article = false;
};

/// All readings of a word, the bare one first, then by growing `length`; at least two letters always remain.
/// For non-Arabic words only the bare one.
std::vector<CliticReading> clitic_readings(std::string_view word_codes);

} // namespace kharita::text
