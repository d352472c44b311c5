#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/date.hpp"

namespace kharita {

/// What the press calls an actor.
struct ActorAlias {
    std::string name;
    double certainty = 1; ///< that it means this actor, where several share the name: above 0, at most 1
};

/// What of a state an actor is, for the nouns that with a country's adjective name it («الشرطة التركية»).
enum class Branch : std::uint8_t {
    none,
    military,
    air, ///< whose bombs fall from the air where nothing else is said
    police,
    government,
};

/// "police" and so on; empty for what names none. The empty name is that of Branch::none.
std::optional<Branch> branch_named(std::string_view name) noexcept;

/// Who acts or is acted upon: a row of gazetteer/actors.tsv.
struct Actor {
    std::string id;
    std::string name; ///< English
    std::vector<ActorAlias> aliases;
    std::optional<Date> from;
    std::optional<Date> to; ///< first day it no longer goes by this row
    std::string country;    ///< ISO 3166-1 alpha-3
    int inter = 0;          ///< ACLED's code of actor types: 1 state … 8 external
    std::string plover;     ///< PLOVER actor and sector
    std::string parent;     ///< actor id; empty where it has none
    Branch branch = Branch::none;
};

/// The actors of a table like gazetteer/actors.tsv, in its order.
///
/// Throws InputError with file and line for another header, a row cut short, an id that is empty or stands
/// twice, a day that is none, a branch that is none, a share of certainty or a type that is out of range.
std::vector<Actor> read_actors(std::filesystem::path const& file);

/// The first alias in Arabic letters that is the actor's alone; empty where it has none.
std::string_view arabic_name(Actor const& actor) noexcept;

inline constexpr int first_actor_type = 1;
inline constexpr int last_actor_type = 8;

/// ACLED's actor types in words, by their code: "state forces" for 1. Empty for what is no code.
std::string_view actor_type(int inter) noexcept;

} // namespace kharita
