#pragma once

#include <array>
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
///
/// A number is digits with '.' between them or ',' before groups of three: "1,500", "3.5", «٣٬٥٠٠». Latin
/// letters carry digits with them ("M4" is one word); Arabic letters and leading digits do not: «الـ24»,
/// «10كم» and "10km" are two tokens each, the second without `space_before`.
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
    FoldedText const& folded() const noexcept { return m_folded; }
    std::span<Token const> tokens() const noexcept { return m_tokens; }
    std::size_t size() const noexcept { return m_tokens.size(); }

    /// The folded codes of a token; empty when `index` is out of range, so that rules may look past both
    /// ends.
    std::string_view codes(std::size_t index) const noexcept {
        if (index >= m_tokens.size()) {
            return {};
        }
        Token const& token = m_tokens[index];
        return {m_folded.codes.data() + token.begin, token.end - token.begin};
    }
    /// The sign of a punctuation token as UTF-8 ("،", "«", "-"), the word itself for others.
    std::string_view source_text(std::size_t index) const noexcept;
    /// Bytes of the source behind tokens [begin, end).
    Span span(std::size_t begin, std::size_t end) const noexcept;
    Span span(TokenRange range) const noexcept { return span(range.begin, range.end); }

    /// As FoldedText::source_span(), without bidi marks and joiners that trail behind the last letter.
    Span source_span(std::size_t begin_code, std::size_t end_code) const noexcept;

    /// Sentences in order, covering all tokens. They end at . ! ? ؟ … (not inside numbers or after initials),
    /// with the quotes and brackets that close there, and at a line end, unless the line stopped at a comma
    /// or the next begins with a small letter. «؛» and «،» do not end a sentence. Line ends belong to the
    /// sentence before them.
    std::span<TokenRange const> sentences() const noexcept { return m_sentences; }
    /// Paragraphs (lines that are not empty) in order, covering all tokens; line ends belong to the one
    /// before.
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

/// A span of `source` without bidi marks and joiners that trail behind its last letter.
Span without_invisible_end(std::string_view source, Span span) noexcept;

/// A reading of an Arabic word as proclitics and a rest: «وباللطامنة» = و + ب + ال… A word has several
/// readings; which one holds is decided by what the rest is. `length` counts codes taken from the front;
/// `lam_article` says that the word began with لل, so that the rest must be read with ال before it. «للباب»
/// reads as ل + ال + باب (`length` 2); «للطامنة» as ل + ال + لطامنة too (`length` 1), for three lams are
/// written as two.
struct CliticReading {
    std::uint8_t length = 0;
    bool conjunction = false; ///< و or ف
    char preposition = 0;     ///< letter code of ب ل ك س, or 0
    bool article = false;     ///< ال (part of `length`)
    bool lam_article = false;

    /// Codes of و ف ب ل ك س alone, the article not counted: where the span of a name begins.
    std::size_t proclitics() const noexcept {
        return (conjunction ? std::size_t{1} : 0) + (preposition != 0 ? std::size_t{1} : 0);
    }
};

/// Room for all readings of one word.
using CliticReadings = std::array<CliticReading, 12>;

/// All readings of a word, the bare one first, then by growing `length`; at least two letters always remain.
/// For non-Arabic words only the bare one.
std::vector<CliticReading> clitic_readings(std::string_view word_codes);

/// The same without allocating: fills the front of `out`, returns how many there are.
std::size_t clitic_readings(std::string_view word_codes, CliticReadings& out) noexcept;

} // namespace kharita::text
