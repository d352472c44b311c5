#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "event/merger.hpp"
#include "event/place_finder.hpp"
#include "gazetteer/gazetteer.hpp"

// Which tellings others take in: areas by their places, headlines by the report, battles by takeovers.

namespace kharita::event {

namespace {

/// «تسعة عناصر», «تسعة مدنيين»: an equal number of other people.
bool are_others(Toll const& a, Toll const& b) {
    auto const all_are = [](Toll const& toll, std::optional<std::int64_t> const& part) {
        return part && *part == toll.count.best;
    };
    return (all_are(a, a.combatants) && all_are(b, b.civilians)) ||
           (all_are(a, a.civilians) && all_are(b, b.combatants));
}

/// «غارات تركية في سوريا. قصفت طائرات النظام X»: flown by others, as far as both tellings say by whom. In a
/// fight, either side may be told first.
bool are_flown_by_others(Lexicon const& lexicon, Draft const& a, Draft const& b) {
    return a.sub_event_type == "Air/drone strike" && !a.initiator.empty() && !b.initiator.empty() &&
           std::none_of(a.initiator.begin(), a.initiator.end(), [&](ActorRef const& one) {
               return std::any_of(b.initiator.begin(), b.initiator.end(), [&](ActorRef const& other) {
                   return one.id == other.id || lexicon.are_allies(one.id, other.id);
               });
           });
}

} // namespace

/// «شنت طائرات تركية غارات … ونفذت طائرات التحالف 27 غارة، ست منها قرب X»: whether no such deed of somebody
/// else is told between a telling and another one behind it that names nobody.
bool Merger::is_told_with(Draft const& before, Draft const& behind) const {
    auto const are_sides = [&](std::vector<ActorRef> const& actors) {
        return std::any_of(actors.begin(), actors.end(), [&](ActorRef const& one) {
            auto const is_same = [&](ActorRef const& other) {
                return one.id == other.id || m_scene.lexicon().are_allies(one.id, other.id);
            };
            return std::any_of(before.initiator.begin(), before.initiator.end(), is_same) ||
                   std::any_of(before.target.begin(), before.target.end(), is_same);
        });
    };
    if (before.initiator.empty() || are_sides(behind.initiator)) {
        return true;
    }
    return std::none_of(m_drafts.begin(), m_drafts.end(), [&](Draft const& each) {
        bool const is_between =
            each.tokens.begin >= before.tokens.end && each.tokens.end <= behind.tokens.begin;
        return is_between && each.sub_event_type == before.sub_event_type && !each.initiator.empty() &&
               !are_sides(each.initiator);
    });
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

/// «قتيلان في غارة على سوريا» as a headline, or «الغارة في A» behind it, then one place there whose dead
/// nobody counts: they are its own.
void Merger::give_headline_tolls() {
    for (Happening const& area : m_kept) {
        Draft const& of_area = m_drafts[area.draft];
        bool const is_headline =
            m_scene.text().paragraph_of(of_area.tokens.begin) == 0 && m_scene.text().paragraphs().size() > 1;
        if (!area.place || !of_area.killed || of_area.places.size() != 1) {
            continue;
        }
        std::vector<std::size_t> inner;
        for (Happening const& other : m_kept) {
            Draft const& of_place = m_drafts[other.draft];
            bool const is_known = is_headline || (of_place.is_definite && of_place.part == Part::noun &&
                                                  area.draft < other.draft);
            bool const fits = other.place && is_known && holds(area, other) && may_be_same(of_area, of_place);
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
        return is_taken_in(loose, all, [&](Happening const& other) {
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

void Merger::drop_areas() {
    give_headline_tolls();
    std::erase_if(m_kept, [&](Happening const& each) { return is_split_area(each); });
    std::vector<Happening> const all = m_kept;
    std::erase_if(m_kept, [&](Happening const& area) {
        bool const is_sum = sums_up(area, all);
        return is_taken_in(m_drafts[area.draft], all, [&](Happening const& other) {
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
                   !are_flown_by_others(m_scene.lexicon(), of_area, of_place);
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
        return is_region && is_taken_in(m_drafts[area.draft], all, [&](Happening const& other) {
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
        return is_taken_in(m_drafts[each.draft], all, [&](Happening const& other) {
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

} // namespace kharita::event
