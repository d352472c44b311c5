#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "event/busy_days.hpp"
#include "event/same_event_rules.hpp"
#include "event/telling_comparison.hpp"

namespace kharita::event {

/// What tellings round a day say of one of them: how busy its place is, and of how many places its report
/// tells the like. Tellings come in any order; what lies farther from a day than the rules' busy_days does
/// not count for it.
class Surroundings {
public:
    explicit Surroundings(SameEventRules const& rules);

    void add(PreparedTelling const& telling);
    /// Fills in `busy`, `busy_of` and `places`; all that lies near in time must have been added.
    void look_up(PreparedTelling& telling) const;
    /// Forgets tellings that begin before a day.
    void drop_before(std::int64_t day);

private:
    struct Told {
        std::uint64_t what = 0; ///< hash of the sub-event type
        std::uint64_t place = 0;
        std::int64_t day = 0;
    };

    std::int64_t m_reach;
    double m_undated_share;
    BusyDays m_days;
    std::unordered_map<std::int64_t, std::vector<Told>> m_reports;
};

} // namespace kharita::event
