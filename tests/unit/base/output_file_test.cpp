#include "base/output_file.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

#include <fmt/format.h>

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
        output.write({}); // no address at all
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

TEST_CASE("OutputFile: a file has the bytes that were written, however many were expected") {
    kharita::test::TempFolder const temporary;
    auto const file = temporary.path() / "a.txt";
    for (std::uint64_t const expected : {0U, 1U, 5U, 100'000U}) {
        OutputFile output{file, Overwrite::replace};
        output.expect(expected);
        output.write("whole");
        output.commit();
        CHECK(kharita::read_file(file) == "whole");
    }
}

TEST_CASE("OutputFile: a pipe is written into, and stays one") {
    kharita::test::TempFolder const temporary;
    auto const pipe = temporary.path() / "pipe";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    for (Overwrite const overwrite : {Overwrite::refuse, Overwrite::replace}) {
        std::string got;
        std::thread reader{[&] { got = kharita::read_file(pipe); }};
        kharita::write_file(pipe, "words", overwrite);
        reader.join();
        CHECK(got == "words");
        CHECK(fs::is_fifo(pipe));
    }
}

TEST_CASE("OutputFile: a link stays, and what it leads to is written") {
    kharita::test::TempFolder const temporary;
    auto const& folder = temporary.path();
    fs::create_directory(folder / "there");
    fs::create_symlink("there/a.txt", folder / "link");
    kharita::write_file(folder / "link", "new", Overwrite::refuse); // led nowhere so far
    CHECK(kharita::read_file(folder / "there" / "a.txt") == "new");
    CHECK_THROWS_AS(kharita::write_file(folder / "link", "again", Overwrite::refuse), kharita::OutputError);
    kharita::write_file(folder / "link", "again", Overwrite::replace);
    CHECK(fs::is_symlink(folder / "link"));
    CHECK(kharita::read_file(folder / "there" / "a.txt") == "again");
    CHECK_THROWS_AS(kharita::write_file(folder / "there", "", Overwrite::replace), kharita::OutputError);
}

TEST_CASE("OutputFile: a file that lies where the half written one would is not written through") {
    kharita::test::TempFolder const temporary;
    auto const& folder = temporary.path();
    kharita::write_file(folder / "precious", "precious", Overwrite::refuse);
    fs::create_symlink("precious", folder / fmt::format(".a.txt.tmp.{}", ::getpid()));
    kharita::write_file(folder / "a.txt", "new", Overwrite::refuse);
    CHECK(kharita::read_file(folder / "precious") == "precious");
    CHECK(kharita::read_file(folder / "a.txt") == "new");
    CHECK_FALSE(fs::is_symlink(folder / "a.txt"));
}
