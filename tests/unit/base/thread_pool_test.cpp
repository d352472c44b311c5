#include "base/thread_pool.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <vector>

#include <doctest/doctest.h>

TEST_CASE("parallel_for: every index once, for any number of threads") {
    for (std::size_t const jobs : {1U, 2U, 7U}) {
        std::vector<int> seen(1000, 0);
        kharita::parallel_for(seen.size(), jobs, [&](std::size_t i) { ++seen[i]; });
        CHECK(std::accumulate(seen.begin(), seen.end(), 0) == 1000);
        CHECK(*std::max_element(seen.begin(), seen.end()) == 1);
    }
    kharita::parallel_for(0, 4, [](std::size_t) { FAIL("nothing to do"); });
}

TEST_CASE("parallel_for: an exception comes out") {
    CHECK_THROWS_WITH_AS(kharita::parallel_for(10, 3,
                                               [](std::size_t i) {
                                                   if (i == 4) {
                                                       throw std::runtime_error{"four"};
                                                   }
                                               }),
                         "four", std::runtime_error);
}
