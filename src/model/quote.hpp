#pragma once

#include <cstddef>
#include <string_view>

#include "model/span.hpp"

namespace kharita {

/// Where the sentence round a span stands: from the end of the sentence before it to its own end, without
/// blanks at both ends; at most `limit` bytes to either side, cut at a character. Sentences end at . ! ? ؟ …
/// before a blank, and at line ends. What people read beside an event, in the database as in
/// documents without text; the program itself reads sentences by other rules (text/).
Span sentence_round(std::string_view text, Span span, std::size_t limit = 600);

} // namespace kharita
