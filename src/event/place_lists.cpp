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
    constexpr Metres size_of_town{5000}; // a region so small is as fine as one
    switch (gazetteer::feature_class(toponym.mention.place->feature)) {
    case gazetteer::FeatureClass::country:
        return 0;
    case gazetteer::FeatureClass::admin1:
        return 1;
    case gazetteer::FeatureClass::region:
        return toponym.mention.place->uncertainty <= size_of_town ? 4 : 1;
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

bool lies_in(geoparse::Toponym const& inner, geoparse::Toponym const& outer) {
    auto const& a = inner.mention.place;
    auto const& b = outer.mention.place;
    if (!a || !b || a->id == b->id) {
        return false;
    }
    auto const is = [&](std::optional<AdminUnit> const& unit) { return unit && unit->id == b->id; };
    return is(a->admin1) || is(a->admin2) || is(a->admin3) || a->country == b->id;
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
    if (a.list == b.list || m_scene.has_listed({a.tokens.end, b.tokens.begin}, "including") ||
        is_resumed(earlier, later) || has_target_of_its_own(earlier, later)) {
        return true;
    }
    constexpr std::size_t most_words_between = 6;
    std::size_t words = 0;
    for (std::size_t token = a.tokens.end; token < b.tokens.begin; ++token) {
        words += m_scene.text().tokens()[token].kind == text::Token::Kind::word ? 1U : 0U;
    }
    // «بقنص جندي على محور A وتدمير آلية بصاروخ على محور B»: a means of its own makes it another thing.
    auto const between = m_scene.words_in({a.tokens.end, b.tokens.begin});
    bool const has_means = std::any_of(between.begin(), between.end(), [&](Word const& word) {
        return word.kind == WordKind::weapon && word.match.clitics.preposition == text::code(U'ب') &&
               !is_gapped(word);
    });
    return words <= most_words_between && !has_means && is_added(b, a.tokens.end) && !is_bearing(b);
}

/// «ردت بالصواريخ على A، وبالمدفعية على B»: the same deed, with another weapon of its kind.
bool PlaceFinder::is_gapped(Word const& weapon) const {
    static std::string const onto = text::fold_key("على");
    std::size_t const begin = weapon.match.tokens.begin;
    auto const& category = m_scene.lexicon().categories()[m_scene.lexicon().weapons()[weapon.row].category];
    return weapon.match.clitics.conjunction && begin > 0 && m_scene.text().codes(begin - 1) == "," &&
           m_scene.text().codes(weapon.match.tokens.end) == onto &&
           category.sub_event_type == "Shelling/artillery/missile attack";
}

/// «معسكرا في A ومستودعا في B», «مواقع X في A ومتمردي Y في شمال B»: one blow, and what it hit in each place.
bool PlaceFinder::has_target_of_its_own(std::size_t earlier, std::size_t later) const {
    constexpr std::size_t longest = 12;
    std::size_t const end = m_scene.places()[earlier].tokens.end;
    std::size_t const begin = m_scene.places()[later].tokens.begin;
    if (begin > end + longest || !is_placed(later)) {
        return false;
    }
    bool has_target = false;
    for (Word const& word : m_scene.words_in({end, begin})) {
        bool const is_means =
            word.kind == WordKind::weapon && word.match.clitics.preposition == text::code(U'ب');
        if (is_means || word.kind == WordKind::casualty ||
            (word.kind == WordKind::trigger && word.match.part != Part::noun)) {
            return false; // another happening
        }
        bool const is_target =
            is_cue(word, Cue::object) || word.kind == WordKind::actor ||
            m_scene.has_listed(word.match.tokens, "materiel") ||
            (word.kind == WordKind::victim && m_scene.lexicon().victims()[word.row] == Victim::combatant);
        // «ولحزب «X» المحظور»: «و» stands before the head of the name.
        std::size_t const head = word.match.tokens.begin - std::min<std::size_t>(word.match.tokens.begin, 2);
        bool const is_headed = word.kind == WordKind::actor && head >= end &&
                               m_scene.text().codes(head).front() == text::code(U'و');
        has_target = has_target || (is_target && (word.match.clitics.conjunction || is_headed));
    }
    return has_target;
}

/// «في X», «بـX», «شمالي X», «قرب X»: said to be where something is.
bool PlaceFinder::is_placed(std::size_t place) const {
    geoparse::Toponym const& toponym = m_scene.places()[place];
    return is_led_by(place, "في") || toponym.is_introduced || is_bearing(toponym) ||
           m_scene.text().codes(toponym.tokens.begin).front() == text::code(U'ب');
}

/// «على قرية A التي …، وعلى قرية B», «منطقة A الواقعة …، وقلعة B»: a comma, «و» and the place take up the
/// list again, whatever was said between without another happening.
bool PlaceFinder::is_resumed(std::size_t earlier, std::size_t later) const {
    constexpr std::size_t reach = 2; // a preposition and a type word
    std::size_t const begin = m_scene.places()[later].tokens.begin;
    std::size_t const end = m_scene.places()[earlier].tokens.end;
    static std::array const leads{text::fold_key("وعلى"),  text::fold_key("وفي"),   text::fold_key("ومدينة"),
                                  text::fold_key("وبلدة"), text::fold_key("وقرية"), text::fold_key("وحي")};
    auto const words = m_scene.words_in({end, begin});
    bool const tells = std::any_of(words.begin(), words.end(), [](Word const& word) {
        return word.kind == WordKind::trigger && word.match.part == Part::perfect && !word.match.may_be_noun;
    });
    for (std::size_t at = begin; !tells && at > end && at + reach >= begin; --at) {
        bool const opens =
            at == begin ? m_scene.text().codes(at).front() == text::code(U'و')
                        : std::find(leads.begin(), leads.end(), m_scene.text().codes(at)) != leads.end();
        if (opens && m_scene.text().codes(at - 1) == ",") {
            return true;
        }
    }
    return false;
}

/// Adds the places with which a list is taken up again behind the relative clause of its last place.
void PlaceFinder::add_resumed(Draft& draft, std::size_t index) const {
    std::size_t const next = draft.clause + 1;
    bool const is_last = index + 1 == m_drafts.size() || m_drafts[index + 1].clause > draft.clause;
    if (!is_last || draft.place_inherited || next >= m_scene.clauses().size() ||
        m_scene.clauses()[next].opening != Clause::Opening::relative ||
        m_scene.clauses()[next].sentence != m_scene.clauses()[draft.clause].sentence) {
        return;
    }
    for (std::size_t const i : m_scene.places_in(m_scene.clauses()[next].tokens)) {
        bool const fits = can_be_argument(draft, m_scene.places()[i]) &&
                          fineness(m_scene.places()[i]) == fineness(m_scene.places()[draft.places.back()]);
        if (fits && is_resumed(draft.places.back(), i)) {
            draft.places.push_back(i);
        }
    }
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

/// «احتجاجات في X، وقطع الطريق A - B»: what a road leads to, where something else is named first; of ends
/// that are far apart the second.
void PlaceFinder::drop_road_ends(Draft const& draft, std::vector<std::size_t>& places) const {
    if (places.empty()) {
        return;
    }
    bool const are_ends =
        std::all_of(places.begin(), places.end(), [&](std::size_t i) { return is_road_end(i); });
    if (are_ends && places.size() == 2 && are_far_apart(places.front(), places.back())) {
        // The first stands for the stretch, whose area its mention bears; a road that is blocked is at
        // neither.
        places.resize(draft.plover == "PROTEST" ? 0 : 1);
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
    bool is_inside = false;
    bool is_aimed_at = false;
    for (std::size_t token = toponym.tokens.begin + 1; token-- > after;) {
        std::string_view const codes = m_scene.text().codes(token);
        Word const* const other = m_scene.word_at(token, WordKind::actor);
        if (other != nullptr && other->match.clitics.conjunction &&
            other->match.clitics.preposition == text::code(U'ل')) {
            return true; // «مواقع لـX في A ولـY في B»
        }
        is_aimed_at = is_aimed_at || m_scene.has_listed({token, token + 1}, "another"); // «وأخرى في X»
        auto const kind = m_scene.text().tokens()[token].kind;
        bool const is_sign = kind != text::Token::Kind::word && kind != text::Token::Kind::number;
        if (is_sign || codes == "and" || codes == text::fold_key("إلى") ||
            (codes.front() == text::code(U'و') && codes != middle)) {
            return !is_inside || is_aimed_at;
        }
        is_inside = is_inside || codes == in;
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

/// «في طرطوس وجبلة وحي الرمل»: each named right behind the one before, with «و» and at most a type word.
bool PlaceFinder::is_chained(std::size_t first, std::size_t last, std::vector<std::size_t> const& all) const {
    auto at = std::find(all.begin(), all.end(), first);
    for (; at + 1 < all.end() && *at != last; ++at) {
        std::size_t const end = m_scene.places()[*at].tokens.end;
        std::size_t const begin = m_scene.places()[*(at + 1)].tokens.begin;
        bool const is_next = begin <= end + 1 && m_scene.text().codes(end).front() == text::code(U'و');
        if (!is_next || holds(*at, *(at + 1))) {
            return false;
        }
    }
    return at != all.end() && *at == last;
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
        if (follows_at_once(coarse, each) || is_chained(coarse, each, all)) {
            return true;
        }
        if (!inner) {
            continue; // nobody knows where it lies
        }
        bool const elsewhere = outer && (!inner->admin1 || inner->admin1->id != outer->id) &&
                               (!inner->admin2 || inner->admin2->id != outer->id) &&
                               (!inner->admin3 || inner->admin3->id != outer->id);
        if (!elsewhere) {
            return false;
        }
        joined = joined || is_joined(coarse, each);
    }
    return joined;
}

bool PlaceFinder::holds(std::size_t outer, std::size_t inner) const {
    return lies_in(m_scene.places()[inner], m_scene.places()[outer]);
}

/// «سهل X وريف Y»: a region that «و» adds to a finer place, which it does not hold, is named beside it.
bool PlaceFinder::is_added_region(std::size_t region, std::vector<std::size_t> const& all) const {
    auto const at = std::find(all.begin(), all.end(), region);
    if (at == all.begin() || at == all.end()) {
        return false;
    }
    std::size_t const before = *(at - 1);
    std::size_t const end = m_scene.places()[before].tokens.end;
    bool const begins_with_and =
        end < m_scene.places()[region].tokens.begin && m_scene.text().codes(end).front() == text::code(U'و');
    return begins_with_and && fineness(m_scene.places()[before]) > fineness(m_scene.places()[region]) &&
           is_joined(before, region) && !holds(region, before);
}

/// «اعتقلوه في حلب مطلع الشهر، وتزوجت … في ستوكهولم»: finer places behind a comma that lie elsewhere than the
/// coarse one before it belong to other words.
void PlaceFinder::drop_elsewhere(std::vector<std::size_t>& places) const {
    if (places.size() < 2 || !m_scene.places()[places.front()].mention.place) {
        return;
    }
    std::size_t const first = places.front();
    int const coarse = fineness(m_scene.places()[first]);
    if (coarse == 0 || coarse == fineness_of_town) {
        return;
    }
    for (std::size_t at = 1; at < places.size(); ++at) {
        std::size_t const i = places[at];
        bool comma = false;
        for (std::size_t token = m_scene.places()[places[at - 1]].tokens.end;
             token < m_scene.places()[i].tokens.begin; ++token) {
            comma = comma || m_scene.text().codes(token) == ",";
        }
        bool const is_elsewhere = comma && fineness(m_scene.places()[i]) > coarse &&
                                  !is_joined(places[at - 1], i) && !holds(first, i) &&
                                  are_far_apart(first, i);
        if (is_elsewhere) {
            places.resize(at);
            return;
        }
    }
}

/// «في بلدة X - Y»: behind a dash stands the town or area that X belongs to.
void PlaceFinder::drop_behind_dash(std::vector<std::size_t>& places) const {
    if (places.size() != 2 || is_road_end(places.front()) || are_far_apart(places.front(), places.back())) {
        return;
    }
    std::size_t const end = m_scene.places()[places.front()].tokens.end;
    bool const is_dash = m_scene.text().codes(end) == "-" && m_scene.text().tokens()[end].space_before &&
                         m_scene.places()[places.back()].tokens.begin == end + 1;
    if (is_dash && m_scene.places()[places.front()].mention.place) {
        places.pop_back();
    }
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
        bool const goes_on = fineness(m_scene.places()[i]) > 0 &&
                             (leads_to_others(i, all) || includes_next(i) || is_added_region(i, all));
        return !goes_on && std::find(lists.begin(), lists.end(), m_scene.places()[i].list) == lists.end();
    });
    // A place that holds another of them is that one's setting.
    std::erase_if(places, [&, all = places](std::size_t outer) {
        return !includes_next(outer) && std::any_of(all.begin(), all.end(), [&](std::size_t inner) {
            bool const siblings =
                follows_at_once(outer, inner) || m_scene.places()[outer].list == m_scene.places()[inner].list;
            return !siblings && holds(outer, inner);
        });
    });
}

} // namespace kharita::event
