#pragma once

#include <cstddef>

#include "text/tokens.hpp"

namespace kharita::geoparse {

/// The folded sign of a punctuation token, '\n' for a line end, 0 for words and beyond the text.
inline char sign_at(text::TokenizedText const& text, std::size_t token) noexcept {
    if (token >= text.size()) {
        return 0;
    }
    auto const kind = text.tokens()[token].kind;
    if (kind == text::Token::Kind::line_end) {
        return '\n';
    }
    return kind == text::Token::Kind::punctuation ? text.codes(token).front() : '\0';
}

/// Quotation marks of any kind; the press turns them either way round.
constexpr bool is_quote(char sign) noexcept {
    return sign == '"' || sign == '\'' || sign == text::open_quote || sign == text::close_quote;
}

/// A word of Arabic letters.
inline bool is_arabic_word(text::TokenizedText const& text, std::size_t token) noexcept {
    auto const codes = text.codes(token);
    return !codes.empty() && text::is_arabic(codes.front());
}

/// Begins with the article: ال and at least two letters.
inline bool has_article(std::string_view codes) {
    return codes.size() >= 4 && codes[0] == text::code(U'ا') && codes[1] == text::code(U'ل');
}

/// Without a leading article.
inline std::string_view without_article(std::string_view codes) {
    return has_article(codes) ? codes.substr(2) : codes;
}

/// Has the article, behind proclitics too: «بالريف», «للريف».
inline bool is_definite(std::string_view codes) {
    for (std::size_t at = 0; at <= 2 && at < codes.size(); ++at) {
        if (has_article(codes.substr(at))) {
            return true;
        }
        char const letter = codes[at];
        if (letter == text::code(U'ل') && at + 3 < codes.size() && codes[at + 1] == text::code(U'ل')) {
            return true;
        }
        if (letter != text::code(U'و') && letter != text::code(U'ف') && letter != text::code(U'ب') &&
            letter != text::code(U'ل') && letter != text::code(U'ك')) {
            return false;
        }
    }
    return false;
}

} // namespace kharita::geoparse
