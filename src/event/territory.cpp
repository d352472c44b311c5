#include <algorithm>
#include <array>

#include "event/draft.hpp"
#include "event/drafting.hpp"

namespace kharita::event {

namespace {

/// «أكدت وزارة الدفاع أن قواتها استعادت X»: the forces of whoever speaks, where that is a ministry.
bool is_by_forces_of_state(Scene const& scene, Draft const& draft) {
    static std::array const own{text::fold_key("قواتها"), text::fold_key("وحداتها")};
    std::size_t const begin = draft.tokens.begin;
    std::size_t const sentence = scene.text().sentences()[scene.clauses()[draft.clause].sentence].begin;
    // «أعلنت وزارة الدفاع بسط السيطرة على X»: what a ministry announces its own did.
    if (!is_verb(draft.part)) {
        constexpr std::size_t reach = 2;
        auto const words = scene.words_in({sentence, begin});
        return std::ranges::any_of(words, [&](Word const& word) {
            std::size_t const end = word.match.tokens.end;
            return is_cue(word, Cue::report) && is_verb(word.match.part) &&
                   scene.has_listed({end, end + reach}, "ministry");
        });
    }
    return begin > sentence && std::ranges::find(own, scene.text().codes(begin - 1)) != own.end() &&
           scene.has_listed({sentence, begin}, "ministry");
}

/// «طرد الجيش …», «استعادت وحدات الجيش …»: the word for a state's army right behind the verb.
bool is_by_army(Scene const& scene, Draft const& draft) {
    constexpr std::size_t reach = 2;
    std::size_t const end = draft.tokens.end;
    std::size_t const next =
        draft.places.empty() ? end + reach : scene.places()[draft.places.front()].tokens.begin;
    bool const is_behind =
        is_verb(draft.part) && scene.has_listed({end, std::min(end + reach, std::max(end, next))}, "army");
    return is_behind || is_by_forces_of_state(scene, draft);
}

/// «سيطر على نقاط في محيط X», «على أجزاء من X»: what was taken is not all of the place.
bool takes_part(Scene const& scene, Draft const& draft) {
    if (draft.places.size() != 1) {
        return false;
    }
    constexpr std::size_t reach = 5; // «على أكثر من نصف المدينة»
    std::size_t const place = scene.places()[draft.places.front()].tokens.begin;
    bool const is_named = place > draft.tokens.end && place < draft.stretch.end;
    std::size_t const end = is_named ? place : std::min(draft.tokens.end + reach, draft.stretch.end);
    return scene.has_listed({draft.tokens.end, end}, "part_of");
}

/// The first who took a place; the first state's forces among them where there are any («حزب الله وقوات
/// النظام»). Null where nobody is named.
Actor const* taker_of(Scene const& scene, Draft const& draft) {
    Actor const* first = nullptr;
    for (ActorRef const& ref : draft.initiator) {
        auto const& actors = scene.lexicon().actors();
        auto const found =
            std::find_if(actors.begin(), actors.end(), [&](Actor const& each) { return each.id == ref.id; });
        if (found != actors.end() && found->inter == 1) {
            return &*found;
        }
        bool const is_front = &ref == &draft.initiator.front();
        first = is_front && found != actors.end() ? &*found : first;
    }
    return first;
}

/// «خسرت قوات النظام مدينة X», with nobody who gained it: who lost it stands where others have the taker.
/// True where it was a state's, so that others than a state hold it now; of what rebels lose, who gained it
/// is anybody's guess.
bool is_lost_by_state(Scene const& scene, Draft& draft) {
    Actor const* const loser = taker_of(scene, draft);
    text::TokenRange const clause = scene.clauses()[draft.clause].tokens;
    // «النظام الذي خسر ريف X»: how things stand, and no news of a day.
    bool const is_dated = std::any_of(scene.dates().begin(), scene.dates().end(),
                                      [&](auto const& date) { return clause.contains(date.tokens.begin); });
    bool const is_state =
        loser != nullptr && (loser->inter == 1 || loser->branch == Branch::military) && is_dated;
    if (is_state) {
        draft.target = std::move(draft.initiator);
        draft.initiator.clear();
        draft.target_holds_place = true;
        draft.note("told by who lost it", 0.9);
    }
    return is_state;
}

bool is_told_by_loser(Scene const& scene, Draft const& draft) {
    return scene.lexicon().classes()[draft.type].name == "fall" && scene.has_listed(draft.tokens, "losing") &&
           !scene.has_listed(draft.stretch, "benefit");
}

/// Types a takeover by who took over.
void settle_taking(Scene const& scene, Draft& draft) {
    Actor const* const taker = taker_of(scene, draft);
    auto const at_home = [&] {
        auto const& place = scene.places()[draft.places.front()].mention.place;
        // A place that nobody could find is taken for one at home.
        return taker->branch == Branch::military && (!place || place->country == taker->country);
    };
    // «استعاد الجيش X»: an army whose name is not said is a state's all the same.
    bool const is_army = taker == nullptr && is_by_army(scene, draft);
    bool const is_state =
        is_army || (taker != nullptr && (taker->inter == 1 || (!draft.places.empty() && at_home())));
    draft.sub_event_type = is_state ? "Government regains territory" : "Non-state actor overtakes territory";
    if (taker == nullptr) {
        draft.note("who took it is not named", 0.7);
    }
    // ACLED codebook, "Non-violent transfer of territory".
    text::TokenRange const clause = scene.clauses()[draft.clause].tokens;
    if (draft.modality == Modality::occurred &&
        scene.has_listed({draft.tokens.end, clause.end}, "unopposed")) {
        draft.sub_event_type = "Non-violent transfer of territory";
        draft.note("without fighting", 0.95);
    }
    bool const is_whole = !takes_part(scene, draft);
    if (!is_whole) {
        draft.note("only a part of it was taken", 0.9);
    }
    bool const changes = draft.modality == Modality::occurred && taker != nullptr && is_whole;
    draft.control_change = changes ? "gained" : "";
}

} // namespace

void settle_territory(Scene const& scene, std::vector<Draft>& drafts) {
    // «هاجموا دورية وطردوها»: nobody of a side was driven from a place, and nobody's it became.
    std::erase_if(drafts, [&](Draft const& draft) {
        return scene.lexicon().classes()[draft.type].name == "expel" && draft.initiator.empty() &&
               draft.target.empty();
    });
    // «تسلم الوزير رسالة»: nothing that is on a map was handed over.
    std::erase_if(drafts, [&](Draft const& draft) {
        return scene.lexicon().classes()[draft.type].name == "receive" &&
               (draft.places.empty() || (draft.place_inherited &&
                                         scene.clauses()[draft.clause].opening != Clause::Opening::relative));
    });
    std::erase_if(drafts, [&](Draft& draft) {
        return is_told_by_loser(scene, draft) && !is_lost_by_state(scene, draft);
    });
    for (Draft& draft : drafts) {
        TriggerClass const& type = scene.lexicon().classes()[draft.type];
        if (type.name == "withdraw") {
            draft.control_change = draft.modality == Modality::occurred ? "lost" : "";
            continue;
        }
        if (type.name == "receive") {
            draft.control_change =
                draft.modality == Modality::occurred && !draft.initiator.empty() ? "gained" : "";
            continue;
        }
        if (type.rule != Rule::seize || draft.modality == Modality::failed) {
            continue;
        }
        if (type.name == "advance") {
            continue; // an assault takes a place only where the text says so
        }
        settle_taking(scene, draft);
    }
}

} // namespace kharita::event
