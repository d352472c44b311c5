#include "base/put_in_place.hpp"

#include <filesystem>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/output_file.hpp"
#include "support/temp_folder.hpp"

namespace fs = std::filesystem;
using namespace kharita;

TEST_CASE("put_in_place: where nothing was, the new folder stands and nothing is left") {
    test::TempFolder const temporary;
    fs::create_directory(temporary.path() / "made");
    write_file(temporary.path() / "made/a.txt", "1", Overwrite::refuse);
    put_in_place(temporary.path() / "made", temporary.path() / "place");
    CHECK(read_file(temporary.path() / "place/a.txt") == "1");
    CHECK_FALSE(fs::exists(temporary.path() / "made"));
}

TEST_CASE("put_in_place: what was there is where the new one was") {
    test::TempFolder const temporary;
    for (char const* name : {"made", "place"}) {
        fs::create_directory(temporary.path() / name);
        write_file(temporary.path() / name / "a.txt", name, Overwrite::refuse);
    }
    put_in_place(temporary.path() / "made", temporary.path() / "place");
    CHECK(read_file(temporary.path() / "place/a.txt") == "made");
    CHECK(read_file(temporary.path() / "made/a.txt") == "place");
}

TEST_CASE("put_in_place: an error names the place, and the old content stands") {
    test::TempFolder const temporary;
    fs::create_directory(temporary.path() / "place");
    write_file(temporary.path() / "place/a.txt", "1", Overwrite::refuse);
    CHECK_THROWS_WITH_AS(put_in_place(temporary.path() / "none", temporary.path() / "place"),
                         doctest::Contains("place: cannot be put in place"), OutputError);
    CHECK(read_file(temporary.path() / "place/a.txt") == "1");
}
