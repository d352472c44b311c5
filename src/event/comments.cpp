#include <algorithm>

#include "event/place_finder.hpp"

// What a text mentions and does not report.

namespace kharita::event {

namespace {

/// Whether a text is of another kind than news of events: long, with a telling here and there only (opinions,
/// interviews, talks). Reports of events have two to eight in a thousand letters.
bool tells_little(Scene const& scene, std::vector<Draft> const& drafts) {
    constexpr std::size_t long_text = 300; // tokens, about 1800 letters
    constexpr std::size_t a_telling = 200;
    auto const placed =
        std::count_if(drafts.begin(), drafts.end(), [](Draft const& draft) { return !draft.places.empty(); });
    return scene.text().size() >= std::max(long_text, a_telling * static_cast<std::size_t>(placed));
}

/// In the headline or the first sentences, where even such a text says what is new.
bool is_in_opening(Draft const& draft) {
    constexpr std::size_t opening = 60; // tokens
    return draft.tokens.begin < opening;
}

} // namespace

void drop_comments(Scene const& scene, std::vector<Draft>& drafts) {
    if (tells_little(scene, drafts)) {
        std::erase_if(drafts, [](Draft const& draft) { return !draft.date_is_own && !is_in_opening(draft); });
    }
}

void drop_country_talk(Scene const& scene, std::vector<Draft>& drafts) {
    std::erase_if(drafts, [&](Draft const& draft) {
        bool const in_countries = std::all_of(draft.places.begin(), draft.places.end(), [&](std::size_t i) {
            return fineness(scene.places()[i]) == 0;
        });
        if (draft.places.empty() || !in_countries) {
            return false;
        }
        TriggerClass const& type = scene.lexicon().classes()[draft.type];
        if (type.rule == Rule::seize || type.name == "withdraw") {
            return true; // nobody takes a country in one event, and what is handed over is something else
        }
        // «المعارك في سوريا» goes on for years; a raid is of a day, and so are counted dead.
        bool const has_dead = draft.plover == "ASSAULT" && draft.killed && draft.killed->count.best > 0 &&
                              draft.modality == Modality::occurred;
        bool const is_dated = draft.date_is_own && draft.sub_event_type != "Armed clash";
        return !draft.count && !is_dated && !has_dead;
    });
}

} // namespace kharita::event
