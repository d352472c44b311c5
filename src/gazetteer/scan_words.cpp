#include "gazetteer/scan_words.hpp"

#include <cstring>

#include "gazetteer/letter_hash.hpp"
#include "text/folded_text.hpp"

namespace kharita::gazetteer {

void ScanWords::read(std::string_view source) {
    m_folded.fold(source);
    std::string_view const codes = m_folded.codes();
    text::cut_words(codes, m_simd, m_spans);
    m_words.clear();
    m_articles.clear();
    m_letter_count = 0;
    // Sixteen at a time are written, whatever a word's length.
    if (m_letters.size() < codes.size() + 2 * letter_padding) {
        m_letters.resize(codes.size() + 2 * letter_padding);
    }
    Gap gap;
    std::uint32_t before = 0;
    for (std::size_t i = 0; i < m_spans.size(); ++i) {
        text::WordSpan const span = m_spans[i];
        if (before + 1 == span.begin && codes[before] == ' ') {
            gap.space = true;
        } else {
            cross(before, span.begin, gap);
        }
        before = span.end;
        Role const what = text::is_latin(codes[span.begin]) ? role(i) : Role::word;
        if (what == Role::word) {
            add(span, gap);
            gap = {};
            continue;
        }
        gap.article = true;
        if (what == Role::article) {
            m_articles.push_back({span.begin, static_cast<std::uint32_t>(m_words.size())});
        }
    }
    m_words.push_back({.begin = static_cast<std::uint32_t>(codes.size()),
                       .end = static_cast<std::uint32_t>(codes.size()),
                       .letters = static_cast<std::uint32_t>(m_letter_count),
                       .breaker = true});
}

ScanWords::Role ScanWords::role(std::size_t span) const noexcept {
    text::WordSpan const& here = m_spans[span];
    std::string_view const codes = m_folded.codes();
    std::string_view const word = codes.substr(here.begin, here.end - here.begin);
    if (word.size() < 2 || word.size() > 3 || span + 1 >= m_spans.size()) {
        return Role::word;
    }
    LatinArticle const article = latin_article(word);
    if (article == LatinArticle::none) {
        return Role::word;
    }
    text::WordSpan const& next = m_spans[span + 1];
    bool const hyphen = next.begin == here.end + 1 && codes[here.end] == '-';
    for (std::uint32_t at = here.end; at < next.begin && !hyphen; ++at) {
        if (codes[at] != ' ') {
            return Role::word;
        }
    }
    if (!text::is_latin(codes[next.begin])) {
        return Role::word;
    }
    if (hyphen || article == LatinArticle::plain) {
        return Role::article;
    }
    std::string_view const behind = codes.substr(next.begin, next.end - next.begin);
    return behind.starts_with(word.substr(1)) ? Role::loose_article : Role::word;
}

void ScanWords::cross(std::uint32_t begin, std::uint32_t end, Gap& gap) const noexcept {
    std::string_view const codes = m_folded.codes();
    std::size_t signs = 0;
    char sign = 0;
    for (std::uint32_t at = begin; at < end; ++at) {
        if (codes[at] == ' ') {
            gap.space = true;
        } else {
            ++signs;
            sign = codes[at];
        }
    }
    if (signs == 1 && (sign == '-' || sign == '\'' || sign == '_')) {
        gap.apostrophe = sign == '\'';
    } else if (signs > 0) {
        gap.breaker = true;
    }
}

void ScanWords::add(text::WordSpan const& span, Gap const& gap) {
    m_words.push_back({.begin = span.begin,
                       .end = span.end,
                       .letters = static_cast<std::uint32_t>(m_letter_count),
                       .breaker = gap.breaker,
                       .space = gap.space,
                       .divided = gap.space || !gap.apostrophe,
                       .article = gap.article});
    char const* from = m_folded.codes().data() + span.begin;
    char* to = m_letters.data() + m_letter_count;
    std::size_t const size = span.end - span.begin;
    m_letter_count += size;
    if (size <= letter_padding) {
        std::memcpy(to, from, letter_padding);
    } else {
        std::memcpy(to, from, size);
    }
}

} // namespace kharita::gazetteer
