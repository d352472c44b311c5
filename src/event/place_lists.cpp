#include <algorithm>
#include <array>
#include <string>

#include "event/place_finder.hpp"
#include "gazetteer/gazetteer.hpp"
#include "geo/geodesic.hpp"

// Which of the places that stand in a draft's words are its own: lists, settings, ends of roads.

namespace kharita::event {

int fineness(geoparse::Toponym const& toponym) {
    if (!toponym.mention.place) {
        return 4; // what nobody could resolve is a village more often than not
    }
    switch (gazetteer::feature_class(toponym.mention.place->feature)) {
    case gazetteer::FeatureClass::country:
        return 0;
    case gazetteer::FeatureClass::admin1:
    case gazetteer::FeatureClass::region:
        return 1;
    case gazetteer::FeatureClass::admin2:
        return 2;
    case gazetteer::FeatureClass::admin3:
        return 3;
    case gazetteer::FeatureClass::settlement:
    case gazetteer::FeatureClass::neighbourhood:
    case gazetteer::FeatureClass::facility:
    case gazetteer::FeatureClass::natural:
    case gazetteer::FeatureClass::line:
        return 4;
    }
    return 4;
}

bool PlaceFinder::is_same(std::size_t a, std::size_t b) const {
    auto const& x = m_scene.places()[a].mention.place;
    auto const& y = m_scene.places()[b].mention.place;
    return x && y && x->id == y->id;
}

/// Whether a place goes on from one named before it: of its list, joined by «و» or a comma with few words
/// between («قرى A وB، ومحيط بلدة C»).
bool PlaceFinder::is_joined(std::size_t earlier, std::size_t later) const {
    geoparse::Toponym const& a = m_scene.places()[earlier];
    geoparse::Toponym const& b = m_scene.places()[later];
    if (a.list == b.list || m_scene.has_listed({a.tokens.end, b.tokens.begin}, "including")) {
        return true;
    }
    constexpr std::size_t most_words_between = 6;
    std::size_t words = 0;
    for (std::size_t token = a.tokens.end; token < b.tokens.begin; ++token) {
        words += m_scene.text().tokens()[token].kind == text::Token::Kind::word ? 1U : 0U;
    }
    return words <= most_words_between && is_added(b, a.tokens.end) && !is_bearing(b);
}

/// «قرى سهل X (A، B، C)»: an area whose places are listed behind it in brackets.
void PlaceFinder::drop_containers(std::vector<std::size_t>& places) const {
    for (std::size_t i = 0; i + 2 < places.size(); ++i) {
        geoparse::Toponym const& area = m_scene.places()[places[i]];
        geoparse::Toponym const& first = m_scene.places()[places[i + 1]];
        bool const opens =
            m_scene.text().source_text(area.tokens.end) == "(" && first.tokens.begin == area.tokens.end + 1;
        if (opens && first.list == m_scene.places()[places[i + 2]].list) {
            places.erase(places.begin() + static_cast<std::ptrdiff_t>(i));
            return;
        }
    }
}

/// Whether a place is where a road leads to: «طريق X», «طريق X - Y».
bool PlaceFinder::is_road_end(std::size_t place) const {
    constexpr std::size_t sign = 1;      // a dash between both
    constexpr std::size_t adjective = 2; // «الطريق الدولي X - Y»
    std::size_t const begin = m_scene.places()[place].tokens.begin;
    if (m_scene.has_listed({begin - std::min(begin, adjective), begin}, "road")) {
        return true;
    }
    return place > 0 && m_scene.places()[place - 1].tokens.end + sign >= begin && is_road_end(place - 1);
}

/// Whether two places lie so far apart that neither says where on the road between them something was.
bool PlaceFinder::are_far_apart(std::size_t a, std::size_t b) const {
    constexpr Metres far{30'000};
    auto const& first = m_scene.places()[a].mention.place;
    auto const& second = m_scene.places()[b].mention.place;
    return first && second && geo::distance(first->at, second->at).value > far.value;
}

/// «احتجاجات في X، وقطع الطريق A - B»: what a road leads to, where something else is named first, or where
/// its ends are far apart.
void PlaceFinder::drop_road_ends(std::vector<std::size_t>& places) const {
    if (places.empty()) {
        return;
    }
    bool const are_ends =
        std::all_of(places.begin(), places.end(), [&](std::size_t i) { return is_road_end(i); });
    if (are_ends && places.size() == 2 && are_far_apart(places.front(), places.back())) {
        places.clear();
    } else if (!are_ends && !is_road_end(places.front())) {
        std::erase_if(places, [&](std::size_t i) { return is_road_end(i); });
    }
}

/// Whether «و», a comma or the like adds a place to one named before it: «X وY», «X، و12 على مناطق في Y», but
/// not «X والتلال في Y», where «في» says where all of it lies.
bool PlaceFinder::is_added(geoparse::Toponym const& toponym, std::size_t after) const {
    static std::string const middle = text::fold_key("وسط");
    static std::string const in = text::fold_key("في");
    static std::array const aims{text::fold_key("على"),   text::fold_key("مناطق"), text::fold_key("أطراف"),
                                 text::fold_key("أماكن"), text::fold_key("مواقع"), text::fold_key("محيط"),
                                 text::fold_key("قرب")};
    bool lies_in = false;
    bool is_aimed_at = false;
    for (std::size_t token = toponym.tokens.begin + 1; token-- > after;) {
        std::string_view const codes = m_scene.text().codes(token);
        Word const* const other = m_scene.word_at(token, WordKind::actor);
        if (other != nullptr && other->match.clitics.conjunction &&
            other->match.clitics.preposition == text::code(U'ل')) {
            return true; // «مواقع لـX في A ولـY في B»
        }
        auto const kind = m_scene.text().tokens()[token].kind;
        bool const is_sign = kind != text::Token::Kind::word && kind != text::Token::Kind::number;
        if (is_sign || codes == "and" || codes == text::fold_key("إلى") ||
            (codes.front() == text::code(U'و') && codes != middle)) {
            return !lies_in || is_aimed_at;
        }
        lies_in = lies_in || codes == in;
        is_aimed_at = is_aimed_at || std::find(aims.begin(), aims.end(), codes) != aims.end();
    }
    return false;
}

/// «التلال جنوب بلدة X»: X only says where.
bool PlaceFinder::is_bearing(geoparse::Toponym const& toponym) const {
    constexpr std::size_t reach = 2; // a type word may stand between
    std::size_t const begin = toponym.tokens.begin;
    if (m_scene.text().codes(begin).front() == text::code(U'و')) {
        return false; // «X شمال A وY»: what «و» joins goes on with X
    }
    auto const before = m_scene.words_in({begin - std::min(begin, reach), begin});
    return std::any_of(before.begin(), before.end(), [](Word const& word) {
        return is_cue(word, Cue::bearing) && !word.match.clitics.conjunction;
    });
}

/// «منطقة في سورية قبالة بلدة X», «المقابلة لمدينة X»: X only says where the place before it lies.
bool PlaceFinder::is_landmark(std::size_t place) const {
    constexpr std::size_t reach = 3; // a type word may stand between
    std::size_t const begin = m_scene.places()[place].tokens.begin;
    auto const before = m_scene.words_in({begin - std::min(begin, reach), begin});
    return std::any_of(before.begin(), before.end(),
                       [](Word const& word) { return is_cue(word, Cue::landmark); });
}

/// «على الطريق بين X وY»: one stretch, which the first of its ends stands for.
bool PlaceFinder::is_end_of(std::size_t stretch, std::size_t place) const {
    auto const& relation = m_scene.places()[stretch].mention.relation;
    bool const joins_two =
        relation && (relation->kind == Relation::Kind::road || relation->kind == Relation::Kind::between);
    return joins_two && std::find(relation->of.begin(), relation->of.end(),
                                  m_scene.places()[place].mention.id) != relation->of.end();
}

/// Whether a word stands before a place, or before its type word.
bool PlaceFinder::is_led_by(std::size_t place, std::string_view word) const {
    std::string const wanted = text::fold_key(word);
    std::size_t const begin = m_scene.places()[place].tokens.begin;
    return (begin > 0 && m_scene.text().codes(begin - 1) == wanted) ||
           (begin > 1 && m_scene.text().codes(begin - 2) == wanted);
}

/// Of places that hang together only loosely the first ones are meant («في X وسط حشد أرادوا إعمار Y»), and
/// of two names for one place the first.
void PlaceFinder::keep_joined(std::vector<std::size_t>& places) const {
    std::vector<std::size_t> kept;
    for (std::size_t const place : places) {
        if (!kept.empty() && !is_joined(kept.back(), place)) {
            bool const was_source = is_led_by(kept.front(), "من") && is_led_by(place, "على");
            if (!was_source) {
                break;
            }
            kept.clear(); // «أطلقت من X على A وB»
        }
        kept.push_back(place);
    }
    places.clear();
    for (std::size_t const place : kept) {
        if (std::none_of(places.begin(), places.end(),
                         [&](std::size_t each) { return is_same(each, place) || is_end_of(each, place); })) {
            places.push_back(place);
        }
    }
}

/// «حلب وكوباني»: what «و» joins at once is named beside it, not in it.
bool PlaceFinder::follows_at_once(std::size_t place, std::size_t next) const {
    std::size_t const begin = m_scene.places()[next].tokens.begin;
    return m_scene.places()[place].tokens.end == begin &&
           m_scene.text().codes(begin).front() == text::code(U'و');
}

/// «في الحسكة والرقة، وقرب كركوك»: a coarse place to which «و» joins finer ones that all lie elsewhere is one
/// of them.
bool PlaceFinder::leads_to_others(std::size_t coarse, std::vector<std::size_t> const& all) const {
    auto const& outer = m_scene.places()[coarse].mention.place;
    bool joined = false;
    for (std::size_t const each : all) {
        auto const& inner = m_scene.places()[each].mention.place;
        bool const is_later =
            each > coarse && fineness(m_scene.places()[each]) > fineness(m_scene.places()[coarse]);
        if (!is_later) {
            continue;
        }
        if (follows_at_once(coarse, each)) {
            return true;
        }
        bool const elsewhere = outer && inner && (!inner->admin1 || inner->admin1->id != outer->id) &&
                               (!inner->admin2 || inner->admin2->id != outer->id) &&
                               (!inner->admin3 || inner->admin3->id != outer->id);
        if (!elsewhere) {
            return false;
        }
        joined = joined || is_joined(coarse, each);
    }
    return joined;
}

/// «في حلب، مواقع … في نبل والزهراء»: of places of unlike fineness the coarser only say where the finer are.
void PlaceFinder::keep_finest(std::vector<std::size_t>& places) const {
    int finest = 0;
    for (std::size_t const i : places) {
        finest = std::max(finest, fineness(m_scene.places()[i]));
    }
    std::vector<std::size_t> lists;
    for (std::size_t const i : places) {
        if (fineness(m_scene.places()[i]) == finest) {
            lists.push_back(m_scene.places()[i].list);
        }
    }
    // «مجمل محافظة X بما فيها مدينة Y»: both.
    auto const includes_next = [&, all = places](std::size_t outer) {
        auto const next = std::find(all.begin(), all.end(), outer) + 1;
        return next < all.end() &&
               m_scene.has_listed({m_scene.places()[outer].tokens.end, m_scene.places()[*next].tokens.begin},
                                  "including");
    };
    std::erase_if(places, [&, all = places](std::size_t i) {
        bool const goes_on =
            fineness(m_scene.places()[i]) > 0 && (leads_to_others(i, all) || includes_next(i));
        return !goes_on && std::find(lists.begin(), lists.end(), m_scene.places()[i].list) == lists.end();
    });
    // A place that holds another of them is that one's setting.
    auto const holds = [&](std::size_t outer, std::size_t inner) {
        auto const& a = m_scene.places()[outer].mention.place;
        auto const& b = m_scene.places()[inner].mention.place;
        bool const siblings =
            follows_at_once(outer, inner) || m_scene.places()[outer].list == m_scene.places()[inner].list;
        if (!a || !b || outer == inner || siblings) {
            return false;
        }
        auto const is = [&](std::optional<AdminUnit> const& unit) { return unit && unit->id == a->id; };
        return a->id != b->id && (is(b->admin1) || is(b->admin2) || is(b->admin3) || b->country == a->id);
    };
    std::erase_if(places, [&, all = places](std::size_t outer) {
        return !includes_next(outer) &&
               std::any_of(all.begin(), all.end(), [&](std::size_t inner) { return holds(outer, inner); });
    });
}

} // namespace kharita::event
