#include "model/quote.hpp"

#include <algorithm>
#include <array>

namespace kharita {

namespace {

bool continues(char byte) noexcept {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

bool is_blank(char byte) noexcept {
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

bool ends_with_mark(std::string_view text) noexcept {
    constexpr std::array<std::string_view, 5> marks{".", "!", "?", "؟", "…"};
    return std::ranges::any_of(marks, [&](std::string_view mark) { return text.ends_with(mark); });
}

/// Whether a sentence ends right before byte `at`, which is not the first.
bool ends_before(std::string_view text, std::size_t at) noexcept {
    return text[at - 1] == '\n' ||
           (at < text.size() && is_blank(text[at]) && ends_with_mark(text.substr(0, at)));
}

} // namespace

Span sentence_round(std::string_view text, Span span, std::size_t limit) {
    std::size_t begin = std::min(span.begin, text.size());
    std::size_t end = std::min(std::max(span.end, begin), text.size());
    std::size_t const first = begin > limit ? begin - limit : 0;
    std::size_t const last = text.size() - end > limit ? end + limit : text.size();
    while (begin > first && !ends_before(text, begin)) {
        --begin;
    }
    while (end < last && text[end] != '\n' && (end == 0 || !ends_before(text, end))) {
        ++end;
    }
    // A limit may have cut a character: give its rest away.
    while (begin < end && continues(text[begin])) {
        ++begin;
    }
    while (end > begin && end < text.size() && continues(text[end])) {
        --end;
    }
    while (begin < end && is_blank(text[begin])) {
        ++begin;
    }
    while (end > begin && is_blank(text[end - 1])) {
        --end;
    }
    return {begin, end};
}

} // namespace kharita
