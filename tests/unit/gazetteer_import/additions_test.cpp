#include "gazetteer/additions.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "gazetteer/gazetteer.hpp"
#include "support/temp_folder.hpp"

namespace kharita::gazetteer {

namespace {

constexpr std::string_view header =
    "id\tname_ar\tname_en\taliases\tfeature\tadmin\tlon\tlat\tuncertainty_m\tpopulation\tprominence\trefs\n";
constexpr std::string_view additions_header = "id\tname_ar\tname_en\taliases\tpopulation\trefs\n";

} // namespace

TEST_CASE("additions: a place is united with what imports say of it") {
    test::TempFolder const folder;
    std::filesystem::create_directories(folder.path() / "places");
    std::filesystem::create_directories(folder.path() / "imports/b");
    std::filesystem::create_directories(folder.path() / "imports/.b.new");
    folder.file("places/a.tsv", std::string{header} + "SYR\tسوريا\tSyria\t\tPCLI\t\t38\t35\t300000\t\t\t\n" +
                                    "v1\t\tKafr Warda\tKafr Wardah\tPPL\tSYR\t36.25\t35.5\t500\t\t2\tC1\n");
    folder.file("imports/b/places.tsv",
                std::string{header} + "gn:5\tتل ورد\tTall Ward\t\tHLL\tSYR\t36.5\t35.5\t1000\t\t\tgn:5\n");
    folder.file("imports/b/additions.tsv",
                std::string{additions_header} + "v1\tكفر وردة\tKafr Wardeh\tKafr Wardah\t640\tgn:4;wd:Q4\n");
    folder.file("imports/.b.new/places.tsv", "not whole\n");

    Gazetteer const gazetteer = Gazetteer::load(folder.path() / "places");
    CHECK(gazetteer.size() == 3);
    auto const index = gazetteer.find("v1");
    REQUIRE(index);
    Place const& place = gazetteer.place(*index);
    CHECK(place.name == "Kafr Warda");
    CHECK(place.name_ar == "كفر وردة");
    CHECK(place.population == 640);
    CHECK(place.refs == std::vector<std::string>{"C1", "gn:4", "wd:Q4"});
    CHECK(gazetteer.find("gn:4") == index);
    CHECK(gazetteer.names(*index).size() == 4);
    CHECK(gazetteer.lookup("كفر وردة").size() == 1);
    CHECK(gazetteer.find("gn:5").has_value());
}

TEST_CASE("additions: a damaged table is told with file and line") {
    test::TempFolder const folder;
    std::filesystem::create_directories(folder.path() / "imports/b");
    folder.file("imports/b/additions.tsv", std::string{additions_header} + "v1\tx\n");
    CHECK_THROWS_WITH_AS(Additions::load(folder.path()), doctest::Contains("additions.tsv:2: 2 cells"),
                         InputError);
    CHECK(Additions::load(folder.path() / "none").empty());
}

} // namespace kharita::gazetteer
