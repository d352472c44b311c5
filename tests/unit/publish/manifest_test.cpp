#include "publish/manifest.hpp"

#include <filesystem>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "base/output_file.hpp"
#include "support/temp_folder.hpp"

namespace fs = std::filesystem;
using kharita::Overwrite;
using kharita::write_file;
using namespace kharita::publish;

namespace {

Manifest example() {
    return {.version = "0.1.0",
            .date = "2019-08-03",
            .gazetteer = "g",
            .vocabulary = "v",
            .settings = "",
            .inputs = {{"reports.jsonl", 3, "h"}},
            .counts = {{"documents", 9}, {"events", 27}},
            .files = {},
            .rows = "r"};
}

} // namespace

TEST_CASE("manifest: JSON and back") {
    kharita::test::TempFolder const temporary;
    Manifest manifest = example();
    CHECK_FALSE(read_manifest(temporary.path()));
    write_file(temporary.path() / "events.geojson", "abc", Overwrite::refuse);
    manifest.files.push_back(record_file(temporary.path() / "events.geojson", "events.geojson"));
    write_file(temporary.path() / manifest_name, to_json(manifest), Overwrite::refuse);
    CHECK(read_manifest(temporary.path()) == manifest);

    SUBCASE("check_files: whole") {
        CHECK(check_files(temporary.path()).empty());
    }
    SUBCASE("check_files: same size, other content") {
        write_file(temporary.path() / "events.geojson", "abd", Overwrite::replace);
        auto const complaints = check_files(temporary.path());
        REQUIRE(complaints.size() == 1);
        CHECK(complaints[0].starts_with("events.geojson: its content is not what the manifest says"));
    }
    SUBCASE("check_files: cut short") {
        write_file(temporary.path() / "events.geojson", "ab", Overwrite::replace);
        CHECK(check_files(temporary.path()) ==
              std::vector<std::string>{"events.geojson: has 2 bytes; the manifest says 3"});
    }
    SUBCASE("check_files: missing") {
        fs::remove(temporary.path() / "events.geojson");
        CHECK(check_files(temporary.path()) == std::vector<std::string>{"events.geojson: is missing"});
    }
}

TEST_CASE("manifest: a file's hash is that of FIPS 180-2, appendix B.1") {
    kharita::test::TempFolder const temporary;
    write_file(temporary.path() / "abc", "abc", Overwrite::refuse);
    FileRecord const record = record_file(temporary.path() / "abc", "abc");
    CHECK(record.bytes == 3);
    CHECK(record.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("manifest: the fingerprint follows from the inputs and not from the outputs") {
    Manifest const first = example();
    Manifest second = first;
    second.counts.clear();
    second.files.push_back({"x", 1, "y"});
    CHECK(first.fingerprint() == second.fingerprint());
    second.inputs[0].sha256 = "other";
    CHECK(first.fingerprint() != second.fingerprint());
    second = first;
    second.settings = "date=2019-08-04";
    CHECK(first.fingerprint() != second.fingerprint());
}

TEST_CASE("manifest: foreign and broken ones are told apart from none") {
    kharita::test::TempFolder const temporary;
    fs::path const file = temporary.path() / manifest_name;
    for (char const* const text :
         {"", "{", "[]", R"({"generator":"webpack"})", R"({"generator":"kharita","format":2})",
          R"({"generator":"kharita","format":1})", R"({"generator":"kharita","format":1,"version":7})"}) {
        CAPTURE(text);
        write_file(file, text, Overwrite::replace);
        CHECK_THROWS_AS(read_manifest(temporary.path()), kharita::InputError);
    }
    CHECK_THROWS_AS(check_files(temporary.path() / "none"), kharita::InputError);
}
