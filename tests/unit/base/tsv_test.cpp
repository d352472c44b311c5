#include "base/tsv.hpp"

#include <doctest/doctest.h>
#include <fmt/core.h>

#include "base/error.hpp"
#include "support/temp_folder.hpp"

TEST_CASE("Tsv: cells, comments, lists, numbers") {
    kharita::test::TempFolder const folder;
    kharita::Tsv const table{folder.file("words.tsv", "# a comment\nname\tlon\n\nHama\t36.76\na; b;;c \t\n"),
                             {"name", "lon"}};
    REQUIRE(table.size() == 2);
    CHECK(table.cell(0, 0) == "Hama");
    CHECK(table.number(0, 1) == doctest::Approx(36.76));
    CHECK(table.list(1, 0) == std::vector<std::string_view>{"a", "b", "c"});
    CHECK(table.number_or(1, 1, 7) == 7);
    CHECK(table.where(1).ends_with("words.tsv:5"));
}

TEST_CASE("Tsv: wrong header, wrong number of cells and wrong numbers name file and line") {
    kharita::test::TempFolder const folder;
    auto const message = [&](std::string_view content) {
        try {
            kharita::Tsv const table{folder.file("words.tsv", content), {"name", "lon"}};
            return fmt::format("no error; read {}", table.number(0, 1));
        } catch (kharita::InputError const& error) {
            return std::string{error.what()};
        }
    };
    CHECK(message("name\tlat\n").find(":1: the header is") != std::string::npos);
    CHECK(message("name\tlon\nx\n").find(":2: 1 cells; expected 2") != std::string::npos);
    CHECK(message("name\tlon\nx\t3a\n").find(":2: lon is \"3a\"") != std::string::npos);
    CHECK(message("").find("empty") != std::string::npos);
}
