#include "publish/unite_changed.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "event/same_event_sweep.hpp"
#include "store/database.hpp"
#include "store/same_events.hpp"

namespace kharita::publish {

namespace {

constexpr std::int64_t slack = 10; // days that a cluster may go on for before more are read

std::int64_t day_number(Date date) noexcept {
    return date.time_since_epoch().count();
}

Date date_of(std::int64_t day) noexcept {
    return Date{std::chrono::days{day}};
}

} // namespace

ChangedUnion::ChangedUnion(store::Database& database, UniteBasis const& basis, std::set<Date> const& changed)
    : m_database{database},
      m_basis{basis},
      m_changed{changed} {}

/// How much earlier or later than another a telling may begin, and be compared with it.
std::int64_t ChangedUnion::near() const noexcept {
    return static_cast<std::int64_t>(m_basis.rules.widest_days() + m_basis.rules.longest) + 1;
}

std::int64_t ChangedUnion::busy() const noexcept {
    return static_cast<std::int64_t>(m_basis.rules.busy_days);
}

/// What has to be read for each changed day, joined where it overlaps.
std::vector<ChangedUnion::Window> ChangedUnion::windows() const {
    std::int64_t const reach = busy() + near() + slack + near() + busy();
    std::vector<Window> all;
    for (Date const day : m_changed) {
        Window const window{.first = day_number(day) - reach, .last = day_number(day) + reach};
        if (!all.empty() && window.first <= all.back().last) {
            all.back().last = window.last;
        } else {
            all.push_back(window);
        }
    }
    return all;
}

bool ChangedUnion::is_suspect(std::span<std::vector<ToldHappening> const> cluster) const {
    std::int64_t const reach = busy() + near();
    for (auto const& happening : cluster) {
        for (ToldHappening const& told : happening) {
            Date const day = told.telling->date;
            auto const changed = m_changed.lower_bound(day - std::chrono::days{reach});
            if (changed != m_changed.end() && *changed <= day + std::chrono::days{reach}) {
                return true;
            }
        }
    }
    return false;
}

std::optional<ChangedUnion::Window>
ChangedUnion::wider(Window window, std::span<std::vector<ToldHappening> const> cluster) const {
    constexpr std::int64_t more = 30;
    std::int64_t const margin = near() + busy();
    Window needed = window;
    for (auto const& happening : cluster) {
        for (ToldHappening const& told : happening) {
            std::int64_t const day = day_number(told.telling->date);
            if (day - margin < window.first) {
                needed.first = std::min(needed.first, day - margin - more);
            }
            if (day + margin > window.last) {
                needed.last = std::max(needed.last, day + margin + more);
            }
        }
    }
    return needed.first < window.first || needed.last > window.last ? std::optional{needed} : std::nullopt;
}

std::optional<ChangedUnion::Window> ChangedUnion::decide(Decided& decided) {
    store::Days const days{.first = date_of(decided.window.first), .last = date_of(decided.window.last)};
    store::RecordedHappenings const recorded{m_database, days};
    std::optional<Window> needed;
    event::SameEventSweep sweep{m_basis.rules, m_basis.parents, m_basis.orders,
                                [&](Telling& telling) { store::read_words(m_database, telling); },
                                [&](std::span<std::vector<ToldHappening> const> cluster) {
                                    if (!is_suspect(cluster)) {
                                        return;
                                    }
                                    if (auto const more = wider(decided.window, cluster)) {
                                        needed = needed
                                                     ? Window{.first = std::min(needed->first, more->first),
                                                              .last = std::max(needed->last, more->last)}
                                                     : *more;
                                        return;
                                    }
                                    decided.counts.happenings += cluster.size();
                                    for (auto const& happening : cluster) {
                                        decided.counts.tellings += happening.size();
                                        decided.counts.united +=
                                            happening.size() > 1 ? std::size_t{1} : std::size_t{0};
                                        if (!recorded.hold(happening)) {
                                            decided.happenings.emplace_back(happening);
                                        }
                                    }
                                }};
    {
        store::TellingRows rows{m_database, days};
        while (auto telling = rows.next()) {
            telling->toll_is_set = m_basis.set_tolls.contains(telling->event);
            sweep.add(std::move(*telling));
        }
    }
    sweep.end();
    return needed;
}

std::vector<ChangedUnion::Decided> ChangedUnion::decide_all() {
    std::vector<Window> waiting = windows();
    std::vector<Decided> done;
    while (!waiting.empty()) {
        Decided decided{.window = waiting.back(), .happenings = {}, .counts = {}};
        waiting.pop_back();
        auto const needed = decide(decided);
        if (!needed) {
            done.push_back(std::move(decided));
            continue;
        }
        Window grown = *needed;
        // A window that grows into others takes them in, so that no cluster is decided twice.
        auto const take_in = [&grown](Window const& other) {
            bool const overlaps = other.first <= grown.last && other.last >= grown.first;
            if (overlaps) {
                grown = {.first = std::min(grown.first, other.first),
                         .last = std::max(grown.last, other.last)};
            }
            return overlaps;
        };
        while (std::erase_if(waiting, take_in) +
                   std::erase_if(done, [&](Decided const& each) { return take_in(each.window); }) >
               0) {
        }
        waiting.push_back(grown);
    }
    return done;
}

UniteCounts ChangedUnion::run(store::SameEventRecord& record) {
    std::vector<Decided> all = decide_all();
    UniteCounts counts;
    std::vector<std::int64_t> events;
    for (Decided const& decided : all) {
        counts.tellings += decided.counts.tellings;
        counts.happenings += decided.counts.happenings;
        counts.united += decided.counts.united;
        for (KeptHappening const& happening : decided.happenings) {
            for (Telling const& telling : happening.tellings) {
                events.push_back(telling.row);
            }
        }
    }
    // All is cleared before anything is put: what was one happening may be two now.
    record.clear(events);
    for (Decided& decided : all) {
        for (KeptHappening& happening : decided.happenings) {
            happening.point();
            record.put(happening.told);
        }
    }
    return counts;
}

} // namespace kharita::publish
