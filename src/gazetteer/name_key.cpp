#include "gazetteer/name_key.hpp"

#include <algorithm>
#include <bit>

#include "gazetteer/letter_hash.hpp"
#include "text/fold_table.hpp"
#include "text/folded_text.hpp"
#include "text/utf8.hpp"

namespace kharita::gazetteer {

namespace {

using text::Token;
using text::TokenizedText;
using Role = WordLetters::Role;

/// Two or three letters as one number.
constexpr std::uint32_t packed(std::string_view letters) noexcept {
    std::uint32_t number = 0;
    for (char const letter : letters) {
        number = (number << 8U) | static_cast<unsigned char>(letter);
    }
    return number;
}

bool is_words(Token const& token) noexcept {
    return token.kind == Token::Kind::word || token.kind == Token::Kind::number;
}

bool is_separator(char code) noexcept {
    return code == '-' || code == '\'' || code == '_';
}

/// "as-Suwayda": the article took on the first letter of its word.
bool is_assimilated(std::string_view article, std::string_view word) noexcept {
    return word.starts_with(article.substr(1));
}

/// The role of a word or number.
Role word_role(TokenizedText const& text, std::size_t i) {
    auto const tokens = text.tokens();
    std::string_view const word = text.codes(i);
    LatinArticle const article = latin_article(word);
    if (article == LatinArticle::none) {
        return Role::word;
    }
    bool const hyphen = i + 2 < tokens.size() && text.codes(i + 1) == "-" && !tokens[i + 1].space_before &&
                        !tokens[i + 2].space_before;
    std::size_t const next = i + (hyphen ? 2 : 1);
    if (next >= tokens.size() || !is_words(tokens[next]) || !text::is_latin(text.codes(next)[0])) {
        return Role::word;
    }
    if (hyphen || article == LatinArticle::plain) {
        return Role::article;
    }
    return is_assimilated(word, text.codes(next)) ? Role::loose_article : Role::word;
}

bool is_acronym(std::string_view name) noexcept {
    return name.size() >= 2 &&
           std::ranges::all_of(name, [](char c) { return (c >= 'A' && c <= 'Z') || c == '.'; });
}

} // namespace

LatinArticle latin_article(std::string_view word) noexcept {
    if (word.size() < 2 || word.size() > 3) {
        return LatinArticle::none;
    }
    switch (packed(word)) {
    case packed("al"):
    case packed("el"):
        return LatinArticle::plain;
    case packed("ad"):
    case packed("an"):
    case packed("ar"):
    case packed("as"):
    case packed("ash"):
    case packed("at"):
    case packed("az"):
    case packed("ed"):
    case packed("en"):
    case packed("er"):
    case packed("es"):
    case packed("esh"):
    case packed("et"):
    case packed("ez"):
    case packed("il"):
    case packed("ol"):
    case packed("ul"):
    case packed("adh"):
        return LatinArticle::assimilated;
    default:
        return LatinArticle::none;
    }
}

WordLetters::WordLetters(TokenizedText const& text, text::TokenRange range) : m_first{range.begin} {
    auto const tokens = text.tokens();
    if (range.size() > 0) {
        m_letters.reserve(tokens[range.end - 1].end - tokens[range.begin].begin);
    }
    m_offsets.reserve(range.size() + 1);
    m_roles.reserve(range.size());
    for (std::size_t i = range.begin; i < range.end; ++i) {
        m_offsets.push_back(static_cast<std::uint32_t>(m_letters.size()));
        std::string_view const codes = text.codes(i);
        if (!is_words(tokens[i])) {
            bool const between = is_separator(codes[0]) && i > 0 && is_words(tokens[i - 1]) &&
                                 i + 1 < tokens.size() && is_words(tokens[i + 1]);
            m_roles.push_back(between ? Role::separator : Role::breaker);
            continue;
        }
        m_roles.push_back(word_role(text, i));
        if (m_roles.back() == Role::word) {
            m_letters += codes;
        }
    }
    m_offsets.push_back(static_cast<std::uint32_t>(m_letters.size()));
}

WordBoundaries word_boundaries(TokenizedText const& text, WordLetters const& letters, text::TokenRange range,
                               std::size_t skip) {
    WordBoundaries boundaries;
    auto const tokens = text.tokens();
    bool space = false;
    bool apostrophe = false;
    for (std::size_t i = range.begin; i < range.end; ++i) {
        space = space || tokens[i].space_before;
        if (letters.role(i) == Role::separator) {
            apostrophe = text.codes(i) == "'";
            continue;
        }
        std::size_t const at = letters.letters(range.begin, i).size();
        if (letters.role(i) == Role::word && at > skip && at - skip < 64 && (space || !apostrophe)) {
            std::uint64_t const bit = std::uint64_t{1} << (at - skip);
            boundaries.all |= bit;
            boundaries.spaces |= space ? bit : 0;
        }
        if (letters.role(i) == Role::word) {
            space = false;
            apostrophe = false;
        }
    }
    return boundaries;
}

std::string spelled(TokenizedText const& text, WordLetters const& letters, text::TokenRange range,
                    text::CliticReading const& clitics) {
    std::string result;
    bool apostrophe = false;
    for (std::size_t i = range.begin; i < range.end; ++i) {
        std::string_view codes = text.codes(i);
        if (letters.role(i) == Role::separator) {
            apostrophe = codes == "'" && !text.tokens()[i].space_before && !text.tokens()[i + 1].space_before;
            continue;
        }
        if (letters.role(i) == Role::breaker) {
            continue; // in names of the gazetteer only
        }
        if (i == range.begin) {
            if (clitics.lam_article) {
                result += {text::code(U'ا'), text::code(U'ل')};
                codes.remove_prefix(clitics.length);
            } else {
                codes.remove_prefix(clitics.proclitics());
            }
        } else if (!apostrophe) {
            result.push_back(' ');
        }
        apostrophe = false;
        result += codes;
    }
    return result;
}

std::string plain(std::string_view utf8) {
    std::string result;
    while (!utf8.empty()) {
        auto const [character, length] = text::decode(utf8);
        std::size_t const bytes = std::max<std::size_t>(length, 1);
        std::string_view const codes =
            length == 0 ? std::string_view{"?"} : text::folded_character(character);
        if (codes == " ") {
            if (!result.empty() && result.back() != ' ') {
                result.push_back(' ');
            }
        } else if (!codes.empty()) {
            result += utf8.substr(0, bytes);
        }
        utf8.remove_prefix(bytes);
    }
    while (result.ends_with(' ')) {
        result.pop_back();
    }
    return result;
}

NameKey name_key(std::string_view utf8) {
    TokenizedText const text{utf8};
    WordLetters const letters{text};
    text::TokenRange const all{0, text.size()};
    NameKey key;
    key.plain = plain(utf8);
    key.spelled = spelled(text, letters, all, {});
    key.letters = letters.letters(0, text.size());
    std::size_t skip = 0;
    // A hamza on the alef says that it is no article: ألمانيا.
    if (key.plain.starts_with("ال") && text.codes(0).size() >= 4) {
        key.arabic_article = true;
        skip = 2;
    }
    key.letters.erase(0, skip);
    if (key.letters.size() < 2) {
        key.letters.clear();
    }
    key.boundaries = word_boundaries(text, letters, all, skip).all;
    key.acronym = is_acronym(utf8);
    return key;
}

bool HeadWords::contains(std::string_view letters) const noexcept {
    std::uint64_t const hash = letters_hash(letters);
    std::size_t begin = 0;
    std::size_t end = m_hashes.size() / sizeof hash;
    while (begin < end) {
        std::size_t const middle = begin + (end - begin) / 2;
        auto const at = load_little<std::uint64_t>(m_hashes.data() + middle * sizeof hash);
        if (at == hash) {
            return true;
        }
        (at < hash ? begin : end) = at < hash ? middle + 1 : middle;
    }
    return false;
}

std::uint64_t divisions(std::string_view letters, std::uint64_t boundaries, HeadWords const& heads) noexcept {
    constexpr std::size_t least_head = 2;
    letters = letters.substr(0, 64);
    std::uint64_t found = 0;
    for (std::size_t begin = 0; begin < letters.size();) {
        std::uint64_t const after = begin < 63 ? boundaries >> (begin + 1) : 0;
        std::size_t const end =
            after == 0
                ? letters.size()
                : std::min(begin + 1 + static_cast<std::size_t>(std::countr_zero(after)), letters.size());
        for (std::size_t from = begin; from < end; ++from) {
            if (from != begin && ((found >> from) & 1U) == 0) {
                continue;
            }
            for (std::size_t to = from + least_head; to < end; ++to) {
                if (heads.contains(letters.substr(from, to - from))) {
                    found |= std::uint64_t{1} << to;
                }
            }
        }
        begin = end;
    }
    return found;
}

} // namespace kharita::gazetteer
