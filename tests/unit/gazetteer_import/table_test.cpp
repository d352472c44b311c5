#include "gazetteer/import/table_reader.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "geo/vector_file.hpp"
#include "support/temp_folder.hpp"

// Reads through GDAL: needs the module kharita_ogr.so beside the test program.

namespace kharita::gazetteer {

namespace {

struct Read {
    std::vector<SourceRecord> records;
    Rejects rejects;
};

Read read(std::filesystem::path const& file, std::string_view format,
          std::vector<std::string> const& maps = {}, std::vector<std::string> const& options = {}) {
    auto profile = TableProfile::load(KHARITA_SOURCE_DIR "/gazetteer/vocabulary/import", format);
    for (std::string const& map : maps) {
        profile.map(map);
    }
    Read result;
    read_table(
        {file, "", options, {{"SY", "SYR"}}}, profile,
        [&](SourceRecord&& record) { result.records.push_back(std::move(record)); },
        [&](Reject&& reject) { result.rejects.push_back(std::move(reject)); });
    return result;
}

} // namespace

TEST_CASE("table: CSV with the usual columns") {
    test::TempFolder const folder;
    Read const got =
        read(folder.file("places.csv", "id,name_en,name_ar,alt_names,feature,admin1,lat,lon,pop\n"
                                       "X1,Tal Ward,تل ورد,Tell Ward|تل الورد,village,Zahr,35.5,36.25,120\n"
                                       "X2,Nowhere,,,village,Zahr,,,\n"
                                       "X3,Somewhere,<Null>,,village,Zahr,abc,36,\n"),
             "table");
    REQUIRE(got.records.size() == 1);
    SourceRecord const& record = got.records[0];
    CHECK(record.id == "X1");
    CHECK(record.name_ar == "تل ورد");
    CHECK(record.aliases == std::vector<std::string>{"Tell Ward", "تل الورد"});
    CHECK(record.feature == "PPL");
    CHECK(record.at == LonLat{36.25, 35.5});
    CHECK(record.units == std::vector<std::string>{"Zahr"});
    CHECK(record.population == 120);
    REQUIRE(got.rejects.size() == 2);
    CHECK(got.rejects[0].line == 2);
    CHECK(got.rejects[0].reason == "it has no position");
    CHECK(got.rejects[1].reason == R"("36", "abc" where longitude and latitude are expected)");
}

TEST_CASE("table: columns and fixed values from the command line") {
    test::TempFolder const folder;
    auto const file = folder.file("x.csv", "KOD,ADI,boylam,enlem\n7,تل ورد,36.25,35.5\n");
    CHECK_THROWS_WITH_AS(read(file, "table"), doctest::Contains("There are: KOD, ADI, boylam, enlem"),
                         InputError);
    Read const got =
        read(file, "table", {"id=KOD", "name_ar=ADI", "lon=boylam", "lat=enlem", "feature:=HLL"});
    REQUIRE(got.records.size() == 1);
    CHECK(got.records[0].id == "7");
    CHECK(got.records[0].feature == "HLL");
    auto profile = TableProfile::load(KHARITA_SOURCE_DIR "/gazetteer/vocabulary/import", "table");
    CHECK_THROWS_AS(profile.map("nonsense=KOD"), UsageError);
    CHECK_THROWS_AS(profile.map("KOD"), UsageError);
}

TEST_CASE("ocha: the level of a row follows from its codes; an area gives a point inside and its extent") {
    test::TempFolder const folder;
    // A U, whose middle is outside it.
    Read const got =
        read(folder.file("adm2.geojson",
                         R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{
"ADM0_PCODE":"XY","ADM1_PCODE":"XY01","ADM1_EN":"Ward","ADM2_PCODE":"XY0101","ADM2_EN":"Zahr","ADM2_AR":"زهر"},
"geometry":{"type":"Polygon","coordinates":[[[36,35],[37,35],[37,36],[36.9,36],[36.9,35.1],[36.1,35.1],[36.1,36],
[36,36],[36,35]]]}}]})"),
             "ocha");
    REQUIRE(got.records.size() == 1);
    SourceRecord const& record = got.records[0];
    CHECK(record.id == "XY0101");
    CHECK(record.feature == "ADM2");
    CHECK(record.name_ar == "زهر");
    CHECK(record.name_en == "Zahr");
    CHECK(record.units == std::vector<std::string>{"XY", "XY01"});
    CHECK(record.codes == std::vector<std::string>{"XY0101"});
    CHECK(record.extent == Extent{36, 35, 37, 36});
    bool const inside = record.at.lat < 35.1 || record.at.lon < 36.1 || record.at.lon > 36.9;
    CHECK(inside);
    CHECK(record.uncertainty.value > 70'000);
}

TEST_CASE("table: any reference system becomes longitude and latitude") {
    test::TempFolder const folder;
    // UTM zone 37 north, on its central meridian (39° E): easting 500,000 m; northing 0 m is the equator.
    Read const got = read(
        folder.file("utm.geojson",
                    R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:32637"}},
"features":[{"type":"Feature","properties":{"id":"X1","name_en":"Tal Ward","feature":"PPL"},
"geometry":{"type":"Point","coordinates":[500000,0]}}]})"),
        "table");
    REQUIRE(got.records.size() == 1);
    CHECK(got.records[0].at == LonLat{39, 0});
}

TEST_CASE("osm: places of many kinds by their tags; what has no name or no kind is passed over") {
    test::TempFolder const folder;
    Read const got =
        read(folder.file("x.osm", R"(<?xml version="1.0"?><osm version="0.6">
<node id="1" lat="35.5" lon="36.25"><tag k="place" v="village"/><tag k="name" v="تل ورد"/><tag k="name:en" v="Tal Ward"/>
<tag k="alt_name" v="تل الورد"/></node>
<node id="2" lat="35.6" lon="36.3"><tag k="natural" v="peak"/><tag k="name:ar" v="جبل زهر"/></node>
<node id="3" lat="35.6" lon="36.3"><tag k="place" v="village"/></node>
<node id="4" lat="35.6" lon="36.3"><tag k="shop" v="bakery"/><tag k="name" v="مخبز"/></node>
</osm>)"),
             "osm", {}, {"CONFIG_FILE=" KHARITA_SOURCE_DIR "/gazetteer/vocabulary/import/osmconf.ini"});
    CHECK(got.rejects.empty());
    REQUIRE(got.records.size() == 2);
    CHECK(got.records[0].id == "osm:n1");
    CHECK(got.records[0].name_ar == "تل ورد");
    CHECK(got.records[0].name_en == "Tal Ward");
    CHECK(got.records[0].aliases == std::vector<std::string>{"تل الورد"});
    CHECK(got.records[0].feature == "PPL");
    CHECK(got.records[1].feature == "MT");
}

TEST_CASE("wof: names in lists, concordances, parents") {
    test::TempFolder const folder;
    Read const got = read(
        folder.file(
            "1.geojson",
            R"({"type":"Feature","id":101,"properties":{"wof:id":101,"wof:name":"Tal Ward","wof:placetype":"locality",
"wof:parent_id":55,"wof:country":"SY","name:ara_x_preferred":["تل ورد"],"name:ara_x_variant":["تل الورد","ورد"],
"wof:concordances":{"gn:id":9900001,"wd:id":"Q5"},"geom:latitude":35.5,"geom:longitude":36.25},
"geometry":{"type":"Point","coordinates":[36.25,35.5]}})"),
        "wof");
    REQUIRE(got.records.size() == 1);
    SourceRecord const& record = got.records[0];
    CHECK(record.id == "wof:101");
    CHECK(record.name_ar == "تل ورد");
    CHECK(record.name_en == "Tal Ward");
    CHECK(record.aliases == std::vector<std::string>{"تل الورد", "ورد"});
    CHECK(record.country == "SYR");
    CHECK(record.units == std::vector<std::string>{"wof:55"});
    CHECK(record.refs == std::vector<std::string>{"gn:9900001", "wd:Q5"});
}

TEST_CASE("vector files: written in many formats and read back") {
    test::TempFolder const folder;
    geo::VectorSchema const schema{
        "places", {{"id", geo::VectorField::Kind::text}, {"people", geo::VectorField::Kind::whole}}, false};
    Feature feature;
    feature.geometry = Point{{36.25, 35.5}};
    feature.properties = {{"id", "تل"}, {"people", std::int64_t{7}}, {"other", 1.5}};
    for (char const* const name : {"a.gpkg", "a.fgb", "a.csv", "a.xlsx", "a.geojsonl"}) {
        CAPTURE(name);
        std::filesystem::path const file = folder.path() / name;
        geo::VectorOutput output{file, schema, Overwrite::refuse};
        output.write(feature);
        CHECK_FALSE(std::filesystem::exists(file));
        output.commit();
        REQUIRE(std::filesystem::exists(file));
        CHECK_THROWS_AS((geo::VectorOutput{file, schema, Overwrite::refuse}), OutputError);
        geo::VectorFile back{{file.string(), "", {}}};
        std::size_t rows = 0;
        back.read([&](geo::VectorRow&& row) {
            ++rows;
            CHECK(row.values.at(0) == "تل");
            CHECK(row.values.at(1) == "7");
            if (row.geometry) {
                CHECK(std::get<Point>(*row.geometry).at == LonLat{36.25, 35.5});
            }
        });
        CHECK(rows == 1);
    }
    { geo::VectorOutput const given_up{folder.path() / "b.gpkg", schema, Overwrite::refuse}; }
    CHECK_FALSE(std::filesystem::exists(folder.path() / "b.gpkg"));
    CHECK_THROWS_AS((geo::VectorOutput{folder.path() / "b.doc", schema, Overwrite::refuse}), OutputError);
}

TEST_CASE("vector files: what is missing or no table is told") {
    test::TempFolder const folder;
    CHECK_THROWS_WITH_AS((geo::VectorFile{{"/nowhere/x.csv", "", {}}}), doctest::Contains("/nowhere/x.csv"),
                         InputError);
    auto const file = folder.file("x.gpkg", "no database");
    CHECK_THROWS_WITH_AS((geo::VectorFile{{file.string(), "", {}}}), doctest::Contains("cannot be read"),
                         InputError);
    auto const table = folder.file("x.csv", "id,name\n1,Tal Ward\n");
    CHECK_THROWS_WITH_AS((geo::VectorFile{{table.string(), "other", {}}}),
                         doctest::Contains(R"(no layer "other")"), InputError);
}

} // namespace kharita::gazetteer
