#include <algorithm>

#include <fmt/format.h>

#include "event/drafting.hpp"

namespace kharita::event {

namespace {

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
    std::string const& name =
        scene.lexicon().categories()[scene.lexicon().weapons()[weapon.row].category].name;
    Word const* const verb = begin == 0 ? nullptr : scene.word_at(begin - 1, WordKind::trigger);
    return (name == "air" || name == "drone") && verb != nullptr && is_verb(verb->match.part) &&
           weapon.match.clitics.preposition == 0 && scene.has_listed({end, end + reach}, "materiel");
}

/// «دمرت دبابتين»: what is destroyed destroys nothing; a means has «ب».
bool is_destroyed(Scene const& scene, Draft const& draft, Word const& weapon) {
    return class_of(scene, draft).name == "destroy" && weapon.match.tokens.begin >= draft.tokens.begin &&
           weapon.match.clitics.preposition != text::code(U'ب') && !is_flying_destroyer(scene, weapon);
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
    auto const category = [&](Word const& word) -> std::string_view {
        return scene.lexicon().categories()[scene.lexicon().weapons()[word.row].category].name;
    };
    if (category(weapon) != "explosive") {
        return nullptr;
    }
    auto const bomber_in = [&](text::TokenRange range) -> Word const* {
        auto const words = scene.words_in(range);
        auto const found = std::find_if(words.begin(), words.end(), [&](Word const& word) {
            return word.kind == WordKind::weapon && category(word) == "suicide" &&
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
                is_of_other(scene, draft, at)) {
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
    // Before «هجوم», and before what «و» adds, stand the means of what was told before it.
    // «إلقاء براميل على A، سبقه قصف من قبل X على B» likewise.
    bool const has_subject = draft.may_be_noun && has_agent(scene, draft);
    bool const is_added = (draft.part == Part::noun && draft.clitics.conjunction) || has_subject;
    if (!is_arabic || (!is_added && (type.name != "attack" || is_verb(draft.part)))) {
        look(draft.before, is_arabic ? 4 : 1);
    }
    if (Word const* const bomber = best == nullptr ? nullptr : bomber_of(scene, draft, *best)) {
        return bomber;
    }
    return best != nullptr ? best : weapon_of_subject(scene, draft);
}

namespace {

/// «ثماني ضربات», «الهجمات»: what may speak of strikes told paragraphs before.
bool names_known_strikes(Scene const& scene, Draft const& draft) {
    bool const are_attacks =
        class_of(scene, draft).name == "attack" && draft.is_definite && draft.number == Number::plural;
    return are_attacks || (class_of(scene, draft).rule == Rule::aim && draft.part == Part::noun);
}

/// «وأعلنت تشكيلات من الجيش الحر استهداف مقرات …»: those who have no planes, named in the clause before it.
bool is_by_rebels(Scene const& scene, Draft const& draft) {
    constexpr std::size_t reach = 5;
    std::size_t const begin = draft.tokens.begin;
    auto const words = scene.words_in({std::max(draft.before.begin, begin - std::min(begin, reach)), begin});
    return std::any_of(words.begin(), words.end(), [&](Word const& word) {
        std::size_t const at = word.match.tokens.begin;
        return word.kind == WordKind::actor &&
               !scene.has_cue({at - std::min<std::size_t>(at, 2), at}, Cue::object) &&
               scene.lexicon().actors()[scene.lexicon().aliases()[word.row].actor].inter == 2;
    });
}

/// The attack told last before a draft in its paragraph, whose means an unarmed one may share; a blow
/// («ثماني ضربات») also that of the air strikes in an earlier paragraph.
Draft const* armed_before(Scene const& scene, std::vector<Draft> const& drafts, std::size_t index) {
    bool const reaches_far = names_known_strikes(scene, drafts[index]);
    std::size_t const paragraph = scene.text().paragraph_of(drafts[index].tokens.begin);
    for (std::size_t i = index; i-- > 0;) {
        bool const near = scene.text().paragraph_of(drafts[i].tokens.begin) == paragraph;
        if (!near && !reaches_far) {
            return nullptr;
        }
        if (!drafts[i].sub_event_type.empty() && drafts[i].category &&
            (near || drafts[i].sub_event_type == "Air/drone strike")) {
            bool const is_flown = drafts[i].sub_event_type == "Air/drone strike";
            return is_flown && is_by_rebels(scene, drafts[index]) ? nullptr : &drafts[i];
        }
    }
    return nullptr;
}

/// «استهدفت الفصائل مواقع …»: forces that aim at positions, vehicles or people under arms fire at them, with
/// what is not said.
bool fires_at_something(Scene const& scene, Draft const& draft) {
    constexpr std::size_t reach = 6;
    if (class_of(scene, draft).rule != Rule::aim || draft.part != Part::perfect) {
        return false;
    }
    std::size_t const end = std::min(draft.stretch.end, draft.tokens.end + reach);
    std::size_t const begin = draft.tokens.begin;
    auto const near = scene.words_in({begin - std::min<std::size_t>(begin, 4), draft.tokens.end + 3});
    bool const by_somebody = std::any_of(near.begin(), near.end(), [](Word const& word) {
        return word.kind == WordKind::actor || word.kind == WordKind::force;
    });
    return by_somebody && scene.has_cue({draft.tokens.end, end}, Cue::object);
}

/// «شنت فرنسا أولى ضرباتها»: blows that a country is the subject of.
bool is_dealt_by_country(Scene const& scene, Draft const& draft) {
    constexpr std::size_t reach = 6;
    bool carried = false;
    bool by_country = false;
    std::size_t const begin = draft.tokens.begin;
    for (Word const& word : scene.words_in({begin - std::min(begin, reach), begin})) {
        carried = carried || (is_cue(word, Cue::perform) && word.match.part == Part::perfect);
        by_country = by_country || (carried && word.kind == WordKind::country);
    }
    return by_country && draft.number == Number::plural;
}

/// «أصيب ثلاثة عناصر باستهداف حاجز»: a noun of aiming at something that cost people, with what is not said.
bool hurts_somebody(Scene const& scene, Draft const& draft) {
    constexpr std::size_t reach = 3;
    if (class_of(scene, draft).rule != Rule::aim || draft.part != Part::noun) {
        return false;
    }
    std::size_t const end = std::min(draft.stretch.end, draft.tokens.end + reach);
    auto const words = scene.words_in(scene.clauses()[draft.clause].tokens);
    return scene.has_cue({draft.tokens.end, end}, Cue::object) &&
           std::any_of(words.begin(), words.end(),
                       [](Word const& word) { return word.kind == WordKind::casualty; });
}

/// «ضربات إسرائيلية استهدفت مطار X»: blows with the adjective of a state.
bool is_blow_of_state(Scene const& scene, Draft const& draft) {
    if (class_of(scene, draft).rule != Rule::aim || draft.part != Part::noun) {
        return false;
    }
    if (is_dealt_by_country(scene, draft)) {
        return true;
    }
    // English puts the adjective first: "an Israeli strike".
    bool const is_arabic = text::is_arabic(scene.text().codes(draft.tokens.begin).front());
    std::size_t const at =
        is_arabic ? draft.tokens.end : draft.tokens.begin - std::min<std::size_t>(draft.tokens.begin, 1);
    auto const behind = scene.words_in({at, at + 1});
    return std::any_of(behind.begin(), behind.end(), [&](Word const& word) {
        return word.kind == WordKind::country && scene.lexicon().countries()[word.row].adjective;
    });
}

/// «خمس غارات قرب X قصفت …»: the strikes that are the subject of a verb say how it was done.
Draft const* subject_of(Scene const& scene, std::vector<Draft> const& drafts, std::size_t index) {
    Draft const& draft = drafts[index];
    if (index == 0 || !is_verb(draft.part) || draft.may_be_noun || draft.clitics.conjunction) {
        return nullptr;
    }
    Draft const& before = drafts[index - 1];
    bool const is_strike = before.part == Part::noun && class_of(scene, before).name == "strike";
    // «مع غارات على X، استهدفت الفصائل مواقع …»: behind a comma, with somebody who fires at something.
    if (scene.text().codes(draft.tokens.begin - 1) == "," && fires_at_something(scene, draft)) {
        return nullptr;
    }
    return is_strike && before.clause == draft.clause && before.category ? &before : nullptr;
}

/// Whether a verb of aiming has a subject of its own behind it («استهدف التنظيم …»), or opens a clause about
/// something else («كما استهدفت …»): it need not share the means of what was told before.
bool acts_anew(Scene const& scene, std::vector<Draft> const& drafts, std::size_t index) {
    Draft const& draft = drafts[index];
    if (class_of(scene, draft).rule != Rule::aim || !is_verb(draft.part) || draft.may_be_noun) {
        return false;
    }
    std::size_t const end = draft.tokens.end;
    auto const next = scene.words_in({end, end + 2});
    bool const has_subject = std::any_of(next.begin(), next.end(), [&](Word const& word) {
        return word.kind == WordKind::actor && word.match.clitics.preposition == 0;
    });
    Clause const& clause = scene.clauses()[draft.clause];
    bool const is_first = index == 0 || drafts[index - 1].clause != draft.clause;
    // «أن مجموعة من X استهدفت …»
    auto const before = scene.words_in({clause.tokens.begin, draft.tokens.begin});
    bool const follows_subject =
        is_first && draft.part == Part::perfect && draft.pronoun == Pronoun::none &&
        std::any_of(before.begin(), before.end(), [&](Word const& word) {
            return word.kind == WordKind::actor && word.match.clitics.preposition == 0 &&
                   scene.lexicon().actors()[scene.lexicon().aliases()[word.row].actor].inter > 1 &&
                   scene.lexicon().actors()[scene.lexicon().aliases()[word.row].actor].inter < 7;
        });
    return has_subject || follows_subject ||
           (is_first && scene.has_cue({clause.tokens.begin, clause.tokens.begin + 1}, Cue::clause));
}

/// «شنت الطائرات غارات على X، حيث قصفت Y», «وقصفتها بالصواريخ»: the planes of the air strikes told before,
/// where no subject stands behind the verb.
Draft const* flown_before(Scene const& scene, std::vector<Draft> const& drafts, std::size_t index) {
    Draft const& draft = drafts[index];
    bool const is_aim = class_of(scene, draft).rule == Rule::aim;
    if (index == 0 || (class_of(scene, draft).name != "shelling" && !is_aim) || !is_verb(draft.part)) {
        return nullptr;
    }
    Draft const& before = drafts[index - 1];
    Clause const& clause = scene.clauses()[draft.clause];
    static std::string const where = text::fold_key("حيث");
    bool const explains = clause.opening == Clause::Opening::cue && before.clause != draft.clause &&
                          scene.text().codes(clause.tokens.begin) == where;
    // «قصفت طائرات X، كما استهدفت Y»
    static std::string const likewise = text::fold_key("كما");
    bool const goes_likewise = is_aim && !draft.may_be_noun && before.clause != draft.clause &&
                               draft.tokens.begin == clause.tokens.begin + 1 &&
                               scene.text().codes(clause.tokens.begin) == likewise;
    bool const goes_on =
        (draft.clitics.conjunction && draft.pronoun != Pronoun::none && !is_aim) || goes_likewise;
    std::size_t const end = draft.tokens.end;
    auto const behind = scene.words_in({end, std::min(end + 3, draft.stretch.end)});
    bool const has_subject = std::any_of(behind.begin(), behind.end(), [](Word const& word) {
        bool const is_named =
            word.kind == WordKind::actor || word.kind == WordKind::force || word.kind == WordKind::weapon;
        return is_named && word.match.clitics.preposition == 0;
    });
    // Planes fire rockets too; with anything else of its own it is another's deed.
    Word const* const own = weapon_near(scene, draft);
    bool const is_theirs =
        own == nullptr ||
        (!is_aim &&
         scene.lexicon().categories()[scene.lexicon().weapons()[own->row].category].name == "rocket");
    bool const same_sentence = scene.clauses()[before.clause].sentence == clause.sentence;
    return same_sentence && ((explains && !is_aim) || goes_on) && !has_subject && is_theirs &&
                   before.category && before.sub_event_type == "Air/drone strike"
               ? &before
               : nullptr;
}

/// Types a draft as another attack, whose means it shares.
void share_means(Draft& draft, Draft const& other, std::string const& reason, double certainty) {
    draft.category = other.category;
    draft.weapon = other.weapon;
    set_type(draft, other.sub_event_type, other.plover, other.plover_mode);
    draft.note(reason, certainty);
}

/// Types a draft as what weapons of a category do, where the table of them has it.
bool type_as(Scene const& scene, Draft& draft, std::string_view category) {
    auto const& categories = scene.lexicon().categories();
    auto const found = std::find_if(categories.begin(), categories.end(),
                                    [&](auto const& each) { return each.name == category; });
    if (found == categories.end()) {
        return false;
    }
    set_type(draft, found->sub_event_type, found->plover, found->plover_mode);
    return true;
}

/// «شنت X غارات على A، كما نفذت هجمات على B»: attacks that whoever made the air strikes before goes on to
/// carry out.
Draft const* done_likewise(Scene const& scene, std::vector<Draft> const& drafts, std::size_t index) {
    constexpr std::size_t reach = 5;
    Draft const& draft = drafts[index];
    if (index == 0 || class_of(scene, draft).name != "attack" || draft.number != Number::plural ||
        is_verb(draft.part)) {
        return nullptr;
    }
    Draft const& before = drafts[index - 1];
    Clause const& clause = scene.clauses()[draft.clause];
    std::size_t const begin = draft.tokens.begin;
    std::size_t const from = std::max(clause.tokens.begin, begin - std::min(begin, reach));
    auto const words = scene.words_in({from, begin});
    bool const carried = std::any_of(words.begin(), words.end(), [](Word const& word) {
        return is_cue(word, Cue::perform) && word.match.part == Part::perfect;
    });
    bool const has_subject = std::any_of(words.begin(), words.end(), [](Word const& word) {
        return word.kind == WordKind::actor || word.kind == WordKind::force || word.kind == WordKind::country;
    });
    bool const same_sentence = scene.clauses()[before.clause].sentence == clause.sentence;
    return carried && !has_subject && same_sentence && before.clause != draft.clause &&
                   clause.opening == Clause::Opening::cue && before.category &&
                   before.sub_event_type == "Air/drone strike"
               ? &before
               : nullptr;
}

/// «استهدف قناص عنصرا من X»: people under arms, or what is theirs, behind the verb.
bool aims_at_fighters(Scene const& scene, Draft const& draft) {
    constexpr std::size_t reach = 8;
    std::size_t const end = draft.tokens.end;
    auto const words = scene.words_in({end, std::min(end + reach, draft.stretch.end)});
    return std::any_of(words.begin(), words.end(), [&](Word const& word) {
        return is_cue(word, Cue::object) ||
               (word.kind == WordKind::victim && scene.lexicon().victims()[word.row] == Victim::combatant);
    });
}

/// «انفجار قذيفة من مخلفات القصف»: nobody fired it then.
bool weapon_is_remnant(Scene const& scene, Word const& weapon) {
    constexpr std::size_t reach = 3;
    std::size_t const end = weapon.match.tokens.end;
    return scene.has_listed({end, end + reach}, "remnant");
}

void type_by_weapon(Scene const& scene, std::vector<Draft>& drafts, std::size_t index) {
    Draft& draft = drafts[index];
    TriggerClass const& type = class_of(scene, draft);
    if (Draft const* const flown = flown_before(scene, drafts, index)) {
        share_means(draft, *flown, "by the planes of the strikes before", 0.85);
        return;
    }
    if (Draft const* const subject = subject_of(scene, drafts, index)) {
        share_means(draft, *subject, "done by the strikes that are its subject", 1);
        return;
    }
    if (Word const* const word = weapon_near(scene, draft)) {
        Weapon const& weapon = scene.lexicon().weapons()[word->row];
        WeaponCategory const& category = scene.lexicon().categories()[weapon.category];
        // A rifle or an unknown bomb decides only where nothing else does.
        bool const is_weak = category.is_gun() || (category.name == "bomb" && type.name != "blast");
        // «غارتين بالصواريخ الفراغية»: a raid comes from the air, whatever it drops.
        bool const from_air =
            type.name == "strike" && (category.name == "rocket" || category.name == "artillery");
        if (from_air) {
            draft.weapon = weapon.id;
        } else if (type.name == "blast" && weapon_is_remnant(scene, *word) &&
                   type_as(scene, draft, "explosive")) {
            draft.weapon = weapon.id;
            draft.note("what war left behind blew up");
            return;
        } else if (!is_weak || type.sub_event_type.empty()) {
            draft.weapon = weapon.id;
            draft.category = weapon.category;
            set_type(draft, category.sub_event_type, category.plover, category.plover_mode);
            draft.note(fmt::format("«{}» is {}", scene.words_of(word->match.tokens), category.name));
            if (category.name == "sniper" && aims_at_fighters(scene, draft) &&
                type_as(scene, draft, "firearm")) {
                draft.note("aimed at people under arms");
            }
            return;
        }
    }
    bool const is_generic = type.rule == Rule::aim || type.name == "destroy" ||
                            (draft.is_definite && ((type.name == "attack" && draft.tokens.size() == 1) ||
                                                   (type.name == "shelling" && draft.part == Part::noun)));
    if (is_generic && !acts_anew(scene, drafts, index) &&
        (draft.continues || names_known_strikes(scene, draft))) {
        if (Draft const* const earlier = armed_before(scene, drafts, index)) {
            share_means(draft, *earlier, "means as in the attack before", 0.75);
            return;
        }
    }
    if (Draft const* const likewise = done_likewise(scene, drafts, index)) {
        share_means(draft, *likewise, "carried out beside the strikes before", 0.7);
        return;
    }
    if (is_blow_of_state(scene, draft) && type_as(scene, draft, "air")) {
        draft.note("a state's strikes, from the air where nothing else is said", 0.8);
        return;
    }
    if (fires_at_something(scene, draft) && type_as(scene, draft, "artillery")) {
        draft.note("aimed at something, with what is not said", 0.7);
        return;
    }
    if (hurts_somebody(scene, draft)) {
        auto const& classes = scene.lexicon().classes();
        auto const attack = std::find_if(classes.begin(), classes.end(),
                                         [](TriggerClass const& each) { return each.name == "attack"; });
        set_type(draft, attack->sub_event_type, attack->plover, attack->plover_mode);
        draft.note("people were hurt, by what is not said", 0.8);
        return;
    }
    if (!type.sub_event_type.empty()) {
        set_type(draft, type.sub_event_type, type.plover, type.plover_mode);
        if (type.name == "strike" || type.name == "shelling") {
            auto const& categories = scene.lexicon().categories();
            auto const found = std::find_if(categories.begin(), categories.end(), [&](auto const& each) {
                return each.sub_event_type == type.sub_event_type;
            });
            draft.category = static_cast<std::size_t>(found - categories.begin());
        }
    }
}

/// «اغتيال فلان بعبوة ناسفة».
bool is_by_explosive(Scene const& scene, Draft const& draft) {
    auto const words = scene.words_in({draft.tokens.end, draft.stretch.end});
    return std::any_of(words.begin(), words.end(), [&](Word const& word) {
        return word.kind == WordKind::weapon && word.match.clitics.preposition == text::code(U'ب') &&
               scene.lexicon().categories()[scene.lexicon().weapons()[word.row].category].name == "explosive";
    });
}

} // namespace

void set_type_and_count(Scene const& scene, std::vector<Draft>& drafts, std::size_t index) {
    Draft& draft = drafts[index];
    TriggerClass const& type = class_of(scene, draft);
    if (type.rule == Rule::fixed || type.rule == Rule::seize) {
        set_type(draft, type.sub_event_type, type.plover, type.plover_mode);
        if (type.name == "execute" && is_by_explosive(scene, draft) && type_as(scene, draft, "explosive")) {
            draft.note("done with what explodes");
        } else if (type.name == "kill" && scene.has_listed(draft.tokens, "sniping") &&
                   aims_at_fighters(scene, draft) && type_as(scene, draft, "firearm")) {
            draft.note("aimed at people under arms");
        }
    } else {
        type_by_weapon(scene, drafts, index);
    }
    read_count(scene, draft);
}

} // namespace kharita::event
