#pragma once

#include "geoparse/draft.hpp"

namespace kharita::geoparse {

/// Whether a name is part of that of an organisation, campaign or broadcaster which runs on from its first
/// word: «الحملة الوطنية لنصرة الأشقاء في X», «مركز دراسات X». `clitics`: those before the name.
bool is_in_organisation(Context const& context, text::TokenRange name, text::CliticReading const& clitics);

/// Whether a name is the first of two of a person who is quoted: «وفقا لX فلان مدير المركز».
bool is_quoted_person(Context const& context, text::TokenRange name);

} // namespace kharita::geoparse
