#include "store/actors.hpp"

#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

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

std::string actor_key(std::string_view id, std::string_view name) {
    return id.empty() ? fmt::format("name:{}", name) : std::string{id};
}

std::string names_of(std::span<ActorRef const> actors) {
    if (actors.size() == 1) { // nearly always
        return actors.front().name.empty() ? actors.front().id : actors.front().name;
    }
    double whole = 0;
    std::vector<std::string_view> names;
    for (ActorRef const& actor : actors) {
        whole += actor.confidence;
        names.push_back(actor.name.empty() ? actor.id : actor.name);
    }
    // Candidates are alternatives, so that their probabilities add up to one at most.
    constexpr double slack = 1e-6;
    return fmt::format("{}", fmt::join(names, whole > 1 + slack ? " and " : " or "));
}

} // namespace kharita::store
