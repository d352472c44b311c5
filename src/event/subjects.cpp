#include <algorithm>
#include <array>
#include <string>

#include "event/drafting.hpp"
#include "event/participants.hpp"

// Who did it: agents, subjects behind and before what they did, and those it is said of.

namespace kharita::event {

/// Whether manned aircraft did it.
bool Participants::flies(Draft const& draft) const {
    if (!draft.category) {
        return false;
    }
    std::string const& name = m_scene.lexicon().categories()[*draft.category].name;
    return name == "air" || name == "barrel";
}

/// Civilians and the United Nations fire at nobody and arrest nobody, rebels have no planes, and no state
/// sends suicide bombers.
bool Participants::can_act(Draft const& draft, ActorMention const& actor) const {
    bool const is_state = actor.inter == 1 || actor.inter == 8;
    if ((is_rebel(actor.inter) && flies(draft)) || (is_state && draft.sub_event_type == "Suicide bomb")) {
        return false;
    }
    constexpr int protester_inter = 6;
    bool const is_unarmed =
        actor.inter == civilian_inter || actor.inter == protester_inter || actor.country == "UNO";
    std::string const& plover = m_scene.lexicon().classes()[draft.type].plover;
    if (plover == "PROTEST" && (is_state || actor.inter == 2 || actor.actors.front().id == "unidentified") &&
        draft.sub_event_type != "Excessive force against protesters") {
        return false; // armies and rebels fight, they do not march
    }
    return !is_unarmed || (plover != "ASSAULT" && plover != "COERCE");
}

/// «X وعناصر من Y», «X ومقاتلي Y»: their fighters beside the actor before.
bool Participants::is_fighter_added(std::size_t index) const {
    std::size_t const begin = m_actors[index - 1].tokens.end;
    std::size_t const gap = m_actors[index].tokens.begin - begin;
    static std::string const of = text::fold_key("من");
    bool const is_of = gap == 1 || (gap == 2 && m_scene.text().codes(begin + 1) == of);
    auto const words = m_scene.words_in({begin, begin + 1});
    return is_of && std::any_of(words.begin(), words.end(), [&](Word const& word) {
               return word.kind == WordKind::list_word && word.match.clitics.conjunction &&
                      m_scene.lexicon().list_name(word.row) == "fighters_of";
           });
}

/// An actor, with those that «و» joins to it.
void Participants::take(std::vector<ActorRef>& to, std::size_t first) const {
    to = m_actors[first].actors;
    for (std::size_t i = first + 1; i < m_actors.size(); ++i) {
        // Quotation marks may stand between: «من «X» و«Y»».
        bool is_and = m_actors[i].clitics.conjunction;
        bool has_other = false;
        for (std::size_t token = m_actors[i - 1].tokens.end; token < m_actors[i].tokens.begin; ++token) {
            std::string_view const codes = m_scene.text().codes(token);
            bool const joins = codes == "and" || (codes.size() == 1 && codes.front() == text::code(U'و'));
            is_and = is_and || joins;
            has_other = has_other || (!joins && codes != "\"" && codes.front() != text::open_quote &&
                                      codes.front() != text::close_quote);
        }
        bool const is_joined = is_and && !has_other;
        if (!is_joined && !is_fighter_added(i)) {
            return;
        }
        for (ActorRef const& each : m_actors[i].actors) {
            if (std::none_of(to.begin(), to.end(),
                             [&](ActorRef const& known) { return known.id == each.id; })) {
                to.push_back(each);
            }
        }
    }
}

/// «تقدم المقاتلين وسيطرتهم»: the pronoun speaks of people before it whom no list knows by name; actors
/// before those are others. The token behind such people, 0 without.
std::size_t Participants::owner_unnamed_before(Draft const& draft) const {
    std::size_t behind = 0;
    if (draft.pronoun == Pronoun::none || is_verb(draft.part)) {
        return behind;
    }
    for (Word const& word : m_scene.words_in(draft.before)) {
        bool const is_fighter = word.kind == WordKind::victim &&
                                m_scene.lexicon().victims()[word.row] == Victim::combatant &&
                                word.match.number == Number::plural;
        if (is_fighter && m_scene.word_at(word.match.tokens.begin, WordKind::actor) == nullptr) {
            behind = word.match.tokens.end;
        }
    }
    return behind;
}

bool Participants::set_agent(Draft& draft) const {
    text::TokenRange const clause = m_scene.clauses()[draft.clause].tokens;
    for (std::size_t const i : actors_in({draft.tokens.end, draft.stretch.end})) {
        if (position_of(m_scene, m_actors[i], clause) == Position::agent && can_act(draft, m_actors[i])) {
            take(draft.initiator, i);
            return true;
        }
    }
    // «قذائف أطلقتها X», «الغارات التي شنها X»: told in the relative clause behind.
    std::size_t const next = draft.clause + 1;
    bool const has_relative = next < m_scene.clauses().size() &&
                              m_scene.clauses()[next].opening == Clause::Opening::relative &&
                              m_scene.clauses()[next].sentence == m_scene.clauses()[draft.clause].sentence &&
                              draft.stretch.end == clause.end;
    if (has_relative) {
        text::TokenRange const relative = m_scene.clauses()[next].tokens;
        constexpr std::size_t reach = 6;
        for (std::size_t const i :
             actors_in({relative.begin, std::min(relative.begin + reach, relative.end)})) {
            if (position_of(m_scene, m_actors[i], relative) == Position::agent &&
                can_act(draft, m_actors[i])) {
                take(draft.initiator, i);
                return true;
            }
        }
    }
    return false;
}

/// «طرد X Y من P», «X طردت Y من P», «تم طرد Y من P»: whoever stands last before «من» is driven out and never
/// the winner; before that one stands the subject, right behind the verb or before it.
bool Participants::set_sides_of_expulsion(Draft& draft) const {
    Clause const& clause = m_scene.clauses()[draft.clause];
    static std::array const from_there{text::fold_key("من"), text::fold_key("منها"), text::fold_key("منه"),
                                       text::fold_key("منهما")};
    std::size_t leaves = draft.tokens.end;
    while (leaves < draft.stretch.end &&
           std::ranges::find(from_there, m_scene.text().codes(leaves)) == from_there.end()) {
        ++leaves;
    }
    std::vector<std::size_t> behind = actors_in({draft.tokens.end, leaves});
    std::erase_if(behind, [&](std::size_t i) {
        Position const position = position_of(m_scene, m_actors[i], clause.tokens);
        return position == Position::agent || position == Position::supporter;
    });
    if (leaves == draft.stretch.end || behind.empty()) {
        return false;
    }
    take(draft.target, behind.back());
    bool const has_subject =
        behind.size() > 1 && m_actors[behind.front()].actors.front().id != draft.target.front().id;
    if (has_subject) {
        draft.initiator = m_actors[behind.front()].actors;
        return true;
    }
    if (set_agent(draft)) {
        return true;
    }
    // «الوحدات التي طردت …»: the subject stands before the relative clause.
    bool const is_relative = clause.opening == Clause::Opening::relative && draft.clause > 0;
    std::size_t const begin =
        is_relative ? m_scene.clauses()[draft.clause - 1].tokens.begin : draft.before.begin;
    for (std::size_t const i : actors_in({begin, draft.tokens.begin})) {
        ActorMention const& actor = m_actors[i];
        if (position_of(m_scene, actor, {begin, draft.tokens.begin}) == Position::free &&
            can_act(draft, actor) && actor.actors.front().id != draft.target.front().id &&
            !is_source_of(m_scene, actor, draft)) {
            take(draft.initiator, i);
        }
    }
    return true;
}

/// «نصبوا كمينا لقوات X»: laid for them, where «في كمين لقوات X» is one they laid.
bool Participants::is_ambushed(Draft const& draft, ActorMention const& actor) const {
    std::size_t const begin = draft.tokens.begin;
    bool const is_object = m_scene.text().codes(begin).ends_with(text::code(U'ا'));
    return is_object && actor.clitics.preposition == text::code(U'ل') &&
           m_scene.has_listed(draft.tokens, "ambush");
}

/// «شن X هجوما لطرد Y»: whom a deed is meant to drive out.
bool Participants::is_aim_of(Draft const& draft, ActorMention const& actor) const {
    std::size_t const begin = actor.tokens.begin;
    Word const* const aim =
        begin > draft.tokens.end ? m_scene.word_at(begin - 1, WordKind::trigger) : nullptr;
    return aim != nullptr && aim->match.clitics.preposition == text::code(U'ل') &&
           !is_verb(aim->match.part) &&
           m_scene.lexicon().classes()[m_scene.lexicon().triggers()[aim->row].type].name == "expel";
}

/// «إحباط X هجوما», «تصدى X لمحاولة تقدم»: who foils what others tried.
bool Participants::foils(Draft const& draft, ActorMention const& actor) const {
    constexpr std::size_t reach = 2;
    std::size_t const begin = actor.tokens.begin;
    std::size_t const end = actor.tokens.end;
    if (draft.modality == Modality::denied || end > draft.tokens.begin) {
        return false;
    }
    // «أعلن X أنه أفشل محاولة تسلل»
    auto const behind = m_scene.words_in({end, std::min(end + reach + 1, draft.tokens.begin)});
    return m_scene.has_listed({begin - std::min(begin, reach), begin}, "foiling") ||
           std::any_of(behind.begin(), behind.end(), [&](Word const& word) {
               return word.kind == WordKind::list_word && is_verb(word.match.part) &&
                      m_scene.lexicon().list_name(word.row) == "foiling" &&
                      is_own_deed(m_scene, word.match.tokens.begin);
           });
}

namespace {

bool is_of(std::vector<ActorRef> const& side, ActorMention const& actor) {
    return std::any_of(side.begin(), side.end(),
                       [&](ActorRef const& each) { return each.id == actor.actors.front().id; });
}

/// Words of a range. A weapon between a noun and its owner is part of the noun («قصف مدفعي لقوات النظام»).
std::size_t words_without_means(Scene const& scene, text::TokenRange range) {
    std::size_t words = 0;
    for (std::size_t token = range.begin; token < range.end; ++token) {
        bool const counts = scene.text().tokens()[token].kind == text::Token::Kind::word &&
                            scene.word_at(token, WordKind::weapon) == nullptr;
        words += counts ? 1U : 0U;
    }
    return words;
}

/// «معارك مع X», and not «بالتعاون مع X».
bool is_met_in_battle(Scene const& scene, ActorMention const& actor) {
    constexpr std::size_t reach = 4; // «معارك عنيفة مع»
    std::size_t const begin = actor.tokens.begin;
    auto const words = scene.words_in({begin - std::min(begin, reach), begin});
    return std::any_of(words.begin(), words.end(), [&](Word const& word) {
        Lexicon const& lexicon = scene.lexicon();
        return word.kind == WordKind::trigger &&
               lexicon.classes()[lexicon.triggers()[word.row].type].name == "clash";
    });
}

/// «بايع X لتنظيم Y», «انشق عن Y»: whom somebody joins or leaves.
bool is_joined(Scene const& scene, ActorMention const& actor) {
    static std::array const links{text::fold_key("من"), text::fold_key("عن"), text::fold_key("مع")};
    return actor.clitics.preposition == text::code(U'ل') ||
           std::find(links.begin(), links.end(), scene.text().codes(actor.tokens.begin - 1)) != links.end();
}

} // namespace

/// «استهدفت الفرقة الأولى التابعة لـX»: a unit that no list knows, of whom it is said to be.
bool Participants::commands_subject(Draft const& draft, ActorMention const& actor) const {
    constexpr std::size_t reach = 6;
    std::size_t const begin = draft.tokens.end;
    std::size_t at = actor.tokens.begin;
    at -= at > 0 && m_scene.text().tokens()[at - 1].kind == text::Token::Kind::punctuation ? 1U : 0U;
    at -= at > 0 && m_scene.text().codes(at - 1) == text::fold_key("ل") ? 1U : 0U; // «لـ"X"»
    return is_verb(draft.part) && at > begin + 1 && at <= begin + reach &&
           m_scene.has_listed({begin, begin + 1}, "unit") && m_scene.has_listed({at - 1, at}, "belonging") &&
           m_scene.places_in({begin, at}).empty();
}

/// The subject of a verb, or whose act a noun names, behind it.
bool Participants::set_subject_behind(Draft& draft) const {
    text::TokenRange const clause = m_scene.clauses()[draft.clause].tokens;
    // «تمكن X من طرد Y»: behind the noun stands who was driven out.
    static std::string const from = text::fold_key("من");
    bool const object_follows = m_scene.lexicon().classes()[draft.type].name == "expel" &&
                                draft.may_be_noun && draft.tokens.begin > 0 &&
                                m_scene.text().codes(draft.tokens.begin - 1) == from;
    std::size_t const reach = object_follows ? 0 : is_verb(draft.part) ? 3 : 2;
    // An English verb stands before its object.
    bool const is_english_verb =
        is_verb(draft.part) && !text::is_arabic(m_scene.text().codes(draft.tokens.begin).front());
    std::size_t const subject_end = is_english_verb ? draft.tokens.end : draft.stretch.end;
    for (std::size_t const i : actors_in({draft.tokens.end, subject_end})) {
        ActorMention const& actor = m_actors[i];
        std::size_t const gap = words_without_means(m_scene, {draft.tokens.end, actor.tokens.begin});
        bool const with_means = actor.clitics.preposition == text::code(U'ب');
        // «X يقتحم بلدة A وY تهاجم B»: «و» brings in another subject.
        bool const is_next = actor.clitics.conjunction &&
                             (i == 0 || m_actors[i - 1].tokens.end != actor.tokens.begin) &&
                             !actors_in(draft.before).empty();
        if (is_next || is_of(draft.target, actor) || is_aimed_at(draft, actor) || is_loser(draft, actor)) {
            continue;
        }
        // «سيطر مقاتلون من X»: behind a verb of taking they are its subject, not its victims.
        Position const position = position_of(m_scene, actor, clause);
        bool const are_takers = position == Position::victim && is_verb(draft.part) &&
                                m_scene.lexicon().classes()[draft.type].rule == Rule::seize &&
                                m_scene.word_at(draft.tokens.end, WordKind::victim) != nullptr;
        if (is_ambushed(draft, actor) || is_aim_of(draft, actor)) {
            draft.target = actor.actors;
            continue;
        }
        // «اشتباكات عنيفة على محاور A وB، بين X من جهة»: adjectives and places do not part a clash from its
        // sides.
        constexpr std::size_t side_reach = 16; // places may stand before «بين»
        bool const is_side = m_scene.lexicon().classes()[draft.type].name == "clash" && gap < side_reach &&
                             m_scene.text().codes(actor.tokens.begin - 1) == text::fold_key("بين");
        // «تعرضت X لقصف عنيف من قوات Y»: whose act it was that a place suffered.
        std::string_view const led_by = m_scene.text().codes(actor.tokens.begin - 1);
        bool const is_suffered = draft.clitics.preposition == text::code(U'ل') && led_by == from &&
                                 gap <= reach + 1 && m_scene.has_cue(draft.before, Cue::suffer);
        if (is_suffered && can_act(draft, actor) && position == Position::free) {
            take(draft.initiator, i);
            return true;
        }
        if (m_scene.lexicon().classes()[draft.type].name == "regroup" && is_joined(m_scene, actor)) {
            draft.target = actor.actors;
            continue;
        }
        if ((gap < reach || is_side || commands_subject(draft, actor)) && !with_means &&
            can_act(draft, actor) && (are_takers || position == Position::free)) {
            take(draft.initiator, i);
            return true;
        }
    }
    return false;
}

/// «ترد على هجوم X»: whoever answers an act did not do it.
bool Participants::is_answered(Draft const& draft) const {
    constexpr std::size_t reach = 6;
    constexpr std::size_t source_reach = 3;
    std::size_t const begin = draft.tokens.begin;
    std::size_t const end = draft.tokens.end;
    // «قصفت X مواقع في A بعد إطلاق نيران منها»: those who fired stood where they were answered.
    static std::array const from_there{text::fold_key("منها"), text::fold_key("منه")};
    for (std::size_t token = end; token < std::min(end + source_reach, draft.stretch.end); ++token) {
        if (m_scene.lexicon().classes()[draft.type].name == "launch" && draft.part == Part::noun &&
            begin > 0 && m_scene.has_listed({begin - 1, begin}, "after") &&
            std::ranges::find(from_there, m_scene.text().codes(token)) != from_there.end()) {
            return true;
        }
    }
    return draft.part == Part::noun && begin > 1 &&
           m_scene.text().codes(begin - 1) == text::fold_key("على") &&
           m_scene.has_listed({begin - std::min(begin, reach), begin - 1}, "responding");
}

/// «قال X إن مقاتليه تصدوا لـ…، وإنهم أطلقوا …»: whoever speaks of himself.
std::optional<std::size_t> Participants::speaker_of(Draft const& draft) const {
    if (!is_own_deed(m_scene, draft.tokens.begin)) {
        return std::nullopt;
    }
    std::size_t const sentence =
        m_scene.text().sentences()[m_scene.text().sentence_of(draft.tokens.begin)].begin;
    for (std::size_t const i : actors_in({sentence, draft.tokens.begin})) {
        std::size_t const begin = m_actors[i].tokens.begin;
        if (begin > 0 && m_scene.has_cue({begin - 1, begin}, Cue::report)) {
            return i;
        }
    }
    return std::nullopt;
}

/// «اتهمت X Y بقصف A»: right behind whoever accuses.
bool Participants::is_accused(std::size_t index) const {
    constexpr std::size_t near = 2;
    if (index == 0 || m_actors[index].clitics.conjunction) {
        return false;
    }
    std::size_t const accuser = m_actors[index - 1].tokens.begin;
    auto const words = m_scene.words_in({accuser - std::min(accuser, near), accuser});
    return std::any_of(words.begin(), words.end(), [&](Word const& word) {
        return word.kind == WordKind::list_word && is_verb(word.match.part) &&
               m_scene.lexicon().list_name(word.row) == "blaming";
    });
}

/// «خاض X معارك مع Y وW، وتمكن من السيطرة»: Y, and what «و» joins to it.
bool Participants::is_fought(Draft const& draft, std::size_t index) const {
    while (index > 0 && m_actors[index].clitics.conjunction &&
           m_actors[index].tokens.begin - m_actors[index - 1].tokens.end <= 1) {
        --index;
    }
    return is_bystander(m_scene, draft, m_actors[index]);
}

/// «تقدم المقاتلين وسيطرتهم على X»: a noun of taking whose pronoun speaks of the fighters right before it.
bool Participants::names_fighters(Draft const& draft) const {
    std::size_t const begin = draft.tokens.begin;
    Word const* const people = begin == 0 ? nullptr : m_scene.word_at(begin - 1, WordKind::victim);
    return people != nullptr && draft.pronoun == Pronoun::many && people->match.clitics.article &&
           people->match.number != Number::singular &&
           m_scene.lexicon().victims()[people->row] == Victim::combatant &&
           m_scene.lexicon().classes()[draft.type].rule == Rule::seize;
}

/// Who may be called «the fighters»: the armed group named last in the sentence, never a state's forces.
std::optional<std::size_t> Participants::rebels_before(Draft const& draft) const {
    std::size_t const sentence = m_scene.text().sentences()[m_scene.clauses()[draft.clause].sentence].begin;
    std::optional<std::size_t> last;
    for (std::size_t const i : actors_in({sentence, draft.tokens.begin})) {
        last = m_actors[i].inter == 2 ? i : last;
    }
    return last;
}

/// The subject of a sentence that begins with it.
std::optional<std::size_t> Participants::subject_before(Draft& draft) const {
    // What bursts has no other subject: «سيطرت X على A، وانفجر لغم في B».
    bool const is_others = is_answered(draft) || has_unnamed_subject(draft) || is_of_unknown_source(draft);
    if (is_others || m_scene.has_listed(draft.tokens, "bursting")) {
        return std::nullopt;
    }
    if (auto const speaker = speaker_of(draft)) {
        return speaker;
    }
    text::TokenRange const clause = m_scene.clauses()[draft.clause].tokens;
    std::optional<std::size_t> last;
    std::size_t const spoken_for = owner_unnamed_before(draft);
    for (std::size_t const i : actors_in(draft.before)) {
        std::size_t const begin = m_actors[i].tokens.begin;
        bool const is_shaken = begin > 0 && m_scene.has_listed({begin - 1, begin}, "scene_of");
        if (foils(draft, m_actors[i])) {
            draft.target = m_actors[i].actors;
            continue;
        }
        // «خاض اشتباكات مع X انتهت بسيطرته»
        bool const is_seizure = m_scene.lexicon().classes()[draft.type].rule == Rule::seize;
        bool const goes_on_alone = draft.pronoun != Pronoun::none || is_seizure;
        bool const is_company = goes_on_alone && is_fought(draft, i);
        if (is_company && draft.target.empty() && is_seizure && is_met_in_battle(m_scene, m_actors[i])) {
            take(draft.target, i);
        }
        if (is_company || begin < spoken_for || is_shaken ||
            (draft.plover == "ASSAULT" && is_finder(m_scene, m_actors[i])) ||
            is_source_of(m_scene, m_actors[i], draft)) {
            continue; // «هزت تركيا سلسلة هجمات»
        }
        bool const follows_closely = i > 0 && begin - m_actors[i - 1].tokens.end <= 1;
        // «عناصر من "الحرس الثوري" الإيراني»: one name, in two parts.
        if (follows_closely && m_actors[i].actors.front().id == m_actors[i - 1].actors.front().id) {
            continue;
        }
        // «تحييد عناصر من X حاولوا التسلل»: who tried it stands right before the verb.
        std::size_t const end = m_actors[i].tokens.end;
        bool const tries = m_scene.has_cue({end, end + 1}, Cue::attempt);
        Position const position = position_of(m_scene, m_actors[i], clause);
        // «قتل على يد مسلحين أطلقوا النار عليه»: what is said of the agent follows at once.
        bool const goes_on = position == Position::agent && end == draft.tokens.begin &&
                             is_verb(draft.part) && draft.number == Number::plural;
        bool const is_free = position == Position::free || goes_on || is_accused(i);
        if ((is_free || tries) && can_act(draft, m_actors[i])) {
            // What «و» joins, or brackets add, belongs to the actor before it; but «اتهمت X Y بقصف A».
            last = last && follows_closely && !is_accused(i) ? *last : i;
        }
    }
    return last;
}

/// The subject of a verb, or whose act a noun names: after it in Arabic, before it in a sentence that begins
/// with its subject.
bool Participants::set_subject(Draft& draft) const {
    if (auto const own = actors_in({draft.tokens.begin, draft.tokens.begin + 1}); !own.empty()) {
        take(draft.initiator, own.front()); // «غارات إسرائيلية»
        return true;
    }
    if (set_sides(draft) || set_both_sides(draft)) {
        return true;
    }
    set_partner(draft);
    if (set_subject_behind(draft)) {
        return true;
    }
    if (names_fighters(draft)) {
        auto const rebels = rebels_before(draft);
        draft.initiator = rebels ? m_actors[*rebels].actors : draft.initiator;
        return rebels.has_value();
    }
    auto const before = subject_before(draft);
    if (before) {
        take(draft.initiator, *before);
        part_partners(draft);
    }
    return before.has_value();
}

/// «توصل X من جهة وY من جهة أخرى إلى هدنة»: of those who agree the first is one side, the rest the other.
void Participants::part_partners(Draft& draft) const {
    std::string const& type = m_scene.lexicon().classes()[draft.type].name;
    if (type != "agreement" && type != "truce") {
        return;
    }
    text::TokenRange const clause = m_scene.clauses()[draft.clause].tokens;
    std::vector<ActorRef> sides;
    for (std::size_t const i : actors_in({clause.begin, draft.tokens.begin})) {
        ActorRef const& side = m_actors[i].actors.front();
        bool const is_known =
            std::any_of(sides.begin(), sides.end(), [&](ActorRef const& each) { return each.id == side.id; });
        if (!is_known && m_actors[i].actors.size() == 1 &&
            position_of(m_scene, m_actors[i], clause) == Position::free) {
            sides.push_back(side);
        }
    }
    if (sides.size() > 1) {
        draft.initiator = {sides.front()};
        draft.target.assign(sides.begin() + 1, sides.end());
    }
}

/// «مدينة A التي استولوا عليها»: what is told of the place right before; no place takes another.
bool Participants::is_of_place_before(Draft const& draft) const {
    Clause const& clause = m_scene.clauses()[draft.clause];
    auto const& places = m_scene.places();
    return clause.opening == Clause::Opening::relative && draft.number == Number::plural &&
           std::any_of(places.begin(), places.end(), [&](auto const& place) {
               return place.tokens.end == clause.tokens.begin && place.mention.role != Role::metonym;
           });
}

/// «اشتباكات مع X التي سيطرت على …»: a verb right behind the relative pronoun is of whoever stands before
/// that.
bool Participants::tells_of_antecedent(Draft const& draft) const {
    Clause const& clause = m_scene.clauses()[draft.clause];
    constexpr std::size_t reach = 2;
    // "which took control of the base"
    bool const is_phrase =
        draft.part == Part::phrase && m_scene.lexicon().classes()[draft.type].rule == Rule::seize;
    bool const is_finite = is_verb(draft.part) && !draft.may_be_noun;
    if (is_of_place_before(draft)) {
        return false;
    }
    if (clause.opening != Clause::Opening::relative || draft.pronoun != Pronoun::none) {
        return false;
    }
    // «مقاتلي X الذين خاضوا أمس اشتباكات مع Y»
    constexpr std::size_t carried = 6;
    text::TokenRange const head{clause.tokens.begin, clause.tokens.begin + reach};
    auto const words = m_scene.words_in(head);
    bool const is_carried = draft.part == Part::noun && draft.tokens.begin < head.end + carried &&
                            std::any_of(words.begin(), words.end(), [](Word const& word) {
                                return is_cue(word, Cue::perform) && is_verb(word.match.part) &&
                                       word.match.number == Number::plural &&
                                       word.match.pronoun == Pronoun::none;
                            });
    return is_carried || ((is_finite || is_phrase) && draft.tokens.begin < head.end);
}

bool Participants::set_antecedent(Draft& draft) const {
    std::size_t const begin = m_scene.clauses()[draft.clause].tokens.begin;
    if (!tells_of_antecedent(draft) || begin == 0) {
        return false;
    }
    for (std::size_t i = m_actors.size(); i-- > 0;) {
        std::size_t const end = m_actors[i].tokens.end;
        std::string_view const mark = end + 1 == begin ? m_scene.text().codes(end) : std::string_view{};
        bool const is_before = end == begin || mark == "," || mark == "\"" ||
                               (!mark.empty() && mark.front() == text::close_quote);
        if (is_before && can_act(draft, m_actors[i])) {
            draft.initiator = m_actors[i].actors;
            return true;
        }
    }
    return false;
}

} // namespace kharita::event
