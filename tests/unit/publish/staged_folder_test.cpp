#include "publish/staged_folder.hpp"

#include <filesystem>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/output_file.hpp"
#include "publish/folder_lock.hpp"
#include "support/temp_folder.hpp"

namespace fs = std::filesystem;
using kharita::OutputError;
using kharita::Overwrite;
using kharita::read_file;
using kharita::write_file;
using kharita::publish::FolderLock;
using kharita::publish::StagedFolder;

TEST_CASE("StagedFolder: the new content appears whole, and nothing of it before") {
    kharita::test::TempFolder const temporary;
    fs::path const folder = temporary.path() / "map";
    {
        StagedFolder staged{folder};
        write_file(staged.path() / "a.txt", "1", Overwrite::refuse);
        CHECK_FALSE(fs::exists(folder));
        staged.publish();
        CHECK(read_file(folder / "a.txt") == "1");
    }
    {
        StagedFolder staged{folder};
        write_file(staged.path() / "b.txt", "2", Overwrite::refuse);
        staged.publish();
    }
    CHECK(read_file(folder / "b.txt") == "2");
    CHECK_FALSE(fs::exists(folder / "a.txt"));

    SUBCASE("without publish() the old content stands") {
        {
            StagedFolder const staged{folder};
            write_file(staged.path() / "c.txt", "3", Overwrite::refuse);
        }
        CHECK(read_file(folder / "b.txt") == "2");
    }
    // Nothing is left beside it.
    CHECK(std::distance(fs::directory_iterator{temporary.path()}, fs::directory_iterator{}) == 1);
}

TEST_CASE(
    "StagedFolder: a process killed while it writes leaves the last build, and the next one carries on") {
    kharita::test::TempFolder const temporary;
    fs::path const folder = temporary.path() / "map";
    fs::create_directory(folder);
    write_file(folder / "a.txt", "last", Overwrite::refuse);

    pid_t const child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        FolderLock const lock{folder};
        StagedFolder const staged{folder};
        write_file(staged.path() / "a.txt", "half", Overwrite::refuse);
        ::raise(SIGKILL);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    REQUIRE(WIFSIGNALED(status));
    CHECK(read_file(folder / "a.txt") == "last");

    FolderLock const lock{folder};
    StagedFolder staged{folder};
    CHECK(fs::is_empty(staged.path()));
    write_file(staged.path() / "a.txt", "next", Overwrite::refuse);
    staged.publish();
    CHECK(read_file(folder / "a.txt") == "next");
}

TEST_CASE("StagedFolder: what a person put into the folder is kept") {
    kharita::test::TempFolder const temporary;
    fs::path const folder = temporary.path() / "map";
    fs::create_directories(folder / "notes");
    write_file(folder / "notes" / "n.txt", "mine", Overwrite::refuse);
    write_file(folder / "project.qgz", "also mine", Overwrite::refuse);

    StagedFolder staged{folder};
    staged.keep("notes");
    staged.keep("project.qgz");
    staged.publish();
    CHECK(read_file(folder / "notes" / "n.txt") == "mine");
    CHECK(read_file(folder / "project.qgz") == "also mine");
    CHECK_THROWS_AS(StagedFolder{folder / "project.qgz"}, OutputError);
}

TEST_CASE("FolderLock: one at a time") {
    kharita::test::TempFolder const temporary;
    fs::path const folder = temporary.path() / "map";
    {
        FolderLock const first{folder};
        CHECK_THROWS_AS(FolderLock{folder}, OutputError);
    }
    CHECK(fs::is_empty(temporary.path()));
    FolderLock const again{folder};
    CHECK_THROWS_AS(FolderLock{temporary.path() / "no" / "map"}, OutputError);
}
