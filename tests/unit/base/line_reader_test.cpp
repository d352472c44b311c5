#include "base/line_reader.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "support/temp_folder.hpp"

namespace {

std::vector<std::string> lines_of(std::string_view content) {
    kharita::test::TempFolder const folder;
    kharita::LineReader reader{folder.file("lines.txt", content)};
    std::vector<std::string> lines;
    while (auto const line = reader.next()) {
        lines.emplace_back(*line);
        CHECK(reader.line_number() == lines.size());
    }
    return lines;
}

} // namespace

TEST_CASE("LineReader: LF, CRLF, a missing last end, empty lines, byte order mark") {
    using Lines = std::vector<std::string>;
    CHECK(lines_of("") == Lines{});
    CHECK(lines_of("a\nb") == Lines{"a", "b"});
    CHECK(lines_of("a\r\n\nb\n") == Lines{"a", "", "b"});
    CHECK(lines_of("\xEF\xBB\xBFحماة\n") == Lines{"حماة"});
}

TEST_CASE("LineReader: a line longer than a block stays whole") {
    std::string const line(1'000'000, 'x');
    auto const lines = lines_of(line + "\nshort\n");
    REQUIRE(lines.size() == 2);
    CHECK(lines[0] == line);
    CHECK(lines[1] == "short");
}

TEST_CASE("LineReader: a line that is too long ends the file, with its number") {
    kharita::test::TempFolder const folder;
    // Told when another block is asked for: 2^18 bytes.
    kharita::LineReader reader{folder.file("long.txt", "short\n" + std::string(600'000, 'x') + "\nlast\n"),
                               1000};
    CHECK(reader.next() == "short");
    CHECK_THROWS_WITH_AS(reader.next(), doctest::Contains("long.txt:2: a line of more than 1000 bytes"),
                         kharita::InputError);
}

TEST_CASE("LineReader: damaged gzip says so, with the file's name") {
    kharita::test::TempFolder const folder;
    auto const file =
        folder.file("damaged.gz", std::string_view{"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03garbage", 17});
    CHECK_THROWS_WITH_AS(kharita::LineReader{file}.next(),
                         doctest::Contains("damaged.gz:1: cannot be read on"), kharita::InputError);
    CHECK_THROWS_AS(kharita::LineReader{"/no/such/file"}, kharita::InputError);
    CHECK_THROWS_AS(kharita::LineReader{folder.path()}, kharita::InputError);
}
