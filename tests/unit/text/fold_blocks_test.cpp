#include "text/fold_blocks.hpp"

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "text/folded_text.hpp"
#include "text/tokens.hpp"
#include "text/word_spans.hpp"

using namespace kharita;
using namespace kharita::text;

namespace {

/// What this machine can run.
std::vector<Simd> levels() {
    std::vector<Simd> all{Simd::scalar};
    if (best_simd() >= Simd::avx2) {
        all.push_back(Simd::avx2);
    }
    if (best_simd() >= Simd::avx512) {
        all.push_back(Simd::avx512);
    }
    return all;
}

std::vector<WordSpan> words_of(std::string_view source) {
    TokenizedText const text{source};
    std::vector<WordSpan> words;
    for (Token const& token : text.tokens()) {
        if (token.kind == Token::Kind::word || token.kind == Token::Kind::number) {
            words.push_back({token.begin, token.end});
        }
    }
    return words;
}

/// Everything that the fast way says of a text against what fold() and TokenizedText say.
void check_same(std::string_view source) {
    FoldedText const expected = fold(source);
    std::vector<WordSpan> const expected_words = words_of(source);
    for (Simd const simd : levels()) {
        CAPTURE(source);
        CAPTURE(static_cast<int>(simd));
        FoldedBlocks folded{simd};
        folded.fold(source);
        REQUIRE(folded.codes() == expected.codes);
        bool same = true;
        for (std::size_t i = 0; i <= expected.codes.size(); ++i) {
            same = same && folded.source(i) == expected.source[i];
            std::size_t const end = std::min(i + 3, expected.codes.size());
            Span const span = folded.source_span(i, end);
            Span const wanted = expected.source_span(i, end);
            same = same && span.begin == wanted.begin && span.end == wanted.end;
        }
        CHECK(same);
        WordSpans spans{simd};
        spans.cut(folded.codes());
        std::vector<WordSpan> words;
        bool short_latin = false;
        for (std::size_t i = 0; i < spans.size(); ++i) {
            words.push_back(spans[i]);
            std::uint32_t const size = spans[i].end - spans[i].begin;
            short_latin = short_latin || (is_latin(folded.codes()[spans[i].begin]) && size >= 2 && size <= 3);
        }
        CHECK(words == expected_words);
        CHECK((spans.may_have_short_latin() || !short_latin));
    }
}

} // namespace

TEST_CASE("FoldedBlocks, WordSpans: short texts") {
    for (char const* const source : {"",
                                     "a",
                                     "\r\n",
                                     "\r",
                                     "حلب",
                                     "الـ24",
                                     "10كم",
                                     "M4",
                                     "M4.5",
                                     "1,500",
                                     "1,50",
                                     "1.5.6",
                                     "a1.5",
                                     "3.",
                                     "٣٬٥٠٠",
                                     "\xD8",
                                     "\xD9\xD9",
                                     "\x80\x80",
                                     "\xF0\x9F\x98\x80",
                                     "ﷺ",
                                     "ﻻ",
                                     "1.2km5 7,000,000 8,0001",
                                     "«حماة»\r\nحمص\u200F،"}) {
        check_same(source);
    }
}

TEST_CASE("FoldedBlocks, WordSpans: texts longer than one step, at every shift") {
    std::string const sentence = "قصفت قوات النظام، أمس، بلدة كفر زيتا (3.5 كم) و1,500 قذيفة في M4 ثم 12345 ";
    std::string const text = sentence + sentence + sentence + sentence;
    for (std::size_t shift = 0; shift < 80; ++shift) {
        check_same(std::string(shift, 'x') + text);
        check_same(std::string(shift, '7') + text);
        check_same(std::string(shift, '.') + text.substr(shift));
    }
}

TEST_CASE("FoldedBlocks, WordSpans: any bytes") {
    std::vector<std::string> const pieces{"ا",
                                          "ل",
                                          "ة",
                                          "ً",
                                          "ـ",
                                          " ",
                                          " ",
                                          "\n",
                                          "\r\n",
                                          ".",
                                          ",",
                                          "1",
                                          "23",
                                          "456",
                                          "x",
                                          "M",
                                          "é",
                                          "ﻻ",
                                          "ﷺ",
                                          "\u200F",
                                          "“",
                                          "–",
                                          "\u00A0",
                                          "\xFF",
                                          "\xD8",
                                          "\xE2\x80",
                                          "گ",
                                          "٥",
                                          "-",
                                          "'",
                                          std::string(1, '\0'),
                                          "\t",
                                          "漢",
                                          "ﬁ",
                                          "ﷲ",
                                          "حلب",
                                          "إدلب",
                                          "dlib"};
    std::mt19937 random{20190803};
    for (int round = 0; round < 3000; ++round) {
        std::string source;
        for (std::size_t i = random() % 120; i > 0; --i) {
            source += random() % 40 == 0 ? std::string(1, static_cast<char>(random() % 256))
                                         : pieces[random() % pieces.size()];
        }
        check_same(source);
    }
}
