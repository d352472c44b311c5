#include "gazetteer/lines.hpp"

#include <string>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "sample.hpp"

using namespace kharita;
using namespace kharita::gazetteer;

namespace {

constexpr std::string_view line = R"({"type":"Feature","properties":{"id":"r-b","uncertainty_m":1500},)"
                                  R"("geometry":{"type":"LineString","coordinates":[[36,35],[37,35]]}})";
constexpr std::string_view parts =
    R"({"type":"Feature","properties":{"id":"r-a","uncertainty_m":0.5},"geometry":)"
    R"({"type":"MultiLineString","coordinates":[[[36,35],[37,35]],[[38,35],[39,35]]]}})";

std::string refused(std::string_view content) {
    TemporaryFolder const folder;
    folder.write("a.geojson", content);
    try {
        Lines::load(folder.path());
    } catch (InputError const& error) {
        return error.what();
    }
    return "accepted";
}

} // namespace

TEST_CASE("lines: one part or several, found by id") {
    TemporaryFolder const folder;
    folder.write("a.geojson", std::string{line} + "\n" + std::string{parts} + "\n");
    folder.write("notes.txt", "no line");
    Lines const lines = Lines::load(folder.path());
    REQUIRE(lines.all().size() == 2);
    CHECK(lines.all().front().id == "r-a");
    CourseLine const* const found = lines.find("r-b");
    REQUIRE(found != nullptr);
    CHECK(found->uncertainty == Metres{1500});
    CHECK(found->line == MultiLineString{{LineString{{{36, 35}, {37, 35}}}}});
    CHECK(lines.find("r-a")->line.lines.size() == 2);
    CHECK(lines.find("r-c") == nullptr);
}

TEST_CASE("lines: no folder, no lines") {
    TemporaryFolder const folder;
    CHECK(Lines::load(folder.path() / "lines").all().empty());
}

TEST_CASE("lines: what cannot be used is refused with file and feature") {
    CHECK(
        refused(
            R"({"type":"Feature","properties":{"id":"r"},"geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}})")
            .find("a.geojson: feature 1: no property uncertainty_m") != std::string::npos);
    CHECK(
        refused(
            R"({"type":"Feature","properties":{"id":"r","uncertainty_m":-1},"geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}})")
            .find("above 0") != std::string::npos);
    CHECK(
        refused(
            R"({"type":"Feature","properties":{"id":"r","uncertainty_m":1},"geometry":{"type":"Point","coordinates":[1,2]}})")
            .find("r is no line") != std::string::npos);
    CHECK(
        refused(
            R"({"type":"Feature","properties":{"uncertainty_m":1},"geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}})") !=
        "accepted");
    CHECK(refused(std::string{line} + "\n" + std::string{line}).find("two lines have the id r-b") !=
          std::string::npos);
}
