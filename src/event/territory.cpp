#include <algorithm>

#include "event/draft.hpp"

namespace kharita::event {

void settle_territory(Scene const& scene, std::vector<Draft>& drafts) {
    for (Draft& draft : drafts) {
        TriggerClass const& type = scene.lexicon().classes()[draft.type];
        if (type.name == "withdraw") {
            draft.control_change = draft.modality == Modality::occurred ? "lost" : "";
            continue;
        }
        if (type.rule != Rule::seize || draft.modality == Modality::failed) {
            continue;
        }
        if (type.name == "advance") {
            continue; // an assault takes a place only where the text says so
        }
        auto const& actors = scene.lexicon().actors();
        auto const actor = std::find_if(actors.begin(), actors.end(), [&](Actor const& each) {
            return !draft.initiator.empty() && each.id == draft.initiator.front().id;
        });
        auto const at_home = [&] {
            auto const& place = scene.places()[draft.places.front()].mention.place;
            // A place that nobody could find is taken for one at home.
            return actor->is_military && (!place || place->country == actor->country);
        };
        bool const is_state =
            actor != actors.end() && (actor->inter == 1 || (!draft.places.empty() && at_home()));
        draft.sub_event_type =
            is_state ? "Government regains territory" : "Non-state actor overtakes territory";
        if (actor == actors.end()) {
            draft.note("who took it is not named", 0.7);
        }
        draft.control_change = draft.modality == Modality::occurred && actor != actors.end() ? "gained" : "";
    }
}

} // namespace kharita::event
