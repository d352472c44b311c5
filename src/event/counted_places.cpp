#include <algorithm>
#include <optional>

#include "event/drafting.hpp"
#include "event/place_finder.hpp"
#include "event/tolls.hpp"

namespace kharita::event {

namespace {

/// Finds the places at which a sentence counts the dead of an attack told before it.
class PlaceCounter {
public:
    PlaceCounter(Scene const& scene, std::vector<Draft>& drafts) : m_scene{scene}, m_drafts{drafts} {}

    void run(std::span<TollMention const> tolls);

private:
    std::optional<std::size_t> town_behind(std::size_t token) const;
    std::optional<std::size_t> attack_before(std::size_t token) const;
    bool has_conjunction_before(std::size_t begin, std::size_t last) const;
    bool has_own_telling(std::size_t token, std::size_t place) const;
    bool is_abroad(Draft const& draft, std::size_t place) const;
    bool is_told_at(Draft const& draft, std::size_t place) const;

    Scene const& m_scene;
    std::vector<Draft>& m_drafts;
};

/// The town that follows people who were counted, before anything else is told: «ستة قتلى في بلدة X».
std::optional<std::size_t> PlaceCounter::town_behind(std::size_t token) const {
    constexpr std::size_t reach = 12;
    constexpr std::size_t beside = 4; // words of a number
    std::size_t end =
        std::min(token + reach, m_scene.text().sentences()[m_scene.text().sentence_of(token)].end);
    for (Word const& word : m_scene.words_in({token + 1, end})) {
        // «شهيدان وسبعة جرحى في X»: the injured beside the dead.
        bool const is_beside = word.kind == WordKind::casualty && word.match.tokens.begin <= token + beside &&
                               has_conjunction_before(token + 1, word.match.tokens.begin) &&
                               m_scene.places_in({token, word.match.tokens.begin}).empty();
        bool const is_other = word.kind == WordKind::trigger ||
                              (word.kind == WordKind::casualty && !is_beside) || is_cue(word, Cue::clause) ||
                              is_cue(word, Cue::relative);
        if (is_other) {
            end = word.match.tokens.begin;
            break;
        }
    }
    std::string const in = text::fold_key("في");
    for (std::size_t const place : m_scene.places_in({token + 1, end})) {
        geoparse::Toponym const& toponym = m_scene.places()[place];
        std::size_t const begin = toponym.tokens.begin;
        bool const is_placed = m_scene.text().codes(begin - 1) == in ||
                               (begin > token + 2 && m_scene.text().codes(begin - 2) == in) ||
                               m_scene.text().codes(begin - 1).starts_with(text::code(U'ب')) ||
                               m_scene.text().codes(begin).starts_with(text::code(U'ب'));
        bool const is_free = toponym.mention.role == Role::other || toponym.mention.role == Role::event;
        return is_free && is_placed && fineness(toponym) == 4 ? std::optional{place} : std::nullopt;
    }
    return std::nullopt;
}

/// Whether «و» joins something between two tokens.
bool PlaceCounter::has_conjunction_before(std::size_t begin, std::size_t last) const {
    for (std::size_t token = begin; token <= last; ++token) {
        std::string_view const codes = m_scene.text().codes(token);
        if (codes == "and" || codes.front() == text::code(U'و')) {
            return true;
        }
    }
    return false;
}

/// The attack told last before a token, in its paragraph or the one before, whose means are known.
std::optional<std::size_t> PlaceCounter::attack_before(std::size_t token) const {
    constexpr std::size_t near = 2; // sentences
    for (std::size_t i = m_drafts.size(); i-- > 0;) {
        Draft const& draft = m_drafts[i];
        if (draft.tokens.begin >= token) {
            continue;
        }
        bool const is_near =
            m_scene.clauses()[draft.clause].sentence + near >= m_scene.text().sentence_of(token);
        bool const is_attack = draft.plover == "ASSAULT" && draft.category &&
                               draft.modality == Modality::occurred && !draft.places.empty();
        return is_near && is_attack ? std::optional{i} : std::nullopt;
    }
    return std::nullopt;
}

/// Whether the clause tells a happening of its own, or a word behind it says of what they died.
bool PlaceCounter::has_own_telling(std::size_t token, std::size_t place) const {
    std::size_t const clause = m_scene.clause_of(token);
    std::size_t const end = m_scene.places()[place].tokens.end;
    // «عثر على جثة في X»: nobody says what of.
    constexpr std::size_t found_reach = 4;
    if (m_scene.has_listed({token - std::min(token, found_reach), token}, "found")) {
        return true;
    }
    if (m_scene.clauses()[clause].opening == Clause::Opening::consequence) {
        return false;
    }
    constexpr std::size_t cause_reach = 4; // «قتل ستة في X بقذيفة»
    text::TokenRange const own = m_scene.clauses()[clause].tokens;
    auto const words = m_scene.words_in({own.begin, std::min(end + cause_reach, own.end)});
    return std::any_of(m_drafts.begin(), m_drafts.end(),
                       [&](Draft const& each) {
                           return each.clause == clause && !each.is_part && each.tokens.begin < end;
                       }) ||
           std::any_of(words.begin(), words.end(), [](Word const& word) {
               return word.kind == WordKind::weapon || is_cue(word, Cue::agent) || is_cue(word, Cue::tally);
           });
}

/// Whether a place lies in another country than all those of an attack.
bool PlaceCounter::is_abroad(Draft const& draft, std::size_t place) const {
    auto const& wanted = m_scene.places()[place].mention.place;
    return wanted && std::none_of(draft.places.begin(), draft.places.end(), [&](std::size_t each) {
               auto const& known = m_scene.places()[each].mention.place;
               return !known || known->country == wanted->country;
           });
}

bool PlaceCounter::is_told_at(Draft const& draft, std::size_t place) const {
    auto const& wanted = m_scene.places()[place].mention.place;
    return std::any_of(draft.places.begin(), draft.places.end(), [&](std::size_t each) {
        auto const& known = m_scene.places()[each].mention.place;
        return each == place || (known && wanted && known->id == wanted->id);
    });
}

void PlaceCounter::run(std::span<TollMention const> tolls) {
    std::vector<Draft> added;
    for (TollMention const& mention : tolls) {
        if (!mention.killed || !mention.toll || mention.toll->count.best <= 0 || mention.is_update ||
            !is_body(m_scene, mention.token)) {
            continue;
        }
        auto const place = town_behind(mention.token);
        auto const attack =
            place && !has_own_telling(mention.token, *place) ? attack_before(mention.token) : std::nullopt;
        if (!attack || is_told_at(m_drafts[*attack], *place) || is_abroad(m_drafts[*attack], *place)) {
            continue;
        }
        Draft& whole = m_drafts[*attack];
        ++whole.parts;
        Draft draft;
        draft.trigger = whole.trigger;
        draft.type = whole.type;
        draft.tokens = {mention.token, mention.token + 1};
        draft.span = m_scene.text().span(draft.tokens);
        draft.part = Part::noun;
        draft.clause = m_scene.clause_of(mention.token);
        draft.category = whole.category;
        draft.weapon = whole.weapon;
        draft.is_part = true;
        set_type(draft, whole.sub_event_type, whole.plover, whole.plover_mode);
        draft.places = {*place};
        draft.note("the dead of the attack before, counted at this place", 0.7);
        added.push_back(std::move(draft));
    }
    if (added.empty()) {
        return;
    }
    m_drafts.insert(m_drafts.end(), added.begin(), added.end());
    std::stable_sort(m_drafts.begin(), m_drafts.end(),
                     [](Draft const& a, Draft const& b) { return a.tokens.begin < b.tokens.begin; });
    set_ranges(m_scene, m_drafts);
}

} // namespace

void add_counted_places(Scene const& scene, std::span<TollMention const> tolls, std::vector<Draft>& drafts) {
    PlaceCounter{scene, drafts}.run(tolls);
}

} // namespace kharita::event
