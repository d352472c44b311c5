// ICU as an independent opinion on what the folding table says.

#include <string>

#include <doctest/doctest.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "text/folded_text.hpp"
#include "text/utf8.hpp"

using namespace kharita::text;

namespace {

std::string utf8(char32_t character) {
    std::string text;
    append_utf8(character, text);
    return text;
}

std::string folded(char32_t character) {
    return fold_key(utf8(character));
}

std::string decomposed(char32_t character) {
    UErrorCode status = U_ZERO_ERROR;
    icu::Normalizer2 const* const nfkd = icu::Normalizer2::getNFKDInstance(status);
    REQUIRE(U_SUCCESS(status));
    std::string result;
    nfkd->normalize(icu::UnicodeString{static_cast<UChar32>(character)}, status).toUTF8String(result);
    REQUIRE(U_SUCCESS(status));
    return result;
}

bool in(char32_t c, char32_t first, char32_t last) {
    return first <= c && c <= last;
}

template <typename Check>
void for_each_character(char32_t first, char32_t last, Check const& check) {
    for (char32_t c = first; c <= last; ++c) {
        if (!in(c, 0xD800, 0xDFFF) && u_isdefined(static_cast<UChar32>(c))) {
            CAPTURE(static_cast<std::uint32_t>(c));
            check(c);
        }
    }
}

} // namespace

TEST_CASE("fold and ICU: presentation forms and full width forms are what NFKD makes of them") {
    auto const check = [](char32_t c) {
        std::string const parts = decomposed(c);
        // Marks that stand alone decompose to a space and a mark; here they vanish like any other.
        if (parts != utf8(c) && !parts.starts_with(' ')) {
            CHECK(fold_key(parts) == folded(c));
        }
    };
    for_each_character(0xFB00, 0xFB06, check);
    for_each_character(0xFB50, 0xFDFF, check);
    for_each_character(0xFE70, 0xFEFC, check);
    for_each_character(0xFF01, 0xFF5E, check);
}

TEST_CASE("fold and ICU: letters with diacritics fold to their base") {
    auto const check = [](char32_t c) {
        std::string const parts = decomposed(c);
        bool const letter = u_isalpha(static_cast<UChar32>(c)) != 0;
        if (letter && parts.size() > 1 && parts != utf8(c) && static_cast<unsigned char>(parts[0]) < 0x80 &&
            c != 0x149 && c != 0x1E9A && !in(c, 0x13F, 0x140)) { // ŉ ẚ ŀ decompose to a letter and a sign
            CHECK(fold_key(parts) == folded(c));
        }
    };
    for_each_character(0xC0, 0x24F, check);
    for_each_character(0x1E00, 0x1EFF, check);
}

TEST_CASE("fold and ICU: case does not matter") {
    for_each_character(0x20, 0x1FFFF, [](char32_t c) {
        auto const lower = static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
        if (lower != c && !in(c, 0x2C60, 0x2C7F) && !in(lower, 0x2C60, 0x2C7F)) {
            CHECK(folded(c) == folded(lower));
        }
    });
}

TEST_CASE("fold and ICU: decimal digits of Arabic and Persian") {
    for_each_character(0x600, 0x6FF, [](char32_t c) {
        if (u_charType(static_cast<UChar32>(c)) == U_DECIMAL_DIGIT_NUMBER) {
            CHECK(folded(c) == std::to_string(u_charDigitValue(static_cast<UChar32>(c))));
        }
    });
}

TEST_CASE("fold and ICU: white space, marks, letters and signs") {
    for_each_character(0, 0xFFFF, [](char32_t c) {
        auto const icu = static_cast<UChar32>(c);
        std::string const codes = folded(c);
        if (u_isUWhiteSpace(icu) != 0) {
            CHECK((codes == " " || codes == "\n"));
        } else if (u_ispunct(icu) != 0 && (c < 0x700 || in(c, 0x2000, 0x2BFF)) && c != 0x375) {
            CHECK((codes.empty() || !is_word(codes[0])));
        }
        if (in(c, 0x600, 0x6FF) && u_charType(icu) == U_NON_SPACING_MARK) {
            CHECK(codes.empty());
        }
        if (in(c, 0x300, 0x36F)) {
            CHECK(codes.empty());
        }
        bool const arabic_mark = c == 0x640 || c == 0x674 || c == 0x6E5 || c == 0x6E6;
        bool const modifier = u_charType(icu) == U_MODIFIER_LETTER;
        if (u_isalpha(icu) != 0 && !arabic_mark && !modifier && in(c, 0x41, 0x17FF) &&
            u_charType(icu) != U_NON_SPACING_MARK) {
            CHECK((!codes.empty() && is_word(codes[0])));
        }
        if (u_hasBinaryProperty(icu, UCHAR_BIDI_CONTROL) != 0) {
            CHECK(codes.empty());
        }
    });
}

TEST_CASE("fold and ICU: letters of the Arabic block keep to what NFKD takes off them") {
    for_each_character(0x600, 0x6FF, [](char32_t c) {
        std::string const parts = decomposed(c);
        bool const high_hamza = in(c, 0x675, 0x678); // decompose to the letter and a hamza that stands apart
        if (parts != utf8(c) && !high_hamza) {
            CHECK(fold_key(parts) == folded(c));
        }
    });
}
