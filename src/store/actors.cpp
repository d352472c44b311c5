#include "store/actors.hpp"

#include <string>

namespace kharita::store {

std::vector<ActorRecord> records_of(std::span<Actor const> actors) {
    std::vector<ActorRecord> records;
    records.reserve(actors.size());
    for (Actor const& actor : actors) {
        records.push_back({.id = actor.id,
                           .name = actor.name,
                           .name_ar = std::string{arabic_name(actor)},
                           .kind = std::string{actor_type(actor.inter)},
                           .country = actor.country,
                           .parent = actor.parent});
    }
    return records;
}

} // namespace kharita::store
