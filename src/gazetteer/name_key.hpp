#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/tokens.hpp"

namespace kharita::gazetteer {

/// Latin articles: "al" and "el", or one that took on the letter of its word ("ash", "ez").
enum class LatinArticle : std::uint8_t { none, plain, assimilated };
LatinArticle latin_article(std::string_view word_codes) noexcept;

/// The letters of a text's words one after the other, without what stands between them, so that any run of
/// words is one stretch of bytes whether they are written together or not.
///
/// Latin articles (al-, el-, ash- …) give no letters; Arabic ones stay, being letters of their word.
class WordLetters {
public:
    explicit WordLetters(text::TokenizedText const& text) : WordLetters{text, {0, text.size()}} {}
    /// Of the tokens of a range alone; no other may be asked for.
    WordLetters(text::TokenizedText const& text, text::TokenRange range);

    enum class Role : std::uint8_t {
        word,          ///< a word or number
        article,       ///< a Latin article before a word: "al-", "Al ", "ash-"
        loose_article, ///< one that took on the next letter, without hyphen ("ez Zor"): no name begins with
                       ///< it, for it may be a word ("at Tartus")
        separator,     ///< hyphen, apostrophe or underscore between two words
        breaker,       ///< other punctuation, a line end: no name goes across
    };

    Role role(std::size_t token) const noexcept { return m_roles[token - m_first]; }
    /// All letters of tokens [begin, end).
    std::string_view letters(std::size_t begin, std::size_t end) const noexcept {
        std::size_t const from = m_offsets[begin - m_first];
        return std::string_view{m_letters}.substr(from, m_offsets[end - m_first] - from);
    }

private:
    std::size_t m_first = 0; ///< token
    std::string m_letters;
    std::vector<std::uint32_t> m_offsets; ///< one more than tokens
    std::vector<Role> m_roles;
};

/// How a run of words is divided. Bit p says that a word begins at letter p; positions from 64 on are not
/// kept.
struct WordBoundaries {
    std::uint64_t all = 0;    ///< at white space, hyphens and underscores; apostrophes divide nothing
    std::uint64_t spaces = 0; ///< at white space only
};

/// Boundaries within tokens [begin, end), of which `skip` letters at the front are left out.
WordBoundaries word_boundaries(text::TokenizedText const& text, WordLetters const& letters,
                               text::TokenRange range, std::size_t skip);

/// The folded words with single spaces between, articles included and apostrophes left out: "al bab".
/// `clitics` are left off the first word, its article kept; of لل the article is written out.
std::string spelled(text::TokenizedText const& text, WordLetters const& letters, text::TokenRange range,
                    text::CliticReading const& clitics);

/// As written, but for tashkeel, tatweel and bidi marks; white space as single spaces.
std::string plain(std::string_view utf8);

/// A name of the gazetteer made ready to be found.
struct NameKey {
    std::string letters;          ///< without a leading article, Arabic or Latin
    std::uint64_t boundaries = 0; ///< WordBoundaries::all
    std::string spelled;
    std::string plain;
    bool arabic_article = false; ///< began with ال
    bool acronym = false;        ///< all capitals: «US» is a name, «us» is not
};

/// `letters` is empty when a name has fewer than two letters to be found by.
NameKey name_key(std::string_view utf8);

/// Words that names are often written with in front («كفر», «تل», "Khan"): a name written as one word may be
/// found behind one as two. Views the hashes of their letters, sorted, as little-endian u64.
class HeadWords {
public:
    HeadWords() = default;
    explicit HeadWords(std::string_view hashes) noexcept : m_hashes{hashes} {}
    bool contains(std::string_view letters) const noexcept;

private:
    std::string_view m_hashes;
};

/// Where the words of a name may be divided: bit p says that the letters before p, from the word's first on,
/// are head words. Of the first 64 letters.
std::uint64_t divisions(std::string_view letters, std::uint64_t boundaries, HeadWords const& heads) noexcept;

} // namespace kharita::gazetteer
