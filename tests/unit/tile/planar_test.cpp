#include "tile/planar.hpp"

#include <algorithm>
#include <utility>

#include <doctest/doctest.h>

#include "sample_layers.hpp"
#include "tile/arcs.hpp"
#include "tile/mvt_decoder.hpp"
#include "tile/noder.hpp"
#include "tile/ring_tracer.hpp"
#include "tile/shape_levels.hpp"
#include "tile/simplify.hpp"
#include "tile/slicer.hpp"

using namespace kharita;
using namespace kharita::tile;

namespace {

using Ring16 = std::vector<SubPoint>;
using TileRings = std::vector<std::vector<TilePoint>>;

/// In tile units.
Ring16 ring(std::initializer_list<TilePoint> points) {
    Ring16 result;
    for (TilePoint const at : points) {
        result.push_back({at.x * subs_per_unit, at.y * subs_per_unit});
    }
    return result;
}

std::int64_t area_of(TileRings const& rings) {
    std::int64_t sum = 0;
    for (auto const& each : rings) {
        sum += twice_area(each);
    }
    return sum;
}

TileRings snapped(std::vector<Ring16> const& rings) {
    CutRings cut;
    for (Ring16 const& each : rings) {
        cut.add(1, each);
    }
    auto const polygons = snap_polygons(cut);
    return polygons.empty() ? TileRings{} : polygons.front().rings;
}

std::vector<std::string> problems(TileRings const& rings) {
    DecodedFeature feature;
    feature.type = GeometryType::polygon;
    feature.parts = rings;
    return check_tile({{{"l", 2, 4096, {feature}}}}, 50'000);
}

} // namespace

TEST_CASE("snap_polygons: what is valid stays, corners of 180 degrees go") {
    TileRings const rings =
        snapped({ring({{0, 0}, {5, 0}, {10, 0}, {10, 10}, {0, 10}}), ring({{2, 2}, {2, 4}, {4, 4}, {4, 2}})});
    REQUIRE(rings.size() == 2);
    CHECK(rings[0].size() == 4);
    CHECK(twice_area(rings[0]) == 200);
    CHECK(twice_area(rings[1]) == -8);
    CHECK(problems(rings).empty());
}

TEST_CASE("snap_polygons: positions are rounded, halves upwards") {
    TileRings const rings = snapped({Ring16{{7, 8}, {160, -8}, {163, 167}, {-9, 168}}});
    REQUIRE(rings.size() == 1);
    auto sorted = rings.front();
    std::sort(sorted.begin(), sorted.end());
    CHECK(sorted == std::vector<TilePoint>{{-1, 11}, {0, 1}, {10, 0}, {10, 10}});
}

TEST_CASE("snap_polygons: spikes, needles and specks fall away") {
    CHECK(snapped({ring({{0, 0}, {10, 0}, {10, 10}})}).size() == 1);
    CHECK(snapped({Ring16{{0, 0}, {160, 1}, {80, 3}}}).empty());
    CHECK(snapped({Ring16{{0, 0}, {3, 0}, {3, 3}}}).empty());
    TileRings const spiked = snapped({ring({{0, 0}, {10, 0}, {10, 5}, {30, 5}, {10, 5}, {10, 10}, {0, 10}})});
    REQUIRE(spiked.size() == 1);
    CHECK(twice_area(spiked[0]) == 200);
    CHECK(spiked[0].size() == 4);
}

TEST_CASE("snap_polygons: a ring that the clipper led along the edge falls into its parts") {
    // Two towers above the edge y = 0, joined along it forth and back.
    TileRings const rings =
        snapped({ring({{0, 0}, {20, 0}, {20, 10}, {12, 10}, {12, 0}, {8, 0}, {8, 10}, {0, 10}})});
    REQUIRE(rings.size() == 2);
    CHECK(twice_area(rings[0]) == 160);
    CHECK(twice_area(rings[1]) == 160);
    CHECK(problems(rings).empty());
}

TEST_CASE("snap_polygons: rings that touch become rings of their own") {
    // A hole that touches the exterior at one vertex, given as one ring.
    TileRings const hole =
        snapped({ring({{0, 0}, {10, 0}, {10, 10}, {5, 10}, {7, 6}, {5, 4}, {3, 6}, {5, 10}, {0, 10}})});
    REQUIRE(hole.size() == 2);
    CHECK(area_of(hole) == 200 - 24);
    CHECK(problems(hole).empty());
    // Two squares that share one corner.
    TileRings const corner =
        snapped({ring({{0, 0}, {5, 0}, {5, 5}, {10, 5}, {10, 10}, {5, 10}, {5, 5}, {0, 5}})});
    CHECK(corner.size() == 2);
    CHECK(problems(corner).empty());
}

TEST_CASE("snap_polygons: what is turned inside out or covered twice is made right") {
    // Figure of eight: the part of negative area is no area.
    TileRings const eight = snapped({ring({{0, 0}, {10, 10}, {10, 0}, {0, 10}})});
    CHECK(problems(eight).empty());
    CHECK(area_of(eight) == 50);
    // Two squares of one owner that overlap are their union.
    TileRings const both =
        snapped({ring({{0, 0}, {10, 0}, {10, 10}, {0, 10}}), ring({{5, 5}, {15, 5}, {15, 15}, {5, 15}})});
    REQUIRE(both.size() == 1);
    CHECK(twice_area(both[0]) == 2 * 175);
    // The same square twice, and one within it.
    TileRings const same =
        snapped({ring({{0, 0}, {10, 0}, {10, 10}, {0, 10}}), ring({{0, 0}, {10, 0}, {10, 10}, {0, 10}}),
                 ring({{2, 2}, {4, 2}, {4, 4}, {2, 4}})});
    REQUIRE(same.size() == 1);
    CHECK(twice_area(same[0]) == 200);
}

TEST_CASE("snap_polygons: any rings give valid polygons") {
    test::Random random{42};
    for (int round = 0; round < 300; ++round) {
        CAPTURE(round);
        CutRings cut;
        std::size_t const rings = 1 + random.below(4);
        for (std::size_t i = 0; i < rings; ++i) {
            Ring16 points;
            std::int32_t const reach = round % 2 == 0 ? 200 : 3000;
            for (std::size_t k = 3 + random.below(12); k > 0; --k) {
                points.push_back({static_cast<std::int32_t>(random.below(static_cast<std::size_t>(reach))),
                                  static_cast<std::int32_t>(random.below(static_cast<std::size_t>(reach)))});
            }
            cut.add(static_cast<std::uint32_t>(i / 2), points);
        }
        for (TilePolygons const& polygons : snap_polygons(cut)) {
            CHECK(problems(polygons.rings) == std::vector<std::string>{});
        }
    }
}

TEST_CASE("check_tile: what is wrong is found") {
    CHECK(problems({{{0, 0}, {10, 0}, {10, 10}}}).empty());
    CHECK(problems({{{0, 0}, {10, 10}, {10, 0}}}).front().find("first ring is not exterior") !=
          std::string::npos);
    CHECK(problems({{{0, 0}, {10, 0}, {10, 10}}, {{1, 1}, {2, 2}, {3, 3}}}).front().find("without area") !=
          std::string::npos);
    CHECK(problems({{{0, 0}, {10, 10}, {10, 0}, {0, 11}}}).size() == 1); // crosses itself
    // A hole outside, two exteriors that overlap, a hole that crosses; a hole that touches at a point is
    // right.
    std::vector<TilePoint> const square{{0, 0}, {10, 0}, {10, 10}, {0, 10}};
    CHECK(problems({square, {{20, 20}, {20, 22}, {22, 22}, {22, 20}}}).size() == 1);
    CHECK(problems({square, {{5, 5}, {15, 5}, {15, 15}, {5, 15}}}).size() == 1);
    CHECK(problems({square, {{8, 2}, {8, 4}, {12, 4}, {12, 2}}}).size() == 1);
    CHECK(problems({square, {{5, 0}, {3, 4}, {7, 4}}}).empty());
    CHECK(problems({square, {{2, 2}, {2, 4}, {4, 4}, {4, 2}}, {{12, 0}, {14, 0}, {14, 2}}}).empty());
    DecodedTile const tile{{{"l", 2, 4096, {}}}};
    CHECK(check_tile(tile, 0).front() == "layer \"l\" has no features");
}

TEST_CASE("Slicer: a ring round the world is cut into full tiles, a line into pieces") {
    Slicer slicer{2, 64};
    std::uint32_t const edge = 0xffff'ffff;
    std::vector<GridPoint> const world{{0, 0}, {edge, 0}, {edge, edge}, {0, edge}};
    std::size_t tiles = 0;
    slicer.slice(world, PathKind::ring, [&](TileId tile, std::span<SubPoint const> piece) {
        ++tiles;
        CAPTURE(tile.x);
        REQUIRE(piece.size() >= 4);
        std::int32_t const least = -64 * subs_per_unit;
        std::int32_t const most = (4096 + 64) * subs_per_unit;
        for (SubPoint const at : piece) {
            CHECK(std::min(at.x, at.y) >= least);
            CHECK(std::max(at.x, at.y) <= most);
        }
    });
    CHECK(tiles == 16);
    // A line that leaves a tile and comes back is two pieces there.
    std::uint32_t const unit = 1U << (grid_bits - 14U); // of zoom 2
    std::vector<GridPoint> const line{{100 * unit, 100 * unit},
                                      {100 * unit, 5000 * unit},
                                      {200 * unit, 5000 * unit},
                                      {200 * unit, 100 * unit}};
    std::size_t pieces = 0;
    slicer.slice(line, PathKind::line, [&](TileId tile, std::span<SubPoint const>) {
        pieces += tile == TileId{2, 0, 0} ? 1U : 0U;
    });
    CHECK(pieces == 2);
}

TEST_CASE("Slicer: a path that is a single position is a piece only where small ones are kept") {
    WorldPoint const at = to_world({45, 45});
    std::vector<GridPoint> const path(3, to_grid(at));
    for (PathKind const kind : {PathKind::line, PathKind::ring}) {
        std::vector<TileId> found;
        auto const note = [&](TileId tile, std::span<SubPoint const> piece) {
            CHECK(piece.size() == 1);
            found.push_back(tile);
        };
        Slicer dropping{2, 64};
        dropping.slice(path, kind, note);
        CHECK(found.empty());
        Slicer keeping{2, 64, SmallPaths::kept};
        keeping.slice(path, kind, note);
        CHECK(found == std::vector<TileId>{{2, 2, 1}});
        keeping.look_at({2, 0, 0}, {2, 1, 3});
        keeping.slice(path, kind, note);
        CHECK(found.size() == 1);
    }
}

TEST_CASE("cut_into_arcs: neighbours share arcs, rings without neighbours are one") {
    // Two squares side by side and an island in the left one that is also its hole.
    std::vector<GridPoint> const vertices{{0, 0},  {10, 0}, {10, 10}, {0, 10},  // left
                                          {10, 0}, {20, 0}, {20, 10}, {10, 10}, // right
                                          {2, 2},  {2, 4},  {4, 4},   {4, 2},   // hole
                                          {4, 4},  {4, 2},  {2, 2},   {2, 4}};  // island, begun elsewhere
    std::vector<Path> const rings{{0, 0, 0, 4, 0}, {1, 1, 4, 8, 0}, {0, 0, 8, 12, 0}, {2, 2, 12, 16, 0}};
    Arcs const arcs = cut_into_arcs(number_vertices(vertices, rings, PathKind::ring), PathKind::ring, 2);
    CHECK(arcs.arcs.size() == 4); // the shared side, each square's rest, the island
    CHECK(arcs.uses_of(0).size() == 2);
    CHECK(arcs.uses_of(2).size() == 1);
    CHECK(arcs.uses_of(2)[0].arc == arcs.uses_of(3)[0].arc);
    std::vector<bool> const all(arcs.vertices.size(), true);
    for (std::size_t path = 0; path < rings.size(); ++path) {
        std::vector<GridPoint> back;
        append_kept(arcs, path, PathKind::ring, all, back);
        std::vector<GridPoint> given{vertices.begin() + static_cast<std::ptrdiff_t>(rings[path].begin),
                                     vertices.begin() + static_cast<std::ptrdiff_t>(rings[path].end)};
        std::rotate(given.begin(), std::find(given.begin(), given.end(), back.front()), given.end());
        CHECK(back == given);
    }
}

TEST_CASE("kept_vertices: Douglas-Peucker at any tolerance, ends always kept") {
    std::vector<GridPoint> const line{{0, 0}, {100, 3}, {200, 0}, {300, 50}, {400, 0}};
    std::vector<Path> const paths{{0, 0, 0, 5, 0}};
    Arcs const arcs = cut_into_arcs(number_vertices(line, paths, PathKind::line), PathKind::line, 2);
    auto const kept = [&](double tolerance) {
        std::vector<GridPoint> result;
        append_kept(arcs, 0, PathKind::line, kept_vertices(arcs, tolerance, Crossings::allowed), result);
        return result.size();
    };
    CHECK(kept(0) == 5);
    CHECK(kept(5) == 4);  // without {100, 3}
    CHECK(kept(60) == 2); // {300, 50} lies 50 off the base, and {200, 0} counts no more than it
}

TEST_CASE("kept_vertices: a ring keeps a triangle at any tolerance") {
    std::vector<GridPoint> const square{{0, 0}, {50, 1}, {100, 0}, {100, 100}, {0, 100}};
    std::vector<Path> const rings{{0, 0, 0, 5, 0}};
    Arcs const arcs = cut_into_arcs(number_vertices(square, rings, PathKind::ring), PathKind::ring, 2);
    std::vector<GridPoint> kept;
    append_kept(arcs, 0, PathKind::ring, kept_vertices(arcs, 1e9, Crossings::prevented), kept);
    CHECK(kept.size() == 3);
}

TEST_CASE("kept_vertices: simplified borders neither cross nor pass an island on the wrong side") {
    // A border with a bay in which a small island lies: made straight, the border would leave it outside.
    std::vector<GridPoint> const vertices{{0, 800},  {400, 800}, {500, 890}, {600, 800}, {1000, 800},
                                          {1000, 0}, {0, 0},     {495, 840}, {505, 840}, {500, 850}};
    std::vector<Path> const rings{{0, 0, 0, 7, 0}, {1, 1, 7, 10, 0}};
    Arcs const arcs = cut_into_arcs(number_vertices(vertices, rings, PathKind::ring), PathKind::ring, 2);
    auto const kept = [&](Crossings crossings) {
        std::vector<GridPoint> result;
        append_kept(arcs, 0, PathKind::ring, kept_vertices(arcs, 100, crossings), result);
        return result;
    };
    auto const has_bay = [](std::vector<GridPoint> const& ring) {
        return std::find(ring.begin(), ring.end(), GridPoint{500, 890}) != ring.end();
    };
    CHECK_FALSE(has_bay(kept(Crossings::allowed)));
    CHECK(has_bay(kept(Crossings::prevented)));
}

TEST_CASE("joined: pieces stand by tile, owner and path, of however many parts") {
    for (std::size_t count = 0; count <= 9; ++count) {
        std::vector<ShapePart> parts(count);
        for (std::uint32_t i = 0; i < 40; ++i) {
            if (count > 0) {
                parts[i % count].add(i * 7 % 11, i * 5 % 3, i, {});
            }
        }
        std::ranges::for_each(parts, &ShapePart::sort);
        ShapeLevel const level = joined(std::move(parts));
        CAPTURE(count);
        CHECK(level.points.size() == count);
        CHECK(level.pieces.size() == (count > 0 ? 40 : 0));
        CHECK(std::ranges::is_sorted(level.pieces, {}, [](ShapePiece const& each) {
            return std::tuple{each.tile, each.owner, each.path};
        }));
    }
}

TEST_CASE("ShapePart: positions come back, of any size and sign") {
    std::vector<SubPoint> const first{{0, 0}, {1, -1}, {-1024, 66'560}, {(1 << 29) - 1, -(1 << 29) + 1}};
    std::vector<SubPoint> const second{{-64, 63}, {-64, 64}};
    ShapePart part;
    part.add(7, 1, 0, first);
    part.add(3, 2, 1, second);
    part.sort();
    ShapePart other;
    other.add(3, 1, 5, first);
    other.sort();
    std::vector<ShapePart> parts;
    parts.push_back(std::move(part));
    parts.push_back(std::move(other));
    ShapeLevel const level = joined(std::move(parts));
    REQUIRE(level.pieces.size() == 3);
    std::vector<SubPoint> read{{9, 9}};
    level.read_points(level.pieces[0], read); // tile 3, owner 1
    CHECK(read == first);
    level.read_points(level.pieces[1], read); // tile 3, owner 2
    CHECK(read == second);
    CHECK(level.pieces[2].tile == 7);
    level.read_points(level.pieces[2], read);
    CHECK(read == first);
}
