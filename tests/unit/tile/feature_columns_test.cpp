#include "tile/feature_columns.hpp"

#include <cstdint>
#include <limits>

#include <doctest/doctest.h>

using namespace kharita;
using namespace kharita::tile;

namespace {

Aggregate sum_of(double a, double b, bool whole) {
    Aggregate sum{a, true, whole, AggregateKind::sum};
    sum.add({b, true, whole, AggregateKind::sum});
    return sum;
}

} // namespace

TEST_CASE("Aggregate: a sum of integers stays one as long as there are such integers") {
    CHECK(sum_of(3, 4, true).value() == Value{std::int64_t{7}});
    CHECK(sum_of(0x1p62, 0x1p61, true).value() == Value{std::int64_t{3} << 61U});
    CHECK(sum_of(0x1p62, 0x1p62, true).value() == Value{0x1p63});
    CHECK(sum_of(-0x1p62, -0x1p62, true).value() == Value{std::numeric_limits<std::int64_t>::min()});
    CHECK(sum_of(-0x1p63, -0x1p63, true).value() == Value{-0x1p64});
}

TEST_CASE("Aggregate: a sum of doubles stays finite") {
    constexpr double most = std::numeric_limits<double>::max();
    CHECK(sum_of(most, most, false).value() == Value{most});
    CHECK(sum_of(-most, -most, false).value() == Value{-most});
}
