#include <algorithm>

#include <fmt/format.h>

#include "event/drafting.hpp"
#include "event/named_happenings.hpp"
#include "event/place_finder.hpp"
#include "event/standing.hpp"

namespace kharita::event {

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

/// «أن الجبهة استهدفت بلدة X»: a town right behind the verb of an armed group that has no planes.
bool is_town_shot_at(Scene const& scene, Draft const& draft) {
    constexpr std::size_t reach = 3;
    std::size_t const begin = draft.tokens.begin;
    std::size_t const end = draft.tokens.end;
    auto const near = scene.words_in({begin - std::min<std::size_t>(begin, 4), end + reach});
    Word const* subject = nullptr;
    for (Word const& word : near) {
        // Before the verb its subject stands at once; brackets round it are no words.
        bool const is_close =
            word.match.tokens.begin >= end || words_between(scene, word.match.tokens.end, begin) == 0;
        bool const is_side = word.kind == WordKind::actor && word.match.clitics.preposition == 0 && is_close;
        subject = is_side && subject == nullptr ? &word : subject;
    }
    if (subject == nullptr || draft.may_be_noun ||
        (subject->match.tokens.begin < begin && draft.clitics.conjunction)) {
        return false;
    }
    int const inter = scene.lexicon().actors()[scene.lexicon().aliases()[subject->row].actor].inter;
    std::size_t const object = std::max(end, subject->match.tokens.end);
    auto const places = scene.places_in({object, std::min(object + reach, draft.stretch.end)});
    if ((inter != 2 && inter != 3) || places.empty()) {
        return false;
    }
    static std::string const in = text::fold_key("في");
    geoparse::Toponym const& town = scene.places()[places.front()];
    for (std::size_t token = object; token < town.tokens.begin; ++token) {
        if (scene.text().codes(token) == in) {
            return false; // «استهدف شابا في X»
        }
    }
    return town.is_located && fineness(town) == fineness_of_town;
}

/// «استهدف مسلحون حاجزا», «استهدفت مجموعة مسلحة ثلاثة جنود»: men right behind the verb, or soldiers as what
/// they aimed at, and no army.
bool is_by_gunmen(Scene const& scene, Draft const& draft) {
    constexpr std::size_t subject_reach = 2;
    std::size_t const end = draft.tokens.end;
    auto const next = scene.words_in({end, end + subject_reach});
    bool const are_men = std::any_of(next.begin(), next.end(), [&](Word const& word) {
        return word.kind == WordKind::victim && word.match.number != Number::singular &&
               word.match.tokens.begin == end && scene.lexicon().victims()[word.row] == Victim::combatant;
    });
    // «أن مجموعة مسلحة من X استهدفت»
    constexpr std::size_t before_reach = 7;
    std::size_t const begin = draft.tokens.begin;
    std::size_t const from =
        std::max(scene.clauses()[draft.clause].tokens.begin, begin - std::min(begin, before_reach));
    return are_men || scene.has_listed({end, end + subject_reach}, "gang") ||
           scene.has_listed({from, begin}, "gang");
}

/// «اعتداء مماثل على X في أيار»: with the means of the attack it is like, the last one told.
Draft const* like_before(Scene const& scene, std::vector<Draft> const& drafts, std::size_t index) {
    constexpr std::size_t adjectives = 2;
    Draft const& draft = drafts[index];
    std::size_t const end = draft.tokens.end;
    if (class_of(scene, draft).name != "attack" || is_verb(draft.part) ||
        !scene.has_listed({end, end + adjectives}, "like_it")) {
        return nullptr;
    }
    for (std::size_t i = index; i-- > 0;) {
        if (drafts[i].plover == "ASSAULT") {
            return drafts[i].category ? &drafts[i] : nullptr;
        }
    }
    return nullptr;
}

/// «استهدف قناص عنصرا من X»: people under arms, or what is theirs, behind the verb.
bool aims_at_fighters(Scene const& scene, Draft const& draft) {
    constexpr std::size_t reach = 8;
    std::size_t const end = draft.tokens.end;
    text::TokenRange const behind{end, std::min(end + reach, draft.stretch.end)};
    if (scene.has_listed(behind, "civil_target")) {
        return false; // «على سيارة إسعاف»
    }
    auto const words = scene.words_in(behind);
    return std::any_of(words.begin(), words.end(), [&](Word const& word) {
        return is_cue(word, Cue::object) ||
               (word.kind == WordKind::victim && scene.lexicon().victims()[word.row] == Victim::combatant);
    });
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
    return by_somebody &&
           (scene.has_cue({draft.tokens.end, end}, Cue::object) || is_town_shot_at(scene, draft) ||
            (is_by_gunmen(scene, draft) && aims_at_fighters(scene, draft)));
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

/// «انفجار قذيفة من مخلفات القصف»: nobody fired it then.
bool weapon_is_remnant(Scene const& scene, Word const& weapon) {
    constexpr std::size_t reach = 3;
    std::size_t const end = weapon.match.tokens.end;
    return scene.has_listed({end, end + reach}, "remnant");
}

/// Types a draft by the weapon named with it. False where none decides.
bool type_by_own_weapon(Scene const& scene, Draft& draft) {
    TriggerClass const& type = class_of(scene, draft);
    Word const* const word = weapon_near(scene, draft);
    if (word == nullptr) {
        return false;
    }
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
        return true;
    } else if (type.name == "launch" && (category.name == "bomb" || category.name == "explosive") &&
               scene.has_listed(draft.tokens, "throwing") && type_as(scene, draft, "grenade")) {
        draft.weapon = weapon.id;
        draft.note("thrown by hand");
        return true;
    } else if (!is_weak || type.sub_event_type.empty()) {
        draft.weapon = weapon.id;
        draft.category = weapon.category;
        set_type(draft, category.sub_event_type, category.plover, category.plover_mode);
        draft.note(fmt::format("«{}» is {}", scene.words_of(word->match.tokens), category.name));
        if (category.name == "sniper" && aims_at_fighters(scene, draft) && type_as(scene, draft, "firearm")) {
            draft.note("aimed at people under arms");
        }
        return true;
    }
    return false;
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
    if (type_by_own_weapon(scene, draft)) {
        return;
    }
    bool const is_generic = type.rule == Rule::aim || type.name == "destroy" ||
                            (draft.is_definite && ((type.name == "attack" && draft.tokens.size() == 1) ||
                                                   (type.name == "shelling" && draft.part == Part::noun)));
    // «القصف استهدف قرية يسيطر عليها X»: the one told before, where no other place is named for it.
    bool const is_retold =
        type.name == "shelling" && draft.is_definite && scene.places_in(draft.stretch).empty();
    // «الهجوم الذي شنه X على Y» is not the one before.
    if (is_generic && !tells_itself(scene, draft.tokens.end) && !acts_anew(scene, drafts, index) &&
        (draft.continues || is_retold || names_known_strikes(scene, draft))) {
        if (Draft const* const earlier = armed_before(scene, drafts, index)) {
            share_means(draft, *earlier, "means as in the attack before", 0.75);
            return;
        }
    }
    if (Draft const* const like = like_before(scene, drafts, index)) {
        share_means(draft, *like, "like the attack before", 0.8);
        return;
    }
    if (Draft const* const likewise = done_likewise(scene, drafts, index)) {
        share_means(draft, *likewise, "carried out beside the strikes before", 0.7);
        return;
    }
    if (is_blow_of_state(scene, draft) && type_as(scene, draft, "air")) {
        draft.note("a state's strikes, from the air where nothing else is said", 0.8);
        return;
    }
    if (fires_at_something(scene, draft) && is_by_gunmen(scene, draft) && type_as(scene, draft, "firearm")) {
        draft.note("by men with guns", 0.8);
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
        } else if (type.name == "kill" && aims_at_fighters(scene, draft) &&
                   !scene.has_listed(scene.clauses()[draft.clause].tokens, "quarrel") &&
                   type_as(scene, draft, "firearm")) {
            draft.note("aimed at people under arms");
        }
    } else {
        type_by_weapon(scene, drafts, index);
    }
    read_count(scene, draft);
}

} // namespace kharita::event
