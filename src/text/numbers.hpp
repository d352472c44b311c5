#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

#include "text/code_map.hpp"
#include "text/tokens.hpp"

namespace kharita::text {

/// A number read from tokens: digits («300», «١٢», "1,500"), Arabic number words in both genders («ثلاثة»,
/// «أربع», «أحد عشر», «خمسة وعشرين», «مئة وخمسين», «ألفين»), English words ("twenty-one", "dozen" as 12), and
/// digits with a scale («3 آلاف», "2.5 million").
struct Number {
    std::int64_t value = 0;
    TokenRange tokens; ///< what it spans
};

/// The words that numbers are made of, from gazetteer/vocabulary/number_words.tsv. Immutable; load it once
/// and pass it on.
class NumberWords {
public:
    /// What a word may stand beside; see the head of number_words.tsv.
    enum class Kind : std::uint8_t { unit, bound, ten, hundred, scale, whole, dozen };

    struct Word {
        std::int64_t value = 0;
        Kind kind = Kind::unit;
    };

    /// `folder` is data_dir() / "gazetteer" / "vocabulary". Throws InputError with file and line.
    static NumberWords load(std::filesystem::path const& folder);

    /// A word by its letter codes; nothing when it is no number word. Valid while this lives.
    Word const* find(std::string_view codes) const;

private:
    CodeMap<Word> m_words;
};

/// The longest number that starts at token `at`, if any. Proclitics are accepted on the first word only
/// («بأربع غارات») when what remains is a number word; a word with ال is none («العشرين» may be an ordinal).
/// «واحد»/«واحدة» count as 1; «أحد» only within «أحد عشر» and «أحد وعشرين». A fraction without a scale that
/// makes it whole is no number.
std::optional<Number> read_number(TokenizedText const& text, std::size_t at, NumberWords const& words);

} // namespace kharita::text
