#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "text/tokens.hpp"

namespace kharita::text {

/// A number read from tokens: digits («300», «١٢», "1,500"), Arabic number words in both genders («ثلاثة»,
/// «أربع», «أحد عشر», «خمسة وعشرين», «مئة وخمسين», «ألفين»), English words ("twenty-one", "dozen" as 12).
struct Number {
    std::int64_t value = 0;
    TokenRange tokens; ///< what it spans
};

/// The longest number that starts at token `at`, if any. Proclitics are accepted on the first word only
/// («بأربع غارات») when what remains is a number word. «واحد»/«واحدة» count as 1.
std::optional<Number> read_number(TokenizedText const &text, std::size_t at);

} // namespace kharita::text
