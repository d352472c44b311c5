#include "sqlite/rtree.hpp"

#include <cmath>
#include <random>
#include <string>

#include <doctest/doctest.h>

#include "sqlite/connection.hpp"

using kharita::sqlite::build_rtree;
using kharita::sqlite::Connection;
using kharita::sqlite::indexed_box;
using kharita::sqlite::IndexedBox;
using kharita::sqlite::Mode;

namespace {

std::vector<IndexedBox> random_boxes(std::size_t count) {
    std::mt19937 random{7};
    std::uniform_real_distribution<double> lon{-180, 180};
    std::uniform_real_distribution<double> lat{-90, 90};
    std::vector<IndexedBox> boxes;
    for (std::size_t i = 0; i < count; ++i) {
        double const x = lon(random);
        double const y = lat(random);
        boxes.push_back(indexed_box(static_cast<std::int64_t>(3 * i + 1), x, x + 0.5, y, y + 0.25));
    }
    return boxes;
}

} // namespace

TEST_CASE("indexed_box: floats never lose what the doubles hold") {
    IndexedBox const box = indexed_box(1, 36.6231, 36.6231, -35.3211, -35.3211);
    CHECK(double{box.min_x} <= 36.6231);
    CHECK(double{box.max_x} >= 36.6231);
    CHECK(double{box.min_y} <= -35.3211);
    CHECK(double{box.max_y} >= -35.3211);
    CHECK(std::nextafter(box.min_x, 100.0F) == box.max_x);
    // 0.5 is a float already.
    CHECK(indexed_box(1, 0.5, 0.5, 0.5, 0.5).min_x == 0.5F);
    CHECK(indexed_box(1, 0.5, 0.5, 0.5, 0.5).max_x == 0.5F);
}

TEST_CASE("build_rtree: SQLite finds the tree whole at every height") {
    // A node holds 51 boxes: below, at and above one, two and three levels, and their edges.
    for (std::size_t const count : {0UL, 1UL, 51UL, 52UL, 2601UL, 2602UL, 9000UL, 140'000UL}) {
        CAPTURE(count);
        Connection connection{":memory:", {.mode = Mode::create}};
        connection.execute("CREATE VIRTUAL TABLE idx USING rtree(pkid, xmin, xmax, ymin, ymax)");
        connection.execute("BEGIN");
        auto const boxes = random_boxes(count);
        build_rtree(connection, "idx", boxes);
        connection.execute("COMMIT");
        CHECK(connection.text("SELECT rtreecheck('idx')") == "ok");
        CHECK(connection.integer("SELECT count(*) FROM idx") == static_cast<std::int64_t>(count));

        std::int64_t expected = 0;
        for (IndexedBox const& box : boxes) {
            expected += box.max_x >= 10 && box.min_x <= 30 && box.max_y >= -20 && box.min_y <= 5 ? 1 : 0;
        }
        CHECK(
            connection.integer("SELECT count(*) FROM idx WHERE xmax >= 10 AND xmin <= 30 AND ymax >= -20 AND "
                               "ymin <= 5") == expected);
    }
}

TEST_CASE("build_rtree: what is built can be changed row by row, and built again") {
    Connection connection{":memory:", {.mode = Mode::create}};
    connection.execute("CREATE VIRTUAL TABLE idx USING rtree(pkid, xmin, xmax, ymin, ymax)");
    connection.execute("BEGIN");
    build_rtree(connection, "idx", random_boxes(3000));
    connection.execute("DELETE FROM idx WHERE pkid % 2 = 0; INSERT INTO idx VALUES (999999, 1, 2, 3, 4)");
    connection.execute("COMMIT");
    CHECK(connection.text("SELECT rtreecheck('idx')") == "ok");
    CHECK(connection.integer("SELECT count(*) FROM idx") == 1501);
    connection.execute("BEGIN");
    build_rtree(connection, "idx", random_boxes(10));
    connection.execute("COMMIT");
    CHECK(connection.text("SELECT rtreecheck('idx')") == "ok");
    CHECK(connection.integer("SELECT count(*) FROM idx") == 10);
}
