#include "text/folded_text.hpp"

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "text/utf8.hpp"

using namespace kharita;
using namespace kharita::text;

namespace {

std::string folded(std::string_view utf8) {
    return to_utf8(fold_key(utf8));
}

bool is_boundary(std::string_view text, std::size_t at) {
    return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
}

/// Characters from all the places that folding treats differently, and broken bytes when asked.
std::string random_text(std::mt19937& random, bool broken) {
    struct Block {
        char32_t first = 0;
        char32_t last = 0;
    };
    constexpr std::array<Block, 12> blocks{{{0x00, 0x7F},
                                            {0x80, 0x24F},
                                            {0x250, 0x5FF},
                                            {0x600, 0x6FF},
                                            {0x750, 0x77F},
                                            {0x8A0, 0x8FF},
                                            {0x1E00, 0x206F},
                                            {0xFB00, 0xFDFF},
                                            {0xFE00, 0xFFFF},
                                            {0x4E00, 0x4E20},
                                            {0x1F600, 0x1F650},
                                            {0x10FFF0, 0x10FFFF}}};
    std::string text;
    std::size_t const length = random() % 40;
    for (std::size_t i = 0; i < length; ++i) {
        Block const block = blocks[random() % std::size(blocks)];
        append_utf8(static_cast<char32_t>(block.first + random() % (block.last - block.first + 1)), text);
        if (broken && random() % 6 == 0) {
            text.push_back(static_cast<char>(random() % 256));
        }
    }
    return text;
}

} // namespace

TEST_CASE("fold: what the table of FoldedText says") {
    struct Row {
        char const* from = nullptr;
        char const* to = nullptr;
    };
    for (Row const& row : {
             Row{"آأإٱا", "ااااا"},
             {"ىیيئ", "يييي"},
             {"ةه", "هه"},
             {"ؤو", "وو"},
             {"ء", "ء"},
             {"ڤپچگک", "فبجكك"},
             {"حَمَاةُ", "حماه"},
             {"حلـــب", "حلب"},
             {"هٰذا", "هذا"},
             {"كفر\u200Cزيتا", "كفرزيتا"},
             {"\u200Fحلب\u200E", "حلب"},
             {"\uFEFFحلب", "حلب"},
             {"\uFEFB", "لا"},
             {"\uFEF5", "لا"},
             {"\uFEDF\uFEE4\uFEAA", "لمد"},
             {"١٢٣", "123"},
             {"۴۵۶", "456"},
             {"ABCxyz", "abcxyz"},
             {"éşıŞİğ", "esisig"},
             {"ßæœÞ", "ssaeoeth"},
             {"Ḥamāh", "hamah"},
             {"e\u0301", "e"},
             {"a\u00A0b\tc\u3000d", "a b c d"},
             {"a\r\nb\rc\nd\u2028e", "a\nb\nc\nd\ne"},
             {"،؛؟٪۔…", ",;?%.."},
             {"–—‐−", "----"},
             {"’‘ʿʾ`", "'''''"},
             {R"(“”„")", R"("""")"},
             {"«»‹›", "«»«»"},
             {"٫٬", ".,"},
             {"ＡＢ１", "ab1"},
             {"/", "/"},
         }) {
        CAPTURE(row.from);
        CHECK(folded(row.from) == row.to);
    }
    CHECK(fold_key("Дом") == std::string(3, other_letter));
    CHECK(fold_key("€😀") == std::string(2, other_sign));
    CHECK(fold_key("").empty());
}

TEST_CASE("fold: letter codes follow the order of arabic_letters") {
    CHECK(fold_key("ب")[0] == code(U'ب'));
    CHECK(static_cast<unsigned char>(code(U'ء')) == 0x80);
    for (char32_t const letter : arabic_letters) {
        std::string utf8;
        append_utf8(letter, utf8);
        CHECK(folded(utf8) == utf8);
    }
}

TEST_CASE("fold: the map back to the source") {
    std::string const text = "في حَمَاة";
    FoldedText const result = fold(text);
    CHECK(to_utf8(result.codes) == "في حماه");
    CHECK(result.source_span(0, 2).of(text) == "في");
    CHECK(result.source_span(3, 7).of(text) == "حَمَاة");
    // A ligature belongs whole to each of its letters.
    std::string const ligature = "\uFEFBم";
    FoldedText const lam_alef = fold(ligature);
    REQUIRE(lam_alef.codes.size() == 3);
    CHECK(lam_alef.source_span(0, 1).of(ligature) == "\uFEFB");
    CHECK(lam_alef.source_span(1, 2).of(ligature) == "\uFEFB");
    CHECK(lam_alef.source_span(2, 3).of(ligature) == "م");
}

TEST_CASE("fold: invalid UTF-8 is one code for each bad byte") {
    CHECK(fold_key("a\xFF\xD8"
                   "b") == std::string{'a', other_letter, other_letter, 'b'});
    CHECK(fold_key("\xC0\xAF").size() == 2);     // overlong
    CHECK(fold_key("\xED\xA0\x80").size() == 3); // surrogate
    CHECK(fold_key("\xF4\x90\x80\x80").size() == 4);
    CHECK(fold_key("\xE0\xA4") == std::string(2, other_letter));
}

TEST_CASE("fold: properties on random text") {
    std::mt19937 random{20190731};
    for (int round = 0; round < 4000; ++round) {
        bool const broken = round % 2 == 1;
        std::string const text = random_text(random, broken);
        CAPTURE(text);
        FoldedText const result = fold(text);
        REQUIRE(result.source.size() == result.codes.size() + 1);
        REQUIRE(result.source.back() == text.size());
        CHECK(fold_key(text) == result.codes);
        CHECK(fold_key(to_utf8(result.codes)) == result.codes);
        for (std::size_t i = 0; i < result.codes.size(); ++i) {
            REQUIRE(result.source[i] <= result.source[i + 1]);
            Span const span = result.source_span(i, i + 1);
            CHECK(span.begin < span.end);
            CHECK(span.end <= text.size());
            if (!broken) {
                CHECK(is_boundary(text, span.begin));
                CHECK(is_boundary(text, span.end));
            }
        }
    }
}
