#include "base/scratch_file.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "base/thread_pool.hpp"
#include "support/temp_folder.hpp"

namespace kharita {

TEST_CASE("ScratchFile: pieces come back, those not yet written out too") {
    test::TempFolder const folder;
    ScratchFile file{folder.path()};
    CHECK(file.append("") == 0);
    CHECK(file.append("one") == 0);
    CHECK(file.append("two") == 3);
    CHECK(file.read(3, 3) == "two");
    std::string const large(200'000, 'x');
    CHECK(file.append(large) == 6);
    CHECK(file.append("end") == 200'006);
    CHECK(file.read(6, large.size()) == large);
    CHECK(file.read(0, 3) == "one");
    CHECK(file.read(200'006, 3) == "end");
    CHECK(std::filesystem::is_empty(folder.path())); // it has no name
}

TEST_CASE("ScratchFile: several threads append and read") {
    test::TempFolder const folder;
    ScratchFile file{folder.path()};
    std::vector<std::pair<std::uint64_t, std::string>> pieces(500);
    parallel_for(pieces.size(), 4, [&](std::size_t i) {
        std::string bytes(i * 7, static_cast<char>('a' + i % 26));
        std::uint64_t const offset = file.append(bytes);
        pieces[i] = {offset, std::move(bytes)};
        CHECK(file.read(pieces[i].first, pieces[i].second.size()) == pieces[i].second);
    });
    for (auto const& [offset, bytes] : pieces) {
        CHECK(file.read(offset, bytes.size()) == bytes);
    }
}

TEST_CASE("ScratchFile: a folder that is not there") {
    CHECK_THROWS_AS(ScratchFile{"/does/not/exist"}, OutputError);
}

} // namespace kharita
