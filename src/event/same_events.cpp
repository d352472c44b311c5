#include "event/same_events.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <numbers>
#include <numeric>
#include <tuple>
#include <unordered_map>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "event/linked_groups.hpp"
#include "event/telling_comparison.hpp"

namespace kharita::event {

namespace {

/// Pairs of tellings that lie near each other, by a grid over the ground and the days.
class Neighbours {
public:
    Neighbours(std::vector<PreparedTelling> const& tellings, SameEventRules const& rules)
        : m_tellings{tellings},
          m_rules{rules} {
        for (std::size_t i = 0; i < tellings.size(); ++i) {
            if (!tellings[i].alone) {
                m_cells[key(tellings[i].family, row(i), column(i, row(i), 0))].push_back(i);
            }
        }
        for (auto& [cell, members] : m_cells) {
            std::ranges::sort(members, {}, [&](std::size_t i) {
                return std::pair{tellings[i].first_day, i};
            });
        }
    }

    /// Calls `visit` with each telling of a lower index whose cell is near that of telling `i`.
    template <typename Visit>
    void of(std::size_t i, Visit visit) const {
        PreparedTelling const& telling = m_tellings[i];
        for (std::int64_t south = row(i) - 1; south <= row(i) + 1; ++south) {
            auto const west = column(i, south, -reach_degrees());
            auto const east = column(i, south, reach_degrees());
            for (auto across = west; across <= east; ++across) {
                auto const cell = m_cells.find(key(telling.family, south, across));
                if (cell != m_cells.end()) {
                    visit_cell(cell->second, i, visit);
                }
            }
        }
    }

private:
    static constexpr double km_a_degree = 110.5; ///< of latitude, at least

    double reach_degrees() const noexcept { return m_rules.km_high / km_a_degree; }
    /// A row is as high as the widest reach.
    std::int64_t row(std::size_t i) const noexcept {
        return static_cast<std::int64_t>(std::floor(m_tellings[i].telling->at.lat / reach_degrees()));
    }
    /// Columns of a row are as wide as it is high; `aside` moves by so many degrees of latitude.
    std::int64_t column(std::size_t i, std::int64_t in_row, double aside) const noexcept {
        constexpr double narrowest = 0.01; // near the poles
        double const widest = std::min(std::abs(static_cast<double>(in_row) * reach_degrees()),
                                       std::abs(static_cast<double>(in_row + 1) * reach_degrees()));
        double const shrink = std::max(narrowest, std::cos(widest * std::numbers::pi / 180));
        constexpr double slack = 1.05; // rows are told by their nearer edge to the equator
        return static_cast<std::int64_t>(
            std::floor((m_tellings[i].telling->at.lon * shrink + aside * slack) / reach_degrees()));
    }
    static std::uint64_t key(std::string_view family, std::int64_t row, std::int64_t column) noexcept {
        constexpr std::uint64_t spread = 0x9E3779B97F4A7C15U;
        return xxh3(family) ^ (static_cast<std::uint64_t>(row) * spread) ^
               (static_cast<std::uint64_t>(column) * spread * spread);
    }
    template <typename Visit>
    void visit_cell(std::vector<std::size_t> const& members, std::size_t i, Visit visit) const {
        // Long tellings ("this month") begin long before they are near.
        constexpr double longest = 31;
        double const earliest = static_cast<double>(m_tellings[i].first_day) - m_rules.days - longest;
        double const latest = static_cast<double>(m_tellings[i].last_day) + m_rules.days;
        auto member = std::ranges::lower_bound(members, earliest, {}, [&](std::size_t other) {
            return static_cast<double>(m_tellings[other].first_day);
        });
        for (; member != members.end() && static_cast<double>(m_tellings[*member].first_day) <= latest;
             ++member) {
            if (*member < i) {
                visit(*member);
            }
        }
    }

    std::vector<PreparedTelling> const& m_tellings;
    SameEventRules const& m_rules;
    std::unordered_map<std::uint64_t, std::vector<std::size_t>> m_cells;
};

/// In the order in which they were told: by publication, the undated last; then by id, as rows come and go.
std::vector<std::size_t> in_order(std::span<Telling const> tellings) {
    std::vector<std::size_t> order(tellings.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) {
        Telling const& telling = tellings[i];
        return std::tuple{!telling.published, telling.published.value_or(Date{}),
                          std::string_view{telling.event}};
    });
    return order;
}

/// Likeness of pairs of prepared tellings, the lower index first.
using Scores = std::map<std::pair<std::size_t, std::size_t>, double>;

Scores compare(std::vector<PreparedTelling> const& tellings, SameEventRules const& rules,
               Comparison const& comparison) {
    Scores scores;
    Neighbours const neighbours{tellings, rules};
    for (std::size_t i = 0; i < tellings.size(); ++i) {
        if (!tellings[i].alone) {
            neighbours.of(i, [&](std::size_t other) {
                if (comparison.is_near(tellings[other], tellings[i])) {
                    scores[{other, i}] = comparison.score(tellings[other], tellings[i]);
                }
            });
        }
    }
    return scores;
}

/// Where tellings of these ids stand.
using Index = std::map<std::string_view, std::size_t>;

void obey(SameEventOrders const& orders, Index const& index, Scores& scores) {
    for (auto const& [id, same] : orders.merge) {
        auto const a = index.find(id);
        auto const b = index.find(same);
        if (a != index.end() && b != index.end() && a->second != b->second) {
            scores[std::minmax(a->second, b->second)] = LinkedGroups::ordered;
        }
    }
}

/// Why a member belongs to its group: what speaks for it best.
SameEvent reason_for(std::size_t member, std::vector<std::size_t> const& group, Scores const& scores,
                     std::vector<PreparedTelling> const& tellings, Comparison const& comparison) {
    auto best = scores.end();
    std::size_t like = group.front();
    for (std::size_t const other : group) {
        auto const score = scores.find(std::minmax(member, other));
        if (other != member && score != scores.end() &&
            (best == scores.end() || score->second > best->second)) {
            best = score;
            like = other;
        }
    }
    SameEvent same;
    same.likeness = best == scores.end() ? 0 : best->second;
    same.why = same.likeness == LinkedGroups::ordered ? std::string{"an analyst says so"}
                                                      : comparison.explain(tellings[like], tellings[member]);
    if (like != group.front()) {
        same.why += fmt::format("; compared with {}", tellings[like].telling->event);
    }
    return same;
}

} // namespace

std::vector<SameEvent> same_events(std::span<Telling const> tellings, SameEventRules const& rules,
                                   ActorParents const& parents, SameEventOrders const& orders) {
    std::vector<std::size_t> const order = in_order(tellings);
    std::vector<Telling const*> sorted;
    sorted.reserve(order.size());
    Index index;
    for (std::size_t const i : order) {
        index.emplace(tellings[i].event, sorted.size());
        sorted.push_back(&tellings[i]);
    }
    std::vector<PreparedTelling> prepared = prepare(sorted, rules);
    for (std::string const& id : orders.split) {
        if (auto const found = index.find(id); found != index.end()) {
            prepared[found->second].alone = true;
        }
    }
    Comparison const comparison{rules, parents};
    Scores scores = compare(prepared, rules, comparison);
    obey(orders, index, scores);
    std::vector<LinkedGroups::Origin> origins;
    origins.reserve(sorted.size());
    for (Telling const* const telling : sorted) {
        origins.push_back({.source = telling->report, .spot = xxh3(telling->place)});
    }
    LinkedGroups groups{origins, rules.weight(SameEventRules::Evidence::not_compared)};
    for (auto const& [pair, score] : scores) {
        groups.link(pair.first, pair.second, score);
    }
    std::vector<SameEvent> found;
    for (std::vector<std::size_t> const& group : groups.join()) {
        for (std::size_t const member : std::span{group}.subspan(1)) {
            SameEvent same = reason_for(member, group, scores, prepared, comparison);
            same.first = order[group.front()];
            same.other = order[member];
            found.push_back(std::move(same));
        }
    }
    return found;
}

} // namespace kharita::event
