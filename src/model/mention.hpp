#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/geometry.hpp"
#include "model/place.hpp"
#include "model/span.hpp"

namespace kharita {

/// What a mention of a place does in its sentence.
enum class Role {
    event,   ///< something happened there
    scope,   ///< it binds other mentions: X in «بريف X»
    origin,  ///< where fire or forces came from
    heading, ///< where forces move to
    metonym, ///< a capital or country that stands for its government
    other,
};

/// How a relative place is derived from others: «10 كم شرق X», «بين X وY», «محور X».
struct Relation {
    enum class Kind { offset, direction, between, outskirts, near, axis, road, part };
    Kind kind = Kind::direction;
    std::optional<Metres> distance;
    std::optional<Degrees> direction;
    std::vector<std::string> of; ///< ids of the mentions it is relative to

    friend bool operator==(Relation const&, Relation const&) = default;
};

/// A candidate that was not chosen.
struct Alternative {
    std::string place; ///< gazetteer id
    double confidence = 0;
    friend bool operator==(Alternative const&, Alternative const&) = default;
};

/// A place named in a text, and what it was resolved to. Nothing is resolved by guess: without enough
/// evidence `place` is empty, `why` says so and `alternatives` lists the candidates.
struct Mention {
    std::string id; ///< "m1", "m2" … in text order
    Span span;      ///< without proclitics and type word
    Role role = Role::other;
    std::optional<Place> place;
    std::optional<LonLat> at;          ///< the place's point, or that of a relative place
    std::optional<Metres> uncertainty; ///< radius round `at`
    std::optional<Geometry> area;      ///< of a relative place: its uncertainty polygon
    int geo_precision = 0;             ///< ACLED 1–3; 0 while unresolved
    int where_prec = 0;                ///< UCDP 1–7; 0 while unresolved
    std::optional<std::string> scope;  ///< id of the mention that binds this one
    std::optional<Relation> relation;
    double confidence = 0;                 ///< probability that `place` is right, 0 .. 1
    std::string why;                       ///< the evidence, in English, for people
    std::vector<Alternative> alternatives; ///< best first

    friend bool operator==(Mention const&, Mention const&) = default;
};

} // namespace kharita
