#include "event/same_events.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "event/same_event_sweep.hpp"

namespace kharita::event {

std::vector<SameEvent> same_events(std::span<Telling const> tellings, SameEventRules const& rules,
                                   ActorParents const& parents, SameEventOrders const& orders) {
    std::vector<std::size_t> by_day(tellings.size());
    std::iota(by_day.begin(), by_day.end(), std::size_t{0});
    std::ranges::sort(by_day, {}, [&](std::size_t i) {
        return std::pair{tellings[i].date, std::string_view{tellings[i].event}};
    });
    std::unordered_map<std::string_view, std::size_t> index;
    for (std::size_t i = 0; i < tellings.size(); ++i) {
        index.emplace(tellings[i].event, i);
    }
    std::vector<SameEvent> found;
    auto const take = [&](std::span<std::vector<ToldHappening> const> happenings) {
        for (auto const& happening : happenings) {
            for (ToldHappening const& told : std::span{happening}.subspan(1)) {
                found.push_back({.first = index.at(happening.front().telling->event),
                                 .other = index.at(told.telling->event),
                                 .likeness = told.likeness,
                                 .why = told.why});
            }
        }
    };
    SameEventSweep sweep{rules, parents, orders, [](Telling&) {}, take};
    for (std::size_t const i : by_day) {
        sweep.add(tellings[i]);
    }
    sweep.end();
    // Happenings come as they are decided; stable, so that each keeps the order of its tellings.
    std::ranges::stable_sort(found, {}, [&](SameEvent const& same) {
        Telling const& first = tellings[same.first];
        return std::tuple{!first.published, first.published.value_or(Date{}), std::string_view{first.event}};
    });
    return found;
}

} // namespace kharita::event
