#include <algorithm>
#include <ranges>

#include <fmt/format.h>

#include "event/draft.hpp"
#include "gazetteer/gazetteer.hpp"

namespace kharita::event {

namespace {

/// How finely a place is named, coarse to fine.
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

/// Whether a country is named only as the other side of a border: «الحدود مع لبنان».
bool is_across_border(Scene const& scene, geoparse::Toponym const& toponym) {
    if (fineness(toponym) > 0) {
        return false; // a town near a border is a place
    }
    std::size_t const begin = toponym.tokens.begin;
    auto const before = scene.words_in({begin - std::min<std::size_t>(begin, 3), begin});
    return std::any_of(before.begin(), before.end(), [&](Word const& word) {
        return word.kind == WordKind::zone && scene.lexicon().zone_words()[word.row].role == ZoneRole::border;
    });
}

class PlaceFinder {
public:
    PlaceFinder(Scene const& scene, std::vector<Draft>& drafts) : m_scene{scene}, m_drafts{drafts} {}

    void find(std::size_t index);

private:
    bool can_be_argument(Draft const& draft, geoparse::Toponym const& toponym) const;
    std::vector<std::size_t> arguments_in(Draft const& draft, text::TokenRange range) const;
    bool is_fired_from(text::TokenRange range, geoparse::Toponym const& toponym) const;
    void keep_finest(std::vector<std::size_t>& places) const;
    std::vector<std::size_t> scopes_in(text::TokenRange range) const;
    std::optional<std::size_t> place_before(Draft const& draft, std::size_t first) const;
    text::TokenRange after_other_subjects(Draft const& draft) const;
    void inherit(Draft& draft, std::size_t index);

    Scene const& m_scene;
    std::vector<Draft>& m_drafts;
};

bool PlaceFinder::can_be_argument(Draft const& draft, geoparse::Toponym const& toponym) const {
    std::string const& type = m_scene.lexicon().classes()[draft.type].name;
    switch (toponym.mention.role) {
    case Role::other:
    case Role::event:
        return !is_across_border(m_scene, toponym);
    case Role::origin: // who withdraws leaves the place, all others come or fire from it
        return type == "withdraw" || type == "gunfire";
    case Role::heading:
        return type == "buildup" || type == "advance" || type == "talks";
    case Role::scope:
    case Role::metonym:
        return false;
    }
    return false;
}

std::vector<std::size_t> PlaceFinder::arguments_in(Draft const& draft, text::TokenRange range) const {
    std::vector<std::size_t> places = m_scene.places_in(range);
    std::erase_if(places, [&](std::size_t i) { return !can_be_argument(draft, m_scene.places()[i]); });
    bool const has_origin = std::any_of(places.begin(), places.end(), [&](std::size_t i) {
        return m_scene.places()[i].mention.role == Role::origin;
    });
    if (has_origin) { // «انسحبت من X باتجاه Y»
        std::erase_if(places,
                      [&](std::size_t i) { return m_scene.places()[i].mention.role != Role::origin; });
    }
    std::erase_if(places, [&](std::size_t i) { return is_fired_from(range, m_scene.places()[i]); });
    keep_finest(places);
    return places;
}

/// «من مواقع X في Y»: where the fire comes from.
bool PlaceFinder::is_fired_from(text::TokenRange range, geoparse::Toponym const& toponym) const {
    constexpr std::size_t reach = 6;
    std::size_t const begin = toponym.tokens.begin;
    std::string const from = text::fold_key("من");
    std::string const onto = text::fold_key("على");
    for (Word const& word :
         m_scene.words_in({std::max(range.begin, begin - std::min(begin, reach)), begin})) {
        std::size_t const at = word.match.tokens.begin;
        bool aimed = false; // «من مواقع X على Y»: Y is where it goes
        for (std::size_t token = at; token < begin; ++token) {
            aimed = aimed || m_scene.text().codes(token) == onto;
        }
        if (is_cue(word, Cue::object) && at > 0 && m_scene.text().codes(at - 1) == from && !aimed) {
            return true;
        }
    }
    return false;
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
    std::erase_if(places, [&](std::size_t i) {
        return std::find(lists.begin(), lists.end(), m_scene.places()[i].list) == lists.end();
    });
    // A place that holds another of them is that one's setting.
    auto const holds = [&](std::size_t outer, std::size_t inner) {
        auto const& a = m_scene.places()[outer].mention.place;
        auto const& b = m_scene.places()[inner].mention.place;
        if (!a || !b || outer == inner) {
            return false;
        }
        auto const is = [&](std::optional<AdminUnit> const& unit) { return unit && unit->id == a->id; };
        return a->id != b->id && (is(b->admin1) || is(b->admin2) || is(b->admin3) || b->country == a->id);
    };
    std::erase_if(places, [&, all = places](std::size_t outer) {
        return std::any_of(all.begin(), all.end(), [&](std::size_t inner) { return holds(outer, inner); });
    });
}

std::vector<std::size_t> PlaceFinder::scopes_in(text::TokenRange range) const {
    std::vector<std::size_t> places = m_scene.places_in(range);
    std::erase_if(places, [&](std::size_t i) { return m_scene.places()[i].mention.role != Role::scope; });
    return places;
}

/// The last place a draft could be at that is named between token `first` and the draft.
std::optional<std::size_t> PlaceFinder::place_before(Draft const& draft, std::size_t first) const {
    auto const places = m_scene.places_in({first, draft.tokens.begin});
    for (std::size_t const i : std::ranges::reverse_view{places}) {
        if (can_be_argument(draft, m_scene.places()[i]) && fineness(m_scene.places()[i]) > 0) {
            return i;
        }
    }
    return std::nullopt;
}

/// The words before a trigger that are its own: from an actor on whom «و» brings in («قتلى في X والمعارضة
/// تقصف …»), else from the clause's begin.
text::TokenRange PlaceFinder::after_other_subjects(Draft const& draft) const {
    text::TokenRange range = draft.before;
    for (Word const& word : m_scene.words_in(draft.before)) {
        bool const is_subject = word.kind == WordKind::actor && word.match.clitics.conjunction;
        if (is_subject && word.match.tokens.end == draft.tokens.begin) {
            range.begin = word.match.tokens.begin;
        }
    }
    return range;
}

/// The places of a draft whose clause names none.
void PlaceFinder::inherit(Draft& draft, std::size_t index) {
    Clause const& clause = m_scene.clauses()[draft.clause];
    text::TokenRange const sentence = m_scene.text().sentences()[clause.sentence];
    text::TokenRange const paragraph =
        m_scene.text().paragraphs()[m_scene.text().paragraph_of(draft.tokens.begin)];
    bool const points_back =
        m_scene.has_cue(draft.stretch, Cue::same_place) || m_scene.has_cue(draft.before, Cue::same_place);
    if (clause.opening == Clause::Opening::relative || points_back) {
        auto found = place_before(draft, sentence.begin);
        if (!found && points_back) {
            found = place_before(draft, paragraph.begin);
        }
        if (found) {
            draft.places = {*found};
            draft.place_inherited = true;
            draft.note("its place is the one named before", 0.8);
        }
        return;
    }
    if (auto const scopes = scopes_in(draft.stretch); !scopes.empty()) {
        draft.places = {scopes.front()};
        draft.note("only the area is named", 0.9);
        return;
    }
    bool const is_first = index == 0 || m_drafts[index - 1].tokens.begin < sentence.begin;
    bool const has_own_subject = after_other_subjects(draft).begin > draft.before.begin;
    if ((is_first || draft.continues) && !has_own_subject) {
        if (auto const found = place_before(draft, sentence.begin)) {
            draft.places = {*found};
            draft.place_inherited = true;
            draft.note("its place is named earlier in the sentence", 0.7);
        } else if (auto const scopes_before = scopes_in({sentence.begin, draft.tokens.begin});
                   is_first && !scopes_before.empty()) {
            draft.places = {scopes_before.back()};
            draft.place_inherited = true;
            draft.note("only an area is named in the sentence", 0.7);
        }
    }
}

void PlaceFinder::find(std::size_t index) {
    Draft& draft = m_drafts[index];
    bool const opens_clause = index == 0 || m_drafts[index - 1].clause != draft.clause;
    bool const antecedent = m_scene.clauses()[draft.clause].opening == Clause::Opening::relative &&
                            m_scene.has_cue(draft.stretch, Cue::same_place);
    if (antecedent) { // «تدمر التي سيطر عليها …، بريف حمص»: the place stands before the clause
        inherit(draft, index);
    }
    if (draft.places.empty()) {
        draft.places = arguments_in(draft, draft.stretch);
    }
    // «تعرضت بلدة X لقصف من Y»: what suffers the act stands before the noun.
    if (opens_clause && draft.clitics.preposition == text::code(U'ل')) {
        if (auto before = arguments_in(draft, draft.before); !before.empty()) {
            draft.places = std::move(before);
        }
    }
    // «تنعقد في جنيف محادثات بين روسيا وتركيا»: countries after a trigger are more often parties than places.
    bool const only_countries = std::all_of(draft.places.begin(), draft.places.end(), [&](std::size_t i) {
        return fineness(m_scene.places()[i]) == 0;
    });
    if (only_countries && opens_clause) {
        auto before = arguments_in(draft, after_other_subjects(draft));
        bool const is_finer = !before.empty() && fineness(m_scene.places()[before.front()]) > 0;
        if (is_finer || draft.places.empty()) {
            draft.places = std::move(before);
        }
    }
    if (draft.places.empty()) {
        inherit(draft, index);
    }
    if (draft.places.empty()) {
        draft.note("no place is named for it", 0.8);
        return;
    }
    if (draft.places.size() > 1) {
        draft.note(fmt::format("{} places share its clause", draft.places.size()));
    }
}

/// Whether a country may be the place of a draft: only of something definite, dated or counted. Otherwise the
/// text comments on a war, and no map is better for a point in a country's middle.
bool is_definite(Scene const& scene, Draft const& draft) {
    bool const is_dated = std::any_of(scene.dates().begin(), scene.dates().end(), [&](auto const& date) {
        return draft.stretch.contains(date.tokens.begin) || draft.before.contains(date.tokens.begin);
    });
    return draft.count.has_value() || is_dated;
}

} // namespace

void find_places(Scene const& scene, std::vector<Draft>& drafts) {
    PlaceFinder finder{scene, drafts};
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        finder.find(i);
    }
    std::erase_if(drafts, [&](Draft const& draft) {
        bool const in_countries = std::all_of(draft.places.begin(), draft.places.end(), [&](std::size_t i) {
            return fineness(scene.places()[i]) == 0;
        });
        return !draft.places.empty() && in_countries && !is_definite(scene, draft);
    });
}

} // namespace kharita::event
