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

/// The weapon nearest to a trigger. In Arabic it follows («قصفت بالمدفعية»), so one before it counts as
/// farther than it stands; an English subject is nearest before its verb. Null without one.
Word const* weapon_near(Scene const& scene, Draft const& draft);

/// How many strikes or shells a trigger counts itself, by its dual or the number before it, or how many of
/// what it is done with.
void read_count(Scene const& scene, Draft& draft);

/// Whether people are counted right behind a draft or, where it is a verb in the plural, before it: «اعتقال
/// 590 عنصرا», «إن 297 شخصا اعتقلوا».
bool counts_people(Scene const& scene, Draft const& draft, std::int64_t least = 1);

/// «تحطمت طائرة أثناء قصفها X»: whether an aircraft came down while it dealt a blow.
bool fell_during(Scene const& scene, Draft const& crash, Draft const& blow);

/// Types what crowds do and suffer: riots, protests that are dispersed, people shot at who protest.
void settle_crowds(Scene const& scene, std::vector<Draft>& drafts);

/// Adds drafts of killings that no trigger tells: people shot, or killed by somebody or something named.
void add_killings(Scene const& scene, std::vector<Draft>& drafts);

} // namespace kharita::event
