#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "event/drafting.hpp"
#include "event/place_finder.hpp"
#include "event/standing.hpp"

namespace kharita::event {

namespace {

TriggerClass const& class_of(Scene const& scene, Word const& trigger) {
    return scene.lexicon().classes()[scene.lexicon().triggers()[trigger.row].type];
}

/// «فجر نفسه، وقتل عشرة في X»: written like a noun, a verb that tells what came of it.
bool is_outcome(Scene const& scene, Word const& word) {
    return word.match.clitics.conjunction &&
           scene.word_at(word.match.tokens.begin, WordKind::casualty) != nullptr;
}

/// Where a draft's own words end before its clause does: at a noun that names another happening, told or not,
/// or at a point in time («قبل يوم من مشاورات …»).
std::size_t end_of_own_words(Scene const& scene, Draft const& draft, std::size_t clause_end) {
    if (class_of(scene, draft).name == "base_use") {
        return clause_end; // «وافقت على السماح بشن غارات من قاعدة X»: all of it is what is permitted
    }
    for (Word const& word : scene.words_in({draft.tokens.end, clause_end})) {
        // «أوقفت الشرطة شابا على خلفية مقتل ضابط في X»: the grounds are something else.
        bool const are_grounds =
            word.kind == WordKind::list_word && scene.lexicon().list_name(word.row) == "grounds";
        bool const is_other = word.kind == WordKind::trigger && word.match.part == Part::noun &&
                              !is_named_only(scene, word, scene.clauses()[draft.clause]) &&
                              class_of(scene, word).name != "disperse" && // what shots are fired for
                              class_of(scene, word).rule == Rule::fixed &&
                              !class_of(scene, word).sub_event_type.empty() && !is_outcome(scene, word);
        // «اشتباكات هي الأولى منذ الهدنة بين X وY في Z»: the sides go on behind it.
        static std::string const between = text::fold_key("بين");
        std::size_t const since = word.match.tokens.end;
        bool const goes_on =
            class_of(scene, draft).name == "clash" &&
            (scene.text().codes(since + 1) == between || scene.text().codes(since + 2) == between);
        bool const is_earlier = is_cue(word, Cue::earlier) && word.match.clitics.preposition == 0 && !goes_on;
        if (is_other || are_grounds || is_earlier) {
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

namespace {

/// «القصف الجوي»: a phrase that has its article written in it.
bool has_article(Scene const& scene, Word const& phrase) {
    std::string_view const written = phrase.match.span.of(scene.text().source());
    constexpr std::string_view article = "ال";
    return written.starts_with(article);
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
    draft.is_definite = word.match.clitics.article || word.match.clitics.lam_article ||
                        (word.match.part == Part::phrase && has_article(scene, word));
    return draft;
}

void set_ranges(Scene const& scene, std::vector<Draft>& drafts) {
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        Draft& draft = drafts[i];
        Clause const& clause = scene.clauses()[draft.clause];
        std::size_t last = i; // two readings of one word do not bound each other
        while (last > 0 && drafts[last - 1].tokens.begin == draft.tokens.begin) {
            --last;
        }
        bool const follows = last > 0 && drafts[last - 1].clause == draft.clause;
        std::size_t next = i + 1;
        while (next < drafts.size() && drafts[next].tokens.begin == draft.tokens.begin) {
            ++next;
        }
        bool const precedes = next < drafts.size() && drafts[next].clause == draft.clause;
        std::size_t const end = precedes ? drafts[next].tokens.begin : clause.tokens.end;
        draft.before = {follows ? drafts[last - 1].tokens.end : clause.tokens.begin, draft.tokens.begin};
        draft.stretch = {draft.tokens.begin, end_of_own_words(scene, draft, end)};
        draft.continues =
            follows || (clause.opening != Clause::Opening::sentence) || draft.clitics.conjunction;
    }
}

namespace {

/// Whether one of two neighbouring triggers of a clause only says how the other was done or at what.
enum class Join { none, into_first, into_second };

/// «الغارات التي نفذتها طائرات X والتي استهدفت Y»: a relative clause that says at what a blow was aimed.
bool aims_blow(Scene const& scene, Draft const& first, Draft const& second) {
    TriggerClass const& blow = class_of(scene, first);
    Clause const& relative = scene.clauses()[second.clause];
    constexpr std::size_t reach = 2;
    bool const is_blow = blow.rule == Rule::weapon && first.part == Part::noun;
    bool const goes_on = relative.opening == Clause::Opening::relative && second.clause > first.clause &&
                         relative.sentence == scene.clauses()[first.clause].sentence &&
                         second.tokens.begin < relative.tokens.begin + reach;
    return is_blow && goes_on && is_verb(second.part) && class_of(scene, second).rule == Rule::aim &&
           scene.places_in({first.tokens.end, second.tokens.begin}).empty();
}

/// Two neighbouring triggers of a clause, and what of them every rule asks.
struct Pair {
    Pair(Scene const& scene, Draft const& first_draft, Draft const& second_draft)
        : first{first_draft},
          second{second_draft},
          a{class_of(scene, first_draft)},
          b{class_of(scene, second_draft)},
          gap{words_between(scene, first.tokens.end, second.tokens.begin)},
          places{scene.places_in({first.tokens.end, second.tokens.begin})} {}

    Draft const& first;
    Draft const& second;
    TriggerClass const& a;
    TriggerClass const& b;
    std::size_t gap = 0;
    std::vector<std::size_t> places; ///< between both

    bool placed() const { return !places.empty(); }
    bool is_noun_second() const { return !is_verb(second.part); }
    bool by_means() const { return second.clitics.preposition == text::code(U'ب'); }
    bool first_is_blow() const { return a.rule == Rule::weapon || a.rule == Rule::aim; }
    bool second_is_blow() const { return b.rule == Rule::weapon || b.rule == Rule::aim; }
};

/// Whether the second only goes on with the first, even in a clause of its own.
bool continues_first(Scene const& scene, Pair const& pair) {
    Draft const& first = pair.first;
    Draft const& second = pair.second;
    TriggerClass const& a = pair.a;
    TriggerClass const& b = pair.b;
    std::size_t const gap = pair.gap;
    bool const same_clause = first.clause == second.clause;
    // «سيطرته على X وطرده قوات Y منها»: one taking.
    if (same_clause && a.rule == Rule::seize && b.name == "expel" && pair.placed() && gap <= 12 &&
        (pair.is_noun_second() || second.may_be_noun) && scene.has_cue(second.stretch, Cue::same_place) &&
        scene.places_in(second.stretch).empty()) {
        return true;
    }
    // «سقوط قذائف على X أطلقها Y»: who fired them.
    bool const fell_first = a.name == "launch" && b.name == "launch" && is_verb(second.part) &&
                            second.pronoun != Pronoun::none && scene.has_listed(first.tokens, "falling") &&
                            scene.clauses()[first.clause].sentence == scene.clauses()[second.clause].sentence;
    // «حملة اعتقالات طالت أربعين شابا»: a verb right behind a noun that is no blow is said of it.
    bool const is_said_of_it = !is_verb(first.part) && a.rule == Rule::fixed && b.rule == Rule::aim &&
                               is_verb(second.part) && gap == 0 && same_clause;
    // «ألقوا قنبلة على X، وأسفر انفجارها عن …»: of what was thrown.
    bool const went_off = a.name == "launch" && b.name == "blast" && pair.is_noun_second() &&
                          second.pronoun != Pronoun::none && scene.places_in(second.stretch).empty() &&
                          scene.clauses()[first.clause].sentence == scene.clauses()[second.clause].sentence;
    return fell_first || went_off || is_said_of_it || aims_blow(scene, first, second);
}

/// Whether the second says how a deed was done, and where if nothing else says it.
bool tells_how(Scene const& scene, Pair const& pair) {
    Draft const& first = pair.first;
    Draft const& second = pair.second;
    TriggerClass const& a = pair.a;
    TriggerClass const& b = pair.b;
    // «اغتال مسلحون فلانا، بعد استهدافه بالرصاص», «… بإطلاق النار عليه في X», «إسقاط طائرة بعد استهدافها
    // بالمضادات»
    bool const is_deed = a.name == "execute" || a.name == "kill" || a.name == "abduct" || a.name == "disarm";
    bool const is_how = second.pronoun != Pronoun::none || pair.by_means();
    bool const lends_place = !pair.placed() && scene.places_in(first.before).empty();
    if (is_deed && pair.second_is_blow() && is_how && pair.is_noun_second() &&
        (a.name == "disarm" || lends_place || scene.places_in(second.stretch).empty())) {
        return true;
    }
    // «اعترض صاروخا أطلق من X نحو Y»: whence and whither what was brought down flew.
    bool const flew = a.name == "disarm" && b.name == "launch" && is_verb(second.part) &&
                      !second.clitics.conjunction && !pair.placed();
    // «ألقت القبض على مسؤول في عملية إنزال في X»
    static std::string const in = text::fold_key("في");
    bool const on_occasion = pair.by_means() || scene.text().codes(second.tokens.begin - 1) == in;
    return flew || (a.name == "arrest" && b.name == "attack" && on_occasion && pair.is_noun_second() &&
                    !pair.placed());
}

/// Whether the noun of one of two blows is what the verb of the other is said of.
Join join_of_blows(Scene const& scene, Pair const& pair) {
    Draft const& first = pair.first;
    Draft const& second = pair.second;
    TriggerClass const& a = pair.a;
    TriggerClass const& b = pair.b;
    std::size_t const gap = pair.gap;
    // «هجوم في X استهدف حشدا»: the verb names no place of its own.
    // «غارات على داعش في العراق استهدفت الموصل»: nor does whose country it is place the noun.
    bool const only_aside = std::all_of(pair.places.begin(), pair.places.end(),
                                        [&](std::size_t i) { return scene.places()[i].is_aside; });
    bool const goes_nowhere = only_aside || scene.places_in(second.stretch).empty();
    if (first.may_be_noun && (pair.first_is_blow() || a.name == "suicide") && is_verb(second.part) &&
        b.rule == Rule::aim && goes_nowhere) {
        return Join::into_first; // «قصف مدفعي استهدف …», «سبع ضربات … استهدفت …»
    }
    bool const is_bare_noun = pair.is_noun_second() && second.clitics.preposition == 0;
    if (is_verb(first.part) && a.rule == Rule::aim && is_bare_noun && pair.second_is_blow() && gap == 0) {
        return Join::into_second; // «استهدفت الغارات …»: the noun is the subject
    }
    if (a.name == "shelling" && b.name == "strike" && is_bare_noun && gap <= 1) {
        return Join::into_second; // «قصفت أربع غارات …»: likewise
    }
    // «استهدفت X قرية A، وردت Y بقصف B»: a place of its own makes it another.
    // «غارة على A، ومقتل أربعة بقصف طال B»: so do dead of its own.
    auto const words = scene.words_in({first.tokens.end, second.tokens.begin});
    bool const has_dead = std::any_of(words.begin(), words.end(), [](Word const& word) {
        return word.kind == WordKind::casualty && word.match.clitics.conjunction;
    });
    bool const is_another = pair.placed() && (has_dead || !scene.places_in(second.stretch).empty());
    bool const is_means = pair.first_is_blow() && pair.second_is_blow() && pair.by_means() &&
                          pair.is_noun_second() && !is_another; // «استهدفهما بغارات»
    return is_means ? Join::into_first : Join::none;
}

Join join_of(Scene const& scene, Draft const& first, Draft const& second) {
    Pair const pair{scene, first, second};
    if (continues_first(scene, pair)) {
        return Join::into_first;
    }
    // «وافقت X على السماح …»: whoever consents stands between.
    bool const same_name = pair.a.name == pair.b.name;
    bool const permits = pair.a.name == "base_use" && same_name;
    bool const goes_on =
        permits || (same_name && pair.a.rule == Rule::fixed && !pair.placed() && pair.gap <= 8);
    if (first.clause != second.clause || (second.clitics.conjunction && !goes_on)) {
        return Join::none;
    }
    if (tells_how(scene, pair)) {
        return Join::into_first;
    }
    if (Join const join = join_of_blows(scene, pair); join != Join::none) {
        return join;
    }
    bool const is_repeated = goes_on || (same_name && !pair.placed() && pair.gap <= 6); // «جدد القصف … قصفه»
    return is_repeated ? Join::into_first : Join::none;
}

/// «هاجم X بلدة A، ما أدى إلى مقتل 13 في قصف جوي»: the dead of an attack died of what its outcome names.
bool tells_means(Scene const& scene, Draft const& attack, Draft const& blow) {
    static std::string const in = text::fold_key("في");
    TriggerClass const& means = class_of(scene, blow);
    std::size_t const begin = blow.tokens.begin;
    bool const is_led =
        begin > 0 && (scene.text().codes(begin - 1) == in || blow.clitics.preposition == text::code(U'ب') ||
                      scene.has_cue({begin - 1, begin}, Cue::suffer));
    Clause const& outcome = scene.clauses()[blow.clause];
    bool const is_outcome_of = outcome.opening == Clause::Opening::consequence &&
                               blow.clause == attack.clause + 1 &&
                               outcome.sentence == scene.clauses()[attack.clause].sentence;
    auto const before = scene.words_in({outcome.tokens.begin, begin});
    return is_led && is_outcome_of && class_of(scene, attack).name == "attack" &&
           (means.name == "strike" || means.name == "shelling") && !is_verb(blow.part) && !blow.is_definite &&
           scene.places_in(blow.stretch).empty() &&
           std::any_of(before.begin(), before.end(),
                       [](Word const& word) { return word.kind == WordKind::casualty; });
}

void join_neighbours(Scene const& scene, std::vector<Draft>& drafts) {
    std::vector<Draft> kept;
    for (Draft& draft : drafts) {
        Join const join = kept.empty() ? Join::none : join_of(scene, kept.back(), draft);
        if (join == Join::none && !kept.empty() && tells_means(scene, kept.back(), draft)) {
            kept.back().type = draft.type;
            kept.back().means = draft.stretch;
            continue;
        }
        if (join == Join::into_first) {
            kept.back().aimed_at = draft.clause != kept.back().clause ? draft.stretch : kept.back().aimed_at;
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
    // «الشيخ وحيد», «يدعى وحيد»: a name that is written like a verb with «و».
    std::size_t const begin = draft.tokens.begin;
    if (draft.clitics.conjunction && begin > 0 && scene.has_listed({begin - 1, begin}, "naming")) {
        return true;
    }
    // «الهجوم الذي وقع في X», and not «الاتفاق الذي وقع …»: it happened there.
    static std::string const in = text::fold_key("في");
    Clause const& clause = scene.clauses()[draft.clause];
    if (class_of(scene, draft).name == "agreement" && is_verb(draft.part) &&
        clause.opening == Clause::Opening::relative && clause.tokens.begin + 1 >= begin &&
        scene.text().codes(draft.tokens.end) == in) {
        return true;
    }
    // "seized three booby-trapped drones": English counts and describes before it names.
    std::size_t const reach = text::is_arabic(scene.text().codes(draft.tokens.begin).front()) ? 4 : 6;
    auto const& barred = scene.lexicon().triggers()[draft.trigger].barred;
    if (barred.empty()) {
        return false;
    }
    auto const names_barred = [&](text::TokenRange range) {
        auto const words = scene.words_in(range);
        return std::any_of(words.begin(), words.end(), [&](Word const& word) {
            return word.kind == WordKind::list_word &&
                   std::find(barred.begin(), barred.end(), word.row) != barred.end();
        });
    };
    std::size_t const end = draft.tokens.end;
    if (names_barred({end, std::min(end + reach, draft.stretch.end)})) {
        return true;
    }
    // «استولت مجموعة من X على منازل»: what was taken stands behind its preposition.
    static std::string const onto = text::fold_key("على");
    for (std::size_t token = end; token < draft.stretch.end; ++token) {
        if (class_of(scene, draft).rule == Rule::seize && scene.text().codes(token) == onto) {
            return names_barred({token + 1, std::min(token + 3, draft.stretch.end)});
        }
    }
    return false;
}

/// Whether a word that a trigger needs begins in a range.
bool has_needed(Scene const& scene, Trigger const& trigger, text::TokenRange range) {
    auto const met_by = [&](Word const& word) {
        if (word.kind == WordKind::weapon) {
            std::size_t const category = scene.lexicon().weapons()[word.row].category;
            return trigger.needs_weapon || std::find(trigger.categories.begin(), trigger.categories.end(),
                                                     category) != trigger.categories.end();
        }
        return word.kind == WordKind::list_word &&
               std::find(trigger.lists.begin(), trigger.lists.end(), word.row) != trigger.lists.end();
    };
    // "a ceasefire took effect": a phrase may begin with the verb that ends the stretch.
    auto const words = scene.words_in({range.begin, range.end + 1});
    return std::any_of(words.begin(), words.end(), [&](Word const& word) {
        bool const is_inside = range.contains(word.match.tokens.begin) || word.match.tokens.size() > 1 ||
                               word.kind == WordKind::list_word; // «توصلوا إلى هدنة»
        return is_inside && met_by(word);
    });
}

/// «عملية أمنية … أسفرت عن مقتل …»: the clause that tells what came of a draft.
text::TokenRange outcome_of(Scene const& scene, Draft const& draft) {
    std::size_t const next = draft.clause + 1;
    bool const is_last = draft.stretch.end == scene.clauses()[draft.clause].tokens.end;
    bool const tells = is_last && next < scene.clauses().size() &&
                       scene.clauses()[next].opening == Clause::Opening::consequence &&
                       scene.clauses()[next].sentence == scene.clauses()[draft.clause].sentence;
    return tells ? scene.clauses()[next].tokens : text::TokenRange{draft.tokens.end, draft.tokens.end};
}

bool meets_needs_behind(Scene const& scene, Draft const& draft) {
    Trigger const& trigger = scene.lexicon().triggers()[draft.trigger];
    return !trigger.has_needs() || has_needed(scene, trigger, draft.stretch);
}

/// «دخلت قوات X مدينة Y»: troops right behind the verb, and a town behind them, not «دخلت معارك X مرحلة
/// جديدة».
bool is_entry_of_troops(Scene const& scene, Draft const& draft) {
    constexpr std::size_t reach = 12;
    std::size_t const end = draft.tokens.end;
    auto const next = scene.words_in({end, end + 2});
    bool const are_troops = std::any_of(next.begin(), next.end(), [&](Word const& word) {
        bool const is_at_war =
            word.kind == WordKind::actor &&
            scene.lexicon().actors()[scene.lexicon().aliases()[word.row].actor].inter < 4 &&
            scene.lexicon().actors()[scene.lexicon().aliases()[word.row].actor].id != "police";
        bool const is_side =
            is_at_war || word.kind == WordKind::force ||
            (word.kind == WordKind::list_word && scene.lexicon().list_name(word.row) == "side");
        return is_side && word.match.clitics.preposition == 0;
    });
    auto const places = scene.places_in({end, std::min(end + reach, draft.stretch.end)});
    return are_troops && !places.empty() && fineness(scene.places()[places.front()]) == fineness_of_town;
}

/// «ألقت القبض على 89 فارا», «أوقفت X قائد مجلس Y»: people of any kind, or a number, right behind an arrest.
bool arrests_people(Scene const& scene, Draft const& draft) {
    constexpr std::size_t reach = 5;
    static std::string const onto = text::fold_key("على");
    std::size_t const end = draft.tokens.end;
    if (class_of(scene, draft).name != "arrest") {
        return false;
    }
    std::size_t object = scene.text().codes(end) == onto ? end + 1 : end;
    auto const number = text::read_number(scene.text(), object, scene.numbers());
    if (number && number->value > 1) {
        return true;
    }
    for (Word const& word : scene.words_in({object, std::min(end + reach, draft.stretch.end)})) {
        if (word.kind == WordKind::trigger) {
            return false;
        }
        if (word.kind == WordKind::actor) {
            object = std::max(object, word.match.tokens.end); // who arrested them
        }
        bool const are_people = word.kind == WordKind::victim &&
                                scene.lexicon().victims()[word.row] != Victim::other &&
                                word.match.clitics.preposition == 0;
        if (are_people) {
            return words_between(scene, object, word.match.tokens.begin) <= 1;
        }
    }
    return false;
}

/// Whether the sentence of a draft holds anything that it needs: else it bounds nobody's words either («حاولت
/// القوات فجرا التقدم»).
bool can_be_met(Scene const& scene, Draft const& draft) {
    Trigger const& trigger = scene.lexicon().triggers()[draft.trigger];
    return !trigger.has_needs() || class_of(scene, draft).name == "arrest" ||
           has_needed(scene, trigger, scene.text().sentences()[scene.clauses()[draft.clause].sentence]);
}

bool needs_are_met(Scene const& scene, Draft const& draft) {
    Trigger const& trigger = scene.lexicon().triggers()[draft.trigger];
    bool const enters =
        class_of(scene, draft).rule == Rule::seize && scene.has_listed(draft.tokens, "entering");
    if (is_barred(scene, draft) || (enters && !is_entry_of_troops(scene, draft))) {
        return false;
    }
    if (!trigger.has_needs() || arrests_people(scene, draft)) {
        return true;
    }
    auto const any = [&](text::TokenRange range) { return has_needed(scene, trigger, range); };
    // «السماح بشن غارات من قاعدة X»: what is permitted may be a happening by itself.
    text::TokenRange const clause = scene.clauses()[draft.clause].tokens;
    // «فقدت القوات السيطرة على X لصالح Y» likewise.
    bool const goes_far = class_of(scene, draft).name == "base_use" || class_of(scene, draft).name == "fall";
    // «تمكنت من التقدم والسيطرة على X»: what was managed stands before both.
    static std::string const onto = text::fold_key("على");
    bool const is_added_taking = class_of(scene, draft).rule == Rule::seize && !is_verb(draft.part) &&
                                 (draft.clitics.conjunction || scene.text().codes(draft.tokens.end) == onto);
    if (is_added_taking && any({clause.begin, draft.tokens.begin})) {
        return true;
    }
    return any(goes_far ? text::TokenRange{draft.tokens.begin, clause.end} : draft.stretch) ||
           any(draft.before) || any(outcome_of(scene, draft));
}

} // namespace

bool is_body(Scene const& scene, std::size_t token) {
    return !scene.is_aside(scene.text().sentence_of(token));
}

namespace {

/// «بهدف استعادة A وطرد X من B»: what «و» adds to an aim is one too, unless a verb tells it.
bool adds_to_aim(Scene const& scene, Word const& aim, Word const& word) {
    constexpr std::size_t reach = 12;
    std::size_t const begin = word.match.tokens.begin;
    // «قصف» may be a verb of its own, «طرد» behind a masdar of taking is one of the same.
    TriggerClass const& type = scene.lexicon().classes()[scene.lexicon().triggers()[word.row].type];
    bool const is_noun = !is_verb(word.match.part) || (word.match.may_be_noun && type.rule == Rule::seize);
    if (!is_noun || !word.match.clitics.conjunction ||
        scene.clause_of(aim.match.tokens.begin) != scene.clause_of(begin) ||
        begin > aim.match.tokens.end + reach) {
        return false;
    }
    auto const between = scene.words_in({aim.match.tokens.end, begin});
    return std::none_of(between.begin(), between.end(),
                        [](Word const& each) { return is_verb(each.match.part); });
}

} // namespace

namespace {

/// Drops words that look like triggers and what they are made of («إدارة العمليات العسكرية»).
void drop_idioms(Scene const& scene, std::vector<Draft>& drafts) {
    std::vector<text::TokenRange> idioms;
    for (Draft const& draft : drafts) {
        if (class_of(scene, draft).name == "idiom") {
            idioms.push_back(draft.tokens);
        }
    }
    std::erase_if(drafts, [&](Draft const& draft) {
        return std::any_of(idioms.begin(), idioms.end(),
                           [&](text::TokenRange idiom) { return idiom.contains(draft.tokens.begin); });
    });
}

} // namespace

bool fell_during(Scene const& scene, Draft const& crash, Draft const& blow) {
    static std::array const during{text::fold_key("أثناء"), text::fold_key("خلال")};
    TriggerClass const& type = class_of(scene, blow);
    return class_of(scene, crash).name == "crash" && (type.rule == Rule::weapon || type.rule == Rule::aim) &&
           blow.pronoun != Pronoun::none && blow.tokens.begin > crash.tokens.end &&
           scene.clauses()[crash.clause].sentence == scene.clauses()[blow.clause].sentence &&
           std::ranges::find(during, scene.text().codes(blow.tokens.begin - 1)) != during.end();
}

std::vector<Draft> find_drafts(Scene const& scene) {
    std::vector<Draft> drafts;
    Word const* aim = nullptr;
    for (Word const& word : scene.words()) {
        if (word.kind != WordKind::trigger || !is_body(scene, word.match.tokens.begin)) {
            continue;
        }
        Standing const standing = standing_of(scene, word);
        bool const is_added = aim != nullptr && adds_to_aim(scene, *aim, word);
        if (standing.is_told && !is_added) {
            drafts.push_back(draft_of(scene, word));
            drafts.back().is_aim = standing.is_aim;
            drafts.back().is_future = standing.is_future;
        }
        aim = is_added || (standing.is_aim && !standing.is_told) ? &word : nullptr;
    }
    drop_idioms(scene, drafts);
    std::erase_if(drafts, [&](Draft const& draft) { return !can_be_met(scene, draft); });
    set_ranges(scene, drafts);
    std::erase_if(drafts, [&](Draft const& draft) { return !needs_are_met(scene, draft); });
    // Of two readings of one word the first whose needs are met stays, by words behind it before others
    // («قذائف على X، و… أسقطت طائرتين مسيرتين»).
    auto const same = [](Draft const& a, Draft const& b) { return a.tokens.begin == b.tokens.begin; };
    std::stable_sort(drafts.begin(), drafts.end(), [&](Draft const& a, Draft const& b) {
        return a.tokens.begin != b.tokens.begin
                   ? a.tokens.begin < b.tokens.begin
                   : meets_needs_behind(scene, a) && !meets_needs_behind(scene, b);
    });
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
