#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "event/drafting.hpp"
#include "event/people.hpp"
#include "event/place_finder.hpp"

namespace kharita::event {

namespace {

/// Who shoots, or by whose hand people die, next to a word for the dead.
struct Killing {
    Word const* gun = nullptr;
    Word const* means = nullptr; ///< «بقذيفة», «بانفجار لغم», «قتل انتحاري ثلاثة»
    bool by_hand = false; ///< «على يد مجهولين», «قتل مسلحون …»
    bool armed_victims = false;
    bool found = false;    ///< «عثر على جثة …»
    bool in_fight = false; ///< «مقتل ثلاثة من عناصر X في بلدة Y»
};

/// Whether nobody and no passive stands between a weapon and an English verb behind it.
bool is_subject_of(Scene const& scene, Word const& weapon, Word const& casualty) {
    std::size_t const begin = casualty.match.tokens.begin;
    std::string_view const led_by = scene.text().codes(begin - 1);
    auto const between = scene.words_in({weapon.match.tokens.end, begin});
    return led_by != "were" && led_by != "was" && led_by != "been" &&
           std::none_of(between.begin(), between.end(), [](Word const& word) {
               return word.kind == WordKind::actor || word.kind == WordKind::victim ||
                      word.kind == WordKind::trigger || word.kind == WordKind::casualty;
           });
}

/// Whether a weapon's word says what people died of: «بقذيفة», «جراء لغم», or an attacker as the subject
/// («قتل انتحاري …»).
bool is_means(Scene const& scene, Word const& weapon, Word const& casualty) {
    std::size_t const at = weapon.match.tokens.begin;
    WeaponCategory const& category =
        scene.lexicon().categories()[scene.lexicon().weapons()[weapon.row].category];
    if (category.name == "suicide" && at == casualty.match.tokens.end) {
        auto const next = scene.words_in({weapon.match.tokens.end, weapon.match.tokens.end + 3});
        bool const of_people = std::any_of(next.begin(), next.end(), [](Word const& word) {
            return word.kind == WordKind::victim || word.kind == WordKind::quantity;
        });
        return is_verb(casualty.match.part) && of_people;
    }
    // "A car bomb killed four civilians.", "A bomb attached to a bus killed two."
    constexpr std::size_t reach = 6;
    bool const is_subject = !text::is_arabic(scene.text().codes(at).front()) && !category.is_gun() &&
                            at < casualty.match.tokens.begin && is_verb(casualty.match.part) &&
                            weapon.match.tokens.end + reach > casualty.match.tokens.begin &&
                            is_subject_of(scene, weapon, casualty);
    if (is_subject) {
        return true;
    }
    bool const by = weapon.match.clitics.preposition == text::code(U'ب');
    return at > casualty.match.tokens.begin && !category.is_gun() &&
           (by || scene.has_cue({at - std::min<std::size_t>(at, 1), at}, Cue::suffer));
}

/// «قتل في حادث سير»: nobody fights there; «هذا الحادث» is what was just told.
bool has_mishap(Scene const& scene, text::TokenRange clause) {
    auto const words = scene.words_in(clause);
    return std::any_of(words.begin(), words.end(), [&](Word const& word) {
        return word.kind == WordKind::list_word && scene.lexicon().list_name(word.row) == "mishap" &&
               !word.match.clitics.article;
    });
}

/// «مقتل ثلاثة من عناصر X في بلدة Y»: fighters of a side that die at a place, of nothing that is said, die in
/// fighting.
bool is_in_fight(Scene const& scene, Word const& casualty) {
    constexpr std::size_t people_reach = 5;
    constexpr std::size_t place_reach = 14;
    std::size_t const begin = casualty.match.tokens.begin;
    std::size_t const end = casualty.match.tokens.end;
    Clause const& clause = scene.clauses()[scene.clause_of(begin)];
    bool const dies = scene.lexicon().casualties()[casualty.row] == Effect::killed &&
                      casualty.match.part != Part::imperfect && casualty.match.pronoun == Pronoun::none;
    bool const is_of_antecedent =
        clause.opening == Clause::Opening::relative && is_verb(casualty.match.part); // «الذي قتل …»
    if (!dies || has_mishap(scene, clause.tokens) || is_of_antecedent) {
        return false;
    }
    bool has_fighters = false;
    bool has_side = false;
    for (Word const& word : scene.words_in({end, std::min(end + people_reach + 3, clause.tokens.end)})) {
        bool const near = word.match.tokens.begin < end + people_reach;
        has_fighters = has_fighters || (near && word.kind == WordKind::victim &&
                                        scene.lexicon().victims()[word.row] == Victim::combatant);
        has_side = has_side || (word.kind == WordKind::actor && word.match.tokens.begin > end);
    }
    // «مقتل شرطي في X»: whose he was needs no saying.
    bool const are_regulars = scene.has_listed({end, end + people_reach}, "regulars");
    if (!has_fighters || (!has_side && !are_regulars)) {
        return false;
    }
    static std::string const in = text::fold_key("في");
    auto const places = scene.places_in({end, std::min(end + place_reach, clause.tokens.end)});
    return !places.empty() && std::all_of(places.begin(), places.begin() + 1, [&](std::size_t i) {
        std::size_t const at = scene.places()[i].tokens.begin;
        bool const is_placed = scene.text().codes(at - 1) == in || scene.text().codes(at - 2) == in;
        return (is_placed || scene.places()[i].is_introduced) && fineness(scene.places()[i]) > 0;
    });
}

/// «إن الجيش قتل 12 مسلحا»: a side right before the verb, and whom it killed right behind.
bool kills_behind_subject(Scene const& scene, Word const& casualty) {
    std::size_t const begin = casualty.match.tokens.begin;
    if (casualty.match.part != Part::perfect || casualty.match.pronoun != Pronoun::none ||
        casualty.match.number != Number::singular || begin < 2) {
        return false;
    }
    auto const before = scene.words_in({begin - std::min<std::size_t>(begin, 3), begin});
    bool const has_subject = std::any_of(before.begin(), before.end(), [&](Word const& word) {
        return word.kind == WordKind::actor && word.match.tokens.end == begin &&
               word.match.clitics.preposition == 0 &&
               scene.lexicon().actors()[scene.lexicon().aliases()[word.row].actor].inter < 7;
    });
    return has_subject && people_at(scene, casualty.match.tokens.end).has_value();
}

/// «أنها قتلت رجلا», «وقتلت 21 مسلحا»: a verb that cannot be passive, for whom it killed is masculine, with
/// whoever was named before as its subject.
bool kills_by_elided_subject(Scene const& scene, Word const& casualty) {
    constexpr std::size_t reach = 6; // a time or place may stand between
    std::size_t const begin = casualty.match.tokens.begin;
    std::size_t const end = casualty.match.tokens.end;
    Clause const& clause = scene.clauses()[scene.clause_of(begin)];
    bool const is_feminine = scene.text().codes(begin).ends_with(text::fold_key("قتلت"));
    if (casualty.match.part != Part::perfect || casualty.match.pronoun != Pronoun::none || !is_feminine ||
        clause.opening == Clause::Opening::relative) {
        return false;
    }
    static std::array const that{text::fold_key("أنها"), text::fold_key("إنها"), text::fold_key("بأنها")};
    bool const is_reported =
        begin > 0 && std::find(that.begin(), that.end(), scene.text().codes(begin - 1)) != that.end();
    bool const goes_on = casualty.match.clitics.conjunction && begin > clause.tokens.begin;
    for (std::size_t token = end; token < std::min(end + (is_reported ? reach : 2), clause.tokens.end);
         ++token) {
        auto const people = people_at(scene, token);
        if (people && people->who != Victim::woman &&
            !scene.text().codes(people->end - 1).ends_with(text::fold_key("ة"))) {
            return is_reported || goes_on;
        }
    }
    return false;
}

/// «تبنى X مقتل شرطيين»: somebody says that it was he.
bool is_claimed(Scene const& scene, Word const& casualty) {
    constexpr std::size_t reach = 4;
    std::size_t const begin = casualty.match.tokens.begin;
    return !is_verb(casualty.match.part) &&
           scene.has_listed({begin - std::min(begin, reach), begin}, "claiming");
}

/// «عثر على جثة رجل وعليها آثار تعذيب»: bodies that somebody finds, of people who were killed by what the
/// sentence or the one behind it says.
bool is_murdered(Scene const& scene, Word const& casualty) {
    constexpr std::size_t reach = 10;
    std::size_t const begin = casualty.match.tokens.begin;
    if (scene.lexicon().casualties()[casualty.row] != Effect::killed_people ||
        !scene.has_listed({begin - std::min(begin, reach), begin}, "found")) {
        return false;
    }
    std::size_t const sentence = scene.text().sentence_of(begin);
    text::TokenRange told = scene.text().sentences()[sentence];
    bool const goes_on = sentence + 1 < scene.text().sentences().size() &&
                         scene.text().paragraph_of(scene.text().sentences()[sentence + 1].begin) ==
                             scene.text().paragraph_of(begin);
    told.end = goes_on ? scene.text().sentences()[sentence + 1].end : told.end;
    return scene.has_listed({begin, told.end}, "violent_death");
}

/// «أصيب خمسة متظاهرين»: people who protest right behind a word for the dead and hurt.
bool are_protesters(Scene const& scene, Word const& casualty) {
    constexpr std::size_t reach = 4;
    std::size_t const end = casualty.match.tokens.end;
    auto const words = scene.words_in({end, end + reach});
    return std::ranges::any_of(words, [&](Word const& word) {
        return word.kind == WordKind::list_word && scene.lexicon().list_name(word.row) == "protesters" &&
               word.match.clitics.preposition == 0;
    });
}

/// «برصاص الجنود»: whose bullets they were.
bool owns_gun(Scene const& scene, Word const& people) {
    std::size_t const begin = people.match.tokens.begin;
    Word const* const weapon = begin == 0 ? nullptr : scene.word_at(begin - 1, WordKind::weapon);
    return weapon != nullptr && people.match.clitics.preposition == 0 &&
           scene.lexicon().categories()[scene.lexicon().weapons()[weapon->row].category].is_gun();
}

Killing killing_at(Scene const& scene, Word const& casualty) {
    Killing killing;
    std::size_t const end = casualty.match.tokens.end;
    text::TokenRange const clause = scene.clauses()[scene.clause_of(casualty.match.tokens.begin)].tokens;
    Word const* const subject = scene.word_at(end, WordKind::actor);
    bool const acts = (is_verb(casualty.match.part) && subject != nullptr &&
                       scene.lexicon().actors()[scene.lexicon().aliases()[subject->row].actor].inter != 7) ||
                      kills_behind_subject(scene, casualty) || kills_by_elided_subject(scene, casualty);
    bool is_cut_off = false;
    // "Gunmen killed a cleric": before an active English verb stand those who killed.
    std::string_view const led_by = casualty.match.tokens.begin > clause.begin
                                        ? scene.text().codes(casualty.match.tokens.begin - 1)
                                        : std::string_view{};
    bool const is_active = is_verb(casualty.match.part) &&
                           !text::is_arabic(scene.text().codes(end - 1).front()) && led_by != "were" &&
                           led_by != "was" && led_by != "been";
    for (Word const& each : scene.words_in(clause)) {
        std::size_t const at = each.match.tokens.begin;
        if (each.kind == WordKind::weapon) {
            auto const& category = scene.lexicon().categories()[scene.lexicon().weapons()[each.row].category];
            killing.gun = category.is_gun() ? &each : killing.gun;
            killing.means = is_means(scene, each, casualty) ? &each : killing.means;
        }
        constexpr std::size_t people_reach = 8; // «…، ويتهم بالعمل مع عسكريين» is not of the dead
        bool const is_armed_victim =
            each.kind == WordKind::victim && at < end + people_reach && (!is_active || at >= end) &&
            (!acts || at != end) && !owns_gun(scene, each) &&
            scene.lexicon().victims()[each.row] == Victim::combatant &&
            !scene.has_listed({each.match.tokens.end, each.match.tokens.end + 1}, "former");
        killing.armed_victims = killing.armed_victims || is_armed_victim;
        // "died …, says a report published by researchers": of another verb.
        is_cut_off = is_cut_off || (at >= end && is_cue(each, Cue::according));
        killing.by_hand = killing.by_hand || (is_cue(each, Cue::agent) && at >= end && !is_cut_off);
    }
    Effect const effect = scene.lexicon().casualties()[casualty.row];
    bool const killed = effect == Effect::killed || effect == Effect::killed_people;
    killing.by_hand = killed && (killing.by_hand || acts || is_claimed(scene, casualty));
    killing.in_fight = killed && is_in_fight(scene, casualty);
    killing.found = is_murdered(scene, casualty);
    return killing;
}

/// «قتل شاب برصاص قناص في A، وسقطت قذيفة على B»: the words about a death between commas, as far as «و» brings
/// in something else.
text::TokenRange conjunct_of(Scene const& scene, std::size_t token) {
    text::TokenRange const sentence = scene.text().sentences()[scene.text().sentence_of(token)];
    auto const joins = [&](std::size_t comma) {
        return scene.text().codes(comma) == "," && comma + 1 < sentence.end &&
               scene.text().codes(comma + 1).front() == text::code(U'و');
    };
    std::size_t begin = token;
    while (begin > sentence.begin && !joins(begin - 1)) {
        --begin;
    }
    std::size_t end = token;
    while (end < sentence.end && !joins(end)) {
        ++end;
    }
    return {begin, end};
}

/// Whether a death has its place and the gun that brought it in words of its own.
bool stands_alone(Scene const& scene, Killing const& killing, text::TokenRange conjunct) {
    return killing.gun != nullptr && conjunct.contains(killing.gun->match.tokens.begin) &&
           !scene.places_in(conjunct).empty();
}

} // namespace

// People shot or killed by somebody are an attack, or between armed sides a clash, where their sentence tells
// no other; people killed by a shell or a mine are its victims, where their clause tells no other.
void add_killings(Scene const& scene, std::vector<Draft>& drafts) {
    auto const& triggers = scene.lexicon().triggers();
    auto const kill = std::find_if(triggers.begin(), triggers.end(), [&](Trigger const& each) {
        return scene.lexicon().classes()[each.type].name == "kill";
    });
    std::vector<Draft> added;
    for (Word const& word : scene.words()) {
        std::size_t const token = word.match.tokens.begin;
        if (word.kind != WordKind::casualty || kill == triggers.end() || !is_body(scene, token) ||
            scene.lexicon().casualties()[word.row] == Effect::none) {
            continue;
        }
        std::size_t const clause = scene.clause_of(token);
        std::size_t const sentence = scene.clauses()[clause].sentence;
        Killing const killing = killing_at(scene, word);
        text::TokenRange const conjunct = conjunct_of(scene, token);
        bool const alone = stands_alone(scene, killing, conjunct);
        auto const told = [&](Draft const& each) {
            // «جثث ثلاثة خطفوا قبل أسبوع»: that they were taken tells no death.
            if (killing.found && (class_of(scene, each).name == "abduct" ||
                                  scene.clauses()[each.clause].sentence != sentence)) {
                return false;
            }
            // «خرجت مظاهرة، طالبت بقتلة X الذي قضى بالرصاص», but not «احتجاجات إثر مقتل X»
            bool const is_protest = each.plover == "PROTEST" && each.clause != clause;
            // «قتل شابان برصاص مجهولين في A، وقالت مصادر إن ملثمين أطلقوا النار عليهما»: the same shots.
            bool const are_shots = each.category && scene.lexicon().categories()[*each.category].is_gun() &&
                                   scene.places_in(each.stretch).empty();
            if (is_protest || (alone && !are_shots && !conjunct.contains(each.tokens.begin))) {
                return false;
            }
            return killing.means != nullptr ? each.clause == clause
                                            : scene.clauses()[each.clause].sentence == sentence;
        };
        bool const is_told =
            std::any_of(drafts.begin(), drafts.end(), told) || std::any_of(added.begin(), added.end(), told);
        bool const by_somebody = killing.gun != nullptr || killing.means != nullptr || killing.by_hand ||
                                 killing.in_fight || killing.found;
        if (is_told || !by_somebody) {
            continue;
        }
        Word as_trigger = word;
        as_trigger.row = static_cast<std::size_t>(kill - triggers.begin());
        Draft draft = draft_of(scene, as_trigger);
        TriggerClass const& type = class_of(scene, draft);
        // Bodies that are found were killed in nothing that anybody saw.
        std::size_t const before = token - std::min<std::size_t>(token, 8);
        bool const is_found = scene.has_listed({before, token}, "found");
        std::string const sub = killing.armed_victims && !is_found ? "Armed clash" : type.sub_event_type;
        Ontology::Plover const usual = scene.lexicon().ontology().plover_of(sub);
        set_type(draft, sub, std::string{usual.event}, std::string{usual.mode});
        if (killing.gun != nullptr && killing.means == nullptr && are_protesters(scene, word)) {
            Ontology::Plover const known =
                scene.lexicon().ontology().plover_of("Excessive force against protesters");
            set_type(draft, "Excessive force against protesters", std::string{known.event},
                     std::string{known.mode});
        }
        if (killing.means != nullptr) {
            Weapon const& weapon = scene.lexicon().weapons()[killing.means->row];
            WeaponCategory const& category = scene.lexicon().categories()[weapon.category];
            set_type(draft, category.sub_event_type, category.plover, category.plover_mode);
            draft.weapon = weapon.id;
            draft.category = weapon.category;
            draft.note(fmt::format("«{}» by «{}»", scene.words_of(word.match.tokens),
                                   scene.words_of(killing.means->match.tokens)),
                       0.85);
        } else if (killing.gun != nullptr) {
            Weapon const& gun = scene.lexicon().weapons()[killing.gun->row];
            draft.weapon = gun.id;
            if (draft.plover_mode.empty()) {
                draft.plover_mode = scene.lexicon().categories()[gun.category].plover_mode;
            }
            draft.note(fmt::format("«{}» with «{}»", scene.words_of(word.match.tokens),
                                   scene.words_of(killing.gun->match.tokens)),
                       0.85);
        } else if (killing.found) {
            draft.note("found dead, and killed", 0.8);
        } else if (!killing.by_hand) {
            draft.note("fighters of a side died there", 0.6);
        } else {
            draft.note(fmt::format("«{}», and by whom", scene.words_of(word.match.tokens)), 0.8);
        }
        added.push_back(std::move(draft));
    }
    set_ranges(scene, added);
    drafts.insert(drafts.end(), added.begin(), added.end());
    std::stable_sort(drafts.begin(), drafts.end(),
                     [](Draft const& a, Draft const& b) { return a.tokens.begin < b.tokens.begin; });
}

} // namespace kharita::event
