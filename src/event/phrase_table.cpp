#include "event/phrase_table.hpp"

#include <algorithm>
#include <array>

#include "base/tsv.hpp"
#include "text/folded_text.hpp"

namespace kharita::event {

namespace {

constexpr std::array article_letters{text::code(U'ا'), text::code(U'ل')};
constexpr std::string_view article_codes{article_letters.data(), article_letters.size()};

/// Which proclitics a form can bear: verbs no article and of the prepositions only those of the imperfect.
bool can_bear(Part part, text::CliticReading const& reading) {
    switch (part) {
    case Part::perfect:
        return reading.preposition == 0 && !reading.article && !reading.lam_article;
    case Part::imperfect:
        return !reading.article && !reading.lam_article &&
               (reading.preposition == 0 || reading.preposition == text::code(U'س') ||
                reading.preposition == text::code(U'ل'));
    case Part::noun:
    case Part::phrase:
        return reading.preposition != text::code(U'س');
    }
    return false;
}

bool is_word(std::string_view token, std::string_view word) {
    return token == word || (token.size() == word.size() + article_codes.size() &&
                             token.starts_with(article_codes) && token.ends_with(word));
}

/// The token after the phrase's last when its further words stand from `token` on; 0 when they do not.
std::size_t end_of(text::TokenizedText const& text, std::size_t token, std::vector<std::string> const& rest) {
    for (std::string const& word : rest) {
        if (text.codes(token) == "-") {
            ++token;
        }
        if (!is_word(text.codes(token), word)) {
            return 0;
        }
        ++token;
    }
    return token;
}

} // namespace

void PhraseTable::add(WordForm const& form, std::uint32_t entry) {
    Phrase phrase{{}, entry, form.part, form.number, form.pronoun};
    std::string first;
    for (std::string_view const word : split(form.words, ' ')) {
        if (std::string codes = text::fold_key(trimmed(word)); !codes.empty()) {
            first.empty() ? first = std::move(codes) : phrase.rest.emplace_back(std::move(codes));
        }
    }
    if (!first.empty()) {
        m_phrases[first].push_back(std::move(phrase));
    }
}

namespace {

/// «استعادة» is no «استعاده»: what is written with ta marbuta ends in no pronoun.
bool ends_in_feminine(text::TokenizedText const& text, std::size_t token) {
    constexpr std::string_view ta_marbuta = "ة";
    return text.source_text(token).ends_with(ta_marbuta);
}

} // namespace

void PhraseTable::match_phrases(text::TokenizedText const& text, std::size_t token,
                                std::vector<Phrase> const& phrases, text::CliticReading const& reading,
                                std::size_t first_found, std::vector<PhraseMatch>& found) {
    for (Phrase const& phrase : phrases) {
        std::size_t const end = can_bear(phrase.part, reading) ? end_of(text, token + 1, phrase.rest) : 0;
        bool const has_suffix = phrase.pronoun != Pronoun::none && phrase.rest.empty();
        if (end == 0 || (has_suffix && ends_in_feminine(text, token))) {
            continue;
        }
        std::size_t const begin_code = text.tokens()[token].begin + reading.proclitics();
        Span const span = text.source_span(begin_code, text.tokens()[end - 1].end);
        PhraseMatch const match{{token, end},  reading,        phrase.entry, phrase.part,
                                phrase.number, phrase.pronoun, false,        span};
        auto const same = std::find_if(found.begin() + static_cast<std::ptrdiff_t>(first_found), found.end(),
                                       [&](PhraseMatch const& each) { return each.entry == phrase.entry; });
        if (same == found.end()) {
            found.push_back(match);
        } else if (same->tokens.size() < match.tokens.size()) {
            *same = match;
        } else if (same->part != match.part && match.part == Part::noun &&
                   same->clitics.length == match.clitics.length) {
            same->may_be_noun = true;
        }
    }
}

void PhraseTable::match_at(text::TokenizedText const& text, std::size_t token,
                           std::vector<PhraseMatch>& found) const {
    std::string_view const codes = text.codes(token);
    text::CliticReadings readings;
    std::size_t const count = text::clitic_readings(codes, readings);
    std::size_t const first_found = found.size();
    for (std::size_t i = 0; i < count; ++i) {
        text::CliticReading const& reading = readings[i];
        std::string_view const rest = codes.substr(reading.length);
        if (auto const* const phrases = m_phrases.find(rest)) {
            match_phrases(text, token, *phrases, reading, first_found, found);
        }
        if (reading.lam_article) { // «للنظام» for a name that has its article: «النظام»
            if (auto const* const phrases = m_phrases.find(std::string{article_codes} + std::string{rest})) {
                match_phrases(text, token, *phrases, reading, first_found, found);
            }
        }
    }
}

std::vector<PhraseMatch> PhraseTable::match(text::TokenizedText const& text) const {
    std::vector<PhraseMatch> found;
    for (std::size_t token = 0; token < text.size(); ++token) {
        if (text.tokens()[token].kind == text::Token::Kind::word) {
            match_at(text, token, found);
        }
    }
    return found;
}

} // namespace kharita::event
