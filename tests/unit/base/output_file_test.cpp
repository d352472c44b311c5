#include "base/output_file.hpp"

#include <filesystem>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "support/temp_folder.hpp"

namespace fs = std::filesystem;
using kharita::OutputFile;
using kharita::Overwrite;

TEST_CASE("OutputFile: nothing appears before commit, nothing is left without it") {
    kharita::test::TempFolder const temporary;
    auto const& folder = temporary.path();
    auto const file = folder / "a.txt";
    {
        OutputFile output{file, Overwrite::refuse};
        output.write("half");
        CHECK_FALSE(fs::exists(file));
    }
    CHECK(fs::is_empty(folder));

    kharita::write_file(file, "whole", Overwrite::refuse);
    CHECK(kharita::read_file(file) == "whole");
    CHECK_THROWS_AS(kharita::write_file(file, "again", Overwrite::refuse), kharita::OutputError);
    kharita::write_file(file, "again", Overwrite::replace);
    CHECK(kharita::read_file(file) == "again");
    CHECK_THROWS_AS(kharita::write_file(folder / "no" / "b.txt", "", Overwrite::refuse),
                    kharita::OutputError);
}
