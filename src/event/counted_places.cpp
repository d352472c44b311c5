#include <algorithm>
#include <optional>

#include "event/drafting.hpp"
#include "event/people.hpp"
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
    void add_part(std::size_t attack, std::size_t token, std::size_t place, std::optional<Toll> killed);
    void add_shares();
    std::optional<People> share_at(Word const& subset) const;
    std::optional<std::size_t> town_behind(std::size_t token) const;
    std::optional<std::size_t> attack_before(std::size_t token) const;
    bool has_conjunction_before(std::size_t begin, std::size_t last) const;
    bool has_own_telling(std::size_t token, std::size_t place, std::size_t attack, bool is_own) const;
    bool is_abroad(Draft const& draft, std::size_t place) const;
    bool is_told_at(Draft const& draft, std::size_t place) const;
    bool is_same(std::size_t a, std::size_t b) const;

    Scene const& m_scene;
    std::vector<Draft>& m_drafts;
    std::vector<Draft> m_added;
    std::vector<std::size_t> m_shared; ///< places whose share of the dead is known
};

/// The town that follows people who were counted, before anything else is told: «ستة قتلى في بلدة X».
std::optional<std::size_t> PlaceCounter::town_behind(std::size_t token) const {
    constexpr std::size_t reach = 12;
    constexpr std::size_t beside = 4; // words of a number
    std::size_t end =
        std::min(token + reach, m_scene.text().sentences()[m_scene.text().sentence_of(token)].end);
    for (Word const& word : m_scene.words_in({token + 1, end})) {
        // «شهيدان وسبعة جرحى في X», «ارتقى خمسة شهداء في X»: the injured beside the dead, the dead
        // themselves.
        bool const are_dead = word.kind == WordKind::casualty &&
                              m_scene.lexicon().casualties()[word.row] == Effect::killed_people;
        bool const is_beside = word.kind == WordKind::casualty && word.match.tokens.begin <= token + beside &&
                               (are_dead || has_conjunction_before(token + 1, word.match.tokens.begin)) &&
                               m_scene.places_in({token, word.match.tokens.begin}).empty();
        bool const is_other = word.kind == WordKind::trigger ||
                              (word.kind == WordKind::casualty && !is_beside) || is_cue(word, Cue::clause) ||
                              is_cue(word, Cue::relative);
        if (is_other) {
            end = word.match.tokens.begin;
            break;
        }
    }
    static std::string const in = text::fold_key("في");
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
bool PlaceCounter::has_own_telling(std::size_t token, std::size_t place, std::size_t attack,
                                   bool is_own) const {
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
    auto const words = m_scene.words_in({is_own ? token : own.begin, std::min(end + cause_reach, own.end)});
    // «قصفت X بلدات A وB وC، وقتل خمسة في B»: of that very attack, which names the place.
    return std::any_of(m_drafts.begin(), m_drafts.end(),
                       [&](Draft const& each) {
                           bool const is_attack = is_own && &each == &m_drafts[attack];
                           return each.clause == clause && !each.is_part && each.tokens.begin < end &&
                                  !is_attack;
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

bool PlaceCounter::is_same(std::size_t a, std::size_t b) const {
    auto const& known = m_scene.places()[a].mention.place;
    auto const& wanted = m_scene.places()[b].mention.place;
    return a == b || (known && wanted && known->id == wanted->id);
}

bool PlaceCounter::is_told_at(Draft const& draft, std::size_t place) const {
    return std::any_of(draft.places.begin(), draft.places.end(),
                       [&](std::size_t each) { return is_same(each, place); });
}

/// «منهم 13 في A», «أربعة منهم في A»: how many of the dead.
std::optional<People> PlaceCounter::share_at(Word const& subset) const {
    std::size_t const end = subset.match.tokens.end;
    if (auto const behind = people_at(m_scene, end); behind && behind->is_countable) {
        return behind;
    }
    constexpr std::size_t words_of_number = 3;
    std::size_t const begin = subset.match.tokens.begin;
    for (std::size_t at = begin - std::min(begin, words_of_number); at < begin; ++at) {
        auto before = people_at(m_scene, at);
        if (before && before->is_countable && before->end == begin) {
            before->end = end;
            return before;
        }
    }
    return std::nullopt;
}

/// Adds a draft of what an attack did at one of its places, which the attack itself gives up if it names it.
void PlaceCounter::add_part(std::size_t attack, std::size_t token, std::size_t place,
                            std::optional<Toll> killed) {
    Draft& whole = m_drafts[attack];
    if (is_told_at(whole, place)) { // «غارات على A وB، ما أدى لمقتل اثنين في A»: A's own, and not the others'
        auto const own = std::find_if(whole.places.begin(), whole.places.end(),
                                      [&](std::size_t each) { return is_same(each, place); });
        place = *own;
        whole.places.erase(own);
    } else {
        ++whole.parts;
    }
    Draft draft;
    draft.trigger = whole.trigger;
    draft.type = whole.type;
    draft.tokens = {token, token + 1};
    draft.span = m_scene.text().span(draft.tokens);
    draft.part = Part::noun;
    draft.clause = m_scene.clause_of(token);
    draft.category = whole.category;
    draft.weapon = whole.weapon;
    draft.is_part = true;
    set_type(draft, whole.sub_event_type, whole.plover, whole.plover_mode);
    draft.places = {place};
    draft.killed = killed;
    whole.counted_apart += killed ? killed->count.best : 0;
    draft.note("the dead of the attack before, counted at this place", 0.7);
    m_added.push_back(std::move(draft));
}

/// «غارات على A وB قتل فيها 22 شخصا، منهم 13 في A»: one place's share of the dead.
void PlaceCounter::add_shares() {
    for (Word const& word : m_scene.words()) {
        std::size_t const token = word.match.tokens.begin;
        auto const share =
            is_cue(word, Cue::subset) && is_body(m_scene, token) ? share_at(word) : std::nullopt;
        auto const place = share ? town_behind(share->end - 1) : std::nullopt;
        auto const attack = place && !share->who ? attack_before(token) : std::nullopt;
        if (attack && m_drafts[*attack].places.size() > 1 && is_told_at(m_drafts[*attack], *place)) {
            add_part(*attack, token, *place, Toll{share->count, {}, {}, {}, {}});
            m_shared.push_back(*place);
        }
    }
}

void PlaceCounter::run(std::span<TollMention const> tolls) {
    add_shares();
    for (TollMention const& mention : tolls) {
        if (!mention.killed || !mention.toll || mention.toll->count.best <= 0 || mention.is_update ||
            !is_body(m_scene, mention.token)) {
            continue;
        }
        auto const place = town_behind(mention.token);
        auto const attack = place ? attack_before(mention.token) : std::nullopt;
        if (!attack || std::find(m_shared.begin(), m_shared.end(), *place) != m_shared.end()) {
            continue;
        }
        Draft const& whole = m_drafts[*attack];
        bool const is_own = is_told_at(whole, *place);
        if (has_own_telling(mention.token, *place, *attack, is_own) || is_abroad(whole, *place) ||
            (is_own && whole.places.size() == 1)) {
            continue;
        }
        add_part(*attack, mention.token, *place, std::nullopt);
    }
    if (m_added.empty()) {
        return;
    }
    m_drafts.insert(m_drafts.end(), m_added.begin(), m_added.end());
    std::stable_sort(m_drafts.begin(), m_drafts.end(),
                     [](Draft const& a, Draft const& b) { return a.tokens.begin < b.tokens.begin; });
    set_ranges(m_scene, m_drafts);
}

} // namespace

void add_counted_places(Scene const& scene, std::span<TollMention const> tolls, std::vector<Draft>& drafts) {
    PlaceCounter{scene, drafts}.run(tolls);
}

} // namespace kharita::event
