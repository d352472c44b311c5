#include "tile/shape_pieces.hpp"

#include <algorithm>
#include <array>
#include <random>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "tile/position_set.hpp"

namespace kharita::tile {

namespace {

using Line = std::vector<GridPoint>;

std::pair<Line, Line> differing(Line const& a, Line const& b) {
    auto const [of_a, of_b] = where_lines_differ(a, b);
    return {{of_a.begin(), of_a.end()}, {of_b.begin(), of_b.end()}};
}

/// The tiles in which the pieces of two lines differ, from the pieces of all of each.
TileKeys differing_tiles(Line const& a, Line const& b, Slicer& slicer) {
    std::vector<std::pair<TileId, std::vector<SubPoint>>> of_a;
    std::vector<std::pair<TileId, std::vector<SubPoint>>> of_b;
    for (auto const& [line, into] : {std::pair{&a, &of_a}, std::pair{&b, &of_b}}) {
        slicer.slice(*line, PathKind::line, [&](TileId tile, std::span<SubPoint const> piece) {
            into->emplace_back(tile, std::vector<SubPoint>{piece.begin(), piece.end()});
        });
    }
    TileKeys tiles;
    for (auto const* const both : {&of_a, &of_b}) {
        for (auto const& [tile, piece] : *both) {
            auto const of_tile = [&](auto const& all) {
                std::vector<std::vector<SubPoint>> pieces;
                for (auto const& [at, each] : all) {
                    if (at == tile) {
                        pieces.push_back(each);
                    }
                }
                return pieces;
            };
            if (of_tile(of_a) != of_tile(of_b)) {
                tiles.insert(hilbert_key(tile));
            }
        }
    }
    return tiles;
}

} // namespace

TEST_CASE("where_lines_differ: between the vertices that lines begin and end with alike") {
    Line const line{{1, 1}, {2, 2}, {3, 3}, {4, 4}, {5, 5}};
    CHECK(differing(line, line) == std::pair{Line{}, Line{}});
    CHECK(differing({}, {}) == std::pair{Line{}, Line{}});
    // One vertex moves: its neighbours stay with it.
    CHECK(differing(line, {{1, 1}, {2, 2}, {3, 9}, {4, 4}, {5, 5}}) ==
          std::pair{Line{{2, 2}, {3, 3}, {4, 4}}, Line{{2, 2}, {3, 9}, {4, 4}}});
    // One goes.
    CHECK(differing(line, {{1, 1}, {2, 2}, {4, 4}, {5, 5}}) ==
          std::pair{Line{{2, 2}, {3, 3}, {4, 4}}, Line{{2, 2}, {4, 4}}});
    // One is added at the end, or at the beginning.
    CHECK(differing(line, {{1, 1}, {2, 2}, {3, 3}, {4, 4}, {5, 5}, {6, 6}}) ==
          std::pair{Line{{5, 5}}, Line{{5, 5}, {6, 6}}});
    CHECK(differing(line, {{0, 0}, {1, 1}, {2, 2}, {3, 3}, {4, 4}, {5, 5}}) ==
          std::pair{Line{{1, 1}}, Line{{0, 0}, {1, 1}}});
    CHECK(differing(line, {}) == std::pair{line, Line{}});
    // Of vertices that repeat, none counts for both ends.
    CHECK(differing({{1, 1}, {2, 2}, {1, 1}}, {{1, 1}, {2, 2}, {1, 1}, {2, 2}, {1, 1}}) ==
          std::pair{Line{{1, 1}}, Line{{1, 1}, {2, 2}, {1, 1}}});
}

TEST_CASE("add_differences: no tile is missed in which a line's pieces differ") {
    std::mt19937 random{8}; // NOLINT(*-msc51-cpp,*-msc32-c): the same lines each time
    auto const below = [&](std::uint32_t limit) { return static_cast<std::uint32_t>(random() % limit); };
    std::size_t differ = 0;
    for (int round = 0; round < 400; ++round) {
        int const zoom = 4;
        std::uint32_t const tile = 1U << 28U; // a tile's side on the grid
        Line before;
        for (std::uint32_t i = 0; i < 4 + below(12); ++i) {
            before.push_back({4 * tile + below(3 * tile), 4 * tile + below(3 * tile)});
        }
        Line after = before;
        std::size_t const at = below(static_cast<std::uint32_t>(after.size()));
        // Near enough, sometimes, that both are the same on the grid of this zoom.
        after[at] = {after[at].x + below(1U << (4 + below(26))), after[at].y};
        if (below(4) == 0) {
            after.erase(after.begin() +
                        static_cast<std::ptrdiff_t>(below(static_cast<std::uint32_t>(after.size()))));
        }
        for (SmallPaths const small : {SmallPaths::dropped, SmallPaths::kept}) {
            Slicer slicer{zoom, 64, small};
            TileKeys found;
            add_differences(before, after, PathKind::line, slicer, found);
            for (std::uint64_t const key : differing_tiles(before, after, slicer)) {
                CAPTURE(round);
                CHECK(found.contains(key));
                ++differ;
            }
        }
    }
    CHECK(differ > 1000);
}

TEST_CASE("PositionSet: tells its own positions from others") {
    std::vector<GridPoint> own;
    for (std::uint32_t i = 0; i < 5000; ++i) {
        own.push_back({i * 7919, i * i});
    }
    std::array const parts{std::span<GridPoint const>{own}.first(3000),
                           std::span<GridPoint const>{own}.subspan(2000)};
    PositionSet const positions{parts};
    CHECK(std::ranges::all_of(own, [&](GridPoint at) { return positions.contains(at); }));
    std::vector<GridPoint> others;
    others.reserve(own.size());
    for (GridPoint const at : own) {
        others.push_back({at.y + 1'000'000'000, at.x}); // no x of theirs is that large
    }
    CHECK_FALSE(positions.contains_any(others));
    CHECK(std::ranges::none_of(others, [&](GridPoint at) { return positions.contains(at); }));
    others.back() = own[4321];
    CHECK(positions.contains_any(others));
    CHECK_FALSE(positions.contains_any({}));
    CHECK_FALSE(PositionSet{{}}.contains({0, 0}));
}

} // namespace kharita::tile
