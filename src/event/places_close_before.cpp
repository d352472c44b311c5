#include <algorithm>
#include <string>

#include "event/drafting.hpp"
#include "event/place_finder.hpp"

// Places that stand close before a unit, or before the clause that tells what happened there.

namespace kharita::event {

/// «بلدة A بالغوطة من ريف B»: the finer place that a unit stands close behind, as where that lies.
std::size_t PlaceFinder::inmost_of(Draft const& draft, std::size_t unit, std::size_t first) const {
    constexpr std::size_t reach = 8;
    geoparse::Toponym const& outer = m_scene.places()[unit];
    std::size_t const begin = outer.tokens.begin;
    auto const places = m_scene.places_in({std::max(first, begin - std::min(begin, reach)), begin});
    for (std::size_t const i : places) {
        geoparse::Toponym const& inner = m_scene.places()[i];
        auto const between = m_scene.words_in({inner.tokens.end, begin});
        bool const is_apart = std::ranges::any_of(between, [](Word const& word) {
            return word.kind == WordKind::trigger || is_verb(word.match.part);
        });
        if (fineness(inner) > fineness(outer) && !is_apart && lies_in(inner, outer) &&
            can_be_argument(draft, inner)) {
            return i;
        }
    }
    return unit;
}

/// «زحفوا باتجاه بلدة X حيث تدور معارك»: where somebody was heading, right before «حيث».
std::optional<std::size_t> PlaceFinder::goal_explained(Draft const& draft) const {
    constexpr std::size_t reach = 3;
    if (!is_explained(draft)) {
        return std::nullopt;
    }
    std::size_t const begin = m_scene.clauses()[draft.clause].tokens.begin;
    auto const places = m_scene.places_in({begin - std::min(begin, reach), begin});
    bool const is_goal = !places.empty() && m_scene.places()[places.back()].mention.role == Role::heading &&
                         m_scene.places()[places.back()].tokens.end + 1 >= begin;
    return is_goal ? std::optional{places.back()} : std::nullopt;
}

} // namespace kharita::event
