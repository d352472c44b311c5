#include "tile/tile_id.hpp"

#include <cmath>

#include <doctest/doctest.h>

using namespace kharita;
using namespace kharita::tile;

TEST_CASE("hilbert_key: tiles as listed in the PMTiles v3 specification") {
    struct Row {
        TileId tile;
        std::uint64_t key = 0;
    };
    for (Row const& row : {Row{{0, 0, 0}, 0}, Row{{1, 0, 0}, 1}, Row{{1, 0, 1}, 2}, Row{{1, 1, 1}, 3},
                           Row{{1, 1, 0}, 4}, Row{{2, 0, 0}, 5}, Row{{12, 3423, 1763}, 19'078'479}}) {
        CAPTURE(row.key);
        CHECK(hilbert_key(row.tile) == row.key);
        CHECK(tile_from_hilbert_key(row.key) == row.tile);
    }
}

TEST_CASE("hilbert_key: a curve through neighbours, and its own inverse") {
    for (int zoom = 1; zoom <= 6; ++zoom) {
        std::uint64_t const first = hilbert_key({zoom, 0, 0});
        TileId last{zoom, 0, 0};
        for (std::uint64_t along = 1; along < std::uint64_t{1} << static_cast<unsigned>(2 * zoom); ++along) {
            auto const tile = tile_from_hilbert_key(first + along);
            REQUIRE(tile);
            CHECK(hilbert_key(*tile) == first + along);
            int const steps = std::abs(static_cast<int>(tile->x) - static_cast<int>(last.x)) +
                              std::abs(static_cast<int>(tile->y) - static_cast<int>(last.y));
            CHECK(steps == 1);
            last = *tile;
        }
    }
    TileId const corner{max_zoom, (1U << max_zoom) - 1, (1U << max_zoom) - 1};
    CHECK(tile_from_hilbert_key(hilbert_key(corner)) == corner);
    CHECK_FALSE(tile_from_hilbert_key(~std::uint64_t{0}));
}

TEST_CASE("tms_row counts from the bottom") {
    CHECK(tms_row({0, 0, 0}) == 0);
    CHECK(tms_row({3, 2, 1}) == 6);
    CHECK(tms_row({3, 2, tms_row({3, 2, 5})}) == 5);
}

TEST_CASE("to_world: corners, equator and known positions") {
    CHECK(to_world({0, 0}) == WorldPoint{world_size / 2, world_size / 2});
    CHECK(to_world({-180, mercator_limit}) == WorldPoint{0, 0});
    CHECK(to_world({180, -mercator_limit}) == WorldPoint{world_size, world_size});
    CHECK(to_world({-180, 90}) == WorldPoint{0, 0}); // beyond the square: its edge
    // Tile of Aleppo (37.16 E, 36.20 N) at zoom 8 by the formula of EPSG:3857: x = 217.16 / 360 * 256 =
    // 154.4; y = (1 - asinh(tan 36.2°) / pi) / 2 * 256 = 100.3.
    CHECK(tile_at(to_world({37.16, 36.20}), 8) == TileId{8, 154, 100});
}

TEST_CASE("tile_at: edges belong to one tile, the world's right and lower edge to the last") {
    CHECK(tile_at({0, 0}, 3) == TileId{3, 0, 0});
    CHECK(tile_at({world_size / 8, world_size / 8 - 1}, 3) == TileId{3, 1, 0});
    CHECK(tile_at({world_size, world_size}, 3) == TileId{3, 7, 7});
    CHECK(tile_at(to_world({180, 0}), 0) == TileId{0, 0, 0});
}

TEST_CASE("to_lon_lat undoes to_world to within a millimetre's worth of degrees") {
    for (double lon = -180; lon <= 180; lon += 13.7) {
        for (double lat = -85; lat <= 85; lat += 7.3) {
            LonLat const back = to_lon_lat(to_world({lon, lat}));
            CHECK(std::abs(back.lon - lon) < 1e-8);
            CHECK(std::abs(back.lat - lat) < 1e-8);
        }
    }
}

TEST_CASE("tile_extent") {
    Extent const world = tile_extent({0, 0, 0});
    CHECK(world.west == -180);
    CHECK(world.east == 180);
    CHECK(world.north == doctest::Approx(mercator_limit));
    CHECK(world.south == doctest::Approx(-mercator_limit));
    Extent const quarter = tile_extent({1, 1, 0});
    CHECK(quarter.west == 0);
    CHECK(quarter.south == doctest::Approx(0));
}

TEST_CASE("is_valid(TileId)") {
    CHECK(is_valid(TileId{0, 0, 0}));
    CHECK_FALSE(is_valid(TileId{0, 1, 0}));
    CHECK_FALSE(is_valid(TileId{-1, 0, 0}));
    CHECK_FALSE(is_valid(TileId{max_zoom + 1, 0, 0}));
}
