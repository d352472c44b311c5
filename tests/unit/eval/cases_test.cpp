#include "eval/cases.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "base/output_file.hpp"
#include "support/temp_folder.hpp"

using namespace kharita;
using namespace kharita::eval;

namespace {

std::filesystem::path const source{KHARITA_SOURCE_DIR};

/// The reader of reports with the gazetteer and vocabulary that the project ships, loaded once.
extract::Extractor const& extractor() {
    static extract::Extractor const loaded = extract::Extractor::load(source);
    return loaded;
}

JudgedCase judged(std::string const& expected, std::string const& said) {
    return {{"book.tsv:2", "name", "2020-02-04", "sentence", expected}, said};
}

std::string failure_of(std::string const& table) {
    test::TempFolder const folder;
    write_file(folder.path() / "book.tsv", table, Overwrite::refuse);
    try {
        read_casebook(folder.path() / "book.tsv");
        return "(none)";
    } catch (InputError const& error) {
        return error.what();
    }
}

} // namespace

TEST_CASE("judge_cases: the shipped casebooks are read as they are labelled") {
    for (char const* const file :
         {"events.tsv", "event_modality.tsv", "event_arguments.tsv", "english_events.tsv", "zones.tsv"}) {
        Casebook const book = read_casebook(source / "tests/cases" / file);
        for (JudgedCase const& each : judge_cases(book, extractor())) {
            CAPTURE(each.labelled.where);
            CAPTURE(each.labelled.name);
            CHECK(each.said == each.labelled.expected);
        }
    }
}

TEST_CASE("score_cases: items pair by agreement, cells count where they pair") {
    // Two labelled, two said in the other order, one of them with another target and weapon; and one too
    // many.
    std::vector<JudgedCase> const all{
        judged("A|x|y|-|-|-|-; B|x|-|gun|2|-|-", "B|x|z|-|2|-|-; A|x|y|-|-|-|-"),
        judged("C|-|-|-|-|1|-", "C|-|-|-|-|1|-"),
        judged("-", "D|-|-|-|-|-|-"),
    };
    CaseScores const scores = score_cases(all, CaseKind::arguments);
    CHECK(scores.cases == 3);
    CHECK(scores.right == 1);
    CHECK(scores.labelled_items == 3);
    CHECK(scores.said_items == 4);
    CHECK(scores.paired_items == 3);
    REQUIRE(scores.cells.size() == 7);
    CHECK(scores.cells[2].name == "target");
    CHECK(scores.cells[2].right == 2);
    CHECK(scores.cells[2].of == 3);
    CHECK(scores.cells[3].right == 2); // weapon
    CHECK(scores.cells[0].right == 3);
}

TEST_CASE("cases_text, cases_json: nothing judged is nothing right") {
    Casebook const book{"empty.tsv", CaseKind::zones, {}};
    CHECK(cases_text(book, {}).starts_with("empty.tsv  0 of 0 cases right (0.000)\n"));
    CHECK(cases_json(book, {}).starts_with(R"({"file":"empty.tsv","kind":"zones","cases":0,"right":0,)"));
    std::vector<JudgedCase> const wrong{judged("-", "x")};
    CHECK(case_mistakes_text(wrong).find("book.tsv:2: name") != std::string::npos);
}

TEST_CASE("read_casebook: what is wrong is named with file and line") {
    CHECK(failure_of("case\tsentence\n").find("book.tsv:1: header is") != std::string::npos);
    CHECK(failure_of("# only a remark\n").find("no header") != std::string::npos);
    std::string const header = "case\tpublished\tsentence\tevents\n";
    CHECK(failure_of(header + "a\t31/02/2014\ttext\t-\n").find("expected YYYY-MM-DD") != std::string::npos);
    CHECK(failure_of(header + "a\t2020-02-04\ttext\tArmed clash|Hama\n").find("has 2 cells; expected 6") !=
          std::string::npos);
    CHECK(failure_of(header + "a\t2020-02-04\ttext\n").find("book.tsv:2") != std::string::npos);
    CHECK(failure_of(header + "a\t\ttext\t-\n") == "(none)");
}
