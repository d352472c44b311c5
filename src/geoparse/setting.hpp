#pragma once

#include "geoparse/draft.hpp"

namespace kharita::geoparse {

/// Reads the words round a name. `clitics` are those of the name's first token.
Setting read_setting(Context const& context, text::TokenRange name, text::CliticReading const& clitics);

/// Whether words that bind the name to a wider place follow a phrase: «بريف …», «شمال …», «التابعة لـ».
bool scope_follows(Context const& context, text::TokenRange phrase);

} // namespace kharita::geoparse
