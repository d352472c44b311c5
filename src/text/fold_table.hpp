#pragma once

#include <string_view>

namespace kharita::text {

/// The letter codes (folded_text.hpp) of one Unicode character: none for a mark that vanishes, several for a
/// ligature. The view lives as long as the program.
///
/// Source: Unicode 15, NFKC and character names; what goes beyond NFKC is listed at FoldedText.
std::string_view folded_character(char32_t c) noexcept;

} // namespace kharita::text
