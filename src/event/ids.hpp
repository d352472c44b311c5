#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "model/span.hpp"

namespace kharita::event {

/// The identity of an event: 32 hexadecimal digits of SHA-256 over the document, the bytes of its trigger and
/// of its place mention (none: the largest number twice), and `ordinal`, which tells events of one trigger
/// and mention apart. No place, type or vocabulary goes into it, so a corrected spelling breaks no link.
std::string event_id(std::string_view doc_id, Span trigger, std::optional<Span> mention, std::size_t ordinal);

/// The identity of a zone: as event_id, of the words that name it.
std::string zone_id(std::string_view doc_id, Span words, std::size_t ordinal);

} // namespace kharita::event
