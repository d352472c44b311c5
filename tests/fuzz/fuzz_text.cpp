#include "support.hpp"
#include "text/tokens.hpp"

using kharita::fuzz::require;

// Any bytes fold and are cut into tokens; offsets stay within the source and in order.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const source = kharita::fuzz::as_text(data, size);
    kharita::text::TokenizedText const text{source};
    auto const& folded = text.folded();
    require(folded.source.size() == folded.codes.size() + 1, "one offset a code and one more");
    require(folded.source.back() == size, "the last offset is the source's size");
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
