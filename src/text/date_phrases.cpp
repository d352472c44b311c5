#include "text/date_phrases.hpp"

#include <algorithm>
#include <string>

namespace kharita::text {

DatePhrases::DatePhrases(TokenizedText const& text, DateVocabulary const& vocabulary)
    : m_text{text},
      m_vocabulary{vocabulary},
      m_found(text.size()) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.tokens()[i].kind != Token::Kind::word) {
            continue;
        }
        CliticReadings readings;
        std::size_t const count = clitic_readings(text.codes(i), readings);
        for (std::size_t r = 0; r < count; ++r) {
            // س stands before verbs only, ك before what is compared.
            bool const preposition = readings[r].preposition == 0 || readings[r].preposition == code(U'ب') ||
                                     readings[r].preposition == code(U'ل');
            if (preposition && !readings[r].lam_article) {
                find_from(i, readings[r]);
            }
        }
        std::ranges::stable_sort(m_found[i],
                                 [](DatePhrase const& a, DatePhrase const& b) { return a.next > b.next; });
    }
}

void DatePhrases::find_from(std::size_t token, CliticReading const& reading) {
    std::string phrase{m_text.codes(token).substr(reading.length)};
    if (!m_vocabulary.begins(phrase)) {
        return;
    }
    for (std::size_t next = token + 1;; ++next) {
        for (auto const& meaning : m_vocabulary.find(phrase)) {
            m_found[token].push_back(
                {meaning.role, meaning.value, next, reading.article, reading.proclitics() > 0});
        }
        bool const goes_on = next < m_text.size() && next < token + DateVocabulary::longest_phrase &&
                             m_text.tokens()[next].kind == Token::Kind::word;
        if (!goes_on) {
            return;
        }
        phrase += ' ';
        phrase += m_text.codes(next);
    }
}

std::optional<DatePhrase> DatePhrases::at(std::size_t token, Role role) const {
    if (token >= m_found.size()) {
        return std::nullopt;
    }
    bool const unit = role == Role::hour || role == Role::day || role == Role::week ||
                      role == Role::month_unit || role == Role::year;
    for (DatePhrase const& phrase : m_found[token]) {
        if (phrase.role == role && (unit || !phrase.article)) {
            return phrase;
        }
    }
    return std::nullopt;
}

} // namespace kharita::text
