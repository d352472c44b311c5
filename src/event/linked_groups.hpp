#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <queue>
#include <span>
#include <tuple>
#include <vector>

namespace kharita::event {

/// Joins members into groups, best first, while the mean over all pairs of members is above 0. No group holds
/// members of one source at two spots, unless a link between them is as strong as `ordered`. The result
/// follows from the links alone, whatever their order.
class LinkedGroups {
public:
    /// Where a member is from. What one source tells of two spots is two things.
    struct Origin {
        std::int64_t source = 0;
        std::uint64_t spot = 0;
        friend auto operator<=>(Origin const&, Origin const&) = default;
    };

    static constexpr double ordered = 1e6; ///< the score where a person says so

    /// `origins`: that of each member. `not_compared` counts for each pair that link() was not called for.
    LinkedGroups(std::span<Origin const> origins, double not_compared);

    /// Says what speaks for two members being together; once a pair.
    void link(std::size_t a, std::size_t b, double score);

    /// Groups of two and more, each sorted, in the order of their first members. Ends the linking.
    std::vector<std::vector<std::size_t>> join();

private:
    struct Link {
        double sum = 0;
        std::size_t count = 0;
    };
    struct Step {
        double score = 0;
        std::size_t a = 0;
        std::size_t b = 0;
        /// The best comes first; of equals, that of the lowest indexes.
        bool operator<(Step const& other) const noexcept {
            return std::tuple{score, other.a, other.b} < std::tuple{other.score, a, b};
        }
    };

    double mean(std::size_t a, std::size_t b) const;
    bool contradict(std::size_t a, std::size_t b) const;
    void unite(std::size_t a, std::size_t b);

    double m_not_compared;
    std::vector<std::vector<std::size_t>> m_members;
    std::vector<std::vector<Origin>> m_origins;       ///< of each group, sorted, each once
    std::vector<std::map<std::size_t, Link>> m_links; ///< of each group to others, both ways
    std::priority_queue<Step> m_queue;
};

} // namespace kharita::event
