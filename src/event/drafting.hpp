#pragma once

#include <vector>

#include "event/draft.hpp"

// What find_drafts() is made of; included by its source files alone.

namespace kharita::event {

inline TriggerClass const& class_of(Scene const& scene, Draft const& draft) {
    return scene.lexicon().classes()[draft.type];
}

inline bool is_verb(Part part) {
    return part == Part::perfect || part == Part::imperfect;
}

inline void set_type(Draft& draft, std::string const& sub, std::string const& plover,
                     std::string const& mode) {
    draft.sub_event_type = sub;
    draft.plover = plover;
    draft.plover_mode = mode;
}

/// A draft of a trigger word, bounded by nothing yet.
Draft draft_of(Scene const& scene, Word const& word);

/// Bounds each draft by its clause and its neighbours.
void set_ranges(Scene const& scene, std::vector<Draft>& drafts);

/// Types a draft by its class and the weapons near it, or as the attack before it; counts strikes and shells.
void set_type_and_count(Scene const& scene, std::vector<Draft>& drafts, std::size_t index);

/// Types what crowds do and suffer: riots, protests that are dispersed, people shot at who protest.
void settle_crowds(Scene const& scene, std::vector<Draft>& drafts);

/// Adds drafts of killings that no trigger tells: people shot, or killed by somebody or something named.
void add_killings(Scene const& scene, std::vector<Draft>& drafts);

} // namespace kharita::event
