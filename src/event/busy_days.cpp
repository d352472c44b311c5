#include "event/busy_days.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "base/hash.hpp"

namespace kharita::event {

namespace {

std::uint64_t key_of(BusyDays::Subject const& subject) {
    constexpr std::uint64_t spread = 0x9E3779B97F4A7C15U;
    return (xxh3(subject.place) * spread + xxh3(subject.family)) * spread + xxh3(subject.initiator);
}

} // namespace

void BusyDays::add(Subject const& subject, std::int64_t day, double weight) {
    std::vector<Day>& days = m_days[key_of(subject)];
    auto at = std::ranges::lower_bound(days, day, {}, &Day::day);
    if (at == days.end() || at->day != day) {
        at = days.insert(at, Day{.day = day, .weight = 0});
    }
    at->weight += weight;
}

double BusyDays::bits(Subject const& subject, std::int64_t day) const {
    auto const found = m_days.find(key_of(subject));
    if (found == m_days.end()) {
        return 0;
    }
    auto const begin = std::ranges::lower_bound(found->second, day - m_reach, {}, &Day::day);
    auto const end = std::ranges::upper_bound(found->second, day + m_reach, {}, &Day::day);
    double all = 0;
    for (auto each = begin; each != end; ++each) {
        all += each->weight;
    }
    double bits = 0;
    for (auto each = begin; each != end; ++each) {
        double const share = each->weight / all;
        bits -= share * std::log2(share);
    }
    return std::max(0.0, bits); // not -0
}

void BusyDays::drop_before(std::int64_t day) {
    for (auto each = m_days.begin(); each != m_days.end();) {
        std::vector<Day>& days = each->second;
        days.erase(days.begin(), std::ranges::lower_bound(days, day, {}, &Day::day));
        each = days.empty() ? m_days.erase(each) : std::next(each);
    }
}

} // namespace kharita::event
