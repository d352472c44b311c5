#include <algorithm>

#include "event/drafting.hpp"

// With what the happening of a trigger was done.

namespace kharita::event {

namespace {

/// Of a word that is a weapon.
std::string_view category_of(Scene const& scene, Word const& weapon) {
    return scene.lexicon().categories()[scene.lexicon().weapons()[weapon.row].category].name;
}

/// «عملية مداهمات بدعم من المروحيات»: a weapon that only stands behind those who act.
bool is_borrowed(Scene const& scene, std::size_t weapon) {
    return scene.has_cue({weapon - std::min<std::size_t>(weapon, 2), weapon}, Cue::support);
}

/// «رد على مصادر النيران»: the fire of the others.
bool is_source(Scene const& scene, std::size_t weapon) {
    return scene.has_listed({weapon - std::min<std::size_t>(weapon, 1), weapon}, "fire_source");
}

/// «قصفت طائرات منصات إطلاق صواريخ», «مواقع مدفعية»: what stands at the target.
bool is_at_target(Scene const& scene, Word const& weapon) {
    constexpr std::size_t reach = 2;
    std::size_t const begin = weapon.match.tokens.begin;
    return weapon.match.clitics.preposition == 0 && !weapon.match.clitics.conjunction &&
           scene.has_listed({begin - std::min(begin, reach), begin}, "emplacement");
}

/// «دمر الطيران الحربي رتلا»: planes right behind the verb, with something that is destroyed behind them.
bool is_flying_destroyer(Scene const& scene, Word const& weapon) {
    constexpr std::size_t reach = 4;
    std::size_t const begin = weapon.match.tokens.begin;
    std::size_t const end = weapon.match.tokens.end;
    std::string_view const name = category_of(scene, weapon);
    Word const* const verb = begin == 0 ? nullptr : scene.word_at(begin - 1, WordKind::trigger);
    return (name == "air" || name == "drone") && verb != nullptr && is_verb(verb->match.part) &&
           weapon.match.clitics.preposition == 0 && scene.has_listed({end, end + reach}, "materiel");
}

/// «دمرت دبابتين»: what is destroyed destroys nothing; a means has «ب».
bool is_destroyed(Scene const& scene, Draft const& draft, Word const& weapon) {
    return class_of(scene, draft).name == "destroy" && weapon.match.tokens.begin >= draft.tokens.begin &&
           weapon.match.clitics.preposition != text::code(U'ب') && !is_flying_destroyer(scene, weapon);
}

/// «عربات مزودة برشاشات»: what a thing bears is no means of those who destroy it.
bool is_borne(Scene const& scene, Word const& weapon) {
    std::size_t const begin = weapon.match.tokens.begin;
    WeaponCategory const& category =
        scene.lexicon().categories()[scene.lexicon().weapons()[weapon.row].category];
    return (category.is_gun() || category.name == "artillery") &&
           weapon.match.clitics.preposition == text::code(U'ب') &&
           scene.has_listed({begin - std::min<std::size_t>(begin, 1), begin}, "equipped");
}

/// «إنزال جوي»: the word of a weapon within an attack's own name is none of its means.
bool is_named_in(Draft const& draft, TriggerClass const& type, Word const& weapon) {
    return type.name == "attack" && draft.tokens.contains(weapon.match.tokens.begin);
}

/// «تصدوا للهجوم وأعطبوا دبابة»: what is destroyed or taken serves nobody.
bool is_disabled(Scene const& scene, Word const& weapon) {
    constexpr std::size_t reach = 3;
    std::size_t const begin = weapon.match.tokens.begin;
    return weapon.match.clitics.preposition != text::code(U'ب') &&
           scene.has_listed({begin - std::min(begin, reach), begin}, "disabling") &&
           !is_flying_destroyer(scene, weapon);
}

/// «استهدفت القوات طائرة فوق X»: planes behind a verb that has a subject are what was aimed at.
bool is_aimed_at(Scene const& scene, Draft const& draft, Word const& weapon) {
    std::size_t const begin = weapon.match.tokens.begin;
    std::string const& name =
        scene.lexicon().categories()[scene.lexicon().weapons()[weapon.row].category].name;
    if (class_of(scene, draft).rule != Rule::aim || !is_verb(draft.part) || begin < draft.tokens.end ||
        weapon.match.clitics.preposition != 0 || (name != "air" && name != "drone")) {
        return false;
    }
    auto const between = scene.words_in({draft.tokens.end, begin});
    return std::any_of(between.begin(), between.end(), [&](Word const& word) {
        return (word.kind == WordKind::actor || word.kind == WordKind::force) &&
               word.match.clitics.preposition == 0 && word.match.tokens.end <= begin;
    });
}

/// «طائرات يعتقد أنها للتحالف الذي تقوده أميركا قامت بقصف …»: the subject stands before the relative clause
/// that the act is written in.
Word const* weapon_of_subject(Scene const& scene, Draft const& draft) {
    Clause const& clause = scene.clauses()[draft.clause];
    if (clause.opening != Clause::Opening::relative || draft.clause == 0 ||
        class_of(scene, draft).name != "shelling") {
        return nullptr;
    }
    Clause const& main = scene.clauses()[draft.clause - 1];
    Word const* found = nullptr;
    for (Word const& word : scene.words_in(main.tokens)) {
        if (main.sentence != clause.sentence || word.kind == WordKind::trigger) {
            return nullptr; // what was told there has its own means
        }
        found = word.kind == WordKind::weapon ? &word : found;
    }
    return found;
}

/// How far a weapon of a category counts as standing from a trigger, tokens weighed.
std::size_t distance_of(WeaponCategory const& category, TriggerClass const& type, std::size_t away) {
    if (category.name == "chemical") {
        return 0; // whoever drops it, gas is gas
    }
    if (type.name != "launch") {
        return away;
    }
    if (category.name == "drone") {
        return 0; // «ألقت مسيرة قذيفة»: what a drone drops comes from the air
    }
    // Of what is dropped the planes are only the carriers, but their guns are a plane's, and what sort of
    // bomb they dropped is not said.
    return away + (category.name == "air"    ? 100U
                   : category.name == "bomb" ? 150U
                   : category.is_gun()       ? 200U
                                             : 0U);
}

/// «مع قصف الطيران المروحي A، استهدفت الفصائل B»: planes that another word is told of, where the verb has a
/// subject of its own.
bool is_of_other(Scene const& scene, Draft const& draft, std::size_t weapon) {
    std::size_t const end = draft.tokens.end;
    auto const behind = scene.words_in({end, end + 1});
    bool const has_subject =
        is_verb(draft.part) && std::any_of(behind.begin(), behind.end(),
                                           [](Word const& word) { return word.kind == WordKind::actor; });
    auto const before = scene.words_in({weapon - std::min<std::size_t>(weapon, 1), weapon});
    return has_subject && weapon < draft.tokens.begin &&
           std::any_of(before.begin(), before.end(),
                       [](Word const& word) { return word.kind == WordKind::trigger; });
}

/// «سيارة مفخخة يقودها انتحاري», «انتحاري من X فجر سيارة»: who blows himself up with what explodes.
Word const* bomber_of(Scene const& scene, Draft const& draft, Word const& weapon) {
    constexpr std::size_t reach = 4;
    if (category_of(scene, weapon) != "explosive") {
        return nullptr;
    }
    auto const bomber_in = [&](text::TokenRange range) -> Word const* {
        auto const words = scene.words_in(range);
        auto const found = std::find_if(words.begin(), words.end(), [&](Word const& word) {
            return word.kind == WordKind::weapon && category_of(scene, word) == "suicide" &&
                   !word.match.clitics.conjunction;
        });
        return found == words.end() ? nullptr : &*found;
    };
    std::size_t const end = weapon.match.tokens.end;
    if (Word const* const behind = bomber_in({end, std::min(end + reach, draft.stretch.end)})) {
        return behind;
    }
    bool const is_active = is_verb(draft.part) && class_of(scene, draft).name == "blast";
    return is_active ? bomber_in(draft.before) : nullptr;
}

/// «قصف من قبل المعارضة»: who did it stands behind the noun.
bool has_agent(Scene const& scene, Draft const& draft) {
    constexpr std::size_t reach = 4;
    std::size_t const end = draft.tokens.end;
    return scene.has_cue({end, std::min(end + reach, draft.stretch.end)}, Cue::agent);
}

/// «إطلاق نيران منها», «وأطلقوا رصاص البنادق»: a noun, or a verb that «و» adds, that names at once what was
/// fired; weapons before it served another.
bool names_shots(Scene const& scene, Draft const& draft) {
    std::size_t const end = draft.tokens.end;
    auto const next = scene.words_in({draft.tokens.begin, end + 1});
    bool const is_named = draft.part == Part::noun && draft.clitics.preposition != text::code(U'ب');
    bool const is_added = is_verb(draft.part) && draft.clitics.conjunction;
    return class_of(scene, draft).name == "launch" && (is_named || is_added) &&
           std::any_of(next.begin(), next.end(), [&](Word const& word) {
               return word.kind == WordKind::weapon && word.match.tokens.end > end &&
                      scene.lexicon().categories()[scene.lexicon().weapons()[word.row].category].is_gun();
           });
}

/// «نفذت طائرة مسيرة هجوما», «شن سلاح الجو هجمات»: aircraft right behind the verb that carries an attack.
Word const* planes_carrying(Scene const& scene, Draft const& draft) {
    constexpr std::size_t reach = 8;
    std::size_t const begin = draft.tokens.begin;
    if (class_of(scene, draft).name != "attack" || is_verb(draft.part)) {
        return nullptr;
    }
    std::size_t const from =
        std::max(scene.clauses()[draft.clause].tokens.begin, begin - std::min(begin, reach));
    Word const* planes = nullptr;
    for (Word const& word : scene.words_in({from, begin})) {
        if (word.kind == WordKind::trigger) {
            planes = nullptr; // of what was told before
        }
        if (!is_cue(word, Cue::perform) || !is_verb(word.match.part)) {
            continue;
        }
        Word const* const next = scene.word_at(word.match.tokens.end, WordKind::weapon);
        if (next != nullptr && next->match.clitics.preposition == 0) {
            std::string const& name =
                scene.lexicon().categories()[scene.lexicon().weapons()[next->row].category].name;
            planes = name == "air" || name == "drone" ? next : planes;
        }
    }
    return planes;
}

/// «بالصواريخ والبراميل المتفجرة»: with what only aircraft drop, the rockets come from the air as well.
Word const* dropped_with(Scene const& scene, Draft const& draft, Word const& rocket) {
    constexpr std::size_t adjectives = 3;
    if (category_of(scene, rocket) != "rocket") {
        return nullptr;
    }
    std::size_t const end = rocket.match.tokens.end;
    auto const next = scene.words_in({end, std::min(end + adjectives, draft.stretch.end)});
    auto const found = std::find_if(next.begin(), next.end(), [&](Word const& word) {
        return word.kind == WordKind::weapon && word.match.clitics.conjunction &&
               category_of(scene, word) == "barrel";
    });
    return found == next.end() ? nullptr : &*found;
}

/// «أطلقت طائرة صاروخين», «طائرة عسكرية أطلقت صاروخا»: the aircraft that fired the rockets, right before or
/// behind the verb, without a preposition.
Word const* fired_from(Scene const& scene, Draft const& draft, Word const& rocket) {
    constexpr std::size_t reach = 3;
    if (category_of(scene, rocket) != "rocket" || class_of(scene, draft).name != "launch" ||
        !is_verb(draft.part)) {
        return nullptr;
    }
    Clause const& clause = scene.clauses()[draft.clause];
    std::size_t const begin =
        std::max(clause.tokens.begin, draft.tokens.begin - std::min(draft.tokens.begin, reach));
    auto const near = scene.words_in({begin, std::min(draft.tokens.end + 1, clause.tokens.end)});
    auto const found = std::find_if(near.begin(), near.end(), [&](Word const& word) {
        if (word.kind != WordKind::weapon || word.match.clitics.preposition != 0) {
            return false;
        }
        std::string_view const name = category_of(scene, word);
        return name == "air" || name == "drone";
    });
    return found == near.end() ? nullptr : &*found;
}

/// «الضربات التي شنتها طائرات …»: the relative clause right behind a noun that says who dealt the blows, with
/// what; else nothing.
text::TokenRange told_by_whom(Scene const& scene, Draft const& draft) {
    constexpr std::size_t reach = 6;
    std::size_t const next = draft.clause + 1;
    text::TokenRange const none{draft.tokens.end, draft.tokens.end};
    if (is_verb(draft.part) || next >= scene.clauses().size()) {
        return none;
    }
    Clause const& clause = scene.clauses()[next];
    std::size_t const begin = clause.tokens.begin;
    bool const follows = clause.opening == Clause::Opening::relative && begin == draft.tokens.end &&
                         clause.sentence == scene.clauses()[draft.clause].sentence;
    bool const is_dealt = scene.has_cue({begin + 1, begin + 2}, Cue::perform) ||
                          scene.has_cue({begin + 1, begin + 2}, Cue::agent);
    return follows && is_dealt ? text::TokenRange{begin, std::min(begin + reach, clause.tokens.end)} : none;
}

} // namespace

Word const* weapon_near(Scene const& scene, Draft const& draft) {
    bool const is_arabic = text::is_arabic(scene.text().codes(draft.tokens.begin).front());
    TriggerClass const& type = class_of(scene, draft);
    Word const* best = nullptr;
    std::size_t best_distance = 0;
    auto const look = [&](text::TokenRange range, std::size_t weight) {
        for (Word const& word : scene.words_in(range)) {
            std::size_t const at = word.match.tokens.begin;
            bool const is_own = at == draft.tokens.begin && word.match.tokens.end <= draft.tokens.end &&
                                draft.part != Part::phrase;
            if (word.kind != WordKind::weapon || is_own || is_named_in(draft, type, word) ||
                is_disabled(scene, word) || is_aimed_at(scene, draft, word) || is_borrowed(scene, at) ||
                is_source(scene, at) || is_at_target(scene, word) || is_destroyed(scene, draft, word) ||
                is_of_other(scene, draft, at) || is_borne(scene, word)) {
                continue;
            }
            WeaponCategory const& category =
                scene.lexicon().categories()[scene.lexicon().weapons()[word.row].category];
            std::size_t const away =
                at >= draft.tokens.begin ? at - draft.tokens.begin : draft.tokens.begin - at;
            std::size_t const distance = distance_of(category, type, weight * away);
            if (best == nullptr || distance < best_distance) {
                best = &word;
                best_distance = distance;
            }
        }
    };
    look(draft.stretch, 1);
    if (best == nullptr) {
        look(told_by_whom(scene, draft), 1);
    }
    if (draft.means.size() > 0 && best == nullptr) {
        look(draft.means, 1);
        return best;
    }
    // Before «هجوم», and before what «و» adds, stand the means of what was told before it.
    // «إلقاء براميل على A، سبقه قصف من قبل X على B» likewise.
    bool const has_subject = draft.may_be_noun && has_agent(scene, draft);
    bool const is_added = (draft.part == Part::noun && draft.clitics.conjunction) || has_subject;
    if (!is_arabic ||
        (!is_added && (type.name != "attack" || is_verb(draft.part)) && !names_shots(scene, draft))) {
        look(draft.before, is_arabic ? 4 : 1);
    }
    if (Word const* const planes = best == nullptr ? planes_carrying(scene, draft) : nullptr) {
        return planes;
    }
    if (Word const* const dropped = best == nullptr ? nullptr : dropped_with(scene, draft, *best)) {
        return dropped;
    }
    if (Word const* const carrier = best == nullptr ? nullptr : fired_from(scene, draft, *best)) {
        return carrier;
    }
    if (Word const* const bomber = best == nullptr ? nullptr : bomber_of(scene, draft, *best)) {
        return bomber;
    }
    return best != nullptr ? best : weapon_of_subject(scene, draft);
}

} // namespace kharita::event
