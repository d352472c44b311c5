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
    m_days[key_of(subject)][day] += weight;
}

double BusyDays::bits(Subject const& subject, std::int64_t day) const {
    auto const found = m_days.find(key_of(subject));
    if (found == m_days.end()) {
        return 0;
    }
    auto const begin = found->second.lower_bound(day - m_reach);
    auto const end = found->second.upper_bound(day + m_reach);
    double all = 0;
    for (auto each = begin; each != end; ++each) {
        all += each->second;
    }
    double bits = 0;
    for (auto each = begin; each != end; ++each) {
        double const share = each->second / all;
        bits -= share * std::log2(share);
    }
    return std::max(0.0, bits); // not -0
}

void BusyDays::drop_before(std::int64_t day) {
    for (auto each = m_days.begin(); each != m_days.end();) {
        each->second.erase(each->second.begin(), each->second.lower_bound(day));
        each = each->second.empty() ? m_days.erase(each) : std::next(each);
    }
}

} // namespace kharita::event
