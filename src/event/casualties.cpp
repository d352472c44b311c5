#include <algorithm>
#include <array>

#include "event/drafting.hpp"
#include "event/tolls.hpp"
#include "gazetteer/gazetteer.hpp"

namespace kharita::event {

namespace {

void add(std::optional<std::int64_t>& part, std::optional<std::int64_t> more) {
    if (more) {
        part = part.value_or(0) + *more;
    }
}

void add(Toll& toll, Toll const& more) {
    toll.count.low += more.count.low;
    toll.count.best += more.count.best;
    toll.count.high += more.count.high;
    add(toll.civilians, more.civilians);
    add(toll.combatants, more.combatants);
    add(toll.children, more.children);
    add(toll.women, more.women);
}

/// Whether a toll can be the outcome of a draft at all.
bool can_harm(Scene const& scene, Draft const& draft) {
    TriggerClass const& type = scene.lexicon().classes()[draft.type];
    std::string const& plover = type.plover;
    // «الخاضعة لسيطرة X منذ أيار»: nobody dies of who holds a place.
    bool const is_hold = type.rule == Rule::seize &&
                         (draft.part == Part::imperfect || draft.part == Part::phrase) &&
                         draft.modality != Modality::failed;
    if (is_hold && scene.clauses()[draft.clause].opening == Clause::Opening::relative) {
        return false;
    }
    // «أوقفت رجلين على خلفية إطلاق نار، وقد قتل فيه عنصر»: nobody dies of an arrest.
    if (type.name == "arrest") {
        return false;
    }
    return type.name == "crash" || plover == "ASSAULT" || plover == "COERCE" || plover == "PROTEST";
}

/// Whether a draft came to pass or was tried: people die of nothing else.
bool is_real(Draft const& draft) {
    return draft.modality != Modality::denied && draft.modality != Modality::threatened &&
           draft.modality != Modality::planned;
}

/// «احتجاجات إثر مقتل شاب»: the dead of whom a protest speaks are not its own.
bool is_reason(Scene const& scene, Draft const& draft, std::size_t token) {
    if (scene.lexicon().classes()[draft.type].plover != "PROTEST" || token <= draft.tokens.begin) {
        return false;
    }
    static std::array const reasons{text::fold_key("إثر"), text::fold_key("بعد"), text::fold_key("عقب"),
                                    text::fold_key("على"), text::fold_key("بسبب")};
    return std::find(reasons.begin(), reasons.end(), scene.text().codes(token - 1)) != reasons.end();
}

/// «عثر على جثة عنصر خطف قبل أسبوع»: a body that is found was not killed by being taken away.
bool is_found_body(Scene const& scene, Draft const& draft, std::size_t token) {
    constexpr std::size_t reach = 8;
    std::string const& type = scene.lexicon().classes()[draft.type].name;
    std::size_t const sentence = scene.text().sentences()[scene.text().sentence_of(token)].begin;
    std::size_t const begin = std::max(sentence, token - std::min(token, reach));
    return (type == "abduct" || type == "arrest") && scene.has_listed({begin, token}, "found");
}

/// Whether a clause begins with a word that leads to something new («كما», «في حين»).
bool begins_anew(Scene const& scene, std::size_t clause) {
    std::size_t const begin = scene.clauses()[clause].tokens.begin;
    return scene.has_cue({begin, begin + 1}, Cue::clause);
}

/// «لقي شخصان حتفهما، بينما أصيب تسعة، جراء قصف X»: the injured beside the dead, and what both suffered. A
/// place named with the dead is of something else.
bool goes_on_to(Scene const& scene, TollMention const& mention, Draft const& draft) {
    constexpr std::size_t reach = 4;
    Clause const& clause = scene.clauses()[draft.clause];
    text::TokenRange const own = scene.clauses()[scene.clause_of(mention.token)].tokens;
    auto const opening = scene.words_in({clause.tokens.begin, clause.tokens.begin + reach});
    static std::string const in = text::fold_key("في");
    std::size_t const begin = draft.tokens.begin;
    // «قتل تسعة كما أصيب العشرات في انفجار», «… بانفجار»
    bool const is_led = scene.has_cue({begin - 1, begin}, Cue::suffer) ||
                        scene.text().codes(begin - 1) == in || draft.clitics.preposition == text::code(U'ب');
    return draft.clause == scene.clause_of(mention.token) + 1 && is_led && scene.places_in(own).empty() &&
           std::any_of(opening.begin(), opening.end(),
                       [](Word const& word) { return word.kind == WordKind::casualty; });
}

/// «قصف الطيران بلدة X. وقتل مدنيان.»: a sentence that begins with its dead, names no place, and follows at
/// once on one that told an attack at one place.
bool goes_on_from(Scene const& scene, Draft const& draft, TollMention const& mention) {
    constexpr std::size_t opening = 4;
    std::size_t const sentence = scene.text().sentence_of(mention.token);
    text::TokenRange const whole = scene.text().sentences()[sentence];
    bool const is_next = scene.clauses()[draft.clause].sentence + 1 == sentence;
    bool const begins =
        mention.token < whole.begin + opening || scene.has_cue({whole.begin, whole.begin + 1}, Cue::update);
    auto const words = scene.words_in(whole);
    bool const is_told = std::any_of(words.begin(), words.end(), [&](Word const& word) {
        return is_cue(word, Cue::report) || is_cue(word, Cue::past) || is_cue(word, Cue::being);
    });
    return is_next && begins && !is_told && draft.places.size() == 1 && scene.places_in(whole).empty() &&
           draft.modality == Modality::occurred && scene.lexicon().classes()[draft.type].plover == "ASSAULT";
}

/// Whether those of whom a token tells may have come to harm in a draft at all.
bool may_have_killed(Scene const& scene, Draft const& draft, std::size_t token) {
    return can_harm(scene, draft) && !is_reason(scene, draft, token) && !is_found_body(scene, draft, token);
}

/// The draft a toll is an outcome of, from near to far: the clause's, then the sentence's before it, then the
/// sentence's after it; then, where the clause says that it tells an outcome, the paragraph's last.
std::optional<std::size_t> owner_of(Scene const& scene, std::vector<Draft> const& drafts,
                                    TollMention const& mention) {
    std::size_t const token = mention.token;
    std::size_t const clause = scene.clause_of(token);
    std::size_t const sentence = scene.clauses()[clause].sentence;
    std::size_t const paragraph = scene.text().paragraph_of(token);
    std::optional<std::size_t> in_clause_after;
    std::optional<std::size_t> in_clause_before;
    std::optional<std::size_t> before;
    std::optional<std::size_t> after;
    std::optional<std::size_t> last;
    text::TokenRange const own = scene.clauses()[clause].tokens;
    // «… تسبب في مقتل تسعة، مضيفا أن X اشتبك»: an outcome is of what was told before it.
    bool const is_led_to = scene.clauses()[clause].opening == Clause::Opening::consequence;
    // «قصفت …، فيما قضى رجل …»: a clause that begins something new tells no outcome of the one before.
    bool const starts_anew = begins_anew(scene, clause) && !scene.has_cue(own, Cue::consequence);
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        Draft const& draft = drafts[i];
        if (!may_have_killed(scene, draft, token)) {
            continue;
        }
        bool const earlier = draft.tokens.begin <= token;
        bool const same_sentence = scene.clauses()[draft.clause].sentence == sentence;
        if (!same_sentence && !is_real(draft)) {
            continue;
        }
        if (draft.clause == clause) {
            if (earlier) {
                in_clause_before = i;
            } else if (draft.clitics.conjunction) {
                after = after ? after : i; // «…؛ ما أسفر عن مقتل مدني، وقصف …» goes on to something else
            } else if (!in_clause_after) {
                in_clause_after = i;
            }
        } else if (same_sentence && earlier) {
            before = starts_anew ? before : i;
        } else if (same_sentence && !after &&
                   (!begins_anew(scene, draft.clause) || goes_on_to(scene, mention, draft))) {
            after = i;
        } else if (earlier && scene.text().paragraph_of(draft.tokens.begin) == paragraph) {
            last = i;
        }
    }
    // «استهدفت X قرية A، وقتل فلاح بقنصها في B»: who died behind «و» died of what «ب» names.
    bool const is_added = scene.text().codes(token).front() == text::code(U'و');
    bool const is_by = in_clause_after && !drafts[*in_clause_after].is_definite &&
                       drafts[*in_clause_after].clitics.preposition == text::code(U'ب');
    if (mention.leads || (is_added && is_by)) {
        return in_clause_after;
    }
    for (auto const& choice :
         {in_clause_before, is_led_to ? before : in_clause_after, in_clause_after, before, after}) {
        if (choice) {
            return choice;
        }
    }
    text::TokenRange const whole = scene.text().sentences()[sentence];
    bool const is_outcome = scene.has_cue(whole, Cue::consequence);
    bool const goes_on = last && goes_on_from(scene, drafts[*last], mention);
    return is_outcome || goes_on ? last : std::nullopt;
}

/// «ألقت مسيرة قذيفتين على معتصمين، فقتل ستة», «هاجموا السوق وأحرقوه، وبلغ عدد القتلى 34»: of a protest or a
/// fire that an assault of the same sentence stands before, the dead are the assault's. «قتل 13 في مجزرة
/// نفذتها طائرات إثر قصف X»: of one at no place and another that says where, the latter's.
std::size_t rather_attack(Scene const& scene, std::vector<Draft> const& drafts, std::size_t owner) {
    auto const is_assault = [&](Draft const& draft) {
        return can_harm(scene, draft) && is_real(draft) && draft.plover == "ASSAULT" &&
               draft.sub_event_type != "Looting/property destruction" &&
               scene.clauses()[draft.clause].sentence == scene.clauses()[drafts[owner].clause].sentence;
    };
    bool const is_other =
        !is_assault(drafts[owner]) &&
        (drafts[owner].plover == "PROTEST" || drafts[owner].sub_event_type == "Looting/property destruction");
    for (std::size_t i = owner; is_other && i-- > 0;) {
        if (is_assault(drafts[i])) {
            return i;
        }
    }
    for (std::size_t i = owner + 1; !is_other && drafts[owner].places.empty() && i < drafts.size(); ++i) {
        std::size_t const begin = drafts[i].tokens.begin;
        if (is_assault(drafts[i]) && !drafts[i].places.empty() &&
            scene.has_cue({begin - 1, begin}, Cue::suffer)) {
            return i;
        }
    }
    return owner;
}

/// A toll whose own sentence names a town («قتل 30 في X») is of what happened there, not of what was told
/// before it at other places.
std::optional<std::size_t> at_its_place(Scene const& scene, std::vector<Draft> const& drafts,
                                        TollMention const& mention, std::size_t owner) {
    std::size_t const sentence = scene.clauses()[scene.clause_of(mention.token)].sentence;
    if (scene.clauses()[drafts[owner].clause].sentence == sentence) {
        return owner;
    }
    auto const is_at = [&](Draft const& draft, std::size_t place) {
        auto const& wanted = scene.places()[place].mention.place;
        return std::any_of(draft.places.begin(), draft.places.end(), [&](std::size_t each) {
            auto const& own = scene.places()[each].mention.place;
            return own && wanted && own->id == wanted->id;
        });
    };
    for (std::size_t const place : scene.places_in(scene.text().sentences()[sentence])) {
        auto const& known = scene.places()[place].mention;
        bool const is_town =
            known.place && known.role != Role::metonym && known.role != Role::scope &&
            gazetteer::feature_class(known.place->feature) == gazetteer::FeatureClass::settlement;
        if (!is_town) {
            continue;
        }
        if (is_at(drafts[owner], place)) {
            return owner;
        }
        for (std::size_t i = drafts.size(); i-- > 0;) {
            if (drafts[i].tokens.begin < mention.token && can_harm(scene, drafts[i]) && is_real(drafts[i]) &&
                is_at(drafts[i], place)) {
                return i;
            }
        }
        return std::nullopt;
    }
    return owner;
}

/// «الهجوم على فندق»: civilians are where it was aimed.
bool is_at_civil_site(Scene const& scene, Draft const& draft) {
    constexpr std::size_t reach = 4;
    std::size_t const end = std::min(draft.tokens.end + reach, draft.stretch.end);
    return scene.has_listed({draft.tokens.end, end}, "civil_site");
}

/// «أطلق النار على مزارع»: who is shot at stands behind «على» and is no fighter.
bool is_at_civilian(Scene const& scene, Draft const& draft) {
    static std::string const onto = text::fold_key("على");
    static std::array const onto_them{text::fold_key("عليه"), text::fold_key("عليها"),
                                      text::fold_key("عليهما"), text::fold_key("عليهم")};
    constexpr std::size_t near = 3;
    for (std::size_t token = draft.tokens.end; token + 1 < draft.stretch.end; ++token) {
        // «قتل شابان …، وأطلق ملثمون النار عليهما»: whom it killed.
        bool const is_near = token < draft.tokens.end + near;
        if (is_near && draft.killed && draft.killed->count.best > 0 &&
            draft.killed->combatants.value_or(0) == 0 &&
            std::ranges::find(onto_them, scene.text().codes(token)) != onto_them.end()) {
            return true;
        }
        if (scene.text().codes(token) != onto) {
            continue;
        }
        Word const* const who = scene.word_at(token + 1, WordKind::victim);
        Victim const kind = who == nullptr ? Victim::combatant : scene.lexicon().victims()[who->row];
        bool const is_unarmed = kind != Victim::combatant && kind != Victim::other;
        if (is_unarmed || scene.has_listed({token + 1, token + 2}, "civil_target")) {
            return true; // past «على دراجة نارية», which somebody shoots from
        }
    }
    return false;
}

/// «فتحت نيران رشاشاتها على مناطق في بلدة X»: shots at where people live, with nobody said to stand there.
bool is_at_dwellings(Scene const& scene, Draft const& draft) {
    static std::string const onto = text::fold_key("على");
    auto const sees_fighters = [&](text::TokenRange range) {
        auto const words = scene.words_in(range);
        return scene.has_cue(range, Cue::object) ||
               std::any_of(words.begin(), words.end(), [&](Word const& word) {
                   return word.kind == WordKind::victim || word.kind == WordKind::force ||
                          word.kind == WordKind::actor;
               });
    };
    for (std::size_t token = draft.tokens.end; token + 1 < draft.stretch.end; ++token) {
        if (scene.text().codes(token) == onto) {
            return scene.has_listed({token + 1, token + 2}, "dwellings") &&
                   !sees_fighters({token + 1, draft.stretch.end});
        }
    }
    return false;
}

/// «أطلقوا عليه النار»، «فتح رجل النار وأصاب ثلاثة»: shots of somebody who serves no side, that hurt people
/// and no fighters.
bool hurts_unarmed(Scene const& scene, Draft const& draft) {
    auto const hurts = [](std::optional<Toll> const& toll) {
        return toll && toll->count.best > 0 && toll->combatants.value_or(0) == 0;
    };
    auto const& actors = scene.lexicon().actors();
    bool const by_side =
        std::any_of(draft.initiator.begin(), draft.initiator.end(), [&](ActorRef const& ref) {
            return std::any_of(actors.begin(), actors.end(),
                               [&](Actor const& actor) { return actor.id == ref.id && actor.inter != 3; });
        });
    return (hurts(draft.killed) || hurts(draft.injured)) && !by_side &&
           !scene.has_cue(scene.clauses()[draft.clause].tokens, Cue::object);
}

/// «قتل سبعة من جامعي الكمأة بهجوم»: whoever the clause says to have died before it bore no arms.
bool kills_unarmed(Scene const& scene, Draft const& draft) {
    static std::string const of = text::fold_key("من");
    if (!draft.killed || draft.killed->combatants.value_or(0) > 0) {
        return false;
    }
    bool has_dead = false;
    for (Word const& word : scene.words_in({draft.before.begin, draft.tokens.begin})) {
        std::size_t const begin = word.match.tokens.begin;
        has_dead = has_dead || word.kind == WordKind::casualty;
        if (has_dead && word.kind == WordKind::victim && begin > 0 && scene.text().codes(begin - 1) == of) {
            return scene.lexicon().victims()[word.row] == Victim::civilian;
        }
    }
    return false;
}

/// An attack without arms told of whose dead are civilians alone is one on them.
void type_by_victims(Scene const& scene, Draft& draft) {
    std::string const& type = scene.lexicon().classes()[draft.type].name;
    bool const shoots = type == "launch" && draft.sub_event_type == "Armed clash";
    bool const at_civilian = is_at_civilian(scene, draft);
    bool const at_unarmed = at_civilian || hurts_unarmed(scene, draft) || is_at_dwellings(scene, draft);
    bool const is_loose = (type == "attack" && !draft.category) || (shoots && at_unarmed);
    bool const on_civilians =
        draft.killed && draft.killed->civilians.value_or(0) > 0 && draft.killed->combatants.value_or(0) == 0;
    bool const kills_fighters = draft.killed && draft.killed->combatants.value_or(0) > 0;
    bool const on_armed = std::any_of(draft.target.begin(), draft.target.end(), [&](ActorRef const& ref) {
        auto const& actors = scene.lexicon().actors();
        return std::any_of(actors.begin(), actors.end(),
                           [&](Actor const& actor) { return actor.id == ref.id && actor.inter != 7; });
    });
    if (is_loose &&
        (on_civilians || shoots || at_civilian || kills_unarmed(scene, draft) ||
         (is_at_civil_site(scene, draft) && !kills_fighters)) &&
        !on_armed && draft.sub_event_type == "Armed clash") {
        draft.sub_event_type = "Attack";
        if (!shoots && draft.weapon.empty()) {
            draft.plover_mode.clear(); // that of a fight: by what they were attacked is not said
        }
        draft.note("aimed at civilians");
    }
}

/// What a later toll is of where its sentence does not say: what was told last.
std::optional<std::size_t> last_before(Scene const& scene, std::vector<Draft> const& drafts,
                                       std::size_t token) {
    std::optional<std::size_t> last;
    for (std::size_t i = 0; i < drafts.size() && drafts[i].tokens.begin < token; ++i) {
        last = can_harm(scene, drafts[i]) && is_real(drafts[i]) && !drafts[i].places.empty() ? i : last;
    }
    return last;
}

/// «قتل 40 ألف شخص منذ عام 1984»: the dead of a whole war are no event's.
bool is_of_war(Scene const& scene, TollMention const& mention) {
    constexpr std::int64_t most_in_one_event = 2000;
    if (mention.toll->count.best >= most_in_one_event) {
        return true;
    }
    static std::string const since = text::fold_key("منذ");
    text::TokenRange const clause = scene.clauses()[scene.clause_of(mention.token)].tokens;
    bool const is_dated = std::any_of(scene.dates().begin(), scene.dates().end(), [&](auto const& date) {
        return clause.contains(date.tokens.begin) && date.time_precision < 3 && !date.historical;
    });
    if (scene.has_cue(clause, Cue::tally) && !is_dated) {
        return true;
    }
    return std::any_of(scene.dates().begin(), scene.dates().end(), [&](text::DateMention const& date) {
        std::size_t const begin = date.tokens.begin;
        bool const is_start =
            scene.text().codes(begin) == since || (begin > 0 && scene.text().codes(begin - 1) == since);
        return clause.contains(begin) && begin > mention.token && is_start &&
               (date.historical || date.time_precision == 3);
    });
}

/// «قتل 22 شخصا، منهم 13 في A»: what is left for the other places; of whom it consists is not said.
void take_off(std::optional<Toll>& toll, std::int64_t counted_apart) {
    if (!toll || counted_apart == 0) {
        return;
    }
    if (counted_apart > toll->count.best) {
        toll.reset();
        return;
    }
    auto const rest = [&](std::int64_t count) { return std::max<std::int64_t>(count - counted_apart, 0); };
    toll = Toll{{rest(toll->count.low), rest(toll->count.best), rest(toll->count.high)}, {}, {}, {}, {}};
}

/// No part of a toll is more than the whole: one that is was said of others.
void drop_impossible_parts(std::optional<Toll>& toll) {
    if (!toll) {
        return;
    }
    for (auto* const part : {&toll->civilians, &toll->combatants, &toll->children, &toll->women}) {
        if (*part && **part > toll->count.high) {
            part->reset();
        }
    }
}

} // namespace

void find_casualties(Scene const& scene, std::span<TollMention const> tolls, std::vector<Draft>& drafts) {
    struct Given {
        std::size_t clause = 0;
        bool any = false;
        bool is_total = false; ///< what else its clause counts is among it
    };
    std::vector<Given> killed(drafts.size());
    std::vector<Given> injured(drafts.size());
    for (TollMention const& mention : tolls) {
        if (!mention.toll || !is_body(scene, mention.token) || is_of_war(scene, mention)) {
            continue;
        }
        auto owner = owner_of(scene, drafts, mention);
        if (!owner && mention.is_update) {
            owner = last_before(scene, drafts, mention.token);
        }
        owner = owner ? std::optional{rather_attack(scene, drafts, *owner)} : owner;
        owner = owner ? at_its_place(scene, drafts, mention, *owner) : owner;
        if (!owner) {
            continue;
        }
        // «تحطمت طائرة أثناء قصفها X ما أدى إلى مقتل …»: they died of its fall.
        bool const fell = *owner > 0 && fell_during(scene, drafts[*owner - 1], drafts[*owner]);
        owner = fell ? *owner - 1 : *owner;
        Draft& draft = drafts[*owner];
        if (!is_real(draft)) {
            continue; // what did not happen, or not yet, killed nobody
        }
        Given& given = (mention.killed ? killed : injured)[*owner];
        std::optional<Toll>& toll = mention.killed ? draft.killed : draft.injured;
        std::size_t const clause = scene.clause_of(mention.token);
        draft.has_later_toll = draft.has_later_toll || mention.is_update;
        bool const is_first_total = mention.is_total && !given.is_total;
        if (!given.any || is_first_total || (mention.is_update && given.clause != clause)) {
            toll = mention.toll;
            given = {clause, true, mention.is_total};
        } else if (given.clause == clause && !given.is_total) {
            add(*toll, *mention.toll);
        } // a later clause tells the same toll again
        if (draft.modality == Modality::failed && draft.killed && draft.killed->count.best > 0 &&
            scene.lexicon().classes()[draft.type].name == "attack") {
            draft.modality = Modality::occurred;
            draft.failed_in_aim = true;
            draft.note("people died in it: it took place, only its aim failed");
        }
    }
    for (Draft& draft : drafts) {
        take_off(draft.killed, draft.counted_apart);
        drop_impossible_parts(draft.killed);
        drop_impossible_parts(draft.injured);
        type_by_victims(scene, draft);
    }
}

} // namespace kharita::event
