#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "event/scene.hpp"
#include "model/event.hpp"

namespace kharita::event {

/// An actor named in a text; more than one reference where the name fits several or two stand together
/// («الطيران السوري والروسي»).
struct ActorMention {
    text::TokenRange tokens;
    std::vector<ActorRef> actors; ///< the surest first
    int inter = 0;                ///< ACLED code of the first
    std::string country;          ///< of the first, ISO 3166-1 alpha-3
    text::CliticReading clitics;  ///< of the first token
};

/// All actors of a text in order: by aliases valid on the day (publication, where the report has one), and by
/// a noun for a force with the adjective of its country.
std::vector<ActorMention> find_actor_mentions(Scene const& scene);

/// A country's own military, police or government on a day («قوات Y»), ISO 3166-1 alpha-3; null where none is
/// known.
Actor const* branch_of(Lexicon const& lexicon, std::string_view iso, Branch branch, std::optional<Date> day);

} // namespace kharita::event
