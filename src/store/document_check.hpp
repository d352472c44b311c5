#pragma once

#include "model/document.hpp"

namespace kharita::store {

/// Holds a document to every CHECK of the schema's tables that it goes to (schemas/db), so that a load need
/// not ask SQLite to, which takes three times as long; `kharita verify` asks it. Throws InputError saying
/// what was found and what was expected: `event 9c8f…: event_type is "Party"; expected an ACLED event type`.
void check_document(Document const& document);

} // namespace kharita::store
