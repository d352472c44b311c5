#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "text/dates.hpp"
#include "text/tokens.hpp"

namespace kharita::text {

/// A phrase of the vocabulary in a text.
struct DatePhrase {
    DateVocabulary::Role role = DateVocabulary::Role::month;
    int value = 0;
    std::size_t next = 0;   ///< the token after it
    bool article = false;   ///< «الساعات»: found without the article that the text has
    bool proclitic = false; ///< found behind و ف ب or ل
};

/// All phrases of a text, looked up once.
class DatePhrases {
public:
    using Role = DateVocabulary::Role;

    /// The arguments must outlive it.
    DatePhrases(TokenizedText const& text, DateVocabulary const& vocabulary);

    /// The longest phrase in a role that begins at a token, with proclitics or without.
    std::optional<DatePhrase> at(std::size_t token, Role role) const;
    /// Whether any phrase begins at a token.
    bool any_at(std::size_t token) const noexcept {
        return token < m_found.size() && !m_found[token].empty();
    }

private:
    void find_from(std::size_t token, CliticReading const& reading);

    TokenizedText const& m_text;
    DateVocabulary const& m_vocabulary;
    std::vector<std::vector<DatePhrase>> m_found; ///< by token, the best first
};

} // namespace kharita::text
