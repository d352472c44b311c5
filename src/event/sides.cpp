#include <algorithm>
#include <array>
#include <iterator>

#include "event/drafting.hpp"
#include "event/participants.hpp"
#include "gazetteer/gazetteer.hpp"

// Two sides: of a clash, of what is taken from somebody, of a place that somebody holds.

namespace kharita::event {

namespace {

bool is_clash(Scene const& scene, Draft const& draft) {
    return scene.lexicon().classes()[draft.type].name == "clash";
}

/// «من جهة», «من طرف»: ends one side.
bool ends_side(Scene const& scene, text::TokenRange range) {
    static std::array const words{text::fold_key("جهة"), text::fold_key("طرف"), text::fold_key("جانب"),
                                  text::fold_key("ناحية")};
    for (std::size_t at = range.begin; at < range.end; ++at) {
        if (std::find(words.begin(), words.end(), scene.text().codes(at)) != words.end()) {
            return true;
        }
    }
    return false;
}

void add(std::vector<ActorRef>& side, std::vector<ActorRef> const& more) {
    for (ActorRef const& each : more) {
        if (std::none_of(side.begin(), side.end(),
                         [&](ActorRef const& known) { return known.id == each.id; })) {
            side.push_back(each);
        }
    }
}

} // namespace

bool Participants::are_allies(std::vector<ActorRef> const& side, ActorMention const& actor) const {
    return std::any_of(side.begin(), side.end(), [&](ActorRef const& each) {
        return m_scene.lexicon().are_allies(each.id, actor.actors.front().id);
    });
}

/// «أطلقوا النار على X», «هجوم على مسلحي X», «المعارك ضد X»: whoever it is done to.
bool Participants::is_aimed_at(Draft const& draft, ActorMention const& actor) const {
    static std::array const onto{text::fold_key("على"), text::fold_key("ضد")};
    constexpr std::size_t reach = 8;
    std::size_t const begin = actor.tokens.begin;
    if (draft.plover != "ASSAULT" || begin < draft.tokens.end || begin > draft.tokens.end + reach) {
        return false;
    }
    return std::find(onto.begin(), onto.end(), word_leading(m_scene, actor)) != onto.end();
}

/// «انتزعها من X», «من قبضة X»: from whom a place is taken.
bool Participants::is_loser(Draft const& draft, ActorMention const& actor) const {
    static std::string const from = text::fold_key("من");
    std::size_t const begin = actor.tokens.begin;
    constexpr std::size_t near = 2; // quotation marks
    TriggerClass const& type = m_scene.lexicon().classes()[draft.type];
    if (type.name == "receive" && begin >= draft.tokens.end && begin <= draft.tokens.end + near) {
        return word_leading(m_scene, actor) == from; // «تسلم من X مداخل الحي»
    }
    if (type.rule != Rule::seize || begin < draft.tokens.end + 1) {
        return false;
    }
    // «بعد مواجهات مع X»
    constexpr std::size_t before_name = 5;
    auto const words = m_scene.words_in({begin - std::min(begin - draft.tokens.end, before_name), begin});
    bool const are_fought = std::any_of(words.begin(), words.end(), [&](Word const& word) {
        Lexicon const& lexicon = m_scene.lexicon();
        return word.kind == WordKind::trigger &&
               lexicon.classes()[lexicon.triggers()[word.row].type].name == "clash";
    });
    if (are_fought && word_leading(m_scene, actor) == text::fold_key("مع")) {
        return true;
    }
    // «انتزع السيطرة على بلدة A من X»
    bool const is_parted = !m_scene.places_in({draft.tokens.end, begin}).empty() && is_verb(draft.part) &&
                           word_leading(m_scene, actor) == from;
    if (is_parted) {
        return true;
    }
    bool const is_gripped = begin > 1 && m_scene.has_listed({begin - 1, begin}, "grip") &&
                            m_scene.text().codes(begin - 2) == from;
    bool const is_held = draft.pronoun != Pronoun::none && begin == draft.tokens.end + 1;
    return is_gripped || (is_held && word_leading(m_scene, actor) == from);
}

/// Those that «بين» names behind a clash, in text order.
std::vector<std::size_t> Participants::named_between(Draft const& draft) const {
    static std::string const between = text::fold_key("بين");
    constexpr std::size_t reach = 16; // places and days may stand before «بين»
    constexpr std::size_t near = 4;
    std::size_t at = draft.tokens.end;
    std::size_t const last = std::min(draft.tokens.end + reach, draft.stretch.end);
    while (at < last && m_scene.text().codes(at) != between) {
        ++at;
    }
    if (at >= last) {
        return {};
    }
    text::TokenRange const clause = m_scene.clauses()[draft.clause].tokens;
    std::vector<std::size_t> named = actors_in({at, draft.stretch.end});
    std::erase_if(named, [&](std::size_t i) {
        return position_of(m_scene, m_actors[i], clause) == Position::supporter ||
               is_bystander(m_scene, draft, m_actors[i]) || m_actors[i].inter == civilian_inter;
    });
    // «بين سبتمبر ويناير»
    // «بين شبان من عشيرة … ووحدات X»: the first side is known to nobody.
    constexpr std::size_t far = 12;
    bool const is_second = !named.empty() && m_actors[named.front()].clitics.conjunction;
    bool const is_near =
        !named.empty() && m_actors[named.front()].tokens.begin <= at + (is_second ? far : near);
    return is_near ? named : std::vector<std::size_t>{};
}

/// «اشتباكات بين X وY», «بين X وW من جهة، وY من جهة أخرى»: allies stand on one side; where nothing else tells
/// them apart, the last is the other side.
bool Participants::set_sides(Draft& draft) const {
    std::vector<std::size_t> named =
        is_clash(m_scene, draft) ? named_between(draft) : std::vector<std::size_t>{};
    if (named.empty()) {
        return false;
    }
    // «بين X وY، ومقتل خمسة من Y»: named again, Y is no third side.
    auto const again = [&](std::size_t i) {
        return std::any_of(named.begin(), named.end(), [&](std::size_t earlier) {
            return earlier < i && m_actors[earlier].actors.front().id == m_actors[i].actors.front().id;
        });
    };
    std::vector<std::size_t> once;
    std::ranges::copy_if(named, std::back_inserter(once), [&](std::size_t i) { return !again(i); });
    named.swap(once);
    if (named.size() == 1) { // the other side is known to nobody
        bool const is_first = !m_actors[named.front()].clitics.conjunction;
        (is_first ? draft.initiator : draft.target) = m_actors[named.front()].actors;
        return true;
    }
    std::size_t parted = 1;
    while (parted < named.size() && !ends_side(m_scene, {m_actors[named[parted - 1]].tokens.end,
                                                         m_actors[named[parted]].tokens.begin})) {
        ++parted;
    }
    std::vector<ActorRef> first = m_actors[named.front()].actors;
    std::vector<ActorRef> second;
    if (parted == named.size()) { // no word parts them
        parted = 1;
        while (parted < named.size() && are_allies(first, m_actors[named[parted]])) {
            ++parted;
        }
        bool const both_rebel = is_rebel(m_actors[named.front()].inter) && is_rebel(m_actors[named[1]].inter);
        parted = parted == 1 && both_rebel ? named.size() - 1 : parted;
    }
    for (std::size_t i = 1; i < named.size(); ++i) {
        ActorMention const& actor = m_actors[named[i]];
        if (i < parted) {
            add(first, actor.actors);
        } else if (!are_allies(first, actor)) {
            add(second, actor.actors);
        }
    }
    draft.initiator = first;
    draft.target = second;
    return true;
}

/// «الاشتباكات بين الطرفين»: the last two of its sentence, else of the one before, who are not on one side.
bool Participants::set_both_sides(Draft& draft) const {
    constexpr std::size_t reach = 4;
    std::size_t const end = draft.tokens.end;
    if (!is_clash(m_scene, draft) ||
        !m_scene.has_listed({end, std::min(end + reach, draft.stretch.end)}, "both_sides")) {
        return false;
    }
    std::size_t const sentence = m_scene.clauses()[draft.clause].sentence;
    for (std::size_t back = 0; back < 2 && back <= sentence; ++back) {
        text::TokenRange const range = m_scene.text().sentences()[sentence - back];
        std::vector<std::size_t> sides = actors_in({range.begin, std::min(range.end, draft.tokens.begin)});
        std::erase_if(sides, [&](std::size_t i) {
            return m_actors[i].inter == civilian_inter || m_actors[i].country == "UNO" ||
                   speaks(m_scene, m_actors[i]);
        });
        for (std::size_t i = sides.size(); i-- > 1;) {
            for (std::size_t other = i; other-- > 0;) {
                ActorMention const& last = m_actors[sides[i]];
                ActorMention const& first = m_actors[sides[other]];
                if (!are_allies(first.actors, last)) {
                    draft.initiator = first.actors;
                    draft.target = last.actors;
                    draft.note("both sides as named before", 0.95);
                    return true;
                }
            }
        }
    }
    return false;
}

/// «اشتبك X مع Y», «قتل جندي من X في اشتباكات مع Y»: Y, who fights whoever else is named.
bool Participants::set_partner(Draft& draft) const {
    static std::array const with{text::fold_key("مع"), text::fold_key("ضد")};
    constexpr std::size_t reach = 10;
    if (!is_clash(m_scene, draft) || !draft.target.empty()) {
        return false;
    }
    std::size_t const end = std::min(draft.tokens.end + reach, draft.stretch.end);
    for (std::size_t const i : actors_in({draft.tokens.end, end})) {
        if (std::find(with.begin(), with.end(), word_leading(m_scene, m_actors[i])) != with.end()) {
            take(draft.target, i);
            return true;
        }
    }
    return false;
}

/// A clash whose one side is named behind «مع», and the other as its dead: «قتل جندي من X في اشتباكات مع Y».
void Participants::turn_partner(Draft& draft) const {
    if (!is_clash(m_scene, draft) || !draft.initiator.empty() || draft.target.empty() ||
        is_verb(draft.part)) {
        return;
    }
    draft.initiator.swap(draft.target);
}

/// «المعارك بين X وY إثر هجوم شنه Y»: whoever attacked began it.
void Participants::turn_sides() const {
    for (std::size_t i = 0; i + 1 < m_drafts.size(); ++i) {
        Draft& clash = m_drafts[i];
        Draft const& attack = m_drafts[i + 1];
        bool const is_led =
            m_scene.clauses()[attack.clause].sentence == m_scene.clauses()[clash.clause].sentence &&
            m_scene.lexicon().classes()[attack.type].name == "attack" && attack.tokens.begin > 0 &&
            m_scene.has_listed({attack.tokens.begin - 1, attack.tokens.begin}, "after");
        if (!is_clash(m_scene, clash) || !is_led || attack.initiator.empty() || clash.target.empty()) {
            continue;
        }
        std::string const& who = attack.initiator.front().id;
        if (std::any_of(clash.target.begin(), clash.target.end(),
                        [&](ActorRef const& each) { return each.id == who; })) {
            clash.initiator.swap(clash.target);
        }
    }
}

namespace {

/// Whom one side of a draft fought or followed, in what the same sentence tells beside it.
std::vector<ActorRef> opponent_in(Lexicon const& lexicon, std::vector<ActorRef> const& winner,
                                  Draft const& other) {
    auto const are_with = [&](std::vector<ActorRef> const& side) {
        return std::any_of(side.begin(), side.end(), [&](ActorRef const& each) {
            return lexicon.are_allies(each.id, winner.front().id);
        });
    };
    std::string const& type = lexicon.classes()[other.type].name;
    if (type == "withdraw") {
        return are_with(other.initiator) ? std::vector<ActorRef>{} : other.initiator;
    }
    if (type != "clash" && type != "attack") {
        return {};
    }
    bool const has_one_side = other.initiator.empty() || other.target.empty();
    if (are_with(other.initiator) && !are_with(other.target)) {
        return other.target;
    }
    bool const is_other_side = are_with(other.target) || (type == "clash" && has_one_side);
    return is_other_side && !are_with(other.initiator) ? other.initiator : std::vector<ActorRef>{};
}

} // namespace

/// «سيطر X على A بعد انسحاب Y», «اشتباكات بين X وY أسفرت عن سيطرة X على A»: from whom it was taken is told in
/// the same sentence.
void Participants::share_losers() const {
    for (std::size_t i = 0; i < m_drafts.size(); ++i) {
        Draft& draft = m_drafts[i];
        bool const is_open = m_scene.lexicon().classes()[draft.type].rule == Rule::seize &&
                             draft.target.empty() && !draft.initiator.empty();
        std::size_t const sentence = m_scene.clauses()[draft.clause].sentence;
        std::size_t first = i;
        while (is_open && first > 0 && m_scene.clauses()[m_drafts[first - 1].clause].sentence == sentence) {
            --first;
        }
        for (std::size_t other = first; is_open && draft.target.empty() && other < m_drafts.size() &&
                                        m_scene.clauses()[m_drafts[other].clause].sentence == sentence;
             ++other) {
            draft.target = opponent_in(m_scene.lexicon(), draft.initiator, m_drafts[other]);
        }
        if (is_open && !draft.target.empty()) {
            draft.note("target from what its sentence tells beside it", 0.95);
        }
    }
}

/// Who is said to hold a place right behind its name: «الخاضع لسيطرة X», «التي تسيطر عليها X».
std::optional<std::size_t> Participants::holder_of(text::TokenRange place) const {
    constexpr std::size_t reach = 6;
    constexpr std::size_t near = 2;
    std::size_t const sentence = m_scene.text().sentence_of(place.begin);
    std::size_t const end = std::min(place.end + reach, m_scene.text().sentences()[sentence].end);
    for (Word const& word : m_scene.words_in({place.end, end})) {
        std::size_t const behind = word.match.tokens.end;
        bool const is_control =
            word.kind == WordKind::list_word && m_scene.lexicon().list_name(word.row) == "held_by";
        bool const is_verb_of_it =
            word.kind == WordKind::trigger && word.match.part == Part::imperfect &&
            m_scene.lexicon().classes()[m_scene.lexicon().triggers()[word.row].type].rule == Rule::seize &&
            m_scene.has_cue({place.end, word.match.tokens.begin}, Cue::relative);
        if (!is_control && !is_verb_of_it) {
            continue;
        }
        auto const near_by = actors_in({behind, std::min(behind + near, end)});
        if (!near_by.empty() && m_scene.places_in({place.end, word.match.tokens.begin}).empty()) {
            return near_by.front();
        }
    }
    return std::nullopt;
}

/// «قصف X بلدة A الخاضعة لسيطرة Y»: aimed at whoever holds the place, where it is no friend and all places
/// told together have one holder.
void Participants::set_holder(Draft& draft) const {
    bool const is_hostile =
        draft.plover == "ASSAULT" || m_scene.lexicon().classes()[draft.type].rule == Rule::seize;
    if (!is_hostile || draft.initiator.empty() || !draft.target.empty()) {
        return;
    }
    std::optional<std::size_t> holder;
    for (std::size_t const i : draft.places) {
        auto const found = holder_of(m_scene.places()[i].tokens);
        bool const is_other =
            found && holder && m_actors[*found].actors.front().id != m_actors[*holder].actors.front().id;
        if (is_other || (found && are_allies(draft.initiator, m_actors[*found]))) {
            return;
        }
        holder = found ? found : holder;
    }
    if (holder && draft.sub_event_type != "Abduction/forced disappearance") {
        take(draft.target, *holder);
        draft.target_holds_place = true;
        draft.note("target holds the place", 0.95);
    }
}

/// «وكان متطرفون فتحوا النار»: people right before the verb are its subject, even where no list knows them.
bool Participants::has_unnamed_subject(Draft const& draft) const {
    std::size_t const begin = draft.tokens.begin;
    if (!is_verb(draft.part) || draft.may_be_noun || begin == 0) {
        return false;
    }
    Word const* const people = m_scene.word_at(begin - 1, WordKind::victim);
    bool const are_named = std::any_of(m_actors.begin(), m_actors.end(), [&](ActorMention const& actor) {
        return actor.tokens.begin < begin && actor.tokens.end + 1 >= begin; // "Islamic State militants"
    });
    return people != nullptr && people->match.number != Number::singular && !people->match.clitics.article &&
           !are_named;
}

/// «قال X إن مسيرة استهدفت سيارة وقتلت ثلاثة من عناصره»: whoever tells of it, where the dead are his own.
bool Participants::set_own_loss(Draft& draft) const {
    std::size_t const sentence = m_scene.text().sentence_of(draft.tokens.begin);
    text::TokenRange const whole = m_scene.text().sentences()[sentence];
    if (draft.initiator.empty() || !m_scene.has_listed({draft.tokens.end, whole.end}, "own_people")) {
        return false;
    }
    for (std::size_t const i : actors_in({whole.begin, draft.tokens.begin})) {
        std::size_t begin = m_actors[i].tokens.begin;
        begin -=
            begin > whole.begin && m_scene.text().tokens()[begin - 1].kind == text::Token::Kind::punctuation
                ? 1U
                : 0U;
        bool const says = begin > 0 && m_scene.has_cue({begin - 1, begin}, Cue::report);
        if (says && !are_allies(draft.initiator, m_actors[i])) {
            take(draft.target, i);
            return true;
        }
    }
    return false;
}

} // namespace kharita::event
