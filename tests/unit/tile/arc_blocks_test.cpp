#include "tile/arc_blocks.hpp"

#include <vector>

#include <doctest/doctest.h>

#include "sample_layers.hpp"
#include "tile/slicer.hpp"

namespace kharita::tile {

namespace {

std::vector<GridPoint> kept_of(GridColumns const& columns, std::vector<GridPoint> const& path) {
    std::vector<GridPoint> kept;
    FarVertices far{columns, kept};
    for (GridPoint const at : path) {
        far.add(at);
    }
    far.finish();
    return kept;
}

enum class Looks { everywhere, there };

/// The pieces of a path within a tile.
std::vector<std::vector<SubPoint>> pieces_in(TileId tile, std::vector<GridPoint> const& path, PathKind kind,
                                             Looks looks = Looks::everywhere) {
    std::vector<std::vector<SubPoint>> pieces;
    Slicer slicer{tile.zoom, 64};
    if (looks == Looks::there) {
        slicer.look_at(tile, tile);
    }
    slicer.slice(path, kind, [&](TileId at, std::span<SubPoint const> piece) {
        if (at == tile) {
            pieces.emplace_back(piece.begin(), piece.end());
        }
    });
    return pieces;
}

} // namespace

TEST_CASE("FarVertices: of a run to the west or the east, the first and the last stay") {
    GridColumns const columns{100, 200};
    std::vector<GridPoint> const west{{10, 0}, {20, 150}, {5, 300}, {30, 120}};
    CHECK(kept_of(columns, west) == std::vector<GridPoint>{{10, 0}, {30, 120}});
    std::vector<GridPoint> const inside{{100, 0}, {120, 130}, {200, 900}};
    CHECK(kept_of(columns, inside) == inside);
    std::vector<GridPoint> const across{{50, 1},  {60, 2},  {70, 3},  {201, 4},
                                        {300, 5}, {250, 6}, {150, 7}, {99, 8}};
    CHECK(kept_of(columns, across) ==
          std::vector<GridPoint>{{50, 1}, {70, 3}, {201, 4}, {250, 6}, {150, 7}, {99, 8}});
    CHECK(kept_of(columns, {}).empty());
    CHECK(kept_of(columns, {{1, 1}}) == std::vector<GridPoint>{{1, 1}});
}

TEST_CASE("FarVertices: within the columns, pieces of lines and rings are what they are of the whole path") {
    constexpr int zoom = 6;
    constexpr std::uint32_t side = std::uint32_t{1} << (grid_bits - zoom);
    constexpr std::uint32_t margin = side / 32;
    TileId const tile{zoom, 20, 30};
    GridColumns const columns{20 * side - margin, 21 * side + margin};
    test::Random random{17};
    for (int round = 0; round < 300; ++round) {
        CAPTURE(round);
        std::vector<GridPoint> path{{20 * side + side / 2, 30 * side + side / 2}};
        for (int i = 0; i < 60; ++i) {
            auto const move = [&](std::uint32_t at) {
                return static_cast<std::uint32_t>(at + random.between(-0.7, 0.7) * side);
            };
            path.push_back({move(path.back().x), move(path.back().y)});
        }
        for (PathKind const kind : {PathKind::line, PathKind::ring}) {
            CHECK(pieces_in(tile, kept_of(columns, path), kind, Looks::there) == pieces_in(tile, path, kind));
        }
    }
}

TEST_CASE("ArcBlocks: boxes and most tolerant vertices of stretches of 64") {
    PathRecord record;
    for (std::uint32_t i = 0; i < 70; ++i) {
        record.vertices.push_back({i, 1000 - i});
        record.keep_below.push_back(i == 40 ? 9.0F : 1.0F);
    }
    record.arcs = {{0, 0, 0, 0, {}}, {0, 70, 0, 0, {}}, {0, 70, 0, 0, {}}};
    ArcBlocks const blocks{record.arcs, {true, true, false}, record};
    CHECK(blocks.of(0).empty());
    CHECK(blocks.of(2).empty()); // not wanted
    REQUIRE(blocks.of(1).size() == 2);
    CHECK(blocks.of(1)[0].box == GridBox{{0, 937}, {63, 1000}});
    CHECK(blocks.of(1)[0].most == 9.0F);
    CHECK(blocks.of(1)[1].box == GridBox{{64, 931}, {69, 936}});
    CHECK(blocks.of(1)[1].most == 1.0F);
}

} // namespace kharita::tile
