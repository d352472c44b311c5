#pragma once

#include <vector>

#include "event/event_coder.hpp"
#include "gazetteer/gazetteer.hpp"
#include "geoparse/geoparser.hpp"
#include "text/tokens.hpp"

namespace kharita::extract {

/// Settles what mentions do, once it is known what happened where:
/// - a wider place at which something was told that a smaller place inside it has is its scope («غارات على
/// ريف X …
///   استهدفت بلدة Y»);
/// - a wider place that only frames smaller ones is a scope where something happened in them, else nothing;
/// - a place of an event named in the headline is the event's place there too;
/// - a place named where something happens, in a sentence that tells of it, is an event's place.
void settle_roles(text::TokenizedText const& text, gazetteer::Gazetteer const& gazetteer,
                  event::Coding const& coding, std::vector<geoparse::Toponym>& places);

} // namespace kharita::extract
