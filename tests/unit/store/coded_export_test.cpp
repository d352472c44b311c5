#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/output_file.hpp"
#include "sample.hpp"
#include "store/actors.hpp"
#include "store/coded_export.hpp"
#include "store/database.hpp"
#include "store/loader.hpp"
#include "support/temp_folder.hpp"

using namespace kharita; // NOLINT: a test
using store::CodedForm;

namespace {

/// Rows and cells of RFC 4180.
std::vector<std::vector<std::string>> read_csv(std::string const& text) {
    std::vector<std::vector<std::string>> rows{{""}};
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const c = text[i];
        if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
            rows.back().back() += text[++i];
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && c == ',') {
            rows.back().emplace_back();
        } else if (!quoted && c == '\r') {
            continue;
        } else if (!quoted && c == '\n') {
            rows.push_back({""});
        } else {
            rows.back().back() += c;
        }
    }
    rows.pop_back();
    return rows;
}

/// The sample report, its second event with three dead and one initiator, its source in need of quotes.
std::string exported(CodedForm form, std::vector<ActorRef> target = {},
                     std::filesystem::path const& ontology = std::filesystem::path{KHARITA_SOURCE_DIR} /
                                                             "schemas/ontology") {
    kharita::test::TempFolder const folder;
    store::Database database = store::Database::create(folder.path() / "events.db", Overwrite::refuse);
    database.put_actors(
        store::records_of(read_actors(std::filesystem::path{KHARITA_SOURCE_DIR} / "gazetteer/actors.tsv")));
    store::Loader loader{database};
    Document document = sample_document(1);
    document.report.source = R"(The "Gazette", Idlib)";
    document.events[1].killed = Toll{{2, 3, 5}, 1, {}, {}, {}};
    document.events[1].initiator = {{"syr-mil", "Military Forces of Syria", 0.9}};
    document.events[1].target = std::move(target);
    loader.add(document);
    loader.commit();
    std::string text;
    store::write_coded(database, form, ontology, [&](std::string_view part) { text += part; });
    return text;
}

std::string cell(std::vector<std::vector<std::string>> const& rows, std::size_t row,
                 std::string_view column) {
    auto const found = std::find(rows.front().begin(), rows.front().end(), column);
    REQUIRE(found != rows.front().end());
    return rows.at(row).at(static_cast<std::size_t>(found - rows.front().begin()));
}

} // namespace

TEST_CASE("write_coded: ACLED's columns, what occurred, nothing made up") {
    auto const rows = read_csv(exported(CodedForm::acled));
    auto const columns = store::columns_of(CodedForm::acled);
    CHECK(columns.size() == 31);
    CHECK(std::equal(columns.begin(), columns.end(), rows.front().begin(), rows.front().end()));
    REQUIRE(rows.size() == 4); // the failed attack is none
    for (auto const& row : rows) {
        CHECK(row.size() == columns.size());
    }
    CHECK(cell(rows, 1, "actor1").empty()); // one of two, and nobody knows which
    CHECK(cell(rows, 1, "fatalities").empty());
    CHECK(cell(rows, 2, "event_date") == "2020-01-15");
    CHECK(cell(rows, 2, "year") == "2020");
    CHECK(cell(rows, 2, "disorder_type") == "Political violence");
    CHECK(cell(rows, 2, "sub_event_type") == "Shelling/artillery/missile attack");
    CHECK(cell(rows, 2, "actor1") == "Military Forces of Syria");
    CHECK(cell(rows, 2, "actor2").empty());
    CHECK(cell(rows, 2, "country") == "Syria");
    CHECK(cell(rows, 2, "iso") == "760");
    CHECK(cell(rows, 2, "location") == "Maar Dibsah");
    CHECK(cell(rows, 2, "latitude") == "35.8");
    CHECK(cell(rows, 2, "geo_precision") == "1");
    CHECK(cell(rows, 2, "fatalities") == "3");
    CHECK(cell(rows, 2, "source") == R"(The "Gazette", Idlib)");
}

TEST_CASE("write_coded: UCDP's 49 columns, events with dead alone") {
    auto const rows = read_csv(exported(CodedForm::ucdp));
    auto const columns = store::columns_of(CodedForm::ucdp);
    CHECK(columns.size() == 49);
    REQUIRE(rows.size() == 2);
    CHECK(std::equal(columns.begin(), columns.end(), rows.front().begin(), rows.front().end()));
    CHECK(rows[1].size() == columns.size());
    CHECK(cell(rows, 1, "low") == "2");
    CHECK(cell(rows, 1, "best") == "3");
    CHECK(cell(rows, 1, "high") == "5");
    CHECK(cell(rows, 1, "deaths_civilians") == "1");
    CHECK(cell(rows, 1, "side_a") == "Military Forces of Syria");
    CHECK(cell(rows, 1, "type_of_violence").empty()); // against whom is not said
    CHECK(cell(rows, 1, "conflict_new_id").empty());
    CHECK(cell(rows, 1, "where_prec") == "1");
    CHECK(cell(rows, 1, "date_prec") == "1");
    // PRIO-GRID: row floor((35.8 + 90) * 2) = 251 of 720 cells, column floor((36.78 + 180) * 2) = 433.
    CHECK(cell(rows, 1, "priogrid_gid") == std::to_string(251 * 720 + 433 + 1));
    CHECK(cell(rows, 1, "geom_wkt") == "POINT (36.78 35.8)");
}

TEST_CASE("write_coded: UCDP's type of violence by the rows of ucdp.tsv") {
    // UCDP GED codebook: a government against rebels is state-based, against civilians one-sided.
    CHECK(cell(read_csv(exported(CodedForm::ucdp, {{"opp", "Opposition rebels (Syria)", 0.9}})), 1,
               "type_of_violence") == "1");
    CHECK(cell(read_csv(exported(CodedForm::ucdp, {{"civilians", "Civilians", 0.9}})), 1,
               "type_of_violence") == "3");
    kharita::test::TempFolder const folder;
    write_file(folder.path() / "ucdp.tsv", "type\tname\tside\tagainst\n2\tother\t1\t2\n", Overwrite::refuse);
    CHECK(
        cell(read_csv(exported(CodedForm::ucdp, {{"opp", "Opposition rebels (Syria)", 0.9}}, folder.path())),
             1, "type_of_violence") == "2");
    write_file(folder.path() / "ucdp.tsv", "type\tname\tside\tagainst\n2\tother\t9\t2\n", Overwrite::replace);
    CHECK_THROWS_AS(exported(CodedForm::ucdp, {}, folder.path()), InputError);
}

TEST_CASE("write_coded: PLOVER records, one a line") {
    std::string const text = exported(CodedForm::plover);
    std::size_t lines = 0;
    for (std::size_t begin = 0; begin < text.size(); ++lines) {
        std::size_t const end = text.find('\n', begin);
        auto const record = nlohmann::json::parse(text.substr(begin, end - begin));
        begin = end + 1;
        for (std::string_view const member : store::columns_of(CodedForm::plover)) {
            CAPTURE(member);
            CHECK(record.contains(member));
        }
        CHECK(record.size() == store::columns_of(CodedForm::plover).size());
        CHECK(record["event"] == nlohmann::json{"ASSAULT"});
        CHECK(record["actor"].is_array());
        CHECK(record["coded_date"].is_null());
    }
    CHECK(lines == 3);
}

TEST_CASE("parse_coded_form: the names of the command line") {
    CHECK(store::parse_coded_form("acled") == CodedForm::acled);
    CHECK(store::parse_coded_form("ucdp") == CodedForm::ucdp);
    CHECK(store::parse_coded_form("plover") == CodedForm::plover);
    CHECK_FALSE(store::parse_coded_form("geojson").has_value());
}
