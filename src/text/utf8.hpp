#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace kharita::text {

/// A character and how many bytes it takes; `length` 0 where the bytes are no UTF-8.
struct Utf8Character {
    char32_t character = 0;
    std::size_t length = 0;
};

/// The first character of `bytes`, which must not be empty. Overlong forms, surrogates and what lies beyond
/// U+10FFFF are no UTF-8 (RFC 3629).
Utf8Character decode(std::string_view bytes) noexcept;

/// Whether the bytes are UTF-8 as RFC 3629 defines it: no overlong forms, surrogates, or code points above
/// U+10FFFF. Returns the offset of the first bad byte, or nothing when all are good.
std::optional<std::size_t> first_invalid_utf8(std::string_view bytes) noexcept;

/// Appends a character, which must be a Unicode scalar value.
void append_utf8(char32_t character, std::string& text);

} // namespace kharita::text
