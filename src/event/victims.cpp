#include <algorithm>
#include <array>

#include "event/drafting.hpp"

// Civilians who are hit: named by no actor, but by the words for people and by the dead that a text counts.

namespace kharita::event {

namespace {

/// Violence against civilians as the codebook has it, and arrests: whom it hits bears no arms.
bool is_on_unarmed(Draft const& draft) {
    return draft.sub_event_type == "Attack" || draft.sub_event_type == "Arrests" ||
           draft.sub_event_type == "Abduction/forced disappearance" ||
           draft.sub_event_type == "Sexual violence";
}

bool is_explosion(Draft const& draft) {
    static constexpr std::array types{std::string_view{"Air/drone strike"},
                                      std::string_view{"Shelling/artillery/missile attack"},
                                      std::string_view{"Remote explosive/landmine/IED"},
                                      std::string_view{"Suicide bomb"},
                                      std::string_view{"Grenade"},
                                      std::string_view{"Chemical weapon"}};
    return std::find(types.begin(), types.end(), draft.sub_event_type) != types.end();
}

/// Whether a toll counts civilians and no fighters.
bool is_of_civilians(std::optional<Toll> const& toll) {
    return toll && toll->combatants.value_or(0) == 0 &&
           toll->civilians.value_or(0) + toll->children.value_or(0) + toll->women.value_or(0) > 0;
}

bool has_fighters(std::optional<Toll> const& toll) {
    return toll && toll->combatants.value_or(0) > 0;
}

/// What a word for people says of them; empty for those who may or may not bear arms.
std::optional<bool> is_armed(Scene const& scene, Word const& people) {
    Victim const who = scene.lexicon().victims()[people.row];
    if (who == Victim::other || scene.has_listed(people.match.tokens, "official")) {
        return std::nullopt;
    }
    // «رجال الأمن», «رجلا شرطة»
    std::size_t const end = people.match.tokens.end;
    for (WordKind const kind : {WordKind::authority, WordKind::force}) {
        Word const* const of = scene.word_at(end, kind);
        if (who == Victim::person && of != nullptr && of->match.clitics.preposition == 0) {
            return true;
        }
    }
    return who == Victim::combatant;
}

/// «خطف مسلحون طبيبا», «اغتيال قاض», «استهدف ناشطين»: the people behind a trigger, where they are the first
/// there beside those who act.
bool has_unarmed_object(Scene const& scene, Draft const& draft, text::TokenRange behind) {
    for (Word const& word : scene.words_in(behind)) {
        if (is_cue(word, Cue::subset) || is_cue(word, Cue::agent) || is_cue(word, Cue::report)) {
            return false;
        }
        if (word.kind != WordKind::victim) {
            continue;
        }
        bool const may_act =
            is_verb(draft.part) && (word.match.number == Number::plural || word.match.number == Number::few);
        auto const armed = is_armed(scene, word);
        if (armed && *armed && may_act) {
            continue; // «خطف عناصر X شابا»
        }
        return armed && !*armed && word.match.clitics.preposition == 0;
    }
    return false;
}

/// «قتل شاب برصاص مجهولين»: whoever the clause says was killed or hurt before it says by what.
bool has_unarmed_dead(Scene const& scene, Draft const& draft) {
    for (Word const& word : scene.words_in({draft.before.begin, draft.tokens.end})) {
        std::size_t const begin = word.match.tokens.begin;
        if (word.kind == WordKind::victim && begin > 0 &&
            (scene.word_at(begin - 1, WordKind::casualty) != nullptr ||
             scene.word_at(begin - 1, WordKind::trigger) != nullptr)) {
            auto const armed = is_armed(scene, word);
            return armed && !*armed;
        }
    }
    return false;
}

/// «أدى إلى استشهاد مواطن», «مقتل رجل مسن بانفجار»: a dead or hurt person whom nothing calls a fighter.
bool has_unarmed_casualty(Scene const& scene, text::TokenRange range) {
    constexpr std::size_t near = 3;
    bool is_found = false;
    for (Word const& word : scene.words_in(range)) {
        std::size_t const begin = word.match.tokens.begin;
        // «لقي صياد مصرعه»
        auto const round = scene.words_in({begin - std::min(begin, near), word.match.tokens.end + 1});
        bool const is_casualty =
            word.kind == WordKind::victim && std::any_of(round.begin(), round.end(), [](Word const& each) {
                return each.kind == WordKind::casualty;
            });
        auto const armed = word.kind == WordKind::victim ? is_armed(scene, word) : std::nullopt;
        if (armed && *armed) {
            return false; // «مقتل ثلاثة أشخاص غالبيتهم من عناصر الأمن»
        }
        is_found = is_found || (is_casualty && armed);
    }
    return is_found;
}

/// «هجوم في X استهدف حشدا من الشباب»: people right behind a verb of aiming.
bool is_aimed_at_people(Scene const& scene, Draft const& draft) {
    constexpr std::size_t near = 4;
    Lexicon const& lexicon = scene.lexicon();
    text::TokenRange const aim{draft.aimed_at.begin,
                               std::min(draft.aimed_at.begin + near, draft.aimed_at.end)};
    if (aim.size() > 0 && has_unarmed_object(scene, draft, aim)) {
        return true;
    }
    auto const words = scene.words_in({draft.tokens.begin, draft.stretch.end});
    return std::any_of(words.begin(), words.end(), [&](Word const& word) {
        std::size_t const end = word.match.tokens.end;
        return word.kind == WordKind::trigger && is_verb(word.match.part) &&
               lexicon.classes()[lexicon.triggers()[word.row].type].rule == Rule::aim &&
               has_unarmed_object(scene, draft, {end, std::min(end + near, draft.stretch.end)});
    });
}

/// «اعتقال 251 شخصا ينتمون إلى X»: who may be of an armed group is no civilian.
bool names_armed_group(Scene const& scene, text::TokenRange range) {
    auto const words = scene.words_in(range);
    return std::any_of(words.begin(), words.end(), [&](Word const& word) {
        if (word.kind != WordKind::actor) {
            return false;
        }
        int const inter = scene.lexicon().actors()[scene.lexicon().aliases()[word.row].actor].inter;
        return inter == 2 || inter == 3;
    });
}

bool hits_civilians(Scene const& scene, Draft const& draft, std::size_t end) {
    if (has_fighters(draft.killed) || has_fighters(draft.injured)) {
        return false;
    }
    text::TokenRange const behind{draft.tokens.end, draft.stretch.end};
    if (draft.sub_event_type == "Arrests" && names_armed_group(scene, behind)) {
        return false;
    }
    if (is_on_unarmed(draft)) {
        return is_of_civilians(draft.killed) || has_unarmed_object(scene, draft, behind) ||
               has_unarmed_dead(scene, draft);
    }
    return is_explosion(draft) &&
           (is_of_civilians(draft.killed) || is_of_civilians(draft.injured) ||
            is_aimed_at_people(scene, draft) || has_unarmed_casualty(scene, {draft.before.begin, end}));
}

} // namespace

void name_victims(Scene const& scene, std::vector<Draft>& drafts) {
    auto const& actors = scene.lexicon().actors();
    auto const civilians =
        std::find_if(actors.begin(), actors.end(), [](Actor const& each) { return each.id == "civilians"; });
    if (civilians == actors.end()) {
        return;
    }
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        Draft& draft = drafts[i];
        // «تحطمت طائرة أثناء قصفها X ما أدى إلى مقتل مدنيين»: they died of its fall.
        bool const fell = i > 0 && fell_during(scene, drafts[i - 1], draft);
        bool const is_open = (draft.target.empty() || draft.target_holds_place) && !fell;
        // What came of it is told up to the next deed.
        std::size_t const sentence = scene.text().sentences()[scene.clauses()[draft.clause].sentence].end;
        std::size_t const next = i + 1 < drafts.size() ? drafts[i + 1].before.begin : sentence;
        if (is_open &&
            hits_civilians(scene, draft,
                           std::clamp(next, draft.stretch.end, std::max(sentence, draft.stretch.end)))) {
            draft.target = {{civilians->id, civilians->name, 0.9}};
            draft.target_holds_place = false;
        }
    }
}

} // namespace kharita::event
