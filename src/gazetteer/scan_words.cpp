#include "gazetteer/scan_words.hpp"

#include "gazetteer/name_key.hpp"
#include "text/folded_text.hpp"

namespace kharita::gazetteer {

void ScanWords::read(std::string_view source) {
    m_folded.fold(source);
    m_articles.clear();
    m_words.cut(m_folded.codes());
    if (m_words.may_have_short_latin()) {
        take_out_articles();
    }
}

void ScanWords::take_out_articles() {
    char const* const codes = m_folded.codes().data();
    std::size_t kept = 0;
    for (std::size_t i = 0; i < m_words.size(); ++i) {
        text::WordSpan const word = m_words[i];
        std::uint32_t const size = word.end - word.begin;
        if (text::is_latin(codes[word.begin]) && size >= 2 && size <= 3) {
            Role const what = role(i);
            if (what == Role::article) {
                m_articles.push_back({word.begin, static_cast<std::uint32_t>(kept)});
            }
            if (what != Role::word) {
                continue;
            }
        }
        m_words.move(i, kept++);
    }
    m_words.resize_down(kept);
}

ScanWords::Role ScanWords::role(std::size_t index) const noexcept {
    text::WordSpan const here = m_words[index];
    std::string_view const word = codes(here);
    LatinArticle const article = latin_article(word);
    if (index + 1 >= m_words.size() || article == LatinArticle::none) {
        return Role::word;
    }
    text::WordSpan const next = m_words[index + 1];
    std::string_view const all = m_folded.codes();
    bool const hyphen = next.begin == here.end + 1 && all[here.end] == '-';
    for (std::uint32_t at = here.end; at < next.begin && !hyphen; ++at) {
        if (all[at] != ' ') {
            return Role::word;
        }
    }
    if (!text::is_latin(all[next.begin])) {
        return Role::word;
    }
    if (hyphen || article == LatinArticle::plain) {
        return Role::article;
    }
    return codes(next).starts_with(word.substr(1)) ? Role::loose_article : Role::word;
}

WordGap ScanWords::gap_before(std::size_t word) const noexcept {
    std::string_view const codes = m_folded.codes();
    WordGap gap;
    bool apostrophe = false;
    std::size_t signs = 0; // since the word or article before
    for (std::uint32_t at = m_words[word - 1].end; at < m_words[word].begin; ++at) {
        char const code = codes[at];
        if (text::is_word(code)) {
            gap.article = true;
            signs = 0;
        } else if (code == ' ') {
            gap.space = true;
        } else {
            bool const joins = code == '-' || code == '\'' || code == '_';
            gap.breaker = gap.breaker || !joins || signs > 0;
            apostrophe = code == '\'';
            ++signs;
        }
    }
    gap.divided = gap.space || !apostrophe;
    return gap;
}

std::string_view ScanWords::letters(std::size_t begin, std::size_t end, std::uint32_t from,
                                    std::string& room) const {
    char const* const codes = m_folded.codes().data();
    if (end == begin + 1) {
        return {codes + from, m_words[begin].end - from};
    }
    room.assign(codes + from, codes + m_words[begin].end);
    for (std::size_t i = begin + 1; i < end; ++i) {
        room.append(codes + m_words[i].begin, codes + m_words[i].end);
    }
    std::size_t const size = room.size();
    room.append(letter_padding, '\0');
    return std::string_view{room}.substr(0, size);
}

} // namespace kharita::gazetteer
