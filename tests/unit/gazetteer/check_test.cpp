#include "gazetteer/check.hpp"

#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "gazetteer/gazetteer.hpp"
#include "sample.hpp"

using namespace kharita;
using namespace kharita::gazetteer;

namespace {

constexpr std::string_view units =
    "SYR\tسوريا\tSyria\t\tPCLI\t\t38.5\t35\t250000\t\t5\t\n"
    "SY05\tحماة\tHama\t\tADM1\tSYR\t36.8\t35.1\t30000\t\t4\tSY05\n"
    "SY0502\tالسقيلبية\tas-Suqaylabiyah\t\tADM2\tSY05\t36.4\t35.4\t15000\t\t2\t\n";

/// A square from 36 E 35 N to 37 E 36 N as the outline of SY05.
constexpr std::string_view outline =
    R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"SY05"},"geometry":)"
    R"({"type":"Polygon","coordinates":[[[36,35],[37,35],[37,36],[36,36],[36,35]]]}}]})";

/// A gazetteer folder of one table with the units above and `rows`.
class GazetteerFolder {
public:
    explicit GazetteerFolder(std::string_view rows) {
        add("places/a.tsv", std::string{header} + std::string{units} + std::string{rows});
    }

    void add(std::string const& name, std::string_view content) const {
        std::filesystem::create_directories((m_folder.path() / name).parent_path());
        m_folder.write(name, content);
    }

    std::filesystem::path const& path() const { return m_folder.path(); }
    CheckReport check() const { return gazetteer::check(m_folder.path()); }

    /// The rules broken, with the line where.
    std::vector<std::string> broken() const {
        std::vector<std::string> rules;
        for (CheckProblem const& problem : check().problems) {
            rules.push_back(std::to_string(problem.line) + " " + std::string{to_string(problem.rule)});
        }
        return rules;
    }

private:
    TemporaryFolder m_folder;
};

std::string row(std::string_view id, std::string_view names, std::string_view rest) {
    std::string line{id};
    line.append("\t").append(names).append("\t").append(rest).append("\n");
    return line;
}

using Rules = std::vector<std::string>;

} // namespace

TEST_CASE("check: a sound folder has no problems") {
    GazetteerFolder const folder{
        row("p-a", "كفر عقيد\tKafr Aqid\tKafr Akid", "PPL\tSY0502\t36.2\t35.3\t700\t\t1\tC1;gn:9")};
    folder.add("boundaries/a.geojson", outline);
    CheckReport const report = folder.check();
    CHECK(report.problems.empty());
    CHECK(report.records == 4);
    CHECK(report.names == 9);
    CHECK(report.outlines == 1);
}

TEST_CASE("check: ids and references are claimed once") {
    GazetteerFolder const folder{
        row("p-a", "زيتان\tZaytan\t", "PPL\tSY0502\t36.2\t35.3\t700\t\t1\tC1") +
        row("p-a", "برنة\tBirnah\t", "PPL\tSY0502\t36.3\t35.5\t700\t\t1\tC1") +
        row("p-b", "تليلات\tTulaylat\t", "PPL\tSY0502\t36.4\t35.5\t700\t\t1\tC 2;gn:")};
    CHECK(folder.broken() ==
          Rules{"6 duplicate_id", "6 duplicate_reference", "7 bad_reference", "7 bad_reference"});
    CheckProblem const first = folder.check().problems.front();
    CHECK(first.id == "p-a");
    CHECK(to_string(first).ends_with("places/a.tsv:6: " + first.message));
}

TEST_CASE("check: the admin unit must be there and of the level above") {
    GazetteerFolder const folder{row("p-a", "زيتان\tZaytan\t", "PPL\tSY0599\t36.2\t35.3\t700\t\t1\t") +
                                 row("p-b", "برنة\tBirnah\t", "PPL\tp-c\t36.3\t35.5\t700\t\t1\t") +
                                 row("p-c", "تليلات\tTulaylat\t", "PPL\t\t36.4\t35.5\t700\t\t1\t") +
                                 row("SY050201", "شطحة\tShathah\t", "ADM3\tSY05\t36.4\t35.5\t700\t\t1\t") +
                                 row("p-d", "البحر\tthe sea\t", "SEA\t\t35\t35.5\t700\t\t1\t") +
                                 row("QAA", "جزيرة\tIsland\t", "PCLI\tSYR\t35\t35.5\t700\t\t1\t")};
    CHECK(folder.broken() == Rules{"5 missing_parent", "6 wrong_parent", "7 missing_parent", "8 wrong_parent",
                                   "10 wrong_parent"});
}

TEST_CASE("check: a chain of units that runs in a circle is told, not followed") {
    GazetteerFolder const folder{row("A1", "زيتان\tZaytan\t", "ADM3\tA2\t36.2\t35.3\t700\t\t1\t") +
                                 row("A2", "برنة\tBirnah\t", "ADM2\tA1\t36.3\t35.5\t700\t\t1\t")};
    folder.add("boundaries/a.geojson", outline);
    CHECK(folder.broken() == Rules{"5 missing_parent", "6 missing_parent", "6 wrong_parent"});
}

TEST_CASE("check: names must have letters, of their script, and say something new") {
    GazetteerFolder const folder{
        row("p-a", "زيتان\tZaytan\t«ـَ»;Zaytan", "PPL\tSY0502\t36.2\t35.3\t700\t\t1\t") +
        row("p-b", "Birnah\tبرنة\t", "PPL\tSY0502\t36.3\t35.5\t700\t\t1\t") +
        row("p-c", "تَليلات\tTulaylat\tتليلات", "PPL\tSY0502\t36.4\t35.5\t700\t\t1\t") +
        row("p-d", "\t\t", "PPL\tSY0502\t36.4\t35.7\t700\t\t1\t") +
        row("p-e", "سنجار\tSinjar\tسنجار;", "PPL\tSY0502\t36.4\t35.8\t700\t\t1\t")};
    CHECK(folder.broken() == Rules{"5 empty_name", "5 repeated_name", "6 wrong_script", "6 wrong_script",
                                   "7 repeated_name", "7 wrong_script", "8 empty_name", "9 empty_name",
                                   "9 repeated_name"});
}

TEST_CASE("check: what is no UTF-8 is no name, and cannot be compiled either") {
    GazetteerFolder const folder{
        row("p-a", "كفر عقيد\tKafr Aqid\tKafr \xC3kid", "PPL\tSY0502\t36.2\t35.3\t700\t\t1\tC1")};
    CHECK(folder.broken() == Rules{"5 malformed_row"});
    CHECK_THROWS_AS((void)Gazetteer::load(folder.path() / "places"), InputError);
}

TEST_CASE("check: numbers that are none, or cannot be") {
    GazetteerFolder const folder{row("p-a", "زيتان\tZaytan\t", "PPL\tSY0502\t36,2\t35.3\t700\t\t1\t") +
                                 row("p-b", "برنة\tBirnah\t", "PPL\tSY0502\tnan\t35.5\t0\t-5\t9\t") +
                                 row("p-c", "تليلات\tTulaylat\t", "PPL\tSY0502\t36.4\t35.5\t\t1.5\t1\t") +
                                 row("p-d", "سنجار\tSinjar\t", "ppl\tSY0502\t36.4\t95.5\t700\t\t1\t") +
                                 row("p-e", "جرجناز\tJarjanaz\t", "PPL\tSY0502\t196.4\t35.5\t700\t\t1\t")};
    CHECK(folder.broken() == Rules{"5 malformed_row", "6 malformed_row", "6 out_of_range", "6 out_of_range",
                                   "6 out_of_range", "7 malformed_row", "7 malformed_row",
                                   "8 unknown_feature", "8 swapped_coordinates", "9 out_of_range"});
}

TEST_CASE("check: rows and tables of another shape are set aside, the rest is read") {
    GazetteerFolder const folder{"p-a\tزيتان\n" +
                                 row("p-b", "برنة \tBirnah\t", "PPL\tSY0502\t36.3\t35.5\t700\t\t1\t")};
    folder.add("places/b.tsv", "id\tname\nx\ty\n");
    folder.add("places/c.tsv", "# nothing\n");
    folder.add("places/notes.txt", "no table");
    CheckReport const report = folder.check();
    CHECK(report.records == 4);
    CHECK(folder.broken() ==
          Rules{"5 malformed_row", "6 malformed_row", "1 malformed_row", "0 malformed_row"});
}

TEST_CASE("check: where outlines say a place cannot be") {
    GazetteerFolder const folder{row("p-in", "زيتان\tZaytan\t", "PPL\tSY0502\t36.5\t35.97\t700\t\t1\t") +
                                 // 0.03 degrees north of the edge: 3.3 km
                                 row("p-near", "برنة\tBirnah\t", "PPL\tSY0502\t36.5\t36.03\t700\t\t1\t") +
                                 // 0.05 degrees: 5.5 km
                                 row("p-out", "تليلات\tTulaylat\t", "PPL\tSY0502\t36.5\t36.05\t700\t\t1\t") +
                                 row("p-swapped", "سنجار\tSinjar\t", "PPL\tSY0502\t35.4\t36.7\t700\t\t1\t") +
                                 row("p-river", "العاصي\tOrontes\t", "STM\tSY05\t36.5\t36.5\t700\t\t1\t")};
    CHECK(folder.broken().empty()); // without outlines
    folder.add("boundaries/a.geojson", outline);
    CHECK(folder.broken() == Rules{"7 outside_unit", "8 swapped_coordinates"});
    folder.add("boundaries/tolerances.tsv", "id\tkm\treason\nSY05\t6\tdrawn coarsely\n");
    CHECK(folder.broken() == Rules{"8 swapped_coordinates"});
}

TEST_CASE("check: without an outline, a country's middle and reach tell exchanged degrees") {
    // Yemen's middle is 47.6 E 15.9 N; exchanged, Sanaa (44.2 E 15.4 N) would lie in Poland's longitude,
    // 3,700 km away.
    GazetteerFolder const folder{row("YEM", "اليمن\tYemen\t", "PCLI\t\t47.6\t15.9\t500000\t\t4\t") +
                                 row("ye-a", "صنعاء\tSanaa\t", "PPLC\tYEM\t44.2\t15.4\t9000\t\t4\t") +
                                 row("ye-b", "صعدة\tSaada\t", "PPL\tYEM\t16.9\t43.8\t2000\t\t4\t")};
    CHECK(folder.broken() == Rules{"7 swapped_coordinates"});
}

TEST_CASE("check: one name, one kind, 2 km apart is one place twice") {
    // 0.017 degrees of latitude are 1.9 km, 0.019 degrees 2.1 km.
    GazetteerFolder const folder{
        row("p-a", "كفر عقيد\tKafr Aqid\t", "PPL\tSY0502\t36.4\t35.4\t700\t\t1\t") +
        row("p-b", "العقيد\tal-Aqid\tكفرعقيد", "PPL\tSY0502\t36.4\t35.417\t700\t\t1\t") +
        row("p-c", "كفر عقيد\tKafr Aqid Sharqi\t", "PPL\tSY0502\t36.4\t35.381\t700\t\t1\t") +
        row("p-d", "كفر عقيد\tKafr Aqid hill\t", "HLL\tSY0502\t36.4\t35.4\t700\t\t1\t")};
    CHECK(folder.broken() == Rules{"6 same_place_twice"});
    CHECK(folder.check().problems.front().message.find("share the name \"كفرعقيد\" 1.9 km apart") !=
          std::string::npos);
}

TEST_CASE("check: a river's point lies on its line") {
    GazetteerFolder const folder{row("r-a", "العاصي\tOrontes\t", "STM\tSY05\t36.5\t35.5\t9000\t\t1\t")};
    auto const line = [](std::string_view id, std::string_view lon) {
        return R"({"type":"Feature","properties":{"id":")" + std::string{id} +
               R"(","uncertainty_m":2000},"geometry":{"type":"LineString","coordinates":[[)" +
               std::string{lon} + ",35],[" + std::string{lon} + ",36]]}}\n";
    };
    folder.add("lines/a.geojson", line("r-a", "36.51"));
    CHECK(folder.broken().empty()); // 0.9 km
    folder.add("lines/a.geojson", line("r-a", "36.53"));
    CHECK(folder.broken() == Rules{"5 off_its_line"}); // 2.7 km
    folder.add("lines/a.geojson", line("r-a", "36.51") + line("r-b", "36.51"));
    CHECK(folder.broken() == Rules{"0 off_its_line"}); // of no record
}

TEST_CASE("check: a folder without tables is refused") {
    TemporaryFolder const folder;
    CHECK_THROWS_AS(check(folder.path()), InputError);
    std::filesystem::create_directories(folder.path() / "places");
    CHECK_THROWS_WITH_AS(check(folder.path()), doctest::Contains("no *.tsv file"), InputError);
}

TEST_CASE("check: the gazetteer that comes with the program is sound") {
    CheckReport const report = check(std::filesystem::path{KHARITA_SOURCE_DIR} / "gazetteer");
    for (CheckProblem const& problem : report.problems) {
        MESSAGE(to_string(problem));
    }
    CHECK(report.problems.empty());
    CHECK(report.records > 4000);
    CHECK(report.outlines >= 14);
}

TEST_CASE("check: imports are read too; their oddities are doubts, what breaks them is wrong") {
    GazetteerFolder const folder{row("v-1", "عقرب\tAqrab", "\tPPL\tSY05\t36.48\t35.34\t700\t\t2\tC1")};
    folder.add("boundaries/a.geojson", outline);
    folder.add("imports/gn/places.tsv",
               std::string{header} +
                   // Twice, and a spelling that says nothing new.
                   row("gn:1", "عقرب\tAqrab", "Akrab;AQRAB\tPPL\tSY05\t36.481\t35.341\t700\t\t\tgn:1") +
                   row("gn:2", "طلف\tTlaf", "\tPPL\tSY05\t36.5\t34.5\t700\t\t\tgn:2") + // outside
                   row("gn:3", "بعرين\tBaarin", "\tPPL\t\t36.5\t35.5\t700\t\t\tgn:3") + // in no unit
                   row("gn:4", "نيصاف\tNisaf", "\tPPL\tSY77\t36.5\t35.6\t700\t\t\tgn:4"));
    folder.add("imports/gn/additions.tsv", "id\tname_ar\tname_en\taliases\tpopulation\trefs\n"
                                           "v-1\t\tAqrab Village\t\t\tgn:3\n"
                                           "v-9\t\tElsewhere\t\t\tgn:9\n");
    CheckReport const report = folder.check();
    CHECK(report.records == 8);
    std::vector<std::string> wrong;
    wrong.reserve(report.problems.size());
    for (CheckProblem const& problem : report.problems) {
        wrong.push_back(std::string{to_string(problem.rule)} + " " + problem.id);
    }
    CHECK(wrong ==
          std::vector<std::string>{"duplicate_reference v-1", "idle_addition v-9", "missing_parent gn:4"});
    std::vector<std::string> doubtful;
    doubtful.reserve(report.doubts.size());
    for (CheckProblem const& doubt : report.doubts) {
        doubtful.push_back(std::string{to_string(doubt.rule)} + " " + doubt.id);
    }
    CHECK(doubtful ==
          std::vector<std::string>{"same_place_twice gn:1", "outside_unit gn:2", "missing_parent gn:3"});
}

TEST_CASE("check: shapes that are given are stricter than the gazetteer's own") {
    GazetteerFolder const folder{row("v-1", "عقرب\tAqrab", "\tPPL\tSY0502\t36.9\t35.34\t700\t\t2\tC1")};
    folder.add("boundaries/a.geojson", outline);
    CHECK(folder.check().problems.empty());
    // The western half of SY05 is the district.
    MultiPolygon const west{{{{{36, 35}, {36.5, 35}, {36.5, 36}, {36, 36}, {36, 35}}, {}}}};
    CheckReport const report = gazetteer::check(folder.path(), {{"SY0502", west}});
    REQUIRE(report.problems.size() == 1);
    CHECK(report.problems[0].rule == CheckRule::outside_unit);
    CHECK(report.problems[0].message.find("outside SY0502") != std::string::npos);
    CHECK(report.outlines == 1);
}
