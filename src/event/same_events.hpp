#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/correction.hpp"
#include "model/telling.hpp"

namespace kharita::event {

/// When two tellings are of one happening: schemas/same_event.tsv, whose comments say what each number means.
struct SameEventRules {
    /// Kinds of evidence, in the order of `weights`.
    enum class Evidence : std::size_t {
        base,
        same_sub_event,
        same_place,
        same_region,
        other_place,
        other_settlement,
        one_day_apart,
        two_days_apart,
        three_days_apart,
        same_initiator,
        other_initiator,
        same_target,
        other_target,
        same_killed,
        near_killed,
        other_killed,
        same_injured,
        near_injured,
        other_injured,
        same_count,
        other_count,
        same_words,
        mostly_same_words,
        published_same_day,
        published_days_apart,
        busy_place,
        opposite,
        not_compared,
    };
    static constexpr std::size_t evidence_count = 28;

    std::array<double, evidence_count> weights{};
    std::map<std::string, std::string, std::less<>> families; ///< of a sub-event type
    /// Pairs of sub-event types of one family of which one undoes what the other does; both ways round.
    std::set<std::pair<std::string, std::string>, std::less<>> opposites;
    std::set<std::string, std::less<>> givings_up; ///< sub-event types by which an initiator leaves a place
    double days = 0;
    double undated = 0;
    double km_low = 0;
    double km_high = 0;
    double number_step = 0;
    double number_ratio = 0;
    double words = 0;
    double words_least = 0;

    /// Throws InputError with file and line where a name is not known, is there twice, or is missing.
    static SameEventRules load(std::filesystem::path const& file);

    double weight(Evidence evidence) const noexcept { return weights[static_cast<std::size_t>(evidence)]; }
};

/// What an actor belongs to: actor id, and that of its parent. Actors who are kin are no contradiction.
using ActorParents = std::map<std::string, std::string, std::less<>>;

/// An analyst's word on which events are one, by event ids.
struct SameEventOrders {
    std::vector<std::pair<std::string, std::string>> merge;
    std::vector<std::string> split; ///< each the same as no other
};

/// Finds tellings of one happening, in any order of the tellings with the same result but for indexes.
///
/// Tellings are compared that lie near each other in space and time and are of one family; evidence for and
/// against is added up (SameEventRules). Groups are joined best first, while the evidence between all of
/// their members is on average for it, so that no chain of likenesses unites what is unlike. Two tellings of
/// one report are two happenings, unless an analyst merges them: the report told them apart. A group's first
/// telling is the one published first, then that of the lowest id, in whatever order reports were loaded.
/// Orders come before evidence. Time grows with the number of tellings and of neighbours each has.
std::vector<SameEvent> same_events(std::span<Telling const> tellings, SameEventRules const& rules,
                                   ActorParents const& parents, SameEventOrders const& orders = {});

} // namespace kharita::event
