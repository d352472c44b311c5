#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "event/draft.hpp"

namespace kharita::event {

namespace {

/// How many tokens before a noun a word may stand that takes the happening out of it («وقف القصف»).
constexpr std::size_t void_reach = 2;

/// A trigger word with its clause, before it is known to tell anything.
struct Candidate {
    Word const* word = nullptr;
    std::size_t clause = 0;
};

TriggerClass const& class_of(Scene const& scene, Draft const& draft) {
    return scene.lexicon().classes()[draft.type];
}

bool is_verb(Part part) {
    return part == Part::perfect || part == Part::imperfect;
}

/// Words between two tokens, punctuation not counted.
std::size_t words_between(Scene const& scene, std::size_t begin, std::size_t end) {
    std::size_t count = 0;
    for (std::size_t i = begin; i < end; ++i) {
        count += scene.text().tokens()[i].kind == text::Token::Kind::word ? 1U : 0U;
    }
    return count;
}

/// Whether a noun only names a happening that is stopped, feared, investigated or told already.
bool is_void(Scene const& scene, Word const& word, Clause const& clause) {
    std::size_t const begin = word.match.tokens.begin;
    // «سيطرته» is «she held it» and «his hold».
    bool const verb_only = is_verb(word.match.part) && !word.match.may_be_noun;
    if (verb_only && word.match.pronoun == Pronoun::none) {
        return false;
    }
    std::size_t const from = std::max(clause.tokens.begin, begin - std::min(begin, void_reach + 2));
    auto const before = scene.words_in({from, begin});
    return std::any_of(before.begin(), before.end(), [&](Word const& cue) {
        std::size_t const gap = words_between(scene, cue.match.tokens.end, begin);
        // «منطقة الاشتباكات وقصف …»: what «و» adds is a new thing.
        std::size_t const reach = word.match.clitics.conjunction || verb_only ? 1 : void_reach;
        bool const near_noun = is_cue(cue, Cue::void_noun) && gap < reach;
        bool const pointed_at = is_cue(cue, Cue::this_one) && gap == 0;
        bool const point_in_time =
            is_cue(cue, Cue::earlier) && gap == 0 && cue.match.clitics.preposition == 0;
        return cue.match.tokens.end <= begin && (near_noun || pointed_at || point_in_time);
    });
}

/// «هجوم لانتزاع السيطرة», «لشن غارات»: a purpose, not a fact. What is suffered is one («تعرضت لقصف»).
bool is_purpose(Scene const& scene, Word const& word, Clause const& clause) {
    constexpr auto lam = text::code(U'ل');
    TriggerClass const& type = scene.lexicon().classes()[scene.lexicon().triggers()[word.row].type];
    std::size_t const begin = word.match.tokens.begin;
    if (is_verb(word.match.part) && !word.match.may_be_noun) {
        return false;
    }
    bool const behind_lam = word.match.clitics.preposition == lam;
    bool const suffers = scene.has_cue({clause.tokens.begin, begin}, Cue::suffer);
    if (behind_lam && (!suffers || type.rule == Rule::seize || type.name == "protest")) {
        return true;
    }
    std::size_t const from = std::max(clause.tokens.begin, begin - std::min<std::size_t>(begin, 4));
    auto const before = scene.words_in({from, begin});
    return std::any_of(before.begin(), before.end(), [&](Word const& cue) {
        bool const aims =
            cue.match.part == Part::phrase || (cue.match.clitics.preposition == lam && !suffers);
        return is_cue(cue, Cue::purpose) && aims && cue.match.tokens.end <= begin &&
               words_between(scene, cue.match.tokens.end, begin) <= 1;
    });
}

/// Whether the words before say how a purpose stands to what was: it is planned, threatened, foiled.
bool has_modal_cue(Scene const& scene, Word const& word, Clause const& clause) {
    text::TokenRange const before{clause.tokens.begin, word.match.tokens.begin};
    constexpr std::array cues{Cue::plan, Cue::threat, Cue::fail, Cue::deny, Cue::attempt};
    return std::any_of(cues.begin(), cues.end(), [&](Cue cue) { return scene.has_cue(before, cue); });
}

/// Whether «لم», «لا», "not" stands right before a verb.
bool is_negated(Scene const& scene, Word const& word, Clause const& clause) {
    std::size_t const begin = word.match.tokens.begin;
    std::size_t const from = std::max(clause.tokens.begin, begin - std::min<std::size_t>(begin, 2));
    auto const before = scene.words_in({from, begin});
    return std::any_of(before.begin(), before.end(), [&](Word const& cue) {
        return is_cue(cue, Cue::negate) && cue.match.tokens.end == begin;
    });
}

/// How the verb that carries an event noun stands to what was: «شنت غارات», «لم تشن غارات», «أن تشن
/// غارات», «ستشن غارات».
enum class Carried { as_fact, denied, as_aim, in_future };

Carried carried_as(Scene const& scene, Word const& word, Clause const& clause) {
    constexpr std::size_t reach = 8;
    std::size_t const begin = word.match.tokens.begin;
    if (is_verb(word.match.part) && !word.match.may_be_noun) {
        return Carried::as_fact;
    }
    Word const* carrier = nullptr;
    for (Word const& each :
         scene.words_in({std::max(clause.tokens.begin, begin - std::min(begin, reach)), begin})) {
        if (each.kind == WordKind::trigger && each.match.tokens.end <= begin) {
            carrier = nullptr;
        }
        carrier = is_cue(each, Cue::perform) && is_verb(each.match.part) ? &each : carrier;
    }
    if (carrier == nullptr) {
        return Carried::as_fact;
    }
    std::size_t const at = carrier->match.tokens.begin;
    if (is_negated(scene, *carrier, clause)) {
        return Carried::denied;
    }
    std::string const that = text::fold_key("أن");
    bool const subjunctive =
        at > 0 && (scene.text().codes(at - 1) == that || scene.text().codes(at - 1) == "to");
    if (carrier->match.part == Part::imperfect && subjunctive) {
        return Carried::as_aim;
    }
    return carrier->match.clitics.preposition == text::code(U'س') ? Carried::in_future : Carried::as_fact;
}

/// States are no events: «تسيطر عليها», the imperfect of taking, says who holds a place.
bool is_state(Scene const& scene, Word const& word) {
    Trigger const& trigger = scene.lexicon().triggers()[word.row];
    return scene.lexicon().classes()[trigger.type].rule == Rule::seize && word.match.part == Part::imperfect;
}

Draft draft_of(Scene const& scene, Word const& word) {
    Draft draft;
    draft.trigger = word.row;
    draft.type = scene.lexicon().triggers()[word.row].type;
    draft.tokens = word.match.tokens;
    draft.span = word.match.span;
    draft.part = word.match.part;
    draft.may_be_noun = word.match.may_be_noun || !is_verb(word.match.part);
    draft.number = word.match.number;
    draft.clitics = word.match.clitics;
    draft.clause = scene.clause_of(word.match.tokens.begin);
    draft.is_definite = word.match.clitics.article || word.match.clitics.lam_article;
    return draft;
}

/// Where a draft's own words end before its clause does: at a noun that names another happening, told or not,
/// or at a point in time («قبل يوم من مشاورات …»).
std::size_t end_of_own_words(Scene const& scene, Draft const& draft, std::size_t clause_end) {
    for (Word const& word : scene.words_in({draft.tokens.end, clause_end})) {
        bool const is_other =
            word.kind == WordKind::trigger && word.match.part == Part::noun &&
            !is_void(scene, word, scene.clauses()[draft.clause]) &&
            scene.lexicon().classes()[scene.lexicon().triggers()[word.row].type].rule == Rule::fixed;
        if (is_other || (is_cue(word, Cue::earlier) && word.match.clitics.preposition == 0)) {
            std::size_t const next = word.match.tokens.begin;
            bool const dated = std::any_of(scene.dates().begin(), scene.dates().end(), [&](auto const& date) {
                return date.tokens.begin == next || date.tokens.begin == next + 1;
            });
            if (!dated) { // «منذ أمس» only dates it
                return next;
            }
        }
    }
    return clause_end;
}

/// Bounds each draft by its clause and its neighbours.
void set_ranges(Scene const& scene, std::vector<Draft>& drafts) {
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        Draft& draft = drafts[i];
        Clause const& clause = scene.clauses()[draft.clause];
        bool const follows = i > 0 && drafts[i - 1].clause == draft.clause;
        std::size_t next = i + 1; // two readings of one word do not bound each other
        while (next < drafts.size() && drafts[next].tokens.begin == draft.tokens.begin) {
            ++next;
        }
        bool const precedes = next < drafts.size() && drafts[next].clause == draft.clause;
        std::size_t const end = precedes ? drafts[next].tokens.begin : clause.tokens.end;
        draft.before = {follows ? drafts[i - 1].tokens.end : clause.tokens.begin, draft.tokens.begin};
        draft.stretch = {draft.tokens.begin, end_of_own_words(scene, draft, end)};
        draft.continues =
            follows || (clause.opening != Clause::Opening::sentence) || draft.clitics.conjunction;
    }
}

/// Whether one of two neighbouring triggers of a clause only says how the other was done or at what.
enum class Join { none, into_first, into_second };

Join join_of(Scene const& scene, Draft const& first, Draft const& second) {
    TriggerClass const& a = class_of(scene, first);
    TriggerClass const& b = class_of(scene, second);
    std::size_t const gap = words_between(scene, first.tokens.end, second.tokens.begin);
    bool const placed = !scene.places_in({first.tokens.end, second.tokens.begin}).empty();
    bool const goes_on = a.name == b.name && a.rule == Rule::fixed && !placed && gap <= 8;
    if (first.clause != second.clause || (second.clitics.conjunction && !goes_on)) {
        return Join::none;
    }
    bool const first_is_blow = a.rule == Rule::weapon || a.rule == Rule::aim;
    bool const second_is_blow = b.rule == Rule::weapon || b.rule == Rule::aim;
    if (first.may_be_noun && (first_is_blow || a.name == "suicide") && is_verb(second.part) &&
        b.rule == Rule::aim && !placed) {
        return Join::into_first; // «قصف مدفعي استهدف …», «سبع ضربات … استهدفت …»
    }
    if (is_verb(first.part) && a.rule == Rule::aim && !is_verb(second.part) && second_is_blow && gap == 0 &&
        second.clitics.preposition == 0) {
        return Join::into_second; // «استهدفت الغارات …»: the noun is the subject
    }
    bool const instrument = second.clitics.preposition == text::code(U'ب');
    if (first_is_blow && second_is_blow && instrument && !is_verb(second.part)) {
        return Join::into_first; // «استهدفهما بغارات»: the noun is the means
    }
    if (goes_on || (a.name == b.name && !placed && gap <= 6)) {
        return Join::into_first; // «جدد القصف … قصفه»
    }
    return Join::none;
}

void join_neighbours(Scene const& scene, std::vector<Draft>& drafts) {
    std::vector<Draft> kept;
    for (Draft& draft : drafts) {
        Join const join = kept.empty() ? Join::none : join_of(scene, kept.back(), draft);
        if (join == Join::into_first) {
            continue; // its words are in the first one's stretch, where weapons are looked for
        }
        if (join == Join::into_second) {
            kept.pop_back();
        }
        kept.push_back(std::move(draft));
    }
    drafts = std::move(kept);
}

/// «عملية مداهمات بدعم من المروحيات»: a weapon that only stands behind those who act.
bool is_borrowed(Scene const& scene, std::size_t weapon) {
    return scene.has_cue({weapon - std::min<std::size_t>(weapon, 2), weapon}, Cue::support);
}

/// «دمرت دبابتين»: what is destroyed destroys nothing; a means has «ب».
bool is_destroyed(Scene const& scene, Draft const& draft, Word const& weapon) {
    return class_of(scene, draft).name == "destroy" && weapon.match.tokens.begin >= draft.tokens.begin &&
           weapon.match.clitics.preposition != text::code(U'ب');
}

/// The weapon nearest to a trigger. In Arabic it follows («قصفت بالمدفعية»), so one before it counts as
/// farther than it stands; an English subject is nearest before its verb.
Word const* weapon_near(Scene const& scene, Draft const& draft) {
    bool const is_arabic = text::is_arabic(scene.text().codes(draft.tokens.begin).front());
    std::size_t const weight_before = is_arabic ? 4 : 1;
    Word const* best = nullptr;
    std::size_t best_distance = 0;
    auto const look = [&](text::TokenRange range, std::size_t weight) {
        for (Word const& word : scene.words_in(range)) {
            std::size_t const at = word.match.tokens.begin;
            if (word.kind == WordKind::weapon &&
                (is_borrowed(scene, at) || is_destroyed(scene, draft, word))) {
                continue;
            }
            bool const is_own = at == draft.tokens.begin && word.match.tokens.end <= draft.tokens.end &&
                                draft.part != Part::phrase;
            std::string_view const category =
                word.kind == WordKind::weapon
                    ? scene.lexicon().categories()[scene.lexicon().weapons()[word.row].category].name
                    : std::string_view{};
            // Of what is dropped the planes are only the carriers; but their guns are a plane's.
            bool const drops = class_of(scene, draft).name == "launch";
            std::size_t const later = drops && category == "air"       ? 100
                                      : drops && category == "firearm" ? 200
                                                                       : 0;
            std::size_t const away =
                at >= draft.tokens.begin ? at - draft.tokens.begin : draft.tokens.begin - at;
            std::size_t const distance = // whoever drops it, gas is gas
                category == "chemical" ? 0 : weight * away + later;
            if (word.kind == WordKind::weapon && !is_own && (best == nullptr || distance < best_distance)) {
                best = &word;
                best_distance = distance;
            }
        }
    };
    look(draft.stretch, 1);
    // Before «هجوم» stand the means of what was told before it.
    if (!is_arabic || class_of(scene, draft).name != "attack" || is_verb(draft.part)) {
        look(draft.before, weight_before);
    }
    return best;
}

bool needs_are_met(Scene const& scene, Draft const& draft) {
    Trigger const& trigger = scene.lexicon().triggers()[draft.trigger];
    if (!trigger.has_needs()) {
        return true;
    }
    auto const met_by = [&](Word const& word) {
        if (word.kind == WordKind::weapon) {
            std::size_t const category = scene.lexicon().weapons()[word.row].category;
            return trigger.needs_weapon || std::find(trigger.categories.begin(), trigger.categories.end(),
                                                     category) != trigger.categories.end();
        }
        return word.kind == WordKind::list_word &&
               std::find(trigger.lists.begin(), trigger.lists.end(), word.row) != trigger.lists.end();
    };
    auto const any = [&](text::TokenRange range) {
        auto const words = scene.words_in(range);
        return std::any_of(words.begin(), words.end(), met_by);
    };
    return any(draft.stretch) || any(draft.before);
}

void set_type(Draft& draft, std::string const& sub, std::string const& plover, std::string const& mode) {
    draft.sub_event_type = sub;
    draft.plover = plover;
    draft.plover_mode = mode;
}

/// «ثماني ضربات», «الهجمات»: what may speak of strikes told paragraphs before.
bool names_known_strikes(Scene const& scene, Draft const& draft) {
    bool const are_attacks =
        class_of(scene, draft).name == "attack" && draft.is_definite && draft.number == Number::plural;
    return are_attacks || (class_of(scene, draft).rule == Rule::aim && draft.part == Part::noun);
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
            return &drafts[i];
        }
    }
    return nullptr;
}

/// «خمس غارات قرب X قصفت …»: the strikes that are the subject of a verb say how it was done.
Draft const* subject_of(Scene const& scene, std::vector<Draft> const& drafts, std::size_t index) {
    Draft const& draft = drafts[index];
    if (index == 0 || !is_verb(draft.part) || draft.may_be_noun || draft.clitics.conjunction) {
        return nullptr;
    }
    Draft const& before = drafts[index - 1];
    bool const is_strike = before.part == Part::noun && class_of(scene, before).name == "strike";
    return is_strike && before.clause == draft.clause && before.category ? &before : nullptr;
}

void type_by_weapon(Scene const& scene, std::vector<Draft>& drafts, std::size_t index) {
    Draft& draft = drafts[index];
    TriggerClass const& type = class_of(scene, draft);
    if (Draft const* const subject = subject_of(scene, drafts, index)) {
        draft.category = subject->category;
        draft.weapon = subject->weapon;
        set_type(draft, subject->sub_event_type, subject->plover, subject->plover_mode);
        draft.note("done by the strikes that are its subject");
        return;
    }
    if (Word const* const word = weapon_near(scene, draft)) {
        Weapon const& weapon = scene.lexicon().weapons()[word->row];
        WeaponCategory const& category = scene.lexicon().categories()[weapon.category];
        // A rifle or an unknown bomb decides only where nothing else does.
        bool const is_weak = category.name == "firearm" || (category.name == "bomb" && type.name != "blast");
        if (!is_weak || type.sub_event_type.empty()) {
            draft.weapon = weapon.id;
            draft.category = weapon.category;
            set_type(draft, category.sub_event_type, category.plover, category.plover_mode);
            draft.note(fmt::format("«{}» is {}", scene.words_of(word->match.tokens), category.name));
            return;
        }
    }
    bool const is_generic = type.rule == Rule::aim || type.name == "destroy" ||
                            (draft.is_definite && (type.name == "attack" ||
                                                   (type.name == "shelling" && draft.part == Part::noun)));
    if (is_generic && (draft.continues || names_known_strikes(scene, draft))) {
        if (Draft const* const earlier = armed_before(scene, drafts, index)) {
            draft.category = earlier->category;
            draft.weapon = earlier->weapon;
            set_type(draft, earlier->sub_event_type, earlier->plover, earlier->plover_mode);
            draft.note("means as in the attack before", 0.75);
            return;
        }
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

/// The number that ends right before a token: «أربع غارات», «أكثر من عشرين قذيفة».
std::optional<Count> count_before(Scene const& scene, std::size_t begin, std::size_t limit) {
    for (std::size_t at = std::max(limit, begin - std::min<std::size_t>(begin, 5)); at < begin; ++at) {
        auto const number = text::read_number(scene.text(), at, scene.numbers());
        if (!number || number->tokens.end != begin || number->value <= 0) {
            continue;
        }
        auto const before = scene.words_in({at - std::min<std::size_t>(at, 3), at});
        bool const more = std::any_of(before.begin(), before.end(), [&](Word const& word) {
            return word.kind == WordKind::quantity && word.match.tokens.end == at &&
                   scene.lexicon().quantities()[word.row].role == Amount::more;
        });
        auto const value = number->value + (more ? 1 : 0);
        return Count{value, value, value};
    }
    return std::nullopt;
}

/// How many strikes or shells a trigger counts itself, by its dual or the number before it; where something
/// is fired or falls, how many of that.
void read_count(Scene const& scene, Draft& draft) {
    if (draft.number == Number::dual) {
        draft.count = Count{2, 2, 2};
        return;
    }
    if (draft.part == Part::noun && draft.before.size() > 0) {
        draft.count = count_before(scene, draft.tokens.begin, draft.before.begin);
    }
    Word const* const weapon = class_of(scene, draft).name == "launch" ? weapon_near(scene, draft) : nullptr;
    if (!draft.count && weapon != nullptr && weapon->match.tokens.begin >= draft.tokens.end) {
        draft.count = weapon->match.number == Number::dual
                          ? std::optional{Count{2, 2, 2}}
                          : count_before(scene, weapon->match.tokens.begin, draft.tokens.end);
    }
}

/// Who shoots, or by whose hand people die, next to a word for the dead.
struct Killing {
    Word const* gun = nullptr;
    bool by_hand = false; ///< «على يد مجهولين», «قتل مسلحون …»
    bool armed_victims = false;
};

Killing killing_at(Scene const& scene, Word const& casualty) {
    Killing killing;
    std::size_t const end = casualty.match.tokens.end;
    text::TokenRange const clause = scene.clauses()[scene.clause_of(casualty.match.tokens.begin)].tokens;
    Word const* const subject = scene.word_at(end, WordKind::actor);
    bool const acts = is_verb(casualty.match.part) && subject != nullptr &&
                      scene.lexicon().actors()[scene.lexicon().aliases()[subject->row].actor].inter != 7;
    for (Word const& each : scene.words_in(clause)) {
        std::size_t const at = each.match.tokens.begin;
        if (each.kind == WordKind::weapon) {
            auto const& category = scene.lexicon().categories()[scene.lexicon().weapons()[each.row].category];
            killing.gun = category.name == "firearm" ? &each : killing.gun;
        }
        bool const is_armed_victim = each.kind == WordKind::victim && (!acts || at != end) &&
                                     scene.lexicon().victims()[each.row] == Victim::combatant;
        killing.armed_victims = killing.armed_victims || is_armed_victim;
        killing.by_hand = killing.by_hand || (is_cue(each, Cue::agent) && at >= end);
    }
    Effect const effect = scene.lexicon().casualties()[casualty.row];
    bool const killed = effect == Effect::killed || effect == Effect::killed_people;
    killing.by_hand = killed && (killing.by_hand || acts);
    return killing;
}

/// People shot or killed by somebody are an attack, or between armed sides a clash, where their sentence
/// tells no other.
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
        auto const told = [&](Draft const& each) {
            return scene.clauses()[each.clause].sentence == sentence;
        };
        Killing const killing = killing_at(scene, word);
        bool const is_told =
            std::any_of(drafts.begin(), drafts.end(), told) || std::any_of(added.begin(), added.end(), told);
        bool const by_somebody = killing.gun != nullptr || killing.by_hand;
        if (is_told || !by_somebody) {
            continue;
        }
        Word as_trigger = word;
        as_trigger.row = static_cast<std::size_t>(kill - triggers.begin());
        Draft draft = draft_of(scene, as_trigger);
        TriggerClass const& type = class_of(scene, draft);
        set_type(draft, killing.armed_victims ? "Armed clash" : type.sub_event_type, type.plover,
                 type.plover_mode);
        if (killing.gun != nullptr) {
            draft.weapon = scene.lexicon().weapons()[killing.gun->row].id;
            draft.note(fmt::format("«{}» with «{}»", scene.words_of(word.match.tokens),
                                   scene.words_of(killing.gun->match.tokens)),
                       0.85);
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

} // namespace

bool is_body(Scene const& scene, std::size_t token) {
    return !scene.is_aside(scene.text().sentence_of(token));
}

std::vector<Draft> find_drafts(Scene const& scene) {
    std::vector<Draft> drafts;
    for (Word const& word : scene.words()) {
        if (word.kind != WordKind::trigger || !is_body(scene, word.match.tokens.begin)) {
            continue;
        }
        Clause const& clause = scene.clauses()[scene.clause_of(word.match.tokens.begin)];
        bool const modal = has_modal_cue(scene, word, clause);
        if (is_void(scene, word, clause) || is_negated(scene, word, clause) ||
            (is_state(scene, word) && !modal)) {
            continue;
        }
        Carried const carried = carried_as(scene, word, clause);
        if (carried == Carried::denied) {
            continue;
        }
        bool const aims = carried == Carried::as_aim || is_purpose(scene, word, clause);
        TriggerClass const& type = scene.lexicon().classes()[scene.lexicon().triggers()[word.row].type];
        if (!aims || type.name == "talks" || modal) {
            drafts.push_back(draft_of(scene, word));
            drafts.back().is_aim = aims;
            drafts.back().is_future = carried == Carried::in_future;
        }
    }
    set_ranges(scene, drafts);
    std::erase_if(drafts, [&](Draft const& draft) { return !needs_are_met(scene, draft); });
    // Of two readings of one word the first whose needs are met stays.
    auto const same = [](Draft const& a, Draft const& b) { return a.tokens.begin == b.tokens.begin; };
    drafts.erase(std::unique(drafts.begin(), drafts.end(), same), drafts.end());
    join_neighbours(scene, drafts);
    set_ranges(scene, drafts);
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        Draft& draft = drafts[i];
        TriggerClass const& type = class_of(scene, draft);
        draft.note(fmt::format("«{}» tells {}", draft.span.of(scene.text().source()), type.name), 0.95);
        if (type.rule == Rule::fixed || type.rule == Rule::seize) {
            set_type(draft, type.sub_event_type, type.plover, type.plover_mode);
        } else {
            type_by_weapon(scene, drafts, i);
        }
        read_count(scene, draft);
    }
    std::erase_if(drafts, [](Draft const& draft) { return draft.sub_event_type.empty(); });
    set_ranges(scene, drafts); // what came to nothing bounds nothing
    add_killings(scene, drafts);
    return drafts;
}

} // namespace kharita::event
