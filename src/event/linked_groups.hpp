#pragma once

#include <cstddef>
#include <map>
#include <queue>
#include <tuple>
#include <vector>

namespace kharita::event {

/// Joins members into groups, best first, while the mean over all pairs of members is above 0. The result
/// follows from the links alone, whatever their order.
class LinkedGroups {
public:
    /// `not_compared` counts for each pair that link() was not called for.
    LinkedGroups(std::size_t count, double not_compared);

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
    void unite(std::size_t a, std::size_t b);

    double m_not_compared;
    std::vector<std::vector<std::size_t>> m_members;
    std::vector<std::map<std::size_t, Link>> m_links; ///< of each group to others, both ways
    std::priority_queue<Step> m_queue;
};

} // namespace kharita::event
