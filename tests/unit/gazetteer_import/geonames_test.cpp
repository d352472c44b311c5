#include "gazetteer/import/geonames.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "support/temp_folder.hpp"

namespace kharita::gazetteer {

namespace {

struct Read {
    std::vector<SourceRecord> records;
    Rejects rejects;
};

Read read(std::filesystem::path const& file, GeonamesOptions const& options) {
    Read result;
    read_geonames(
        file, options, [&](SourceRecord&& record) { result.records.push_back(std::move(record)); },
        [&](Reject&& reject) { result.rejects.push_back(std::move(reject)); });
    return result;
}

GeonamesOptions options() {
    GeonamesOptions result;
    result.country_codes = {{"SY", "SYR"}};
    return result;
}

/// Columns as GeoNames' readme lists them; the places are made up.
std::string const village = "9900001\tKafr Warda\tKafr Warda\tكفر وردة,Kafr "
                            "Wardah,Кафр\t35.5\t36.25\tP\tPPL\tSY\t\t07\t7001\t\t\t640\t\t"
                            "402\tAsia/Damascus\t2012-01-18\n";
std::string const district =
    "9900002\tMintaqat Warda\tMintaqat Warda\t\t35.6\t36.3\tA\tADM2\tSY\t\t07\t7001\t\t\t0\t\t1\tAsia/"
    "Damascus\t2012-01-18\n";

} // namespace

TEST_CASE("geonames: a line becomes a record") {
    test::TempFolder const folder;
    Read const got = read(folder.file("SY.txt", village + district), options());
    CHECK(got.rejects.empty());
    REQUIRE(got.records.size() == 2);
    SourceRecord const& first = got.records[0];
    CHECK(first.id == "gn:9900001");
    CHECK(first.name_en == "Kafr Warda");
    CHECK(first.name_ar == "كفر وردة");
    CHECK(first.aliases == std::vector<std::string>{"Kafr Wardah"});
    CHECK(first.at == LonLat{36.25, 35.5});
    CHECK(first.country == "SYR");
    CHECK(first.units == std::vector<std::string>{"gn-adm:SY.07", "gn-adm:SY.07.7001"});
    CHECK(first.population == 640);
    SourceRecord const& second = got.records[1];
    CHECK(second.feature == "ADM2");
    CHECK(second.units == std::vector<std::string>{"gn-adm:SY.07"});
    CHECK(second.codes == std::vector<std::string>{"gn-adm:SY.07.7001"});
}

TEST_CASE("geonames: only the classes asked for") {
    test::TempFolder const folder;
    GeonamesOptions only = options();
    only.classes = "A";
    Read const got = read(folder.file("SY.txt", village + district), only);
    REQUIRE(got.records.size() == 1);
    CHECK(got.records[0].id == "gn:9900002");
}

TEST_CASE("geonames: bad lines are set aside with their number") {
    test::TempFolder const folder;
    std::string bad_latitude = village;
    bad_latitude.replace(bad_latitude.find("35.5"), 4, "95.5");
    std::string no_number = village;
    no_number.replace(no_number.find("36.25"), 5, "36,25");
    Read const got =
        read(folder.file("SY.txt", "only\tthree\tcells\n" + bad_latitude + no_number + village), options());
    CHECK(got.records.size() == 1);
    REQUIRE(got.rejects.size() == 3);
    CHECK(got.rejects[0].line == 1);
    CHECK(got.rejects[0].reason == "3 columns; a GeoNames dump has 19");
    CHECK(got.rejects[1].line == 2);
    CHECK(got.rejects[1].reason.find("lat 95.5") != std::string::npos);
    CHECK(got.rejects[2].line == 3);
}

TEST_CASE("alternate names: languages, preferred ones first, historic ones left out") {
    test::TempFolder const folder;
    auto const table = folder.file("alternateNamesV2.txt", "1\t9900001\tar\tكفر الوردة\t\t\t\t\n"
                                                           "2\t9900001\tar\tكفر وردة\t1\t\t\t\n"
                                                           "3\t9900001\ten\tKafr Old\t\t\t\t1\n"
                                                           "4\t9900001\ten\tRose Village\t1\t\t\t\t\t\n"
                                                           "5\t9900001\tru\tКафр\t\t\t\t\n"
                                                           "6\t9900001\tlink\thttps://example.org/x\t\t\t\t\n"
                                                           "7\t9900001\ticao\tOSXX\t\t\t\t\n"
                                                           "8\tx\ten\tBad\t\t\t\t\n"
                                                           "9\t12\ten\tFirst of all\t\t\t\t\n");
    Rejects rejects;
    AlternateNames const names{
        table, folder.path(), {"ar", "en"}, [&](Reject&& reject) { rejects.push_back(std::move(reject)); }};
    REQUIRE(rejects.size() == 1);
    CHECK(rejects[0].line == 8);
    auto const found = names.find(9900001);
    REQUIRE(found.size() == 4);
    CHECK(found[0].text == "كفر وردة");
    CHECK(found[0].preferred);
    CHECK(found[1].text == "Rose Village");
    CHECK(names.find(12).size() == 1);
    CHECK(names.find(13).empty());

    GeonamesOptions with = options();
    with.alternates = &names;
    Read const got = read(folder.file("SY.txt", village), with);
    REQUIRE(got.records.size() == 1);
    CHECK(got.records[0].name_ar == "كفر وردة");
    CHECK(got.records[0].name_en == "Rose Village");
    CHECK(got.records[0].aliases == std::vector<std::string>{"Kafr Warda", "كفر الوردة"});
    CHECK(got.records[0].refs == std::vector<std::string>{"icao:OSXX"});
}

TEST_CASE("geonames: a missing file is told") {
    CHECK_THROWS_AS(read("/nowhere/SY.txt", options()), InputError);
}

} // namespace kharita::gazetteer
