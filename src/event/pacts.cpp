#include <algorithm>
#include <map>
#include <string>

#include "event/place_finder.hpp"

// Agreements and conferences named after a place: «بموجب اتفاق X» tells nothing of what happened at X.

namespace kharita::event {

/// «اتفاق X», "the X agreement" in the words of another happening; talks and agreements are at X.
bool PlaceFinder::names_pact(Draft const& draft, geoparse::Toponym const& toponym) const {
    std::string const& type = type_of(draft).name;
    if (type == "talks" || type == "agreement") {
        return false;
    }
    auto const is_pact = [&](std::size_t token) {
        return !draft.tokens.contains(token) && m_scene.has_listed({token, token + 1}, "pact");
    };
    if (!text::is_arabic(m_scene.text().codes(toponym.tokens.begin).front())) {
        return is_pact(toponym.tokens.end);
    }
    // «اتفاقي X وY»: the first of the list stands behind the word.
    auto const& places = m_scene.places();
    auto const first = std::find_if(places.begin(), places.end(), [&](geoparse::Toponym const& each) {
        return each.list == toponym.list || each.tokens.begin == toponym.tokens.begin;
    });
    std::size_t const begin = first->tokens.begin;
    bool const quoted =
        begin > 0 && m_scene.text().tokens()[begin - 1].kind == text::Token::Kind::punctuation;
    std::size_t const skipped = quoted ? 2 : 1;
    return begin >= skipped && is_pact(begin - skipped);
}

/// Whether a place lies in another country than most other places of the text, or nobody can tell.
bool PlaceFinder::is_abroad(geoparse::Toponym const& toponym) const {
    if (!toponym.mention.place) {
        return true;
    }
    std::map<std::string, std::size_t> counts;
    for (geoparse::Toponym const& each : m_scene.places()) {
        bool const counts_here = each.mention.place && each.mention.place->id != toponym.mention.place->id &&
                                 each.mention.role != Role::metonym && fineness(each) > 0;
        if (counts_here) {
            ++counts[each.mention.place->country];
        }
    }
    auto const most = std::max_element(counts.begin(), counts.end(),
                                       [](auto const& a, auto const& b) { return a.second < b.second; });
    return most == counts.end() || most->first != toponym.mention.place->country;
}

/// Drops the places that only name a pact where the draft has others.
void PlaceFinder::drop_pacts(Draft const& draft, std::vector<std::size_t>& places) const {
    auto const names = [&](std::size_t i) { return names_pact(draft, m_scene.places()[i]); };
    if (!std::all_of(places.begin(), places.end(), names)) {
        std::erase_if(places, names);
    }
}

} // namespace kharita::event
