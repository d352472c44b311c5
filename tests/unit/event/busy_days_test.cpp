#include "event/busy_days.hpp"

#include <doctest/doctest.h>

using namespace kharita; // NOLINT: a test

TEST_CASE("BusyDays: bits of the days within reach") {
    event::BusyDays days{3};
    event::BusyDays::Subject const town{.place = "town", .family = "fire", .initiator = {}};
    CHECK(days.bits(town, 10) == 0); // nothing known
    days.add(town, 10, 1);
    days.add(town, 10, 1);
    CHECK(days.bits(town, 10) == 0); // one day alone
    days.add(town, 12, 2);
    CHECK(days.bits(town, 10) == doctest::Approx(1)); // two days alike: log2 of 2
    days.add(town, 11, 4);
    CHECK(days.bits(town, 10) == doctest::Approx(1.5)); // 1/4, 1/2, 1/4, by hand
    days.add(town, 14, 8);
    CHECK(days.bits(town, 10) == doctest::Approx(1.5)); // too far
    CHECK(days.bits({.place = "town", .family = "fire", .initiator = "army"}, 10) == 0);
    CHECK(days.bits({.place = "town", .family = "clash", .initiator = {}}, 10) == 0);
    days.drop_before(13);
    CHECK(days.bits(town, 13) == 0);
}
