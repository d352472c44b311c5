#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "event/same_event_rules.hpp"
#include "event/telling_comparison.hpp"
#include "model/correction.hpp"
#include "model/telling.hpp"

namespace kharita::event {

/// An analyst's word on which events are one, by event ids.
struct SameEventOrders {
    std::vector<std::pair<std::string, std::string>> merge;
    std::vector<std::string> split; ///< each the same as no other
};

/// Finds tellings of one happening among tellings whose trigger and quote are there, in any order of the
/// tellings with the same result but for indexes; SameEventSweep says how. The list is in the order of the
/// happenings' first tellings.
std::vector<SameEvent> same_events(std::span<Telling const> tellings, SameEventRules const& rules,
                                   ActorParents const& parents, SameEventOrders const& orders = {});

} // namespace kharita::event
