#include "event/surroundings.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>

#include "base/hash.hpp"

namespace kharita::event {

Surroundings::Surroundings(SameEventRules const& rules)
    : m_reach{static_cast<std::int64_t>(rules.busy_days)},
      m_undated_share{rules.undated_share},
      m_days{m_reach} {}

void Surroundings::add(PreparedTelling const& telling) {
    Telling const& told = telling.telling;
    double const weight = is_dated(telling) ? 1 : m_undated_share;
    m_days.add({told.place, telling.family, {}}, telling.first_day, weight);
    for (std::string const& party : telling.parties) {
        m_days.add({told.place, telling.family, party}, telling.first_day, weight);
    }
    m_reports[told.report].push_back(
        {.what = xxh3(told.sub_event_type), .place = xxh3(told.place), .day = telling.first_day});
}

void Surroundings::look_up(PreparedTelling& telling) const {
    Telling const& told = telling.telling;
    telling.busy = m_days.bits({told.place, telling.family, {}}, telling.first_day);
    telling.busy_of.clear();
    telling.busy_of.reserve(telling.parties.size());
    for (std::string const& party : telling.parties) {
        telling.busy_of.push_back(m_days.bits({told.place, telling.family, party}, telling.first_day));
    }
    telling.places = 1;
    auto const report = m_reports.find(told.report);
    if (report == m_reports.end() || report->second.size() < 2) {
        return;
    }
    std::vector<std::uint64_t> places;
    std::uint64_t const what = xxh3(told.sub_event_type);
    for (Told const& other : report->second) {
        if (other.what == what && std::abs(other.day - telling.first_day) <= m_reach) {
            places.push_back(other.place);
        }
    }
    std::ranges::sort(places);
    places.erase(std::unique(places.begin(), places.end()), places.end());
    telling.places = static_cast<double>(std::max<std::size_t>(1, places.size()));
}

void Surroundings::drop_before(std::int64_t day) {
    m_days.drop_before(day);
    for (auto each = m_reports.begin(); each != m_reports.end();) {
        std::erase_if(each->second, [day](Told const& told) { return told.day < day; });
        each = each->second.empty() ? m_reports.erase(each) : std::next(each);
    }
}

} // namespace kharita::event
