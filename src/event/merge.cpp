#include "event/merger.hpp"

#include <algorithm>
#include <chrono>
#include <ranges>

#include "event/place_finder.hpp"
#include "gazetteer/gazetteer.hpp"

namespace kharita::event {

bool Merger::is_same_place(std::optional<std::size_t> a, std::optional<std::size_t> b) const {
    if (!a || !b) {
        return !a && !b;
    }
    geoparse::Toponym const& x = m_scene.places()[*a];
    geoparse::Toponym const& y = m_scene.places()[*b];
    if (x.mention.place && y.mention.place) {
        return x.mention.place->id == y.mention.place->id;
    }
    std::string_view const source = m_scene.text().source();
    return text::fold_key(x.mention.span.of(source)) == text::fold_key(y.mention.span.of(source));
}

bool Merger::may_be_same_day(Draft const& a, Draft const& b) const {
    // What is not dated is news: not something of weeks ago. A place, however, is taken once.
    constexpr std::chrono::days news_age{10};
    bool const happens_once = m_scene.lexicon().classes()[a.type].rule == Rule::seize;
    // «وكانوا قد قصفوا …» without a day is of before the rest.
    bool const is_of_before = a.pluperfect != b.pluperfect && !(a.pluperfect ? a : b).date;
    if (is_of_before && !happens_once && m_scene.text().paragraph_of(a.tokens.begin) > 0) {
        return false;
    }
    if (!a.date || !b.date || (!a.date_is_own && !b.date_is_own)) {
        return true;
    }
    if (!a.date_is_own || !b.date_is_own) {
        return happens_once || std::chrono::abs(*a.date - *b.date) <= news_age;
    }
    if (*a.date <= b.date_end.value_or(*b.date) && *b.date <= a.date_end.value_or(*a.date)) {
        return true;
    }
    // «أمس» and «بعد منتصف ليل أمس» are one night, told from both its ends.
    return std::chrono::abs(*a.date - *b.date) <= std::chrono::days{1} && a.at_night != b.at_night;
}

bool Merger::may_be_same(Draft const& a, Draft const& b) const {
    // A place is taken once, so an undated telling is of the dated taking, however long ago; strikes recur.
    bool const happens_once = m_scene.lexicon().classes()[a.type].rule == Rule::seize;
    bool const same_modality =
        a.modality == b.modality || (happens_once && (!a.date_is_own || !b.date_is_own));
    // «يتصدى لهجوم» as a headline, and the body counts the dead of it.
    bool const only_aim_failed = (a.failed_in_aim && b.modality == Modality::failed) ||
                                 (b.failed_in_aim && a.modality == Modality::failed);
    return a.sub_event_type == b.sub_event_type && (same_modality || only_aim_failed) &&
           may_be_same_day(a, b);
}

void Merger::give_toll(Draft const& from, Draft& to) {
    if (to.places.size() > 1 && from.places.size() == 1) {
        return; // one place's toll is not that of all
    }
    bool const is_later = from.has_later_toll && from.tokens.begin > to.tokens.begin;
    if (!to.killed || (is_later && from.killed)) {
        to.killed = from.killed;
    }
    if (!to.injured || (is_later && from.injured)) {
        to.injured = from.injured;
    }
}

namespace {

bool are_opposed(Lexicon const& lexicon, std::vector<ActorRef> const& a, std::vector<ActorRef> const& b) {
    return std::none_of(a.begin(), a.end(), [&](ActorRef const& one) {
        return std::any_of(b.begin(), b.end(),
                           [&](ActorRef const& other) { return lexicon.are_allies(one.id, other.id); });
    });
}

} // namespace

void Merger::join_sides(Draft const& again, Draft& first) const {
    Lexicon const& lexicon = m_scene.lexicon();
    // One that names the first's initiator as its target tells the other way round.
    bool const is_turned = !first.initiator.empty() && !again.target.empty() &&
                           first.initiator.front().id == again.target.front().id;
    if (first.initiator.empty() && are_opposed(lexicon, again.initiator, first.target)) {
        first.initiator = again.initiator;
    }
    std::vector<ActorRef> const& other = is_turned ? again.initiator : again.target;
    if (first.target.empty() && are_opposed(lexicon, other, first.initiator)) {
        first.target = other;
        first.target_holds_place = again.target_holds_place;
    }
}

void Merger::join(Draft const& again, Draft& first) {
    give_toll(again, first);
    if (again.failed_in_aim && first.modality == Modality::failed) {
        first.modality = Modality::occurred;
        first.failed_in_aim = true;
        first.note("people died in it: it took place, only its aim failed");
    }
    bool const is_finer = again.date_is_own && again.date && again.time_precision < first.time_precision;
    if ((!first.date_is_own && again.date_is_own) || is_finer) {
        first.date = again.date;
        first.date_end = again.date_end;
        first.time_precision = again.time_precision;
        first.date_is_own = true;
        first.date_why = again.date_why;
        first.modality = again.modality;
    }
    if (first.weapon.empty()) { // the headline leaves out with what
        first.weapon = again.weapon;
        first.category = again.category ? again.category : first.category;
    }
    join_sides(again, first);
}

/// «تفجير X»: known by its place alone.
bool Merger::is_called_by_place(Draft const& draft) const {
    return draft.places.size() == 1 &&
           m_scene.places()[draft.places.front()].tokens.begin == draft.tokens.end;
}

/// Whether «هجوم» speaks of what another draft calls a bombing.
bool Merger::is_named_loosely(Draft const& attack, Draft const& named) const {
    std::string const& type = m_scene.lexicon().classes()[attack.type].name;
    bool const is_blast = type == "blast" && attack.part == Part::noun;
    bool const is_loose = (type == "attack" || is_blast) && !attack.category;
    // «الهجوم على X، الذي ترافق مع تفجير عربات»: the bombs went with it, and are not what it was.
    bool const is_beside = m_scene.has_listed(named.before, "going_with");
    bool const is_bombing = named.sub_event_type == "Suicide bomb" ||
                            (!is_blast && named.sub_event_type == "Remote explosive/landmine/IED");
    // «الروابط بين الهجوم في X والهجوم الذي …»: known, whatever day stands beside it.
    bool const is_known = type == "attack" && attack.is_definite && attack.part == Part::noun &&
                          attack.modality == Modality::historical && named.modality == Modality::occurred;
    return is_loose && is_bombing && !is_beside && (attack.modality == named.modality || is_known) &&
           may_be_same_day(attack, named) &&
           (attack.killed || named.killed || attack.is_definite || is_called_by_place(attack)) &&
           attack.places.size() == 1;
}

namespace {

/// An attack that another telling calls by what it was.
void call_as(Draft& attack, Draft const& named) {
    attack.sub_event_type = named.sub_event_type;
    attack.plover = named.plover;
    attack.plover_mode = named.plover_mode;
    attack.weapon = named.weapon;
    attack.category = named.category;
    attack.note("told again as what it was");
}

} // namespace

/// Joins two tellings of one bombing of which one does not say that it was one.
bool Merger::join_loosely_named(Happening const& happening) {
    Draft const& draft = m_drafts[happening.draft];
    for (Happening const& kept : m_kept) {
        Draft& first = m_drafts[kept.draft];
        if (!is_same_place(kept.place, happening.place)) {
            continue;
        }
        if (is_named_loosely(draft, first)) {
            join(draft, first);
            return true;
        }
        if (is_named_loosely(first, draft)) {
            call_as(first, draft);
            join(draft, first);
            return true;
        }
    }
    return false;
}

/// «ردا على الهجوم الانتحاري. وبعد أيام من الهجوم في X»: what the words just before
/// called a bombing, without its place, is the attack whose place is told.
void Merger::name_loose_attacks() {
    constexpr std::size_t reach = 30;
    auto const& lexicon = m_scene.lexicon();
    for (Draft& attack : m_drafts) {
        std::string const& name = lexicon.classes()[attack.type].name;
        bool const is_loose = (name == "attack" || name == "blast") && !attack.category &&
                              attack.is_definite && attack.part == Part::noun && !attack.places.empty();
        std::size_t const end = attack.tokens.begin;
        for (Word const& word : m_scene.words_in({end - std::min(end, reach), end})) {
            bool const is_suicide = word.kind == WordKind::trigger &&
                                    lexicon.classes()[lexicon.triggers()[word.row].type].name == "suicide";
            bool const is_placed = !m_scene.places_in({word.match.tokens.end, end}).empty();
            if (is_loose && is_suicide && !is_placed) {
                TriggerClass const& type = lexicon.classes()[lexicon.triggers()[word.row].type];
                attack.sub_event_type = type.sub_event_type;
                attack.plover = type.plover;
                attack.plover_mode = type.plover_mode;
                attack.note("called what it was just before", 0.9);
            }
        }
    }
}

void Merger::add(Happening const& happening) {
    if (join_loosely_named(happening)) {
        return;
    }
    Draft const& draft = m_drafts[happening.draft];
    for (Happening const& kept : m_kept) {
        Draft& first = m_drafts[kept.draft];
        if (kept.draft != happening.draft && may_be_same(first, draft) &&
            is_same_place(kept.place, happening.place)) {
            join(draft, first);
            return;
        }
    }
    m_kept.push_back(happening);
}

void Merger::settle_placeless(std::size_t index) {
    Draft const& draft = m_drafts[index];
    TriggerClass const& type = m_scene.lexicon().classes()[draft.type];
    if (!type.needs_place) {
        bool const known = std::any_of(m_kept.begin(), m_kept.end(), [&](Happening const& kept) {
            return may_be_same(m_drafts[kept.draft], draft);
        });
        if (!known) {
            m_kept.push_back({index, std::nullopt});
        }
        return;
    }
    bool const any_attack = type.name == "attack" && draft.is_definite && !draft.category;
    for (Happening const& kept : std::ranges::reverse_view{m_kept}) {
        Draft& antecedent = m_drafts[kept.draft];
        // «متأثرا بإصابته بقصف قديم» speaks of none of today's.
        bool const is_older =
            draft.modality == Modality::historical && antecedent.modality != Modality::historical;
        bool const fits = antecedent.sub_event_type == draft.sub_event_type ||
                          (any_attack && antecedent.plover == draft.plover);
        // «هجوم في X. وقال … إن الهجوم نفذه انتحاريان»
        constexpr std::size_t near = 3;
        bool const is_renamed = draft.sub_event_type == "Suicide bomb" && draft.is_definite &&
                                is_named_loosely(antecedent, draft) &&
                                sentence_of(draft) <= sentence_of(antecedent) + near;
        if ((fits || is_renamed) && !is_older && may_be_same_day(antecedent, draft) &&
            may_speak_of(draft, antecedent)) {
            if (is_renamed) {
                call_as(antecedent, draft);
            }
            give_toll(draft, antecedent);
            if (antecedent.sub_event_type == draft.sub_event_type) {
                join_sides(draft, antecedent);
            }
            return;
        }
    }
    give_to_neighbour(index);
}

/// Whether a draft's clause opens with a word that leads to something new («بينما»).
bool Merger::begins_anew(Draft const& draft) const {
    std::size_t const begin = m_scene.clauses()[draft.clause].tokens.begin;
    return m_scene.has_cue({begin, begin + 1}, Cue::clause);
}

/// «63 قتلوا جراء قصف مدن عدة الاثنين»: a blow that is not spoken of as known, of another day or sentences
/// away, is another one.
bool Merger::may_speak_of(Draft const& draft, Draft const& antecedent) const {
    bool const has_toll =
        (draft.killed && draft.killed->count.best > 0) || (draft.injured && draft.injured->count.best > 0);
    constexpr std::size_t near = 2;
    bool const other_day = draft.date_is_own && draft.date != antecedent.date;
    bool const is_near = sentence_of(draft) <= sentence_of(antecedent) + near && !other_day;
    // «…، بينما قتل أربعة في انفجار في الجنوب»: told beside the other.
    bool const is_beside = draft.clause != antecedent.clause && begins_anew(draft) &&
                           sentence_of(draft) == sentence_of(antecedent);
    if (has_toll && is_beside && !draft.is_definite && draft.pronoun == Pronoun::none) {
        return false;
    }
    bool const is_known = draft.is_definite || draft.pronoun != Pronoun::none || draft.has_later_toll;
    return !has_toll || is_near || is_known;
}

/// «الاشتباكات في X، وسط قصف متبادل، ما أدى إلى مقتل …»: what is told of something without a place is of the
/// happening right before it in the sentence.
void Merger::give_to_neighbour(std::size_t index) {
    Draft const& draft = m_drafts[index];
    if ((!draft.killed && !draft.injured) || index == 0 || m_kept.empty() ||
        m_kept.back().draft + 1 != index) {
        return;
    }
    Draft& before = m_drafts[m_kept.back().draft];
    bool const is_violent = before.plover == "ASSAULT" && draft.plover == "ASSAULT";
    if (is_violent && sentence_of(before) == sentence_of(draft) && before.places.size() == 1 &&
        before.modality == draft.modality && !before.killed && !before.injured) {
        give_toll(draft, before);
    }
}

std::vector<Happening> Merger::merge() {
    name_loose_attacks();
    for (std::size_t i = 0; i < m_drafts.size(); ++i) {
        if (m_drafts[i].places.empty()) {
            settle_placeless(i);
        }
        for (std::size_t const place : m_drafts[i].places) {
            add({i, place});
        }
    }
    drop_areas();
    drop_loose_headlines();
    drop_headline_areas();
    drop_far_headlines();
    drop_repulses();
    drop_withdrawals_of_takeovers();
    drop_battles_of_takeovers();
    return m_kept;
}

std::vector<Happening> merge_tellings(Scene const& scene, std::vector<Draft>& drafts) {
    return Merger{scene, drafts}.merge();
}

} // namespace kharita::event
