#include "gazetteer/boundaries.hpp"

#include <filesystem>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "sample.hpp"

using namespace kharita;
using namespace kharita::gazetteer;

namespace {

std::string collection(std::string_view features) {
    return R"({"type":"FeatureCollection","features":[)" + std::string{features} + "]}";
}

constexpr std::string_view square =
    R"({"type":"Feature","properties":{"id":"AAA","name_en":"A"},"geometry":{"type":"Polygon",)"
    R"("coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}})";
constexpr std::string_view edge =
    R"({"type":"Feature","properties":{"id":"AAA-BBB","left":"AAA","right":"BBB","name_ar":"حدود","name_en":"border"},)"
    R"("geometry":{"type":"LineString","coordinates":[[1,0],[1,1]]}})";

} // namespace

TEST_CASE("boundaries: outlines and borders") {
    TemporaryFolder const folder;
    folder.write("b.geojson", collection(edge));
    folder.write("a.geojson", collection(square));
    folder.write("readme.txt", "no outline");
    Boundaries const boundaries = Boundaries::load(folder.path());
    Boundary const* area = boundaries.find("AAA");
    REQUIRE(area != nullptr);
    REQUIRE(area->area.polygons.size() == 1);
    CHECK(area->area.polygons[0].outer.size() == 5);
    CHECK(boundaries.find("BBB") == nullptr);
    BorderLine const* border = boundaries.border("BBB", "AAA");
    REQUIRE(border != nullptr);
    CHECK(border == boundaries.border("AAA", "BBB"));
    CHECK(border->left == "AAA");
    CHECK(border->line.lines.size() == 1);
    CHECK(boundaries.border("AAA", "CCC") == nullptr);
    CHECK(boundaries.borders().size() == 1);
}

TEST_CASE("boundaries: what is refused names the file") {
    auto const refused = [](std::string_view content) {
        TemporaryFolder const folder;
        folder.write("x.geojson", content);
        try {
            Boundaries::load(folder.path());
        } catch (InputError const& error) {
            return std::string{error.what()};
        }
        return std::string{"accepted"};
    };
    CHECK(refused(collection(square)) == "accepted");
    CHECK(refused("{").find("x.geojson") != std::string::npos);
    CHECK(refused(collection(std::string{square} + "," + std::string{square})).find("AAA") !=
          std::string::npos);
    CHECK(refused(collection(R"({"type":"Feature","properties":{"id":"P"},"geometry":{"type":"Point",)"
                             R"("coordinates":[0,0]}})"))
              .find("no polygon") != std::string::npos);
    CHECK(
        refused(collection(
                    R"({"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[0,0]}})"))
            .find("x.geojson: feature 1") != std::string::npos);
    TemporaryFolder const empty;
    CHECK_THROWS_AS(Boundaries::load(empty.path()), InputError);
}

TEST_CASE("boundaries: the shipped ones hold Syria, its governorates and its neighbours") {
    Boundaries const boundaries =
        Boundaries::load(std::filesystem::path{KHARITA_SOURCE_DIR} / "gazetteer" / "boundaries");
    for (std::string_view const id : {"SYR", "TUR", "IRQ", "JOR", "LBN", "ISR", "SY01", "SY07", "SY14"}) {
        CAPTURE(id);
        CHECK(boundaries.find(id) != nullptr);
    }
    for (std::string_view const neighbour : {"TUR", "IRQ", "JOR", "LBN", "ISR"}) {
        CAPTURE(neighbour);
        CHECK(boundaries.border("SYR", neighbour) != nullptr);
    }
}
