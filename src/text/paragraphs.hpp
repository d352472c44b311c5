#pragma once

#include "text/tokens.hpp"

namespace kharita::text {

/// Whether a line goes on from the text above it: «وقتل …», «كما استهدف …», «لكن …». Headlines of other
/// reports below a text do not begin so.
bool goes_on(TokenizedText const& text, TokenRange line);

/// Whether a line has so many words that it is a sentence rather than a signature, an address or a link.
bool is_long_line(TokenizedText const& text, TokenRange line);

} // namespace kharita::text
