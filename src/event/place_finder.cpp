#include "event/place_finder.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "event/drafting.hpp"
#include "event/named_happenings.hpp"

// In which order the places of a draft are looked for.

namespace kharita::event {

/// «تدمر التي سيطر عليها …، بريف حمص», «الأراضي التي انتزعها …»: what stands before the relative clause.
/// False where that is no place of a name, and the draft stays without.
bool PlaceFinder::find_antecedent(Draft& draft, std::size_t index) {
    bool const in_relative = m_scene.clauses()[draft.clause].opening == Clause::Opening::relative;
    if (in_relative && m_scene.has_cue(draft.stretch, Cue::same_place) && !points_at_object(draft)) {
        inherit(draft, index);
    }
    bool const names_object = in_relative && type_of(draft).rule == Rule::seize &&
                              draft.part == Part::perfect && !draft.may_be_noun &&
                              (draft.pronoun != Pronoun::none || points_at_object(draft));
    if (names_object && draft.places.empty()) {
        draft.places = antecedent_of(draft);
        if (draft.places.empty()) {
            draft.note("what was taken is not named", 0.5);
            return false;
        }
    }
    if (draft.places.empty() && (names_pair(draft) || names_known_place(draft))) {
        inherit(draft, index); // «وقصف الجيش القريتين، مؤكدا أن X …»
    }
    return true;
}

/// «الحي الجنوبي من المدينة»: a quarter that nobody knows, of the town that is talked about.
void PlaceFinder::take_whole(Draft& draft) const {
    if (draft.places.size() != 1 || m_scene.places()[draft.places.front()].mention.place) {
        return;
    }
    std::size_t const end = m_scene.places()[draft.places.front()].tokens.end;
    bool const is_part = m_scene.text().codes(end) == text::fold_key("من") &&
                         m_scene.has_cue({end + 1, end + 2}, Cue::same_place) &&
                         m_scene.text().codes(end + 1).starts_with(text::fold_key("ال"));
    if (auto const whole = is_part ? place_meant(draft) : std::nullopt) {
        draft.places = {*whole};
        draft.place_inherited = true;
        draft.note("in a part of the place named before", 0.8);
    }
}

bool PlaceFinder::are_countries(std::vector<std::size_t> const& places) const {
    return std::all_of(places.begin(), places.end(),
                       [&](std::size_t i) { return fineness(m_scene.places()[i]) == 0; });
}

/// «تنعقد في جنيف محادثات بين روسيا وتركيا»: countries after a trigger are more often parties than places.
void PlaceFinder::prefer_places_before(Draft& draft) const {
    auto before = arguments_in(draft, after_other_subjects(draft));
    std::erase_if(before,
                  [&](std::size_t i) { return is_of_saying(m_scene.places()[i]) || is_doer(draft, i); });
    bool const is_finer =
        !before.empty() && fineness(m_scene.places()[before.front()]) > 0 &&
        (type_of(draft).plover == "CONSULT" || !may_speak(m_scene.places()[before.front()]));
    if (is_finer || draft.places.empty()) {
        draft.places = std::move(before);
    }
}

/// «شهدت البلاد هجوما أوقع 20 قتيلا في مدينة X»: the finer place of its outcome.
void PlaceFinder::prefer_places_of_outcome(Draft& draft, std::size_t index) const {
    std::size_t const next = draft.clause + 1;
    bool const has_outcome =
        next < m_scene.clauses().size() && m_scene.clauses()[next].opening == Clause::Opening::consequence;
    if (!has_outcome || draft.places.empty() || type_of(draft).plover != "ASSAULT") {
        return;
    }
    std::vector<std::size_t> finer = places_told_next(draft, index);
    std::erase_if(finer, [&](std::size_t i) { return fineness(m_scene.places()[i]) == 0; });
    if (!finer.empty()) {
        draft.places = std::move(finer);
    }
}

/// «عند دوار X في مدينة Y»: a site that nobody can find in a town that is known.
void PlaceFinder::name_towns_of_sites(Draft& draft) const {
    for (std::size_t& place : draft.places) {
        geoparse::Toponym const& site = m_scene.places()[place];
        std::size_t const begin = site.tokens.begin;
        bool const is_site = !site.mention.place && site.mention.scope && begin > 0 &&
                             m_scene.has_listed({begin - 1, begin}, "site_word");
        auto const places = m_scene.places();
        auto const town = std::find_if(places.begin(), places.end(), [&](geoparse::Toponym const& each) {
            return is_site && each.mention.id == *site.mention.scope && each.mention.place &&
                   fineness(each) == 4;
        });
        if (town != places.end()) {
            place = static_cast<std::size_t>(town - places.begin());
            draft.note("at a site in it that the gazetteer does not know", 0.95);
        }
    }
}

/// «الضربات التي وجهت في X أصابت أهدافا قرب A»: the verb of the noun itself, behind what a relative clause
/// says of it, says where.
void PlaceFinder::reach_behind_relative(Draft& draft) const {
    std::size_t const next = draft.clause + 1;
    bool const is_blow = type_of(draft).rule == Rule::weapon || type_of(draft).rule == Rule::aim;
    bool const is_open = draft.part == Part::noun && is_blow && draft.aimed_at.size() == 0 &&
                         next < m_scene.clauses().size() &&
                         draft.stretch.end == m_scene.clauses()[draft.clause].tokens.end &&
                         m_scene.places_in(draft.stretch).empty();
    if (!is_open) {
        return;
    }
    Clause const& relative = m_scene.clauses()[next];
    if (relative.opening != Clause::Opening::relative ||
        relative.sentence != m_scene.clauses()[draft.clause].sentence) {
        return;
    }
    constexpr std::size_t own_verb = 2; // «التي وجهت»
    for (Word const& word : m_scene.words_in({relative.tokens.begin + own_verb, relative.tokens.end})) {
        if (reaches_goal(m_scene, word)) {
            draft.aimed_at = {word.match.tokens.end, relative.tokens.end};
            return;
        }
    }
}

void PlaceFinder::find(std::size_t index) {
    Draft& draft = m_drafts[index];
    reach_behind_relative(draft);
    bool const opens_clause = index == 0 || m_drafts[index - 1].clause != draft.clause;
    if (!find_antecedent(draft, index)) {
        return;
    }
    if (draft.places.empty()) {
        draft.places = arguments_in(draft, draft.aimed_at);
    }
    if (draft.places.empty()) {
        draft.places = arguments_in(draft, draft.stretch);
    }
    // «تعرضت بلدة X لقصف من Y»: what suffers the act stands before the noun.
    if (opens_clause && draft.clitics.preposition == text::code(U'ل')) {
        auto before = arguments_in(draft, draft.before);
        // «في X تعرض رتل لكمين قرب Y»: X only says where Y is.
        std::erase_if(before, [&](std::size_t i) { return !draft.places.empty() && is_led_by(i, "في"); });
        if (!before.empty()) {
            draft.places = std::move(before);
        }
    }
    take_whole(draft);
    // «في الهجوم الذي شنه X على Y»: it is told where it was, whatever was told before.
    bool const is_told = draft.places.empty() && tells_itself(m_scene, draft.tokens.end);
    if (is_told) {
        draft.places = places_told_next(draft, index);
    } else if (auto circumstance = places_of_circumstance(draft); !circumstance.empty()) {
        draft.places = std::move(circumstance);
    }
    bool const only_countries = are_countries(draft.places);
    if (only_countries && opens_clause) {
        prefer_places_before(draft);
    }
    if (type_of(draft).plover == "CONSULT" || type_of(draft).plover == "AGREE") {
        keep_venues(draft);
    } else if (draft.places.empty() && !is_retold(draft, index)) {
        draft.places = places_told_next(draft, index);
    }
    if (only_countries) {
        prefer_places_of_outcome(draft, index);
    }
    if (draft.places.empty() && index + 1 < m_drafts.size() &&
        fell_during(m_scene, draft, m_drafts[index + 1])) {
        draft.places = arguments_in(m_drafts[index + 1], m_drafts[index + 1].stretch);
        draft.note("where it was when it came down", 0.95);
    }
    if (draft.places.empty()) {
        inherit(draft, index);
    }
    name_towns_of_sites(draft);
    if (!draft.places.empty()) {
        add_resumed(draft, index);
    }
    if (draft.places.empty()) {
        draft.note("no place is named for it", 0.8);
        return;
    }
    auto const& relation = m_scene.places()[draft.places.front()].mention.relation;
    if (draft.places.size() == 1 && relation && relation->of.size() > 1) {
        draft.note("somewhere between two places", 0.8);
    }
    if (draft.places.size() > 1) {
        draft.note(fmt::format("{} places share its clause", draft.places.size()));
    }
}

void find_places(Scene const& scene, std::vector<Draft>& drafts) {
    PlaceFinder finder{scene, drafts};
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        finder.find(i);
    }
}

} // namespace kharita::event
