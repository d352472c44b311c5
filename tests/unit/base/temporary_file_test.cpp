#include "base/temporary_file.hpp"

#include <csignal>
#include <cstdlib>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "base/output_file.hpp"
#include "support/temp_folder.hpp"

using namespace kharita; // NOLINT: a test
namespace fs = std::filesystem;

TEST_CASE("TemporaryFile: gone with the object, unless it was renamed") {
    test::TempFolder const folder;
    fs::path const file = folder.path() / "a.tmp";
    {
        TemporaryFile const none;
        CHECK_FALSE(none.is_set());
        TemporaryFile first{file};
        write_file(file, "x", Overwrite::refuse);
        TemporaryFile second{std::move(first)};
        CHECK(second.path() == file);
        TemporaryFile third;
        third = std::move(second);
        CHECK(fs::exists(file));
    }
    CHECK_FALSE(fs::exists(file));
    {
        TemporaryFile renamed{file};
        write_file(file, "x", Overwrite::refuse);
        fs::rename(file, folder.path() / "b");
        renamed.keep();
        write_file(file, "another's", Overwrite::refuse);
    }
    CHECK(fs::exists(folder.path() / "b"));
    CHECK(fs::exists(file));
}

TEST_CASE("TemporaryFile: a signal removes all that are there, and ends the program") {
    for (int const signal : {SIGINT, SIGTERM, SIGHUP}) {
        CAPTURE(signal);
        test::TempFolder const folder;
        ::pid_t const child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            std::signal(signal, SIG_DFL);
            remove_temporary_files_on_interrupt();
            std::vector<TemporaryFile> many; // more than there is room for
            many.reserve(70);
            for (int i = 0; i < 70; ++i) {
                many.emplace_back(folder.path() / std::to_string(i));
            }
            OutputFile const output{folder.path() / "result", Overwrite::refuse};
            write_file(folder.path() / "3", "x", Overwrite::refuse);
            write_file(folder.path() / "kept", "x", Overwrite::refuse);
            std::raise(signal);
            std::_Exit(0); // not reached
        }
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        CHECK(WIFSIGNALED(status));
        CHECK(WTERMSIG(status) == signal);
        CHECK_FALSE(fs::exists(folder.path() / "3"));
        CHECK(fs::exists(folder.path() / "kept"));
        CHECK_FALSE(fs::exists(folder.path() / "result"));
    }
}
