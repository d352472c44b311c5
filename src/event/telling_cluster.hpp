#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "event/telling_comparison.hpp"

namespace kharita::event {

/// Tellings that likenesses join, in the order in which they were told, all read.
struct TellingCluster {
    std::vector<PreparedTelling const*> members;
    /// Members that an analyst merges, by place in `members`, the lower first.
    std::vector<std::pair<std::size_t, std::size_t>> merged;
};

/// Sorts tellings into the order in which they were told: by publication, the undated last; then by event id.
void sort_as_told(std::vector<PreparedTelling*>& tellings);

/// Parts a cluster into happenings: groups are joined best first, while the likeness of all pairs of their
/// members is on average above 0. No group holds what one report tells of two places, unless they are merged.
/// Each member is in one group, in the order of members; groups stand in the order of their first members.
std::vector<std::vector<ToldHappening>> happenings_of(TellingCluster const& cluster,
                                                      Comparison const& comparison, double not_compared);

} // namespace kharita::event
