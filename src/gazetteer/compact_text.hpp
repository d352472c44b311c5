#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "text/utf8.hpp"

namespace kharita::gazetteer {

// Names take one byte a letter in the compiled gazetteer. ASCII stands as it is; byte 0x80 + n is U+0600 + n
// (to U+067E: the Arabic alphabet, tashkeel, digits and punctuation); any other character is the byte 0xFF
// followed by its UTF-8. Nothing is lost.

inline constexpr char compact_escape = '\xFF';

/// Nothing when the bytes are no UTF-8.
std::optional<std::string> to_compact(std::string_view utf8);
std::string from_compact(std::string_view compact);

/// The first character of `compact`, which must not be empty; `length` is never 0: a broken escape is
/// U+FFFD.
text::Utf8Character decode_compact(std::string_view compact) noexcept;

/// By byte: what the character folds to when that is one code (folded_text.hpp), else 0: it vanishes or is
/// escaped.
std::array<char, 256> const& compact_codes() noexcept;

} // namespace kharita::gazetteer
