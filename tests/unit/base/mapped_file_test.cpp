#include "base/mapped_file.hpp"

#include <filesystem>
#include <string>
#include <string_view>

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/output_file.hpp"
#include "support/temp_folder.hpp"

using namespace kharita;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t page = 4096;

fs::path three_pages(fs::path const& folder) {
    fs::path file = folder / "three";
    write_file(file, std::string(3 * page, 'x'), Overwrite::refuse);
    return file;
}

/// What a process of its own answers: what it is told of cut files stays with it.
template <typename Check>
int in_child(Check const& check) {
    pid_t const child = ::fork();
    if (child == 0) {
        int status = 99;
        try {
            status = check();
        } catch (...) { // the status tells
            status = 98;
        }
        ::_exit(status);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string complaint() {
    try {
        require_whole_files();
    } catch (InputError const& error) {
        return error.what();
    }
    return {};
}

} // namespace

TEST_CASE("MappedFile: shows the bytes of a file, of an empty one none") {
    test::TempFolder const folder;
    write_file(folder.path() / "empty", "", Overwrite::refuse);
    CHECK(MappedFile{folder.path() / "empty"}.bytes().empty());
    CHECK(MappedFile{three_pages(folder.path())}.bytes() == std::string(3 * page, 'x'));
    CHECK_THROWS_AS(MappedFile{folder.path() / "none"}, InputError);
    CHECK_THROWS_AS(MappedFile{folder.path()}, InputError);
    CHECK_NOTHROW(require_whole_files());
}

TEST_CASE("MappedFile: a file that is cut short while it is read gives zeros and an error, no signal") {
    test::TempFolder const folder;
    fs::path const file = three_pages(folder.path());
    CHECK(in_child([&] {
              survive_cut_files();
              std::string_view bytes;
              {
                  MappedFile const mapped{file};
                  bytes = mapped.bytes();
                  fs::resize_file(file, page);
                  bool const is_so = bytes[page - 1] == 'x' && complaint().empty() && bytes[page] == 0 &&
                                     bytes[3 * page - 1] == 0 && !complaint().empty();
                  if (!is_so) {
                      return 1;
                  }
              }
              if (complaint() != file.string() + ": was cut short while it was read") {
                  return 2;
              }
              MappedFile const next{file}; // has a place of its own
              return next.bytes() == std::string(page, 'x') ? 0 : 3;
          }) == 0);
}

TEST_CASE("MappedFile: nothing is published that was made of a file cut short") {
    test::TempFolder const folder;
    fs::path const file = three_pages(folder.path());
    fs::path const copy = folder.path() / "copy";
    CHECK(in_child([&] {
              survive_cut_files();
              MappedFile const mapped{file};
              fs::resize_file(file, page);
              try {
                  write_file(copy, mapped.bytes(), Overwrite::refuse);
              } catch (InputError const&) {
                  return fs::exists(copy) ? 1 : 0;
              }
              return 2;
          }) == 0);
    CHECK_FALSE(fs::exists(copy));
}
