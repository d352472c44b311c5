#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "event/drafting.hpp"

namespace kharita::event {

namespace {

/// How many tokens before a noun a word may stand that takes the happening out of it («وقف القصف»).
constexpr std::size_t void_reach = 2;

/// Words between two tokens, punctuation not counted.
std::size_t words_between(Scene const& scene, std::size_t begin, std::size_t end) {
    std::size_t count = 0;
    for (std::size_t i = begin; i < end; ++i) {
        count += scene.text().tokens()[i].kind == text::Token::Kind::word ? 1U : 0U;
    }
    return count;
}

/// «هدد بالرد إثر غارات»: a word of time between two tokens.
bool is_set_in_time(Scene const& scene, std::size_t from, std::size_t to) {
    std::array const times{text::fold_key("بعد"), text::fold_key("عقب"), text::fold_key("إثر"),
                           text::fold_key("غداة")};
    for (std::size_t token = from; token < to; ++token) {
        if (std::find(times.begin(), times.end(), scene.text().codes(token)) != times.end()) {
            return true;
        }
    }
    return false;
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
        bool const near_noun = is_cue(cue, Cue::void_noun) && gap < reach &&
                               !is_set_in_time(scene, cue.match.tokens.end, begin) &&
                               !scene.has_cue({from, begin}, Cue::update); // «ارتفعت حصيلة الغارة إلى …»
        bool const pointed_at = is_cue(cue, Cue::this_one) && gap == 0;
        bool const point_in_time =
            is_cue(cue, Cue::earlier) && gap == 0 && cue.match.clitics.preposition == 0;
        return cue.match.tokens.end <= begin && (near_noun || pointed_at || point_in_time);
    });
}

/// «خطف … خلال عملية مداهمة»: a raid that only says on what occasion.
bool is_occasion(Scene const& scene, Word const& word) {
    std::size_t const begin = word.match.tokens.begin;
    TriggerClass const& type = scene.lexicon().classes()[scene.lexicon().triggers()[word.row].type];
    if ((is_verb(word.match.part) && !word.match.may_be_noun) || begin == 0) {
        return false;
    }
    if (type.name == "attack" && begin > 1 && scene.text().codes(begin - 2) == "during") {
        // "arrested twelve people during a raid"
        text::TokenRange const before{scene.clauses()[scene.clause_of(begin)].tokens.begin, begin};
        auto const words = scene.words_in(before);
        return std::any_of(words.begin(), words.end(), [&](Word const& each) {
            return each.kind == WordKind::trigger &&
                   scene.lexicon().classes()[scene.lexicon().triggers()[each.row].type].name == "arrest";
        });
    }
    if (type.name != "arrest" || is_verb(word.match.part)) {
        return false;
    }
    std::array const occasions{text::fold_key("خلال"), text::fold_key("أثناء"), text::fold_key("بعد"),
                               text::fold_key("إثر"), text::fold_key("في")};
    return std::find(occasions.begin(), occasions.end(), scene.text().codes(begin - 1)) != occasions.end();
}

/// «معركة "الفتح المبين"»: what a battle is called, not where one is fought.
bool is_called(Scene const& scene, Word const& word) {
    TriggerClass const& type = scene.lexicon().classes()[scene.lexicon().triggers()[word.row].type];
    std::size_t const end = word.match.tokens.end;
    if (type.name != "clash" || word.match.number != Number::singular || end >= scene.text().size()) {
        return false;
    }
    std::string_view const next = scene.text().source_text(end);
    return next == "«" || next == "“" || next == "\"" || next == "”";
}

/// "a car bomb": a verb's form that is part of a weapon's name.
bool is_in_weapon(Scene const& scene, Word const& word) {
    if (!is_verb(word.match.part)) {
        return false;
    }
    std::size_t const begin = word.match.tokens.begin;
    auto const near = scene.words_in({begin - std::min<std::size_t>(begin, 2), begin + 1});
    return std::any_of(near.begin(), near.end(), [&](Word const& each) {
        return each.kind == WordKind::weapon && each.match.tokens.size() > word.match.tokens.size() &&
               each.match.tokens.contains(begin);
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
    constexpr std::array cues{Cue::plan, Cue::threat, Cue::fail, Cue::deny};
    // «قصفت … في محاولة للسيطرة»: an attempt that is the aim of something else.
    std::string const in = text::fold_key("في");
    auto const words = scene.words_in(before);
    bool const tried = std::any_of(words.begin(), words.end(), [&](Word const& each) {
        std::size_t const at = each.match.tokens.begin;
        return is_cue(each, Cue::attempt) && (at == 0 || scene.text().codes(at - 1) != in);
    });
    return tried ||
           std::any_of(cues.begin(), cues.end(), [&](Cue cue) { return scene.has_cue(before, cue); });
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

/// Where a draft's own words end before its clause does: at a noun that names another happening, told or not,
/// or at a point in time («قبل يوم من مشاورات …»).
std::size_t end_of_own_words(Scene const& scene, Draft const& draft, std::size_t clause_end) {
    for (Word const& word : scene.words_in({draft.tokens.end, clause_end})) {
        bool const is_other =
            word.kind == WordKind::trigger && word.match.part == Part::noun &&
            !is_void(scene, word, scene.clauses()[draft.clause]) && !is_occasion(scene, word) &&
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

} // namespace

Draft draft_of(Scene const& scene, Word const& word) {
    Draft draft;
    draft.trigger = word.row;
    draft.type = scene.lexicon().triggers()[word.row].type;
    draft.tokens = word.match.tokens;
    draft.span = word.match.span;
    draft.part = word.match.part;
    draft.may_be_noun = word.match.may_be_noun || !is_verb(word.match.part);
    draft.number = word.match.number;
    draft.pronoun = word.match.pronoun;
    draft.clitics = word.match.clitics;
    draft.clause = scene.clause_of(word.match.tokens.begin);
    draft.is_definite = word.match.clitics.article || word.match.clitics.lam_article;
    return draft;
}

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

namespace {

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
    // «هجوم في X استهدف حشدا»: the verb names no place of its own.
    bool const goes_nowhere = !placed || scene.places_in(second.stretch).empty();
    if (first.may_be_noun && (first_is_blow || a.name == "suicide") && is_verb(second.part) &&
        b.rule == Rule::aim && goes_nowhere) {
        return Join::into_first; // «قصف مدفعي استهدف …», «سبع ضربات … استهدفت …»
    }
    if (is_verb(first.part) && a.rule == Rule::aim && !is_verb(second.part) && second_is_blow && gap == 0 &&
        second.clitics.preposition == 0) {
        return Join::into_second; // «استهدفت الغارات …»: the noun is the subject
    }
    if (a.name == "shelling" && b.name == "strike" && !is_verb(second.part) && gap <= 1 &&
        second.clitics.preposition == 0) {
        return Join::into_second; // «قصفت أربع غارات …»: likewise
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

/// Whether a word stands close behind a trigger that makes it tell something else («سلم جثثا»).
bool is_barred(Scene const& scene, Draft const& draft) {
    constexpr std::size_t reach = 4;
    auto const& barred = scene.lexicon().triggers()[draft.trigger].barred;
    if (barred.empty()) {
        return false;
    }
    std::size_t const end = draft.tokens.end;
    auto const behind = scene.words_in({end, std::min(end + reach, draft.stretch.end)});
    return std::any_of(behind.begin(), behind.end(), [&](Word const& word) {
        return word.kind == WordKind::list_word &&
               std::find(barred.begin(), barred.end(), word.row) != barred.end();
    });
}

bool needs_are_met(Scene const& scene, Draft const& draft) {
    Trigger const& trigger = scene.lexicon().triggers()[draft.trigger];
    if (is_barred(scene, draft)) {
        return false;
    }
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
        if (is_called(scene, word) || is_in_weapon(scene, word) || is_occasion(scene, word) ||
            is_void(scene, word, clause) || is_negated(scene, word, clause) ||
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
        set_type_and_count(scene, drafts, i);
    }
    std::erase_if(drafts, [](Draft const& draft) { return draft.sub_event_type.empty(); });
    set_ranges(scene, drafts); // what came to nothing bounds nothing
    settle_crowds(scene, drafts);
    add_killings(scene, drafts);
    return drafts;
}

} // namespace kharita::event
