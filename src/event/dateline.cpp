#include "event/dateline.hpp"

#include <algorithm>
#include <array>

namespace kharita::event {

namespace {

/// Whether nothing but a dash, a colon or the end of the paragraph follows a date.
bool is_closed(text::TokenizedText const& text, std::size_t end, text::TokenRange paragraph) {
    constexpr std::array<std::string_view, 5> closing{"-", "–", "—", ":", "/"};
    return end >= paragraph.end ||
           std::find(closing.begin(), closing.end(), text.source_text(end)) != closing.end();
}

} // namespace

std::optional<Date> dateline_of(text::TokenizedText const& text, text::DateVocabulary const& words) {
    constexpr std::size_t paragraphs = 3; // a headline and a line of names may stand above it
    constexpr std::size_t reach = 4;      // of a paragraph: the place and its comma
    for (text::DateMention const& date : text::find_dates(text, std::nullopt, words)) {
        std::size_t const which = text.paragraph_of(date.tokens.begin);
        if (which >= paragraphs) {
            break;
        }
        text::TokenRange const paragraph = text.paragraphs()[which];
        bool const is_day = date.first && date.first == date.last && date.time_precision == 1;
        if (is_day && date.tokens.begin <= paragraph.begin + reach &&
            is_closed(text, date.tokens.end, paragraph)) {
            return date.first;
        }
    }
    return std::nullopt;
}

} // namespace kharita::event
