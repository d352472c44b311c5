#include <string>

#include <unicode/uchar.h>

#include "support.hpp"
#include "text/tokens.hpp"
#include "text/utf8.hpp"

using kharita::fuzz::require;

namespace {

/// The text with ICU's small letters, bytes that are no UTF-8 as they stand.
std::string in_small_letters(std::string_view source) {
    std::string small;
    small.reserve(source.size());
    // Phonetic letters, which no name has, are folded by themselves.
    auto const is_phonetic = [](char32_t c) { return c >= 0x2C60 && c <= 0x2C7F; };
    while (!source.empty()) {
        auto const [c, length] = kharita::text::decode(source);
        auto const lower = static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
        if (length == 0 || lower == c || is_phonetic(c) || is_phonetic(lower)) {
            std::size_t const taken = length == 0 ? 1 : length;
            small.append(source.substr(0, taken));
            source.remove_prefix(taken);
        } else {
            kharita::text::append_utf8(lower, small);
            source.remove_prefix(length);
        }
    }
    return small;
}

} // namespace

// Any bytes fold and are cut into tokens; offsets stay within the source and in order. What ICU calls the
// same letter, large or small, folds to the same.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const source = kharita::fuzz::as_text(data, size);
    kharita::text::TokenizedText const text{source};
    auto const& folded = text.folded();
    require(folded.source.size() == folded.codes.size() + 1, "one offset a code and one more");
    require(folded.source.back() == size, "the last offset is the source's size");
    std::string const small_letters = in_small_letters(source);
    kharita::text::TokenizedText const small{small_letters};
    require(small.folded().codes == folded.codes, "letters fold alike in both cases");
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const span = text.span(i, i + 1);
        require(span.begin <= span.end && span.end <= size, "a token's span lies in the source");
        // A ligature of several words belongs whole to each of them.
        require(span.begin >= begin, "tokens are in text order");
        begin = span.begin;
        require(text.sentence_of(i) < text.sentences().size(), "a token has its sentence");
        (void)kharita::text::clitic_readings(text.codes(i));
    }
    return 0;
}
