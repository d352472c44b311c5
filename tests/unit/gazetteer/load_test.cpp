#include "gazetteer/gazetteer.hpp"

#include <string>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "sample.hpp"

using namespace kharita;
using namespace kharita::gazetteer;

namespace {

std::string refused(std::string_view rows) {
    TemporaryFolder const folder;
    folder.write("a.tsv", std::string{header} + std::string{rows});
    try {
        Gazetteer::load(folder.path());
    } catch (InputError const& error) {
        return error.what();
    }
    return "accepted";
}

} // namespace

TEST_CASE("load: places with their country and admin units") {
    TemporaryFolder const folder;
    folder.write("b.tsv", std::string{"# a comment\n"} + std::string{header} + std::string{sample_rows});
    folder.write("notes.txt", "not a table");
    Gazetteer const gazetteer = Gazetteer::load(folder.path());
    auto const musayfira = gazetteer.find("p-musayfira");
    REQUIRE(musayfira);
    Place const& place = gazetteer.place(*musayfira);
    CHECK(place.name == "al-Musayfirah");
    CHECK(place.name_ar == "المسيفرة");
    CHECK(place.country == "SYR");
    CHECK(place.admin1 == AdminUnit{"SY12", "Daraa"});
    CHECK(place.admin2 == AdminUnit{"SY1201", "Izra'"});
    CHECK(place.admin3 == AdminUnit{"SY120101", "al-Hirak"});
    CHECK(place.at == LonLat{36.34, 32.63});
    CHECK(place.uncertainty == Metres{1000});
    CHECK(place.refs == std::vector<std::string>{"C6131"});
    CHECK(gazetteer.find("C6131") == musayfira);
    CHECK_FALSE(gazetteer.find("C9999"));

    auto const daraa = gazetteer.find("p-daraa");
    REQUIRE(daraa);
    CHECK(gazetteer.place(*daraa).population == 97969);
    CHECK(gazetteer.place(*daraa).prominence == 4);
    CHECK_FALSE(gazetteer.place(*daraa).admin3);
    CHECK(gazetteer.names(*daraa).size() == 4);
    CHECK(gazetteer.find("gn:170903") == daraa);

    auto const governorate = gazetteer.find("SY12");
    auto const country = gazetteer.find("SYR");
    REQUIRE(governorate);
    REQUIRE(country);
    CHECK(gazetteer.feature_class_of(*governorate) == FeatureClass::admin1);
    CHECK(gazetteer.is_within(*musayfira, *governorate));
    CHECK(gazetteer.is_within(*musayfira, *musayfira));
    CHECK_FALSE(gazetteer.is_within(*governorate, *musayfira));
    CHECK(gazetteer.parent(*governorate) == *country);
    CHECK(gazetteer.parent(*country) == no_place);
    CHECK(gazetteer.content_hash().size() == 64);
}

TEST_CASE("load: how records are spread over files changes nothing") {
    std::string_view const rows = sample_rows;
    std::size_t const middle = rows.find('\n', rows.size() / 2) + 1;
    TemporaryFolder const one;
    one.write("a.tsv", std::string{header} + std::string{rows});
    TemporaryFolder const two;
    two.write("x.tsv", std::string{header} + std::string{rows.substr(middle)});
    two.write("y.tsv", std::string{header} + std::string{rows.substr(0, middle)});
    Gazetteer const a = Gazetteer::load(one.path());
    Gazetteer const b = Gazetteer::load(two.path());
    CHECK(a.content_hash() == b.content_hash());
    CHECK(a.find("p-bab") == b.find("p-bab"));
    TemporaryFolder const other;
    other.write("a.tsv",
                std::string{header} + std::string{rows} + "X\tس ص\tX y\t\tPPL\tSYR\t1\t2\t3\t\t\t\n");
    CHECK(Gazetteer::load(other.path()).content_hash() != a.content_hash());
}

TEST_CASE("load: what is refused, with file and line") {
    std::string const good = "A\tقرية\tVillage\t\tPPL\t\t36\t35\t500\t\t\t\n";
    CHECK(refused(good) == "accepted");
    CHECK(refused(good + good).find("a.tsv:3: the id A stands at ") != std::string::npos);
    CHECK(refused("A\tقرية\tVillage\t\tPPL\tNONE\t36\t35\t500\t\t\t\n")
              .find("a.tsv:2: the admin unit NONE of A") != std::string::npos);
    CHECK(refused("A\tقرية\tVillage\t\tPPL\t\t36\t95\t500\t\t\t\n").find("expected degrees") !=
          std::string::npos);
    CHECK(refused("A\tقرية\tVillage\t\tPPL\t\tnan\t35\t500\t\t\t\n").find("a.tsv:2") != std::string::npos);
    CHECK(refused("A\tقرية\tVillage\t\tPPL\t\t36\t35\t-1\t\t\t\n").find("uncertainty_m") !=
          std::string::npos);
    CHECK(refused("A\tقرية\tVillage\t\tPPL\t\t36\t35\t500\t1.5\t\t\n").find("whole number") !=
          std::string::npos);
    CHECK(refused("A\tقرية\tVillage\t\tPPL\t\t36\t35\t500\t\t9\t\n").find("from 0 to 5") !=
          std::string::npos);
    CHECK(refused("A\t\t\t\tPPL\t\t36\t35\t500\t\t\t\n").find("neither") != std::string::npos);
    CHECK(refused("\tقرية\t\t\tPPL\t\t36\t35\t500\t\t\t\n").find("no id") != std::string::npos);
    CHECK(refused("A\tقرية\tVillage\t؟\tPPL\t\t36\t35\t500\t\t\t\n").find("fewer than two letters") !=
          std::string::npos);
    CHECK(refused("A\tأ ب\t\t\tADM1\tB\t36\t35\t500\t\t\t\nB\tج د\t\t\tADM2\tA\t36\t35\t500\t\t\t\n")
              .find("does not end") != std::string::npos);
    CHECK(refused("A\tقرية\n").find("a.tsv:2") != std::string::npos);

    TemporaryFolder const empty;
    CHECK_THROWS_AS(Gazetteer::load(empty.path()), InputError);
    CHECK_THROWS_AS(Gazetteer::load(empty.path() / "none"), InputError);
}

TEST_CASE("feature_class: GeoNames codes") {
    CHECK(feature_class("PCLI") == FeatureClass::country);
    CHECK(feature_class("ADM1") == FeatureClass::admin1);
    CHECK(feature_class("ADM2") == FeatureClass::admin2);
    CHECK(feature_class("ADM4") == FeatureClass::admin3);
    CHECK(feature_class("PPLA3") == FeatureClass::settlement);
    CHECK(feature_class("PPLX") == FeatureClass::neighbourhood);
    CHECK(feature_class("AIRB") == FeatureClass::facility);
    CHECK(feature_class("DAM") == FeatureClass::facility);
    CHECK(feature_class("HLL") == FeatureClass::natural);
    CHECK(feature_class("STM") == FeatureClass::line);
    CHECK(feature_class("HWY") == FeatureClass::line);
    CHECK(feature_class("RGN") == FeatureClass::region);
}
