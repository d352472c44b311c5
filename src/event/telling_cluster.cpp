#include "event/telling_cluster.hpp"

#include <algorithm>
#include <optional>
#include <tuple>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "event/linked_groups.hpp"

namespace kharita::event {

namespace {

/// A likeness of two members, the lower index first.
struct Pair {
    std::size_t a = 0;
    std::size_t b = 0;
    double score = 0;
};

using Members = std::vector<PreparedTelling const*>;

std::vector<Pair> pairs_of(TellingCluster const& cluster, Comparison const& comparison) {
    Members const& members = cluster.members;
    std::vector<Pair> pairs;
    for (std::size_t a = 0; a < members.size(); ++a) {
        for (std::size_t b = a + 1; b < members.size(); ++b) {
            if (std::ranges::binary_search(cluster.merged, std::pair{a, b})) {
                pairs.push_back({.a = a, .b = b, .score = LinkedGroups::ordered});
            } else if (comparison.is_near(*members[a], *members[b])) {
                pairs.push_back({.a = a, .b = b, .score = comparison.score(*members[a], *members[b])});
            }
        }
    }
    return pairs;
}

/// The members of a group that each member is most like; of equals the first.
class Nearest {
public:
    Nearest(std::vector<Pair> const& pairs, std::vector<std::size_t> const& group_of)
        : m_best(group_of.size()) {
        for (Pair const& pair : pairs) { // ascending, so that others come to each member in their order
            if (group_of[pair.a] == group_of[pair.b]) {
                take(pair.a, pair.b, pair.score);
                take(pair.b, pair.a, pair.score);
            }
        }
    }

    std::optional<std::size_t> of(std::size_t member) const { return m_best[member].other; }
    double score(std::size_t member) const { return m_best[member].score; }

private:
    struct Best {
        std::optional<std::size_t> other;
        double score = 0;
    };

    void take(std::size_t member, std::size_t other, double score) {
        Best& best = m_best[member];
        if (!best.other || score > best.score) {
            best = {.other = other, .score = score};
        }
    }

    std::vector<Best> m_best;
};

/// Why a member belongs to its group: what speaks for it best.
ToldHappening reason_for(std::size_t member, std::size_t first, Members const& members,
                         Nearest const& nearest, Comparison const& comparison) {
    std::size_t const like = nearest.of(member).value_or(first);
    ToldHappening told{.telling = &members[member]->telling, .likeness = nearest.score(member), .why = {}};
    told.why = told.likeness == LinkedGroups::ordered ? std::string{"an analyst says so"}
                                                      : comparison.explain(*members[like], *members[member]);
    if (like != first) {
        told.why += fmt::format("; compared with {}", members[like]->telling.event);
    }
    return told;
}

} // namespace

void sort_as_told(std::vector<PreparedTelling*>& tellings) {
    std::ranges::sort(tellings, {}, [](PreparedTelling const* each) {
        Telling const& telling = each->telling;
        return std::tuple{!telling.published, telling.published.value_or(Date{}),
                          std::string_view{telling.event}};
    });
}

std::vector<std::vector<ToldHappening>> happenings_of(TellingCluster const& cluster,
                                                      Comparison const& comparison, double not_compared) {
    Members const& members = cluster.members;
    std::vector<LinkedGroups::Origin> origins;
    origins.reserve(members.size());
    for (PreparedTelling const* const member : members) {
        origins.push_back({.source = member->telling.report, .spot = xxh3(member->telling.place)});
    }
    std::vector<Pair> const pairs = pairs_of(cluster, comparison);
    LinkedGroups links{origins, not_compared};
    for (Pair const& pair : pairs) {
        links.link(pair.a, pair.b, pair.score);
    }
    std::vector<std::size_t> first_of(members.size()); // member of its group
    for (std::size_t i = 0; i < first_of.size(); ++i) {
        first_of[i] = i;
    }
    for (auto const& group : links.join()) {
        for (std::size_t const member : group) {
            first_of[member] = group.front();
        }
    }
    Nearest const nearest{pairs, first_of};
    std::vector<std::vector<ToldHappening>> happenings;
    std::vector<std::size_t> place_of(members.size());
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (first_of[i] == i) {
            place_of[i] = happenings.size();
            happenings.push_back({{.telling = &members[i]->telling, .likeness = 0, .why = {}}});
        } else {
            happenings[place_of[first_of[i]]].push_back(
                reason_for(i, first_of[i], members, nearest, comparison));
        }
    }
    return happenings;
}

} // namespace kharita::event
