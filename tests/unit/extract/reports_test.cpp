#include "extract/reports.hpp"

#include <filesystem>
#include <string>

#include <doctest/doctest.h>

#include "support/temp_folder.hpp"

namespace {

namespace fs = std::filesystem;
using namespace kharita; // NOLINT: a test

/// A folder whose files may lie in folders of their own.
class Folder : public test::TempFolder {
public:
    fs::path put(std::string const& name, std::string_view content) const {
        fs::create_directories((path() / name).parent_path());
        return file(name, content);
    }
};

std::vector<extract::ReportOrReject> read_all(std::vector<fs::path> inputs) {
    extract::ReportReader reader{std::move(inputs), {"a default", parse_date("2020-01-01")}};
    std::vector<extract::ReportOrReject> all;
    while (auto item = reader.next()) {
        all.push_back(std::move(*item));
    }
    return all;
}

Report report(extract::ReportOrReject const& item) {
    REQUIRE(std::holds_alternative<Report>(item));
    return std::get<Report>(item);
}

std::string reason(extract::ReportOrReject const& item) {
    REQUIRE(std::holds_alternative<Reject>(item));
    return std::get<Reject>(item).reason;
}

} // namespace

TEST_CASE("ReportReader: JSON Lines, with other keys carried through") {
    Folder const folder;
    auto const items = read_all({folder.put(
        "a.jsonl",
        R"({"id":"x","source":"s","url":"u","title":"t","published":"2019-08-01T10:00","lang":"ar","text":"خبر","page":3,"events":[]})"
        "\n\n"
        R"({"id":12,"text":"some words"})")});
    REQUIRE(items.size() == 2);
    Report const first = report(items[0]);
    CHECK(first.id == "x");
    CHECK(first.source == "s");
    CHECK(first.published == parse_date("2019-08-01"));
    CHECK(first.extra == R"({"page":3})");
    CHECK(first.doc_id == document_id(first));
    Report const second = report(items[1]);
    CHECK(second.id == "12");
    CHECK(second.lang == "en");
    CHECK(second.source == "a default");
    CHECK(second.published == parse_date("2020-01-01"));
}

TEST_CASE("ReportReader: a report that says nothing of itself is named by where it stands") {
    Folder const folder;
    extract::ReportReader reader{{folder.put("in/a.jsonl", "{\"text\":\"one\"}\n\n{\"text\":\"two\"}\n"
                                                           R"({"text":"three","source":"s"})"
                                                           "\n"
                                                           R"({"text":"four","url":"u"})")},
                                 {}};
    std::vector<Report> all;
    while (auto const item = reader.next()) {
        all.push_back(report(*item));
    }
    REQUIRE(all.size() == 4);
    CHECK(all[0].id == "a.jsonl:1");
    CHECK(all[1].id == "a.jsonl:3");
    CHECK(all[2].id == all[2].doc_id);
    CHECK(all[3].id == all[3].doc_id);
    CHECK(all[0].doc_id == document_id(all[0])); // where it stands is no part of its identity
}

TEST_CASE("ReportReader: an array over several lines is set aside once") {
    Folder const folder;
    auto const items = read_all({
        folder.put("array.json", "\n[\n  {\"text\": \"one\"},\n  {\"text\": \"two\"}\n]\n"),
        folder.put("objects.json", "[{\"text\": \"one\"},\n{\"text\": \"two\"}]\n"),
        folder.put("object.json", "{\n  \"text\": \"one\"\n}\n"),
        folder.put("good.jsonl", "{\"text\":\"three\"}\n[\n"),
    });
    REQUIRE(items.size() == 5);
    for (std::size_t const i : {0U, 1U, 2U}) {
        CAPTURE(i);
        CHECK(reason(items[i]).starts_with(
            "begins an array or object of several lines; expected one object a line"));
    }
    CHECK(std::get<Reject>(items[0]).line == 2);
    CHECK(report(items[3]).text == "three");
    CHECK(reason(items[4]).starts_with("is not JSON: "));
}

TEST_CASE("ReportReader: plain text and HTML files are one report each") {
    Folder const folder;
    folder.put("b/2021-03-04-notes.txt", "\xEF\xBB\xBFخبر من حلب\r\n");
    folder.put("b/page.html", "<title>T</title><body><p>News</p></body>");
    folder.put("b/.hidden.txt", "no");
    folder.put("b/table.ods", "no");
    auto const items = read_all({folder.path() / "b"});
    REQUIRE(items.size() == 2);
    CHECK(report(items[0]).text == "خبر من حلب\r\n");
    CHECK(report(items[0]).published == parse_date("2021-03-04"));
    CHECK(report(items[0]).id == "2021-03-04-notes");
    CHECK(report(items[0]).lang == "ar");
    CHECK(report(items[1]).title == "T");
    CHECK(report(items[1]).text == "News");
}

TEST_CASE("ReportReader: JSON Lines are told by their first character too") {
    Folder const folder;
    auto const items = read_all({folder.put("c.data", "\n {\"text\":\"words\"}\n")});
    REQUIRE(items.size() == 1);
    CHECK(report(items[0]).text == "words");
}

TEST_CASE("ReportReader: what cannot be read is set aside and the rest follows") {
    Folder const folder;
    auto const items = read_all({
        folder.path() / "missing.txt",
        folder.put("empty.jsonl", "\n"),
        folder.put("empty.txt", " \n"),
        folder.put("latin.txt", "caf\xE9"),
        folder.put("lines.jsonl",
                   "{\"text\":\"good\"}\n{\"text\":\n[1]\n{\"title\":\"t\"}\n"
                   "{\"text\":\"x\",\"published\":\"31/02/2014\"}\n{\"text\":7}\n{\"text\":\"\xFF\"}\n"
                   "{\"text\":\"last\"}\n"),
        folder.put("void/.keep", ""),
        folder.path() / "void",
    });
    REQUIRE(items.size() == 14);
    CHECK(reason(items[0]) == "No such file or directory");
    CHECK(reason(items[1]) == "is empty; expected a report");
    CHECK(reason(items[2]) == "is empty; expected a report");
    CHECK(reason(items[3]).starts_with("byte 3 is not valid UTF-8"));
    CHECK(report(items[4]).text == "good");
    CHECK(reason(items[5]).starts_with("is not JSON: "));
    CHECK(std::get<Reject>(items[5]).line == 2);
    CHECK(reason(items[6]) == "the line is an array; expected an object");
    CHECK(reason(items[7]).starts_with("no \"text\""));
    CHECK(reason(items[8]) == "\"published\" is \"31/02/2014\"; expected YYYY-MM-DD");
    CHECK(reason(items[9]) == "\"text\" is a number; expected a string");
    CHECK(reason(items[10]) == "is not valid UTF-8");
    CHECK(report(items[11]).text == "last");
    CHECK(std::get<Reject>(items[12]).reason == "is empty; expected a report");
    CHECK(reason(items[13]) == "holds no report");
}

TEST_CASE("document_id: every field counts, and cannot be mistaken for its neighbour") {
    Report report;
    report.source = "ab";
    report.url = "c";
    std::string const first = document_id(report);
    CHECK(first.size() == 32);
    report.source = "a";
    report.url = "bc";
    CHECK(document_id(report) != first);
    report.published = parse_date("2020-01-01");
    std::string const dated = document_id(report);
    report.title = "no part of it";
    CHECK(document_id(report) == dated);
}

TEST_CASE("guess_language") {
    CHECK(extract::guess_language("خبر from Aleppo من حلب وريفها") == "ar");
    CHECK(extract::guess_language("News of حلب") == "en");
    CHECK(extract::guess_language("12 !") == "");
}

TEST_CASE("ReportReader: pages and texts packed by gzip, too") {
    Folder const folder;
    // What gzip -n makes of "<title>a</title><body>b" and of "plain".
    std::string_view const page{
        "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff\xb3\x29\xc9\x2c\xc9\x49\xb5\x4b\xb4\xd1\x87\x30\x6c\x92\xf2"
        "\x53\x2a\xed\x92\x00\xf9\x77\xf7\x1b\x17\x00\x00\x00",
        38};
    std::string_view const text{"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff\x2b\xc8\x49\xcc\xcc\x03\x00\xcf\x62"
                                "\x20\x19\x05\x00\x00\x00",
                                25};
    Report const first = report(read_all({folder.put("2019-08-02-c.html.gz", page)}).at(0));
    CHECK(first.id == "2019-08-02-c");
    CHECK(first.title == "a");
    CHECK(first.text == "b");
    CHECK(first.published == parse_date("2019-08-02"));
    CHECK(report(read_all({folder.put("d.txt.gz", text)}).at(0)).text == "plain");
    CHECK(reason(read_all({folder.put("e.txt.gz", text.substr(0, text.size() - 9))}).at(0)) != "");
}

TEST_CASE("ReportReader: a packed file that ends too early says where, and names itself once") {
    Folder const folder;
    // What gzip -n makes of {"text":"one"}, without its last nine bytes.
    std::string_view const packed{
        "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xab\x56\x2a\x49\xad\x28\x51\xb2\x52\xca\xcf\x4b"
        "\x55\xaa\xe5\x02",
        25};
    auto const items = read_all({folder.put("a.jsonl.gz", packed)});
    REQUIRE(!items.empty());
    CHECK(reason(items.back()) == "cannot be read on: unexpected end of file");
    CHECK(std::get<Reject>(items.back()).line == items.size());
}

TEST_CASE("ReportReader: a text of more than a mebibyte is no report") {
    Folder const folder;
    std::string const longest(extract::largest_text, 'a');
    auto const items = read_all({folder.put("a.txt", longest), folder.put("b.txt", longest + "a"),
                                 folder.put("c.jsonl", R"({"text":")" + longest + "a\"}\n{\"text\":\"b\"}")});
    REQUIRE(items.size() == 4);
    CHECK(report(items[0]).text == longest);
    std::string_view const said =
        "a text of 1048577 bytes; expected a report of at most 1048576: split it where one report ends";
    CHECK(reason(items[1]) == said);
    CHECK(reason(items[2]) == said);
    CHECK(report(items[3]).text == "b");
}

TEST_CASE("ReportReader: a text with a zero byte is no report") {
    Folder const folder;
    auto const items = read_all({folder.put("a.txt", std::string{"Hama\0, Homs", 11}),
                                 folder.put("b.jsonl", R"({"text":"Hama\u0000"})"
                                                       "\n"
                                                       R"({"text":"Homs"})")});
    REQUIRE(items.size() == 3);
    CHECK(reason(items[0]) == "a zero byte at 4; expected text");
    CHECK(reason(items[1]) == R"("text" holds a zero byte (U+0000); expected text)");
    CHECK(report(items[2]).text == "Homs");
}

TEST_CASE("ReportReader: what is no UTF-8 says how to make it that") {
    Folder const folder;
    auto const items = read_all({folder.put("a.txt", std::string{"\xFF\xFE"
                                                                 "a\0",
                                                                 4}),
                                 folder.put("b.txt", "\xDE\xD5\xDD")});
    REQUIRE(items.size() == 2);
    CHECK(reason(items[0]) == "is UTF-16; make it UTF-8 first (iconv -f UTF-16 -t UTF-8)");
    CHECK(reason(items[1]).ends_with("iconv -f WINDOWS-1256 -t UTF-8)"));
}

TEST_CASE("ReportReader: a file whose name is no UTF-8 is set aside, and named as far as it can be") {
    Folder const folder;
    auto const items = read_all({folder.put("a\xff.txt", "words"), folder.put("b.txt", "words")});
    REQUIRE(items.size() == 2);
    CHECK(reason(items[0]) == "its name is not UTF-8, and would name the report; rename the file");
    CHECK(std::get<Reject>(items[0]).file.ends_with("a?.txt"));
    CHECK(report(items[1]).id == "b");
}
