#include "base/zip.hpp"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "support/temp_folder.hpp"

namespace kharita {

namespace {

std::string little(std::uint32_t value, std::size_t size) {
    std::string bytes;
    for (std::size_t i = 0; i < size; ++i) {
        bytes.push_back(static_cast<char>(value >> (8 * i) & 0xFFU));
    }
    return bytes;
}

constexpr std::string_view content = "123456789";
constexpr std::uint32_t content_crc = 0xCBF4'3926; // the check value of CRC-32

/// An archive with one stored file, by APPNOTE.TXT, sections 4.3.7, 4.3.12, 4.3.16.
std::string archive_of(std::uint32_t crc, std::uint32_t method = 0) {
    std::string const name = "SY.txt";
    auto const size = static_cast<std::uint32_t>(content.size());
    std::string const common = little(20, 2) + little(0, 2) + little(method, 2) + little(0, 4) +
                               little(crc, 4) + little(size, 4) + little(size, 4) +
                               little(static_cast<std::uint32_t>(name.size()), 2) + little(0, 2);
    std::string const file = "PK\x03\x04" + common + name + std::string{content};
    std::string const entry = "PK\x01\x02" + little(20, 2) + common + little(0, 2) + little(0, 2) +
                              little(0, 2) + little(0, 4) + little(0, 4) + name;
    return file + entry + "PK\x05\x06" + little(0, 4) + little(1, 2) + little(1, 2) +
           little(static_cast<std::uint32_t>(entry.size()), 4) +
           little(static_cast<std::uint32_t>(file.size()), 4) + little(0, 2);
}

} // namespace

TEST_CASE("zip: lists and unpacks what the specification describes") {
    test::TempFolder const folder;
    auto const archive = folder.file("a.zip", archive_of(content_crc));
    CHECK(is_zip(archive));
    auto const members = list_zip(archive);
    REQUIRE(members.size() == 1);
    CHECK(members[0].name == "SY.txt");
    CHECK(members[0].size == 9);
    unpack_zip(archive, members[0], folder.path() / "out");
    CHECK(read_file(folder.path() / "out") == content);
}

TEST_CASE("zip: damage is told, and nothing is left behind") {
    test::TempFolder const folder;
    auto const wrong = folder.file("wrong.zip", archive_of(content_crc ^ 1U));
    CHECK_THROWS_WITH_AS(unpack_zip(wrong, list_zip(wrong).at(0), folder.path() / "out"),
                         doctest::Contains("is not what was packed"), InputError);
    CHECK_FALSE(std::filesystem::exists(folder.path() / "out"));
    auto const method = folder.file("method.zip", archive_of(content_crc, 12));
    CHECK_THROWS_WITH_AS(unpack_zip(method, list_zip(method).at(0), folder.path() / "out"),
                         doctest::Contains("method 12"), InputError);
    std::string const whole = archive_of(content_crc);
    auto const cut = folder.file("cut.zip", whole.substr(0, whole.size() - 10));
    CHECK_THROWS_WITH_AS(list_zip(cut), doctest::Contains("cut off"), InputError);
    CHECK_THROWS_AS(list_zip(folder.file("empty.zip", "")), InputError);
    CHECK_FALSE(is_zip(folder.file("text.txt", "no archive")));
    CHECK_THROWS_AS(is_zip(folder.path() / "missing.zip"), InputError);
}

} // namespace kharita
