#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/actor.hpp"
#include "model/event.hpp"
#include "store/database.hpp"

namespace kharita::store {

/// The vocabulary's actors as rows of table `actor`: their type in words is their kind, their first Arabic
/// alias their Arabic name.
std::vector<ActorRecord> records_of(std::span<Actor const> actors);

/// What an actor is kept under: its id, or "name:…" where only a name is known.
std::string actor_key(std::string_view id, std::string_view name);
inline std::string actor_key(ActorRef const& actor) {
    return actor_key(actor.id, actor.name);
}

/// Names as people read them: "A and B" for partners, "A or B" for candidates, which share one whole.
std::string names_of(std::span<ActorRef const> actors);

} // namespace kharita::store
