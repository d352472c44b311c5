#include "base/ordered_work.hpp"

#include <cstddef>
#include <memory>
#include <stdexcept>
#include <vector>

#include <doctest/doctest.h>

namespace kharita {

TEST_CASE("OrderedWork: results are taken in the order in which pieces came") {
    for (std::size_t const jobs : {1U, 2U, 5U}) {
        CAPTURE(jobs);
        std::vector<std::size_t> taken;
        OrderedWork pieces{jobs, 4};
        for (std::size_t i = 0; i < 500; ++i) {
            auto const value = std::make_shared<std::size_t>(0);
            pieces.add(
                [value, i] {
                    for (std::size_t k = 0; k < (i % 7) * 1000; ++k) { // some take longer than others
                        *value += k % 2;
                    }
                    *value = i * i;
                },
                [value, &taken] { taken.push_back(*value); });
        }
        pieces.finish();
        REQUIRE(taken.size() == 500);
        for (std::size_t i = 0; i < taken.size(); ++i) {
            CHECK(taken[i] == i * i);
        }
    }
}

TEST_CASE("OrderedWork: what work throws comes where its result would be taken") {
    for (std::size_t const jobs : {1U, 3U}) {
        std::size_t taken = 0;
        OrderedWork pieces{jobs, 10};
        auto const add_all = [&] {
            for (std::size_t i = 0; i < 20; ++i) {
                pieces.add(
                    [i] {
                        if (i == 5) {
                            throw std::runtime_error{"five"};
                        }
                    },
                    [&taken] { ++taken; });
            }
            pieces.finish();
        };
        CHECK_THROWS_AS(add_all(), std::runtime_error);
        CHECK(taken == 5);
    }
}

TEST_CASE("OrderedWork: nothing to do, and work that is left") {
    OrderedWork none{3, 4};
    none.finish();
    OrderedWork left{3, 100};
    left.add([] {}, [] {});
}

} // namespace kharita
