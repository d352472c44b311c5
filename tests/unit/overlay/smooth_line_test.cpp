#include "overlay/smooth_line.hpp"

#include <algorithm>

#include <doctest/doctest.h>

using namespace kharita;
using overlay::smoothed;

TEST_CASE("smoothed: one round cuts a right angle at a quarter of its sides; the ends stay") {
    std::vector<LonLat> const line{{0, 0}, {4, 0}, {4, 4}};
    auto const result = smoothed(line, {}, 1);
    CHECK(result.points == std::vector<LonLat>{{0, 0}, {3, 0}, {4, 1}, {4, 4}});
    CHECK(result.segments == std::vector<std::size_t>{0, 0, 1, 1});
    CHECK(smoothed(line, {}, 0).points == line);
    CHECK(smoothed(std::vector<LonLat>{{0, 0}, {4, 0}}, {}, 3).points.size() == 2);
}

TEST_CASE("smoothed: a corner with a place in it stays, the line's own corners do not hinder") {
    std::vector<LonLat> const line{{0, 0}, {4, 0}, {4, 4}};
    std::vector<LonLat> obstacles = line;
    CHECK(smoothed(line, obstacles, 1).points.size() == 4);
    obstacles.push_back({3.8, 0.1});
    CHECK(smoothed(line, obstacles, 3).points == line);
}

TEST_CASE("smoothed: a closed line stays closed and loses all its corners") {
    std::vector<LonLat> const square{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}};
    auto const result = smoothed(square, {}, 1);
    CHECK(result.points.size() == 9);
    CHECK(result.is_closed());
    CHECK(result.points.size() == result.segments.size());
    for (LonLat const corner : square) {
        CHECK(std::find(result.points.begin(), result.points.end(), corner) == result.points.end());
    }
}
