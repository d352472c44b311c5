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

TEST_CASE("own_aggregate: days that texts begin with have a least and a greatest, and no sum") {
    AggregateConfig const first{AggregateKind::least, "first", "date", {}};
    AggregateConfig const last{AggregateKind::most, "last", "date", {}};
    Aggregate total = own_aggregate(first, "2019-08-01");
    total.add(own_aggregate(first, "2019-07-31T10:00:00Z"));
    total.add(own_aggregate(first, "2020-01-01"));
    CHECK(total.value() == Value{std::int64_t{18108}}); // days from 1970-01-01 to 2019-07-31
    Aggregate most = own_aggregate(last, "1970-01-02");
    most.add(own_aggregate(last, std::int64_t{-3}));
    CHECK(most.value() == Value{std::int64_t{1}});
    CHECK_FALSE(own_aggregate(last, "2019-02-30").known);
    CHECK_FALSE(own_aggregate(last, "yesterday").known);
    CHECK_FALSE(own_aggregate({AggregateKind::sum, "days", "date", {}}, "2019-08-01").known);
    CHECK(rank_of("2019-08-02") > rank_of("2019-08-01"));
    CHECK(rank_of("word") == 0);
}
