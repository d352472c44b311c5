#include "event/ids.hpp"

#include <limits>

#include "base/hash.hpp"

namespace kharita::event {

std::string event_id(std::string_view doc_id, Span trigger, std::optional<Span> mention,
                     std::size_t ordinal) {
    constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();
    Span const place = mention.value_or(Span{nowhere, nowhere});
    return Sha256{}
        .field("event")
        .field(doc_id)
        .number(trigger.begin)
        .number(trigger.end)
        .number(place.begin)
        .number(place.end)
        .number(ordinal)
        .hex(32);
}

std::string zone_id(std::string_view doc_id, Span words, std::size_t ordinal) {
    return Sha256{}.field("zone").field(doc_id).number(words.begin).number(words.end).number(ordinal).hex(32);
}

} // namespace kharita::event
