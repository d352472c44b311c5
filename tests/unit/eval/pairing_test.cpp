#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "eval/pairing.hpp"

using kharita::eval::best_pairs;
using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;

TEST_CASE("best_pairs: the greatest sum, not the greatest first pair") {
    // 3 + 3 beats 5 + 0.
    constexpr std::array<std::array<double, 2>, 2> weights{{{5, 3}, {3, 0}}};
    auto const pairs = best_pairs(2, 2, [&](std::size_t i, std::size_t j) { return weights.at(i).at(j); });
    CHECK(pairs == Pairs{{1, 0}, {0, 1}});
}

TEST_CASE("best_pairs: weight 0 makes no pair") {
    CHECK(best_pairs(3, 2, [](std::size_t, std::size_t) { return 0.0; }).empty());
    CHECK(best_pairs(0, 2, [](std::size_t, std::size_t) { return 1.0; }).empty());
    CHECK(best_pairs(2, 0, [](std::size_t, std::size_t) { return 1.0; }).empty());
}

TEST_CASE("best_pairs: more rows than columns leaves the lightest row over") {
    constexpr std::array<double, 3> weights{1, 4, 2};
    CHECK(best_pairs(3, 1, [&](std::size_t i, std::size_t) { return weights.at(i); }) == Pairs{{1, 0}});
}
