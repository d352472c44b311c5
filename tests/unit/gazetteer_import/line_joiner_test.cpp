#include "gazetteer/import/line_joiner.hpp"

#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

namespace kharita::gazetteer {

namespace {

SourceRecord piece(std::string id, std::string name_ar, std::string name_en) {
    SourceRecord record;
    record.id = std::move(id);
    record.name_ar = std::move(name_ar);
    record.name_en = std::move(name_en);
    record.feature = "HWY";
    return record;
}

std::vector<SourceRecord> joined(LineJoiner& lines) {
    std::vector<SourceRecord> all;
    lines.finish([&](SourceRecord&& record) { all.push_back(std::move(record)); });
    return all;
}

} // namespace

TEST_CASE("line joiner: pieces that follow each other are one, with the names of all") {
    LineJoiner lines;
    lines.add(piece("osm:w1", "", "M77"), LineString{{{36.0, 35.0}, {36.1, 35.0}}}, "M77");
    lines.add(piece("osm:w2", "", "R5"), LineString{{{36.0, 35.0}, {36.1, 35.0}}}, "R5");
    // The third ties the fourth to the first.
    lines.add(piece("osm:w4", "طريق زرزور", "Zarzur Road"), LineString{{{36.3, 35.0}, {36.4, 35.0}}}, "M77");
    lines.add(piece("osm:w3", "", "M77"), MultiLineString{{LineString{{{36.13, 35.0}, {36.27, 35.0}}}}},
              "M77");
    auto const all = joined(lines);
    REQUIRE(all.size() == 2);
    CHECK(all[0].id == "osm:w1");
    CHECK(all[0].name_en == "M77");
    CHECK(all[0].name_ar == "طريق زرزور");
    CHECK(all[0].aliases == std::vector<std::string>{"Zarzur Road"});
    CHECK(all[0].extent == Extent{36.0, 35.0, 36.4, 35.0});
    // The middle of the extent, 36.2° east, lies on the third piece.
    CHECK(all[0].at.lon == doctest::Approx(36.2));
    CHECK(all[0].at.lat == doctest::Approx(35.0));
    // 0.4° of longitude at 35° are 36.5 km; half of it.
    CHECK(all[0].uncertainty.value == doctest::Approx(18'250).epsilon(0.01));
    CHECK(all[1].id == "osm:w2");
    CHECK(joined(lines).empty());
}

TEST_CASE("line joiner: far pieces of one name are several rivers") {
    LineJoiner lines;
    lines.add(piece("osm:w1", "نهر", "Nahr"), LineString{{{36.0, 35.0}, {36.1, 35.0}}}, "نهر");
    lines.add(piece("osm:w2", "نهر", "Nahr"), LineString{{{37.0, 35.0}, {37.1, 35.0}}}, "نهر");
    CHECK(joined(lines).size() == 2);
}

TEST_CASE("line joiner: what is no line is no piece") {
    LineJoiner lines;
    lines.add(piece("osm:n1", "جسر", "Jisr"), Point{{36.0, 35.0}}, "جسر");
    lines.add(piece("osm:w1", "جسر", "Jisr"), MultiLineString{}, "جسر");
    CHECK(joined(lines).empty());
}

} // namespace kharita::gazetteer
