#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kharita::event {

/// How common it is that something of a family is told of a place, days around a day: of anybody, and of each
/// initiator. A place of which one day alone is told scores 0; one that has its news daily, about as many
/// bits as the number of days takes. Holds what lies near in time alone: days come in any order, and
/// drop_before() forgets those that are past.
class BusyDays {
public:
    /// What is counted together. A name that is not asked for is empty.
    struct Subject {
        std::string_view place;
        std::string_view family;
        std::string_view initiator;
    };

    /// `reach`: days before and after that count.
    explicit BusyDays(std::int64_t reach) : m_reach{reach} {}

    /// `weight`: 1 of a telling that has a day of its own; a multiple of 1/64, so that sums are exact in any
    /// order.
    void add(Subject const& subject, std::int64_t day, double weight);

    /// Shannon entropy, in bits, of the days within reach of `day`: log2 of how many days there seem to be.
    double bits(Subject const& subject, std::int64_t day) const;

    /// Forgets days before this one.
    void drop_before(std::int64_t day);

private:
    struct Day {
        std::int64_t day = 0;
        double weight = 0;
    };

    std::int64_t m_reach;
    std::unordered_map<std::uint64_t, std::vector<Day>> m_days; ///< by hash of the subject; each in order
};

} // namespace kharita::event
