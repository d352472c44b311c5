#include "event/participants.hpp"

#include <algorithm>
#include <array>

#include "event/drafting.hpp"

namespace kharita::event {

std::vector<std::size_t> Participants::actors_in(text::TokenRange range) const {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < m_actors.size(); ++i) {
        if (range.contains(m_actors[i].tokens.begin)) {
            found.push_back(i);
        }
    }
    return found;
}

/// Adds whom a victim's clause counts besides it: «عنصران من X وأربعة من Y».
void Participants::add_counted(Draft& draft, std::size_t first, text::TokenRange clause) const {
    for (std::size_t i = first + 1; i < m_actors.size() && clause.contains(m_actors[i].tokens.begin); ++i) {
        ActorRef const& next = m_actors[i].actors.front();
        bool const is_known = std::any_of(draft.target.begin(), draft.target.end(),
                                          [&](ActorRef const& each) { return each.id == next.id; });
        if (!is_known && is_counted_too(m_scene, m_actors[i], clause)) {
            draft.target.push_back(next);
        }
    }
}

/// Whether a word for the dead or hurt stands a few words before.
bool Participants::has_toll_before(std::size_t token) const {
    constexpr std::size_t reach = 6;
    auto const words = m_scene.words_in({token - std::min(token, reach), token});
    return std::any_of(words.begin(), words.end(),
                       [](Word const& word) { return word.kind == WordKind::casualty; });
}

/// «ما أسفر عن مقتل ثلاثة من عناصر X»: whose people died or were hurt, in the clause that tells what came of
/// it.
bool Participants::set_target_by_outcome(Draft& draft) const {
    Clause const& clause = m_scene.clauses()[draft.clause];
    std::size_t end = draft.stretch.end;
    // «أسفرت الغارات التي …، عن مقتل …»: the outcome stands behind the relative clause.
    bool const is_led = m_scene.has_cue(draft.before, Cue::consequence);
    for (std::size_t next = draft.clause + 1; end == clause.tokens.end && next < m_scene.clauses().size();
         ++next) {
        Clause const& outcome = m_scene.clauses()[next];
        bool const goes_on = outcome.opening == Clause::Opening::consequence ||
                             (is_led && outcome.opening == Clause::Opening::relative);
        if (outcome.sentence != clause.sentence || !goes_on) {
            break;
        }
        end = outcome.tokens.end;
    }
    for (std::size_t const i : actors_in({draft.stretch.end, end})) {
        text::TokenRange const range = m_scene.clauses()[m_scene.clause_of(m_actors[i].tokens.begin)].tokens;
        bool const is_doer = are_allies(draft.initiator, m_actors[i]);
        // «عناصر من X», «عناصر X» after a word for dying
        Position const position = position_of(m_scene, m_actors[i], range);
        bool const are_hurt = position == Position::victim ||
                              (position == Position::object && has_toll_before(m_actors[i].tokens.begin));
        if (!is_doer && are_hurt && m_actors[i].inter != 7) {
            take(draft.target, i);
            add_counted(draft, i, range);
            return true;
        }
    }
    return false;
}

/// «تعرض X لهجوم»: whoever suffers an act.
bool Participants::set_sufferer(Draft& draft) const {
    if (draft.clitics.preposition != text::code(U'ل') || is_verb(draft.part)) {
        return false;
    }
    for (Word const& word : m_scene.words_in(draft.before)) {
        auto const behind = is_cue(word, Cue::suffer) && is_verb(word.match.part)
                                ? actors_in({word.match.tokens.end, draft.tokens.begin})
                                : std::vector<std::size_t>{};
        if (!behind.empty() && !are_allies(draft.initiator, m_actors[behind.front()])) {
            take(draft.target, behind.front());
            return true;
        }
    }
    return false;
}

/// Whom the words before an actor, or the dead counted of its people, say to be hit.
bool Participants::set_object(Draft& draft) const {
    text::TokenRange const clause = m_scene.clauses()[draft.clause].tokens;
    auto const words_before = m_scene.words_in({draft.before.begin, draft.tokens.end});
    bool const counts_dead = std::any_of(words_before.begin(), words_before.end(),
                                         [](Word const& word) { return word.kind == WordKind::casualty; });
    // «استهدفت مواقع X إثر هجوم في …»: what stands before the word for time is of the other act.
    std::size_t const begin = draft.tokens.begin;
    bool const is_apart = begin > 0 && m_scene.has_listed({begin - 1, begin}, "after");
    text::TokenRange const before = is_apart ? text::TokenRange{begin, begin} : draft.before;
    for (text::TokenRange const range : {draft.stretch, draft.aimed_at, before}) {
        for (std::size_t const i : actors_in(range)) {
            Position const position = position_of(m_scene, m_actors[i], clause);
            bool const is_told = draft.tokens.end <= m_actors[i].tokens.begin;
            // «ومرتزقة X»: behind a word for people, but nobody is said to have died
            bool const is_victim = position == Position::victim && (is_told || counts_dead);
            bool const is_object = position == Position::object || is_victim ||
                                   (is_told && is_loser(draft, m_actors[i])) ||
                                   (is_told && position == Position::free && is_aimed_at(draft, m_actors[i]));
            // «مظاهرة في A، وفرقت X مظاهرة أخرى»: who breaks up another one is not its target.
            std::size_t const at = m_actors[i].tokens.begin;
            bool const disperses = draft.plover == "PROTEST" &&
                                   m_scene.has_listed({at - std::min<std::size_t>(at, 3), at}, "dispersing");
            // «تقصف X مواقع Y بعدما حملته مسؤولية التفجير»: nor is whom an act before it hit.
            bool const is_of_other =
                at < begin && m_scene.has_listed({m_actors[i].tokens.end, begin}, "after");
            if (disperses || is_of_other || is_finder(m_scene, m_actors[i]) ||
                are_allies(draft.initiator, m_actors[i]) || is_suspicion(m_scene, m_actors[i])) {
                continue;
            }
            if (is_object) {
                take(draft.target, i);
                add_counted(draft, i, clause);
                return true;
            }
        }
    }
    return false;
}

void Participants::set_target(Draft& draft) const {
    if (!draft.target.empty() || set_object(draft)) {
        return;
    }
    text::TokenRange const clause = m_scene.clauses()[draft.clause].tokens;
    // Protests are not dealt out to anybody.
    if (draft.plover == "PROTEST" || set_target_by_pronoun(draft) || set_sufferer(draft)) {
        return;
    }
    for (std::size_t const i : actors_in(draft.before)) {
        if (foils(draft, m_actors[i])) {
            take(draft.target, i);
            return;
        }
    }
    if (set_target_by_outcome(draft) || set_own_loss(draft)) {
        return;
    }
    for (std::size_t const i : actors_in({draft.tokens.end, clause.end})) {
        if (is_loser(draft, m_actors[i]) && !are_allies(draft.initiator, m_actors[i])) {
            take(draft.target, i);
            return;
        }
    }
    // «أعلن الجيش X مقتل جنديين في قصف»: his own.
    for (std::size_t const i : actors_in(draft.before)) {
        if (announced_by(m_scene, m_actors[i], draft.before) == Announced::losses) {
            take(draft.target, i);
            return;
        }
    }
    if (draft.initiator.empty()) {
        return;
    }
    // «هاجم X مواقع …، قصف X Y»: a second actor after the first is the object; so is one right behind the
    // verb of whoever acts: «X استهدفوا Y بغارات».
    for (std::size_t const i : actors_in(draft.stretch)) {
        if (can_be_object(draft, m_actors[i])) {
            take(draft.target, i);
            return;
        }
    }
    for (std::size_t const i : actors_in(draft.before)) {
        if (is_object_before(draft, i) && can_be_object(draft, m_actors[i])) {
            take(draft.target, i);
            return;
        }
    }
}

/// Whether an actor may be the object of what others did, where nothing before it says so.
bool Participants::can_be_object(Draft const& draft, ActorMention const& actor) const {
    std::size_t const begin = actor.tokens.begin;
    std::string const& id = actor.actors.front().id;
    bool const is_known =
        are_allies(draft.initiator, actor) ||
        std::any_of(draft.initiator.begin(), draft.initiator.end(),
                    [&](ActorRef const& each) { return is_same_state(m_scene, each.id, id); });
    // «سقطت قذائف على شارعي الثورة وبغداد»
    bool const is_place =
        std::any_of(m_scene.places().begin(), m_scene.places().end(), [&](auto const& place) {
            return place.tokens.begin == begin && place.mention.role != Role::metonym;
        });
    bool const is_source =
        speaks(m_scene, actor) || (begin > 0 && m_scene.has_cue({begin - 1, begin}, Cue::according));
    text::TokenRange const clause = m_scene.clauses()[draft.clause].tokens;
    return !is_known && !is_place && !is_source && actor.country != "UNO" &&
           position_of(m_scene, actor, clause) == Position::free && !is_bystander(m_scene, draft, actor) &&
           !is_suspicion(m_scene, actor);
}

/// «X استهدفوا مسلحي Y بغارات»: right behind a verb whose subject is the initiator and stands before it.
bool Participants::is_object_before(Draft const& draft, std::size_t index) const {
    std::size_t at = m_actors[index].tokens.begin;
    at -= at > 0 && m_scene.has_listed({at - 1, at}, "fighters_of") ? 1U : 0U;
    Word const* const verb = at > 0 ? m_scene.word_at(at - 1, WordKind::trigger) : nullptr;
    if (verb == nullptr || index == 0 || !is_verb(verb->match.part) || draft.part != Part::noun) {
        return false;
    }
    std::string const& subject = m_actors[index - 1].actors.front().id;
    return draft.before.begin <= m_actors[index - 1].tokens.begin &&
           std::any_of(draft.initiator.begin(), draft.initiator.end(),
                       [&](ActorRef const& each) { return m_scene.lexicon().are_allies(each.id, subject); });
}

/// «وسقطت قذيفة مجهولة المصدر»
bool Participants::is_of_unknown_source(Draft const& draft) const {
    return m_scene.has_listed(draft.tokens, "falling") && m_scene.has_listed(draft.stretch, "unknown_owner");
}

/// «الطيران الحربي» of no named owner, «الأكراد»: over another country, who goes by a shared name is not the
/// one that is mostly meant at home; planes there are more likely that country's own.
void Participants::part_from_abroad(Draft& draft) const {
    constexpr double shared_name = 0.65; // certainty of what several go by
    auto const& actors = m_scene.lexicon().actors();
    std::string country;
    for (std::size_t const i : draft.places) {
        auto const& place = m_scene.places()[i].mention.place;
        country = place ? place->country : country;
    }
    if (country.empty()) {
        return;
    }
    constexpr int rebels = 2;
    auto const is_elsewhere = [&](ActorRef const& each) {
        return each.confidence < shared_name &&
               std::any_of(actors.begin(), actors.end(), [&](Actor const& actor) {
                   return actor.id == each.id && actor.inter <= rebels && actor.country != country;
               });
    };
    std::erase_if(draft.target, is_elsewhere);
    if (std::erase_if(draft.initiator, is_elsewhere) == 0 || !draft.initiator.empty() || !flies(draft)) {
        return;
    }
    constexpr double likely = 0.5;
    if (Actor const* const own =
            branch_of(m_scene.lexicon(), country, Branch::military, m_scene.report().published)) {
        draft.initiator = {{own->id, own->name, likely}};
    }
}

/// A clause that goes on from the one before may leave out its subject.
void Participants::inherit(Draft& draft, std::size_t index) const {
    // A bombing that the report comes back to has other people behind it than the strikes it is told beside.
    if (index == 0 || !draft.continues || draft.sub_event_type == "Suicide bomb") {
        return;
    }
    Draft const& earlier = m_drafts[index - 1];
    bool const same_sentence =
        m_scene.clauses()[earlier.clause].sentence == m_scene.clauses()[draft.clause].sentence;
    // «في حين سقطت قذيفتان على X»: what falls has a subject of its own.
    bool const falls = (m_scene.has_listed(draft.tokens, "falling") && earlier.clause != draft.clause) ||
                       m_scene.has_listed(draft.tokens, "bursting");
    // «تصدت وحدة لمحاولة تسلل»: nor is whoever did the other things the one who was held up.
    bool const is_foiled = draft.modality == Modality::failed && m_scene.has_listed(draft.before, "foiling");
    if (is_foiled || is_answered(draft)) {
        return;
    }
    if (!same_sentence || earlier.initiator.empty() || tells_of_antecedent(draft) || falls ||
        is_of_unknown_source(draft) || has_unnamed_subject(draft)) {
        return;
    }
    auto const& actors = m_scene.lexicon().actors();
    auto const has_no_planes = [&](ActorRef const& ref) {
        auto const actor =
            std::find_if(actors.begin(), actors.end(), [&](Actor const& each) { return each.id == ref.id; });
        return actor != actors.end() && (is_rebel(actor->inter) || actor->plover.ends_with(" REB"));
    };
    if (flies(draft) && std::all_of(earlier.initiator.begin(), earlier.initiator.end(), has_no_planes)) {
        return;
    }
    if (!draft.target.empty() && draft.target.front().id == earlier.initiator.front().id) {
        return;
    }
    draft.initiator = earlier.initiator;
    if (flies(draft)) { // «قصفت قوات X وY بلدة A، وتعرضت B لقصف جوي»
        std::erase_if(draft.initiator, [&](ActorRef const& each) { return has_no_planes(each); });
    }
    for (ActorRef& each : draft.initiator) {
        each.confidence *= 0.7;
    }
    draft.note("initiator as in the clause before", 0.95);
    bool const is_clash = m_scene.lexicon().classes()[draft.type].name == "clash";
    if (is_clash && draft.target.empty()) {
        draft.target = earlier.target; // «قصف X مواقع Y في A، ودارت معارك في B»
    }
}

namespace {

/// «• قصف X بلدة A. • تجدد القصف على B»: items of a list know nothing of each other.
bool are_apart(Scene const& scene, Draft const& earlier, Draft const& draft) {
    std::size_t const first = scene.text().paragraph_of(earlier.tokens.begin);
    std::size_t const second = scene.text().paragraph_of(draft.tokens.begin);
    return first != second && scene.is_item(second);
}

} // namespace

/// «الخطف», «الغارات», the dead counted at one place: whoever did what was told before under the same type.
void Participants::share_known(Draft& draft, std::size_t index) const {
    bool const is_known = draft.is_part || (draft.is_definite && draft.part == Part::noun);
    if (!is_known || !draft.initiator.empty() || draft.plover != "ASSAULT" ||
        draft.sub_event_type == "Armed clash") {
        return;
    }
    for (std::size_t i = index; i-- > 0;) {
        Draft const& earlier = m_drafts[i];
        if (are_apart(m_scene, earlier, draft)) {
            return;
        }
        if (earlier.sub_event_type == draft.sub_event_type && !earlier.initiator.empty() &&
            earlier.modality == draft.modality) {
            draft.initiator = earlier.initiator;
            for (ActorRef& each : draft.initiator) {
                each.confidence *= 0.7;
            }
            draft.note("initiator as told before", 0.95);
            return;
        }
    }
}

/// Where a report knows the planes of one side only, strikes of no named owner are theirs.
void Participants::share_planes() const {
    std::vector<ActorRef> const* owner = nullptr;
    for (Draft const& draft : m_drafts) {
        if (draft.sub_event_type != "Air/drone strike" || draft.initiator.empty()) {
            continue;
        }
        if (owner != nullptr && owner->front().id != draft.initiator.front().id) {
            return;
        }
        owner = &draft.initiator;
    }
    if (owner == nullptr) {
        return;
    }
    std::vector<ActorRef> const shared = *owner;
    for (Draft& draft : m_drafts) {
        // «طائرات لم تعرف هويتها»: nobody's that the report knows.
        constexpr std::size_t reach = 10;
        text::TokenRange const near{draft.before.begin, draft.tokens.end + reach};
        if (draft.sub_event_type == "Air/drone strike" && draft.initiator.empty() &&
            draft.modality == Modality::occurred && !m_scene.has_listed(near, "unknown_owner")) {
            draft.initiator = shared;
            for (ActorRef& each : draft.initiator) {
                each.confidence *= 0.6;
            }
            draft.note("by the only planes that the report names", 0.95);
        }
    }
}

/// «قصفت موسكو»: where a government fights, its military does. It is the government that threatens and plans.
void Participants::fight_by_army(Draft& draft) const {
    bool const is_armed = draft.sub_event_type == "Air/drone strike" ||
                          draft.sub_event_type == "Armed clash" ||
                          draft.sub_event_type == "Shelling/artillery/missile attack";
    auto const& actors = m_scene.lexicon().actors();
    bool const is_done = draft.modality != Modality::threatened && draft.modality != Modality::planned;
    for (std::size_t i = 0; is_armed && is_done && i < draft.initiator.size(); ++i) {
        ActorRef& each = draft.initiator[i];
        auto const actor = std::find_if(actors.begin(), actors.end(),
                                        [&](Actor const& known) { return known.id == each.id; });
        bool const governs = actor != actors.end() && actor->plover.ends_with(" GOV");
        Actor const* const army = governs ? branch_of(m_scene.lexicon(), actor->country, Branch::military,
                                                      m_scene.report().published)
                                          : nullptr;
        bool const is_named =
            army != nullptr && std::any_of(draft.initiator.begin(), draft.initiator.end(),
                                           [&](ActorRef const& other) { return other.id == army->id; });
        if (army != nullptr && !is_named) {
            each.id = army->id;
            each.name = army->name;
        }
    }
}

/// «قصف التحالف الدولي مدينة X»: from the air, where it has nothing else there and no means is named.
void Participants::type_by_owner(Draft& draft) const {
    auto const& actors = m_scene.lexicon().actors();
    bool const is_theirs =
        !draft.initiator.empty() && std::any_of(actors.begin(), actors.end(), [&](Actor const& each) {
            return each.branch == Branch::air && each.id == draft.initiator.front().id;
        });
    auto const& categories = m_scene.lexicon().categories();
    auto const air = std::find_if(categories.begin(), categories.end(),
                                  [](WeaponCategory const& each) { return each.name == "air"; });
    if (is_theirs && draft.weapon.empty() && air != categories.end() &&
        m_scene.lexicon().classes()[draft.type].name == "shelling") {
        draft.sub_event_type = air->sub_event_type;
        draft.plover = air->plover;
        draft.plover_mode = air->plover_mode;
        draft.category = static_cast<std::size_t>(air - categories.begin());
        draft.note("from the air, as all of theirs", 0.95);
    }
}

/// Whoever protests, or is shot at for it, is a protester where nothing else is said (ACLED codebook,
/// "Actors").
void Participants::name_protesters(Draft& draft) const {
    auto const& actors = m_scene.lexicon().actors();
    auto const found =
        std::find_if(actors.begin(), actors.end(), [](Actor const& each) { return each.inter == 6; });
    bool const is_force = draft.sub_event_type == "Excessive force against protesters";
    std::vector<ActorRef>& side = is_force ? draft.target : draft.initiator;
    bool const is_protest = is_force || draft.sub_event_type == "Peaceful protest" ||
                            draft.sub_event_type == "Protest with intervention";
    if (is_protest && found != actors.end() &&
        (side.empty() || (!is_force && side.front().id == "civilians"))) {
        side = {{found->id, found->name, 0.9}};
    }
    if (is_force && (draft.initiator.empty() || draft.initiator.front().id == "civilians")) {
        draft.initiator.clear(); // «احتجاجا لأهالي X»: those who protest
        set_disperser(draft);
    }
}

/// Who protests did not shoot at the protest.
void Participants::part_protesters() const {
    auto const protests = [](ActorRef const& each) { return each.id == "protesters"; };
    for (Draft& draft : m_drafts) {
        bool const is_turned = draft.sub_event_type == "Excessive force against protesters" &&
                               std::ranges::any_of(draft.target, protests) &&
                               std::ranges::any_of(draft.initiator, protests);
        if (is_turned) {
            draft.initiator.clear();
            set_disperser(draft);
        }
    }
}

/// «فضت X بالرصاص احتجاجا»: whoever breaks it up stands behind the verb.
void Participants::set_disperser(Draft& draft) const {
    constexpr std::size_t reach = 3;
    for (Word const& word : m_scene.words_in(m_scene.clauses()[draft.clause].tokens)) {
        std::size_t const end = word.match.tokens.end;
        bool const disperses = word.kind == WordKind::list_word && is_verb(word.match.part) &&
                               m_scene.lexicon().list_name(word.row) == "dispersing";
        auto const behind = disperses ? actors_in({end, std::min(end + reach, m_scene.text().size())})
                                      : std::vector<std::size_t>{};
        if (!behind.empty()) {
            take(draft.initiator, behind.front());
            return;
        }
    }
}

/// «فجر انتحاري من X نفسه»: whom a suicide bomber is of.
void Participants::set_bomber(Draft& draft) const {
    constexpr std::size_t reach = 3;
    static std::string const of = text::fold_key("من");
    text::TokenRange const clause = m_scene.clauses()[draft.clause].tokens;
    for (Word const& word : m_scene.words_in(clause)) {
        std::size_t const end = word.match.tokens.end;
        bool const is_bomber =
            word.kind == WordKind::list_word && m_scene.lexicon().list_name(word.row) == "suicide_bomber";
        if (!is_bomber || m_scene.text().codes(end) != of) {
            continue;
        }
        if (auto const of_whom = actors_in({end, std::min(end + reach, clause.end)}); !of_whom.empty()) {
            take(draft.initiator, of_whom.front());
            return;
        }
    }
}

/// «أغارت الطائرات على رتل له», «مواقع لهم»: a pronoun behind what is aimed at speaks of whoever was named
/// last before the act.
bool Participants::set_target_by_pronoun(Draft& draft) const {
    constexpr std::size_t reach = 10;
    static std::array const pronouns{text::fold_key("له"), text::fold_key("لهم"), text::fold_key("لها")};
    std::size_t const end = std::min(draft.tokens.end + reach, draft.stretch.end);
    for (std::size_t token = draft.tokens.end + 1; token < end; ++token) {
        bool const is_theirs =
            (m_scene.has_cue({token - 1, token}, Cue::object) ||
             m_scene.has_listed({token - 1, token}, "belonging")) &&
            std::find(pronouns.begin(), pronouns.end(), m_scene.text().codes(token)) != pronouns.end();
        if (!is_theirs) {
            continue;
        }
        std::size_t const sentence = m_scene.text().sentence_of(token);
        for (std::size_t i = m_actors.size(); i-- > 0;) {
            auto const& who = m_actors[i].actors.front().id;
            bool const acts = std::any_of(draft.initiator.begin(), draft.initiator.end(),
                                          [&](ActorRef const& each) { return each.id == who; });
            std::size_t const begin = m_actors[i].tokens.begin;
            if (begin < draft.tokens.begin && !acts && m_scene.text().sentence_of(begin) + 1 >= sentence) {
                take(draft.target, i);
                return true;
            }
        }
        return false;
    }
    return false;
}

void Participants::find(std::size_t index) {
    Draft& draft = m_drafts[index];
    bool const is_expulsion = m_scene.lexicon().classes()[draft.type].name == "expel";
    bool const is_set = (is_expulsion && set_sides_of_expulsion(draft)) || set_agent(draft) ||
                        set_subject(draft) || set_antecedent(draft);
    if (!is_set) {
        inherit(draft, index);
    }
    if (draft.initiator.empty() && draft.sub_event_type == "Suicide bomb") {
        set_bomber(draft);
    }
    share_known(draft, index);
    name_protesters(draft);
    fight_by_army(draft);
    type_by_owner(draft);
    turn_partner(draft);
    set_target(draft);
    set_holder(draft);
    part_from_abroad(draft);
    draft.claimed_by = source_of(m_scene, m_scene.clauses()[draft.clause].tokens);
}

void find_actors(Scene const& scene, std::vector<Draft>& drafts) {
    Participants participants{scene, drafts};
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        participants.find(i);
    }
    participants.share_losers();
    participants.turn_sides();
    participants.share_claims();
    participants.share_blame();
    participants.share_bombing();
    participants.share_planes();
    participants.part_protesters();
}

} // namespace kharita::event
