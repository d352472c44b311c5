#include "gazetteer/import/import_run.hpp"

#include <map>
#include <string>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "gazetteer/gazetteer.hpp"
#include "support/temp_folder.hpp"

namespace kharita::gazetteer {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view header =
    "id\tname_ar\tname_en\taliases\tfeature\tadmin\tlon\tlat\tuncertainty_m\tpopulation\tprominence\trefs\n";

/// A small gazetteer of made-up villages: two governorates, a district, a sub-district.
class SmallGazetteer {
public:
    SmallGazetteer() {
        fs::create_directories(m_folder.path() / "places");
        m_folder.file("places/a.tsv",
                      std::string{header} +
                          "SYR\tسوريا\tSyria\t\tPCLI\t\t38\t35\t300000\t\t\t\n"
                          "XY01\tورد\tWard\t\tADM1\tSYR\t36.3\t35.5\t40000\t\t\tXY01\n"
                          "XY02\tزهر\tZahr\t\tADM1\tSYR\t37.5\t35.5\t40000\t\t\tXY02\n"
                          "XY0101\tورد\tWard\t\tADM2\tXY01\t36.3\t35.5\t20000\t\t\tXY0101\n"
                          "v1\tكفر وردة\tKafr Warda\t\tPPL\tXY0101\t36.25\t35.5\t500\t\t2\t\n"
                          "v2\tعين الصفا\tAyn al-Safa\t\tPPL\tXY0101\t36.4\t35.6\t500\t\t1\t\n");
    }

    fs::path const& path() const { return m_folder.path(); }

    ImportOutcome import(std::string const& name, std::vector<SourceRecord> const& records) const {
        ImportRequest request;
        request.gazetteer = path();
        request.vocabulary = KHARITA_SOURCE_DIR "/gazetteer/vocabulary/import";
        request.name = name;
        request.format = "table";
        request.files = {path() / "places/a.tsv"};
        request.read = [&](fs::path const&, UseRecord const& use, SetAside const& set_aside) {
            for (SourceRecord record : records) {
                if (auto const problem = normalise(record)) {
                    set_aside(make_reject("source.csv", 7, *problem));
                } else {
                    use(std::move(record));
                }
            }
        };
        return run_import(request);
    }

    std::size_t remove(std::string_view name) const {
        return remove_import(path(), KHARITA_SOURCE_DIR "/gazetteer/vocabulary/import", name);
    }

    /// All files below places/ and imports/, with their content.
    std::map<std::string, std::string> files() const {
        std::map<std::string, std::string> all;
        for (auto const& entry : fs::recursive_directory_iterator{path()}) {
            if (entry.is_regular_file() && entry.path().filename() != ".lock") {
                all[entry.path().lexically_relative(path()).string()] = read_file(entry.path());
            }
        }
        return all;
    }

    Gazetteer load() const { return Gazetteer::load(path() / "places"); }

private:
    test::TempFolder m_folder;
};

SourceRecord record(std::string id, std::string name_ar, std::string name_en, LonLat at,
                    std::vector<std::string> units = {"XY0101"}) {
    SourceRecord result;
    result.id = std::move(id);
    result.name_ar = std::move(name_ar);
    result.name_en = std::move(name_en);
    result.feature = "PPL";
    result.at = at;
    result.units = std::move(units);
    result.country = "SYR";
    return result;
}

} // namespace

TEST_CASE("import: the same place becomes one record, others are new") {
    SmallGazetteer const gazetteer;
    auto const before = gazetteer.files();
    ImportOutcome const outcome =
        gazetteer.import("one", {record("gn:1", "كفروردة", "Kfar Wardeh", {36.255, 35.5}), // 450 m from v1
                                 record("gn:2", "تل الشوك", "Tall ash-Shawk", {36.6, 35.4})});
    CHECK(outcome.info.records == 2);
    CHECK(outcome.info.merged == 1);
    CHECK(outcome.info.places == 1);
    CHECK(outcome.info.conflicts == 0);
    Gazetteer const united = gazetteer.load();
    CHECK(united.size() == 7);
    auto const village = united.find("gn:1");
    REQUIRE(village);
    CHECK(united.place(*village).id == "v1");
    CHECK(united.lookup("Kfar Wardeh").at(0).place == *village);
    Place const& added = united.place(*united.find("gn:2"));
    CHECK(added.admin2->id == "XY0101");
    CHECK(added.country == "SYR");
    // What was there is as it was.
    auto const after = gazetteer.files();
    for (auto const& [name, content] : before) {
        CHECK(after.at(name) == content);
    }
}

TEST_CASE("import: twice changes nothing") {
    SmallGazetteer const gazetteer;
    std::vector<SourceRecord> const records{record("gn:1", "كفر وردة", "Kafr Warda", {36.255, 35.5}),
                                            record("gn:2", "تل الشوك", "", {36.6, 35.4})};
    CHECK_FALSE(gazetteer.import("one", records).unchanged);
    auto const first = gazetteer.files();
    CHECK(gazetteer.import("one", records).unchanged);
    CHECK(gazetteer.files() == first);
}

TEST_CASE("import: conflicts are told and kept apart") {
    SmallGazetteer const gazetteer;
    ImportOutcome const outcome = gazetteer.import(
        "one", {record("gn:1", "كفر وردة", "", {36.35, 35.5}),              // 9 km away, same unit
                record("gn:2", "عين الصفا", "", {36.42, 35.6}, {"XY02"})}); // 1.8 km, another governorate
    CHECK(outcome.info.merged == 0);
    CHECK(outcome.info.places == 2);
    CHECK(outcome.info.conflicts == 2);
    std::string const report = read_file(gazetteer.path() / "imports/one/report.tsv");
    CHECK(report.find("conflict\tfar_name\tarabic_name\t9") != std::string::npos);
    CHECK(report.find("conflict\tother_admin\tarabic_name\t1") != std::string::npos);
}

TEST_CASE("import: an id that stands twice is set aside, and so is what the source says wrongly") {
    SmallGazetteer const gazetteer;
    ImportOutcome const outcome = gazetteer.import("one", {record("gn:1", "تل الشوك", "", {36.6, 35.4}),
                                                           record("gn:1", "تل الورد", "", {36.7, 35.4}),
                                                           record("gn:2", "", "", {36.7, 35.4})});
    CHECK(outcome.info.places == 1);
    CHECK(outcome.info.set_aside == 2);
    REQUIRE(outcome.rejects.size() == 2);
    CHECK(to_string(outcome.rejects[0]).find("source.csv:7: it has no name") == 0);
    CHECK(outcome.rejects[1].reason == "gn:1: its id stands for another record already");
    CHECK(gazetteer.load().size() == 7);
}

TEST_CASE("import: admin units are found by name, and their codes by others") {
    SmallGazetteer const gazetteer;
    SourceRecord unit = record("gn:10", "محافظة ورد", "Ward Governorate", {36.35, 35.45}, {});
    unit.feature = "ADM1";
    unit.codes = {"gn-adm:SY.01"};
    SourceRecord fresh = record("gn:11", "ناحية الشوك", "Shawk", {36.6, 35.4}, {"gn-adm:SY.01", "Ward"});
    fresh.feature = "ADM3";
    fresh.codes = {"gn-adm:SY.01.1.1"};
    // The village comes before its unit, as in files ordered by id.
    auto const outcome = gazetteer.import(
        "one",
        {record("gn:2", "تل الشوك", "", {36.6, 35.4}, {"gn-adm:SY.01", "gn-adm:SY.01.1.1"}), unit, fresh});
    CHECK(outcome.info.merged == 1);
    Gazetteer const united = gazetteer.load();
    CHECK(united.place(*united.find("gn:10")).id == "XY01");
    Place const& village = united.place(*united.find("gn:2"));
    CHECK(village.admin3->id == "gn:11");
    CHECK(village.admin2->id == "XY0101");
    CHECK(village.admin1->id == "XY01");
}

TEST_CASE("import: taken away, it leaves what would be there without it") {
    SmallGazetteer const gazetteer;
    std::vector<SourceRecord> const one{record("gn:1", "كفر وردة", "", {36.255, 35.5}),
                                        record("gn:2", "تل الشوك", "", {36.6, 35.4})};
    std::vector<SourceRecord> const two{record("C1", "تل الشوك", "Tal Shok", {36.601, 35.4}),
                                        record("C2", "عين الصفا", "Ein Safa", {36.4, 35.601})};
    gazetteer.import("two", two);
    auto const without = gazetteer.files();
    gazetteer.remove("two");

    gazetteer.import("one", one);
    auto const first = gazetteer.import("two", two);
    CHECK(first.info.merged == 2); // one of them with a place that the other import brought
    CHECK(gazetteer.load().size() == 7);
    CHECK(gazetteer.remove("one") == 1);
    auto after = gazetteer.files();
    auto expected = without;
    // Its number in the order stays; nothing else tells that there was another.
    after.erase("imports/two/import.json");
    expected.erase("imports/two/import.json");
    CHECK(after == expected);
    gazetteer.remove("two");
    CHECK(gazetteer.load().size() == 6);
    CHECK_THROWS_WITH_AS(gazetteer.remove("two"), doctest::Contains(R"(no import is named "two")"),
                         InputError);
}

TEST_CASE("import: an earlier one renewed leaves its place in the order") {
    SmallGazetteer const gazetteer;
    std::vector<SourceRecord> const two{record("C1", "تل الشوك", "", {36.601, 35.4})};
    gazetteer.import("one", {record("gn:2", "تل الشوك", "", {36.6, 35.4})});
    gazetteer.import("two", two);
    auto const renewed = gazetteer.import("one", {record("gn:3", "تل الورد", "", {36.7, 35.4})});
    CHECK(renewed.rematched == 1);
    auto const imports = list_imports(gazetteer.path());
    REQUIRE(imports.size() == 2);
    CHECK(imports[0].name == "one");
    CHECK(imports[1].merged == 0);
    CHECK(gazetteer.load().find("C1").has_value());
}

TEST_CASE("import: nothing to read, a wrong name, no gazetteer") {
    SmallGazetteer const gazetteer;
    CHECK_THROWS_WITH_AS(gazetteer.import("one", {}), doctest::Contains("no place could be read"),
                         InputError);
    CHECK_THROWS_AS(gazetteer.import("../x", {record("gn:1", "تل الشوك", "", {36.6, 35.4})}), UsageError);
    CHECK(list_imports(gazetteer.path()).empty());
    CHECK_FALSE(fs::exists(gazetteer.path() / "imports/one"));
}

TEST_CASE("import: shapes of admin units become the gazetteer's outlines, and go with their import") {
    SmallGazetteer const gazetteer;
    auto const square = [](double west, double south, double size) {
        return MultiPolygon{{{{{west, south},
                               {west + size, south},
                               {west + size, south + size},
                               {west, south + size},
                               {west, south}},
                              {}}}};
    };
    SourceRecord unit = record("XY0101", "ورد", "Ward", {36.3, 35.5}, {"XY01"});
    unit.feature = "ADM2";
    unit.codes = {"XY0101"};
    unit.outline = square(36, 35, 1);
    CHECK(gazetteer.import("shapes", {unit}).info.merged == 1);
    Boundaries const boundaries = Boundaries::of_gazetteer(gazetteer.path());
    REQUIRE(boundaries.find("XY0101") != nullptr);
    CHECK(boundaries.find("XY0101")->area == unit.outline);
    CHECK(gazetteer.import("shapes", {unit}).unchanged);
    // A village that says nothing of its unit stands in it now; so does one a little outside.
    gazetteer.import("points", {record("gn:1", "تل الشوك", "", {36.9, 35.1}, {}),
                                record("gn:2", "تل الريح", "", {37.03, 35.1}, {}),
                                record("gn:3", "تل الرمل", "", {37.2, 35.1}, {})});
    CHECK(gazetteer.load().place(*gazetteer.load().find("gn:1")).admin2->id == "XY0101");
    CHECK(gazetteer.load().place(*gazetteer.load().find("gn:2")).admin2->id == "XY0101");
    CHECK_FALSE(gazetteer.load().place(*gazetteer.load().find("gn:3")).admin2);
    CHECK(gazetteer.remove("shapes") == 1);
    CHECK(Boundaries::of_gazetteer(gazetteer.path()).areas().empty());
    CHECK_FALSE(gazetteer.load().place(*gazetteer.load().find("gn:1")).admin2);
}

TEST_CASE("import: a unit of which only names are said is known or set aside") {
    SmallGazetteer const gazetteer;
    SourceRecord known = record("XY0101", "منطقة ورد", "Ward District", {}, {"XY01"});
    known.feature = "ADM2";
    known.codes = {"XY0101"};
    known.is_located = false;
    SourceRecord unknown = record("XY0109", "منطقة الريح", "Rih District", {}, {"XY01"});
    unknown.feature = "ADM2";
    unknown.codes = {"XY0109"};
    unknown.is_located = false;
    ImportOutcome const outcome = gazetteer.import("names", {known, unknown});
    CHECK(outcome.info.merged == 1);
    CHECK(outcome.info.set_aside == 1);
    CHECK_FALSE(gazetteer.load().find("XY0109"));
    CHECK(gazetteer.load().lookup("منطقة ورد").size() == 1);
}

TEST_CASE("import: a unit is within those above it, whatever its table repeats") {
    SmallGazetteer const gazetteer;
    SourceRecord unit = record("gn:5", "منطقة الريح", "Rih", {36.5, 35.3}, {"XY01", "Rih", "Ward"});
    unit.feature = "ADM2";
    gazetteer.import("units", {unit});
    Gazetteer const after = gazetteer.load();
    CHECK(after.place(*after.find("gn:5")).admin1->id == "XY01");
    CHECK(after.parent(*after.find("gn:5")) == *after.find("XY01"));
}

TEST_CASE("import: no village's name is a country's by its sound") {
    SmallGazetteer const gazetteer;
    // By its consonants «Sewari» is Syria.
    SourceRecord village = record("gn:1", "تل الشوك", "", {10, 10}, {"Sewari"});
    village.country.clear();
    gazetteer.import("names", {village});
    Gazetteer const after = gazetteer.load();
    CHECK(after.place(*after.find("gn:1")).country.empty());
}

} // namespace kharita::gazetteer
