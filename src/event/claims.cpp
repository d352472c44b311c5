#include <algorithm>
#include <array>

#include "event/drafting.hpp"
#include "event/participants.hpp"

// Who says that he did it: «تبنى X الهجوم», «أعلن X مسؤوليته عن التفجير», "X claimed responsibility"; and of
// whom others say so: «نسبته السلطات إلى X», «اتهمت X بالوقوف وراء التفجير».

namespace kharita::event {

namespace {

constexpr std::size_t reach = 6; // tokens between the word and whom or what it is said of

/// A word that claims, neither denied nor said of whom others blame.
bool claims(Scene const& scene, Word const& word) {
    bool const is_claim = word.kind == WordKind::list_word &&
                          (is_verb(word.match.part) || word.match.part == Part::phrase ||
                           word.match.pronoun != Pronoun::none) && // «حمل X مسؤولية الهجوم» blames him
                          scene.lexicon().list_name(word.row) == "claiming";
    if (!is_claim) {
        return false;
    }
    std::size_t const begin = word.match.tokens.begin;
    std::size_t const clause = scene.clauses()[scene.clause_of(begin)].tokens.begin;
    constexpr std::size_t negation = 3;
    constexpr std::size_t blame = 5;
    return !scene.has_cue({begin - std::min(begin, negation), begin}, Cue::negate) &&
           !scene.has_cue({clause, begin}, Cue::deny) &&
           !scene.has_listed({begin - std::min(begin, blame), begin}, "blaming");
}

bool is_nobodys(Draft const* draft) {
    return draft != nullptr && (draft->initiator.empty() || draft->initiator.front().id == "unidentified");
}

} // namespace

/// Behind an Arabic verb the claimant may stand far off: «تبنت هجوما على X في Y جبهة Z».
std::optional<std::size_t> Participants::claimant_of(Word const& word) const {
    std::size_t const begin = word.match.tokens.begin;
    text::TokenRange const clause = m_scene.clauses()[m_scene.clause_of(begin)].tokens;
    std::size_t const sentence = m_scene.text().sentences()[m_scene.text().sentence_of(begin)].begin;
    std::size_t const behind = is_verb(word.match.part) ? clause.end : word.match.tokens.end + reach;
    auto const near =
        actors_in({std::max(sentence, begin - std::min(begin, reach)), std::min(behind, clause.end)});
    auto const claimant = std::find_if(near.begin(), near.end(), [&](std::size_t i) {
        return position_of(m_scene, m_actors[i], clause) == Position::free;
    });
    return claimant == near.end() ? std::nullopt : std::optional{*claimant};
}

/// What is claimed: the attack told last before the word, and a noun for it at once behind the word.
std::vector<Draft*> Participants::claimed_by(Word const& word) const {
    std::size_t const begin = word.match.tokens.begin;
    Draft* told = nullptr;
    Draft* told_before = nullptr; // in the paragraph before
    Draft* named = nullptr;
    std::size_t const paragraph = m_scene.text().paragraph_of(begin);
    for (Draft& draft : m_drafts) {
        bool const is_attack = draft.plover == "ASSAULT" && draft.modality != Modality::historical;
        std::size_t const at = draft.tokens.begin;
        if (is_attack && at < begin && m_scene.text().paragraph_of(at) == paragraph) {
            told = &draft;
        } else if (is_attack && at < begin && m_scene.text().paragraph_of(at) + 1 == paragraph) {
            told_before = &draft;
        } else if (is_attack && at > begin && at <= begin + reach && draft.part == Part::noun &&
                   m_scene.text().sentence_of(at) == m_scene.text().sentence_of(begin)) {
            named = &draft;
        }
    }
    // «تبنى هجوما على X» names another one, «تبنى الهجوم» the one that was told.
    bool const is_english = !text::is_arabic(m_scene.text().codes(begin).front());
    bool const is_known = named == nullptr || named->is_definite || is_english;
    // «… خلف التفجير»: even where that tells nothing new and is no draft.
    auto const behind = m_scene.words_in({word.match.tokens.end, word.match.tokens.end + 2});
    bool const names_known = std::any_of(behind.begin(), behind.end(), [](Word const& each) {
        return each.kind == WordKind::trigger && each.match.clitics.article;
    });
    bool const is_next = told == nullptr && (named == nullptr ? names_known : named->is_definite);
    return {is_next ? told_before : is_known ? told : nullptr, named};
}

/// «نسبته السلطات إلى X»: behind the verb and «إلى»; «اتهم Y X بالوقوف وراء …»: the last before what he is
/// accused of.
std::optional<std::size_t> Participants::blamed_by(Word const& word) const {
    if (word.kind != WordKind::list_word) {
        return std::nullopt;
    }
    std::size_t const begin = word.match.tokens.begin;
    text::TokenRange const clause = m_scene.clauses()[m_scene.clause_of(begin)].tokens;
    std::string const& list = m_scene.lexicon().list_name(word.row);
    if (list == "attributing" && is_verb(word.match.part)) {
        static std::array const onto{text::fold_key("إلى"), text::fold_key("ل")};
        for (std::size_t const i : actors_in({begin, clause.end})) {
            std::string_view const before = word_leading(m_scene, m_actors[i]);
            if (std::find(onto.begin(), onto.end(), before) != onto.end() ||
                m_actors[i].clitics.preposition == text::code(U'ل')) {
                return i;
            }
        }
    }
    if (list == "standing_behind" && m_scene.has_listed({clause.begin, begin}, "blaming") &&
        !m_scene.has_cue({clause.begin, begin}, Cue::negate)) {
        auto const accused = actors_in({clause.begin, begin});
        constexpr std::size_t near = 3; // a comma, adjectives
        if (!accused.empty() && m_actors[accused.back()].tokens.end + near >= begin) {
            return accused.back();
        }
    }
    return std::nullopt;
}

void Participants::share_blame() const {
    for (Word const& word : m_scene.words()) {
        auto const blamed = blamed_by(word);
        if (!blamed) {
            continue;
        }
        for (Draft* const draft : claimed_by(word)) {
            bool const opposed = draft != nullptr && !are_allies(draft->target, m_actors[*blamed]);
            if (is_nobodys(draft) && opposed) {
                take(draft->initiator, *blamed);
                draft->note("said to be its work", 0.9);
            }
        }
    }
}

void Participants::share_claims() const {
    for (Word const& word : m_scene.words()) {
        auto const claimant = claims(m_scene, word) ? claimant_of(word) : std::nullopt;
        if (!claimant) {
            continue;
        }
        for (Draft* const draft : claimed_by(word)) {
            if (is_nobodys(draft)) {
                take(draft->initiator, *claimant);
                draft->note("claimed by it", 0.95);
            }
        }
    }
}

/// Whoever sent the suicide bomber of a report, wherever it is told again: where it tells of one bombing
/// alone.
void Participants::share_bombing() const {
    std::vector<ActorRef> sender;
    std::vector<std::size_t> places;
    for (Draft const& draft : m_drafts) {
        if (draft.sub_event_type != "Suicide bomb") {
            continue;
        }
        bool const is_other_place = !places.empty() && !draft.places.empty() && places != draft.places &&
                                    !is_same_name(places.front(), draft.places.front());
        bool const is_other =
            !sender.empty() && !draft.initiator.empty() && sender.front().id != draft.initiator.front().id;
        if (is_other_place || is_other) {
            return;
        }
        sender = sender.empty() ? draft.initiator : sender;
        places = places.empty() ? draft.places : places;
    }
    for (Draft& draft : m_drafts) {
        if (draft.sub_event_type == "Suicide bomb" && draft.initiator.empty() && !sender.empty()) {
            draft.initiator = sender;
            draft.note("initiator as told elsewhere", 0.9);
        }
    }
}

/// Whether two mentions of places are of one place.
bool Participants::is_same_name(std::size_t a, std::size_t b) const {
    auto const& first = m_scene.places()[a].mention.place;
    auto const& second = m_scene.places()[b].mention.place;
    return first && second && first->id == second->id;
}

} // namespace kharita::event
