#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/span.hpp"

namespace kharita::text {

/// UTF-8 text folded for matching, with a map back to the source.
///
/// Each letter becomes one byte, a *letter code*, so that names and texts are compared byte by byte and a
/// table does the folding. What folds together (design: gazetteer, "Matching"):
/// - آ أ إ ٱ → ا; ى → ي; ة → ه; ؤ → و; ئ → ي; Persian and Urdu forms ک گ → ك, ی → ي, پ → ب, ڤ → ف, چ → ج;
/// presentation
///   forms → their letters (lam-alef → two codes);
/// - tashkeel, superscript alef, tatweel, ZWJ, ZWNJ and bidi marks vanish;
/// - Arabic-Indic and Persian digits → 0–9; Latin letters → lower case without diacritics (é → e, ş → s, ı →
/// i);
/// - white space of any kind and control characters → ' '; line ends (CR LF as one) → '\n'; letters of other
///   scripts → one code for all, `other_letter`.
/// - Punctuation becomes the ASCII sign of its kind: ، → ',', ؛ → ';', ؟ → '?', ٪ → '%', ۔ and … → '.',
/// dashes
///   → '-', curly apostrophes, ʿ and ʾ → '\''; “ ” „ and " → '"', for the press of right-to-left scripts uses
///   them either way round; « ‹ → `open_quote`, » › → `close_quote`. All other signs → `other_sign`.
/// Arabic letters occupy codes 0x80 .. 0xA7 in the order of the table `arabic_letters`; ASCII is itself.
/// Invalid UTF-8 folds to `other_letter`, one code for each bad byte.
struct FoldedText {
    std::string codes;
    /// For code i, the byte of the source where its character begins. One more entry at the end: the source's
    /// size.
    std::vector<std::uint32_t> source;

    /// The bytes of the source behind the codes [begin, end): from the first character's first byte to the
    /// first byte after the last character; marks that vanished inside belong to it, marks after it do too.
    /// A ligature that became several codes belongs whole to each of them.
    Span source_span(std::size_t begin, std::size_t end) const noexcept {
        if (begin < end) {
            while (end < codes.size() && source[end] == source[end - 1]) {
                ++end;
            }
        }
        return {source[begin], source[end]};
    }
};

/// Folds a whole text. Texts are at most 4 GiB. Never fails: any bytes are folded.
FoldedText fold(std::string_view utf8);

/// Only the codes: the key of a name or a word of vocabulary.
std::string fold_key(std::string_view utf8);

/// The folded letters as UTF-8 again, for messages and tests: "حماه".
std::string to_utf8(std::string_view codes);

/// Letter code of an Arabic letter as it stands after folding (ا ب ت …), for rules written in code; at
/// compile time. `code(U'ا')`. A letter that folding never yields is a compile error.
consteval char code(char32_t letter);

/// The 28 letters, hamza and what else folding yields, in code order from 0x80.
inline constexpr std::u32string_view arabic_letters = U"ءابتثجحخدذرزسشصضطظعغفقكلمنهوي";

inline constexpr char other_letter = '\x7F';
inline constexpr char other_sign = '\x01';
inline constexpr char open_quote = '\x02';
inline constexpr char close_quote = '\x03';

/// A letter or digit of a word: Arabic, Latin, digit, other_letter.
constexpr bool is_word(char code) noexcept {
    auto const c = static_cast<unsigned char>(code);
    return c >= 0x7F || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

constexpr bool is_arabic(char code) noexcept {
    return static_cast<unsigned char>(code) >= 0x80;
}

constexpr bool is_digit(char code) noexcept {
    return code >= '0' && code <= '9';
}

constexpr bool is_latin(char code) noexcept {
    return code >= 'a' && code <= 'z';
}

consteval char code(char32_t letter) {
    for (std::size_t i = 0; i < arabic_letters.size(); ++i) {
        if (arabic_letters[i] == letter) {
            return static_cast<char>(0x80 + i);
        }
    }
    throw "folding never yields this letter"; // NOLINT: not reached at run time
}

} // namespace kharita::text
