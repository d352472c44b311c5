#include "event/merge.hpp"

#include <algorithm>
#include <chrono>
#include <ranges>

#include "event/place_finder.hpp"
#include "gazetteer/gazetteer.hpp"

namespace kharita::event {

namespace {

class Merger {
public:
    Merger(Scene const& scene, std::vector<Draft>& drafts) : m_scene{scene}, m_drafts{drafts} {}

    std::vector<Happening> merge();

private:
    bool is_same_place(std::optional<std::size_t> a, std::optional<std::size_t> b) const;
    bool holds(Happening const& area, Happening const& other) const;
    bool is_city_of(Happening const& area, Happening const& other) const;
    bool may_be_same_day(Draft const& a, Draft const& b) const;
    bool may_be_same(Draft const& a, Draft const& b) const;
    static void give_toll(Draft const& from, Draft& to);
    void join(Draft const& again, Draft& first);
    bool is_called_by_place(Draft const& draft) const;
    bool is_named_loosely(Draft const& attack, Draft const& named) const;
    bool join_loosely_named(Happening const& happening);
    void name_loose_attacks();
    void add(Happening const& happening);
    void settle_placeless(std::size_t index);
    bool may_speak_of(Draft const& draft, Draft const& antecedent) const;
    bool begins_anew(Draft const& draft) const;
    void give_headline_tolls();
    void drop_loose_headlines();
    void give_to_neighbour(std::size_t index);
    std::size_t sentence_of(Draft const& draft) const { return m_scene.clauses()[draft.clause].sentence; }
    bool sums_up(Happening const& area, std::vector<Happening> const& all) const;
    bool is_split_area(Happening const& area) const;
    void drop_areas();
    void drop_headline_areas();
    void drop_far_headlines();
    void drop_repulses();
    void drop_withdrawals_of_takeovers();
    void drop_battles_of_takeovers();

    Scene const& m_scene;
    std::vector<Draft>& m_drafts;
    std::vector<Happening> m_kept;
};

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

/// Whether an area is named for what happened at a place in it. Places of one telling stand side by side
/// («حلب وكوباني»): settings among them were left out before.
bool Merger::holds(Happening const& area, Happening const& other) const {
    return area.draft != other.draft &&
           lies_in(m_scene.places()[*other.place], m_scene.places()[*area.place]);
}

/// Whether a city is named for what happened in its quarter: both share a clause, the city stands in the
/// headline, or the same dead are told of both («في أحد أحياء حلب», «في حي X»), even where nobody can find X.
bool Merger::is_city_of(Happening const& area, Happening const& other) const {
    auto const& outer = m_scene.places()[*area.place].mention.place;
    auto const& inner = m_scene.places()[*other.place].mention.place;
    Draft const& of_area = m_drafts[area.draft];
    Draft const& of_quarter = m_drafts[other.draft];
    // A quarter of a city has the city's sub-district.
    bool const is_quarter =
        inner && outer && inner->admin3 && outer->admin3 && inner->admin3->id == outer->admin3->id &&
        gazetteer::feature_class(inner->feature) == gazetteer::FeatureClass::neighbourhood &&
        gazetteer::feature_class(outer->feature) == gazetteer::FeatureClass::settlement;
    bool const same_dead = of_area.killed && of_quarter.killed && of_area.killed->count.best > 0 &&
                           of_area.killed->count == of_quarter.killed->count;
    bool const is_headline = m_scene.text().paragraph_of(of_area.tokens.begin) == 0;
    if (area.draft == other.draft) {
        return is_quarter;
    }
    return is_quarter ? same_dead || is_headline : !inner && same_dead && of_area.places.size() == 1;
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

bool are_opposed(Lexicon const& lexicon, std::vector<ActorRef> const& a, std::vector<ActorRef> const& b) {
    return std::none_of(a.begin(), a.end(), [&](ActorRef const& one) {
        return std::any_of(b.begin(), b.end(),
                           [&](ActorRef const& other) { return lexicon.are_allies(one.id, other.id); });
    });
}

/// «غارات تركية في سوريا. قصفت طائرات النظام X»: flown by others, as far as both tellings say by whom. In a
/// fight, either side may be told first.
bool are_by_others(Lexicon const& lexicon, Draft const& a, Draft const& b) {
    return a.sub_event_type == "Air/drone strike" && !a.initiator.empty() && !b.initiator.empty() &&
           std::none_of(a.initiator.begin(), a.initiator.end(), [&](ActorRef const& one) {
               return std::any_of(b.initiator.begin(), b.initiator.end(), [&](ActorRef const& other) {
                   return one.id == other.id || lexicon.are_allies(one.id, other.id);
               });
           });
}

/// Fills in the sides that the first telling leaves out. One that names the first's initiator as its target
/// tells the other way round.
void join_sides(Lexicon const& lexicon, Draft const& again, Draft& first) {
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
    join_sides(m_scene.lexicon(), again, first);
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
    return is_loose && is_bombing && !is_beside && attack.modality == named.modality &&
           may_be_same_day(attack, named) &&
           (attack.killed || named.killed || attack.is_definite || is_called_by_place(attack)) &&
           attack.places.size() == 1;
}

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
            first.sub_event_type = draft.sub_event_type;
            first.plover = draft.plover;
            first.plover_mode = draft.plover_mode;
            first.weapon = draft.weapon;
            first.category = draft.category;
            first.note("told again as what it was");
            join(draft, first);
            return true;
        }
    }
    return false;
}

/// «ردا على الهجوم الانتحاري. وبعد يومين على الهجوم الذي أوقع 32 قتيلا في X»: what the words just before
/// called a bombing, without its place, is the attack whose place is told.
void Merger::name_loose_attacks() {
    constexpr std::size_t reach = 30;
    auto const& lexicon = m_scene.lexicon();
    for (Draft& attack : m_drafts) {
        bool const is_loose = lexicon.classes()[attack.type].name == "attack" && !attack.category &&
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
        if (fits && !is_older && may_be_same_day(antecedent, draft) && may_speak_of(draft, antecedent)) {
            give_toll(draft, antecedent);
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

/// «مقتل 19 في محافظة X، … وقتل اثنان في A و15 في B»: whether the dead of an area are those of its places.
bool Merger::sums_up(Happening const& area, std::vector<Happening> const& all) const {
    Draft const& whole = m_drafts[area.draft];
    if (!whole.killed || !area.place) {
        return false;
    }
    std::size_t parts = 0;
    std::int64_t sum = 0;
    for (Happening const& other : all) {
        Draft const& part = m_drafts[other.draft];
        bool const is_part = other.place && other.draft > area.draft && part.killed &&
                             part.killed->count.best > 0 && part.places.size() == 1 &&
                             (lies_in(m_scene.places()[*other.place], m_scene.places()[*area.place]) ||
                              is_city_of(area, other)) &&
                             whole.sub_event_type == part.sub_event_type;
        parts += is_part ? 1U : 0U;
        sum += is_part ? part.killed->count.best : 0;
    }
    return parts > 0 && (sum == whole.killed->count.best || (parts > 1 && sum < whole.killed->count.best));
}

/// «شهدت X مجزرتين. وسقط 20 قتيلا في A وستة في B»: what is told place by place; and a stretch of land that is
/// no unit, of which the towns are named («قرى جبل X … ثلاثة قتلى في A»).
bool Merger::is_split_area(Happening const& area) const {
    Draft const& draft = m_drafts[area.draft];
    if (draft.parts > 1 && !draft.killed) {
        return true;
    }
    if (draft.parts == 0 || draft.killed || !area.place || !m_scene.places()[*area.place].mention.place) {
        return false;
    }
    auto const kind = gazetteer::feature_class(m_scene.places()[*area.place].mention.place->feature);
    return kind == gazetteer::FeatureClass::natural || kind == gazetteer::FeatureClass::region;
}

/// «قتيلان في غارة على سوريا» as a headline, then one place there whose dead nobody counts: they are its own.
void Merger::give_headline_tolls() {
    for (Happening const& area : m_kept) {
        Draft const& of_area = m_drafts[area.draft];
        bool const is_headline =
            m_scene.text().paragraph_of(of_area.tokens.begin) == 0 && m_scene.text().paragraphs().size() > 1;
        if (!area.place || !is_headline || !of_area.killed || of_area.places.size() != 1) {
            continue;
        }
        std::vector<std::size_t> inner;
        for (Happening const& other : m_kept) {
            bool const fits =
                other.place && holds(area, other) && may_be_same(of_area, m_drafts[other.draft]);
            if (fits) {
                inner.push_back(other.draft);
            }
        }
        if (inner.size() == 1 && !m_drafts[inner.front()].killed) {
            m_drafts[inner.front()].killed = of_area.killed;
        }
    }
}

/// «12 قتيلا في قصف على X» as a headline, of what the report itself tells as air strikes.
void Merger::drop_loose_headlines() {
    std::vector<Happening> const all = m_kept;
    std::erase_if(m_kept, [&](Happening const& each) {
        Draft const& loose = m_drafts[each.draft];
        bool const is_headline =
            m_scene.text().paragraph_of(loose.tokens.begin) == 0 && m_scene.text().paragraphs().size() > 1;
        bool const names_no_means =
            m_scene.lexicon().classes()[loose.type].name == "shelling" && loose.weapon.empty();
        if (!each.place || !is_headline || !names_no_means) {
            return false;
        }
        return std::any_of(all.begin(), all.end(), [&](Happening const& other) {
            Draft& strike = m_drafts[other.draft];
            bool const same_dead =
                !loose.killed || !strike.killed || loose.killed->count == strike.killed->count;
            bool const fits = other.place && strike.sub_event_type == "Air/drone strike" &&
                              loose.sub_event_type != strike.sub_event_type && same_dead &&
                              loose.modality == strike.modality && may_be_same_day(loose, strike) &&
                              (is_same_place(each.place, other.place) || holds(each, other));
            if (fits && loose.killed && !strike.killed) {
                strike.killed = loose.killed;
            }
            return fits;
        });
    });
}

/// «تسعة عناصر», «تسعة مدنيين»: an equal number of other people.
bool are_others(Toll const& a, Toll const& b) {
    auto const all_are = [](Toll const& toll, std::optional<std::int64_t> const& part) {
        return part && *part == toll.count.best;
    };
    return (all_are(a, a.combatants) && all_are(b, b.civilians)) ||
           (all_are(a, a.civilians) && all_are(b, b.combatants));
}

void Merger::drop_areas() {
    give_headline_tolls();
    std::erase_if(m_kept, [&](Happening const& each) { return is_split_area(each); });
    std::vector<Happening> const all = m_kept;
    std::erase_if(m_kept, [&](Happening const& area) {
        bool const is_sum = sums_up(area, all);
        return std::any_of(all.begin(), all.end(), [&](Happening const& other) {
            if (!area.place || !other.place || (!holds(area, other) && !is_city_of(area, other))) {
                return false;
            }
            Draft const& of_area = m_drafts[area.draft];
            Draft const& of_place = m_drafts[other.draft];
            // Dead that the place's own telling does not know speak for another happening.
            bool const other_toll = of_area.killed && of_area.killed->count.best > 0 &&
                                    (!of_place.killed || of_area.killed->count != of_place.killed->count ||
                                     are_others(*of_area.killed, *of_place.killed));
            // «غارات في X قتل فيها تسعة. إلى ذلك قتل تسعة في Y»
            bool const is_beside = of_area.killed && begins_anew(of_place) &&
                                   sentence_of(of_area) + 1 == sentence_of(of_place) &&
                                   m_scene.text().paragraph_of(of_area.tokens.begin) ==
                                       m_scene.text().paragraph_of(of_place.tokens.begin);
            return may_be_same(of_area, of_place) && (!other_toll || is_sum) && !is_beside &&
                   !are_by_others(m_scene.lexicon(), of_area, of_place);
        });
    });
}

/// «قصف يستهدف الغوطة» as a headline, then what was shelled there: an area that is no unit and has no bounds
/// to lie in, which the report itself does not come back to.
void Merger::drop_headline_areas() {
    auto const is_headline = [&](Happening const& each) {
        return m_scene.text().paragraph_of(m_drafts[each.draft].tokens.begin) == 0;
    };
    std::vector<Happening> const all = m_kept;
    std::erase_if(m_kept, [&](Happening const& area) {
        if (!area.place || !is_headline(area) || m_scene.text().paragraphs().size() < 3) {
            return false;
        }
        auto const& place = m_scene.places()[*area.place].mention.place;
        auto const comes_back = [&](geoparse::Toponym const& each) {
            return m_scene.text().paragraph_of(each.tokens.begin) > 0 && each.mention.place && place &&
                   each.mention.place->id == place->id;
        };
        bool const is_region = place &&
                               std::none_of(m_scene.places().begin(), m_scene.places().end(), comes_back) &&
                               gazetteer::feature_class(place->feature) == gazetteer::FeatureClass::region;
        return is_region && std::any_of(all.begin(), all.end(), [&](Happening const& other) {
                   return other.place && !is_headline(other) &&
                          may_be_same(m_drafts[area.draft], m_drafts[other.draft]);
               });
    });
}

/// «غارات على بلدات شمال X» as a headline, of what the report tells at those towns: a place that the body
/// does not come back to, where it tells the same in the governorate.
void Merger::drop_far_headlines() {
    if (m_scene.text().paragraphs().size() < 2 ||
        m_scene.text().sentences().front().end < m_scene.text().paragraphs().front().end) {
        return; // a headline is one sentence
    }
    std::size_t last = m_scene.text().paragraphs().front().end;
    while (last > 0 && m_scene.text().tokens()[last - 1].kind == text::Token::Kind::line_end) {
        --last;
    }
    if (last > 0 && m_scene.text().codes(last - 1) == ".") {
        return; // and has no full stop: this is the first item of a report
    }
    auto const is_headline = [&](Happening const& each) {
        return m_scene.text().paragraph_of(m_drafts[each.draft].tokens.begin) == 0;
    };
    auto const comes_back = [&](Place const& place) {
        auto const places = m_scene.places();
        return std::any_of(places.begin(), places.end(), [&](geoparse::Toponym const& each) {
            return m_scene.text().paragraph_of(each.tokens.begin) > 0 && each.mention.place &&
                   each.mention.place->id == place.id && each.mention.role != Role::scope &&
                   each.mention.role != Role::heading;
        });
    };
    auto const governorate = [](Place const& place) {
        return place.admin1 ? place.admin1->id : place.feature == "ADM1" ? place.id : std::string{};
    };
    std::vector<Happening> const all = m_kept;
    std::erase_if(m_kept, [&](Happening const& each) {
        auto const* const place = each.place ? &m_scene.places()[*each.place].mention.place : nullptr;
        if (place == nullptr || !*place || !is_headline(each) || governorate(**place).empty() ||
            comes_back(**place)) {
            return false;
        }
        return std::any_of(all.begin(), all.end(), [&](Happening const& other) {
            if (!other.place || is_headline(other) || !m_scene.places()[*other.place].mention.place) {
                return false;
            }
            Draft const& told = m_drafts[other.draft];
            Draft const& headline = m_drafts[each.draft];
            return governorate(*m_scene.places()[*other.place].mention.place) == governorate(**place) &&
                   may_be_same(headline, told);
        });
    });
}

/// «تصدوا لمحاولة تسلل على محور X وأجبروها على الانسحاب», «هاجموا حاجز X وانسحبوا»: attackers who are thrown
/// back, or leave again, held nothing.
void Merger::drop_repulses() {
    std::vector<Happening> const all = m_kept;
    std::erase_if(m_kept, [&](Happening const& each) {
        Draft const& expulsion = m_drafts[each.draft];
        std::string const& type = m_scene.lexicon().classes()[expulsion.type].name;
        if (type != "expel" && type != "withdraw") {
            return false;
        }
        return std::any_of(all.begin(), all.end(), [&](Happening const& other) {
            Draft const& attack = m_drafts[other.draft];
            bool const raided = type == "withdraw" && expulsion.place_inherited &&
                                expulsion.clitics.conjunction && attack.plover == "ASSAULT" &&
                                attack.control_change.empty();
            return (attack.modality == Modality::failed || raided) &&
                   attack.tokens.begin < expulsion.tokens.begin &&
                   m_scene.text().sentence_of(attack.tokens.begin) ==
                       m_scene.text().sentence_of(expulsion.tokens.begin) &&
                   is_same_place(each.place, other.place);
        });
    });
}

/// A battle that ends in a takeover is coded as the takeover alone (ACLED codebook, "Battles").
void Merger::drop_battles_of_takeovers() {
    std::vector<Happening> const all = m_kept;
    std::erase_if(m_kept, [&](Happening const& battle) {
        Draft const& clash = m_drafts[battle.draft];
        if (clash.sub_event_type != "Armed clash" || clash.modality != Modality::occurred) {
            return false;
        }
        for (Happening const& other : all) {
            Draft& takeover = m_drafts[other.draft];
            bool const same_sentence =
                m_scene.clauses()[takeover.clause].sentence == m_scene.clauses()[clash.clause].sentence;
            // «انسحبوا من X بعد معارك», but not «هاجموا X ثم انسحبوا»
            std::size_t const begin = clash.tokens.begin;
            bool const takes = m_scene.lexicon().classes()[takeover.type].rule == Rule::seize ||
                               (begin > 0 && m_scene.has_listed({begin - 1, begin}, "after")) ||
                               (begin > 0 && m_scene.text().codes(begin - 1) == "after");
            if (takes && !takeover.control_change.empty() && takeover.modality == Modality::occurred &&
                same_sentence && is_same_place(battle.place, other.place)) {
                give_toll(clash, takeover);
                return true;
            }
        }
        return false;
    });
}

/// «سيطروا على X بعد انسحاب القوات منها»: who leaves what others take that day loses it by that taking.
void Merger::drop_withdrawals_of_takeovers() {
    std::vector<Happening> const all = m_kept;
    std::erase_if(m_kept, [&](Happening const& each) {
        Draft const& leaving = m_drafts[each.draft];
        if (m_scene.lexicon().classes()[leaving.type].name != "withdraw" || !each.place ||
            leaving.modality != Modality::occurred) {
            return false;
        }
        return std::any_of(all.begin(), all.end(), [&](Happening const& other) {
            Draft const& taking = m_drafts[other.draft];
            return m_scene.lexicon().classes()[taking.type].rule == Rule::seize &&
                   !taking.control_change.empty() && taking.modality == Modality::occurred &&
                   is_same_place(each.place, other.place) && may_be_same_day(taking, leaving);
        });
    });
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

} // namespace

std::vector<Happening> merge_tellings(Scene const& scene, std::vector<Draft>& drafts) {
    return Merger{scene, drafts}.merge();
}

} // namespace kharita::event
