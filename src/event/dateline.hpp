#pragma once

#include <optional>

#include "model/date.hpp"
#include "text/dates.hpp"
#include "text/tokens.hpp"

namespace kharita::event {

/// The day that a report without a day of publication says it was written on: day, month and year at the head
/// of one of its first paragraphs, before a dash or alone on the line («عدن، 15 يوليو 2015 – تمكنت …»). Empty
/// where none stands there.
std::optional<Date> dateline_of(text::TokenizedText const& text, text::DateVocabulary const& words);

} // namespace kharita::event
