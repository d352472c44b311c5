#include "tile/pmtiles.hpp"

#include <filesystem>
#include <vector>

#include <doctest/doctest.h>

#include "base/files.hpp"
#include "support/temp_folder.hpp"
#include "tile/mvt_decoder.hpp"

using namespace kharita;
using namespace kharita::tile;

namespace {

std::string bytes(std::initializer_list<int> list) {
    std::string result;
    for (int const each : list) {
        result.push_back(static_cast<char>(each));
    }
    return result;
}

/// An archive of one tile's bytes and these directories, uncompressed.
std::filesystem::path archive_of(test::TempFolder const& folder, std::span<PmtilesEntry const> root,
                                 std::span<PmtilesEntry const> leaf) {
    std::string const roots = encode_directory(root);
    std::string const leaves = encode_directory(leaf);
    PmtilesHeader header;
    header.root_offset = PmtilesHeader::size;
    header.root_length = roots.size();
    header.leaves_offset = header.root_offset + roots.size();
    header.leaves_length = leaves.size();
    header.data_offset = header.leaves_offset + leaves.size();
    header.data_length = 4;
    header.internal_compression = Compression::none;
    header.tile_compression = Compression::none;
    std::filesystem::path file = folder.path() / "a.pmtiles";
    write_file(file, encode_header(header) + roots + leaves + "tile", Overwrite::replace);
    return file;
}

} // namespace

TEST_CASE("PMTiles: few bytes that claim milliards of tiles are refused before any is visited") {
    test::TempFolder const folder;
    std::vector<PmtilesEntry> const endless{{1, 0, 4, 0xffff'ffff}};
    auto const reader = open_pmtiles(archive_of(folder, endless, {}));
    CHECK(reader->find({9, 1, 1}) == "tile");
    std::size_t visited = 0;
    CHECK_THROWS_WITH_AS(reader->for_each([&](TileId, std::string_view) { ++visited; }),
                         doctest::Contains("claims 4294967295 tiles or more; at most 16777216 are read"),
                         FormatError);
    CHECK(visited == 0);

    std::vector<PmtilesEntry> const run{{1, 0, 4, 84}}; // all of zooms 1 to 3
    auto const whole = open_pmtiles(archive_of(folder, run, {}));
    whole->for_each([&](TileId, std::string_view) { ++visited; });
    CHECK(visited == 84);
}

TEST_CASE("PMTiles: leaf directories without tiles are refused") {
    test::TempFolder const folder;
    std::vector<PmtilesEntry> const root{{1, 0, 1, 0}, {2, 0, 1, 0}}; // twice the same
    auto const reader = open_pmtiles(archive_of(folder, root, {}));
    CHECK_THROWS_WITH_AS(reader->for_each([](TileId, std::string_view) {}),
                         doctest::Contains("a leaf directory has no tiles"), FormatError);
}

TEST_CASE("encode_header: fields where the specification puts them, little-endian") {
    PmtilesHeader header;
    header.root_offset = 127;
    header.root_length = 0x0102;
    header.data_length = 0x0a0b0c;
    header.contents = 7;
    header.clustered = true;
    header.minzoom = 2;
    header.maxzoom = 12;
    header.bounds = {35.5, -1, 42.25, 37};
    header.center_zoom = 6;
    header.center = {38, 35};
    std::string const encoded = encode_header(header);
    REQUIRE(encoded.size() == 127);
    CHECK(encoded.substr(0, 8) == "PMTiles\x03");
    CHECK(encoded.substr(8, 8) == bytes({127, 0, 0, 0, 0, 0, 0, 0}));
    CHECK(encoded.substr(16, 8) == bytes({2, 1, 0, 0, 0, 0, 0, 0}));
    CHECK(encoded.substr(64, 8) == bytes({0x0c, 0x0b, 0x0a, 0, 0, 0, 0, 0}));
    CHECK(encoded.substr(88, 8) == bytes({7, 0, 0, 0, 0, 0, 0, 0}));
    CHECK(encoded.substr(96, 6) == bytes({1, 2, 2, 1, 2, 12})); // clustered, gzip, gzip, MVT, zooms
    // 35.5 degrees are 355,000,000 = 0x1528DEC0 of 1e-7; -1 is -10,000,000 = 0xFF676980.
    CHECK(encoded.substr(102, 4) == bytes({0xc0, 0xde, 0x28, 0x15}));
    CHECK(encoded.substr(106, 4) == bytes({0x80, 0x69, 0x67, 0xff}));
    CHECK(encoded[118] == 6);
    CHECK(decode_header(encoded) == header);
}

TEST_CASE("decode_header refuses what is no PMTiles 3") {
    std::string const good = encode_header({});
    CHECK_THROWS_AS(decode_header(good.substr(0, 126)), FormatError);
    CHECK_THROWS_AS(decode_header("SQLite format 3" + good), FormatError);
    std::string older = good;
    older[7] = 2;
    CHECK_THROWS_WITH_AS(decode_header(older), "PMTiles: version 2; this program reads 3", FormatError);
}

TEST_CASE("encode_directory: columns of deltas, run lengths, lengths, offsets") {
    // Worked by hand: ids 5, 42, 69; the third tile has the content of the first.
    std::vector<PmtilesEntry> const entries{{5, 0, 100, 1}, {42, 100, 200, 2}, {69, 0, 100, 1}};
    std::string const encoded = encode_directory(entries);
    CHECK(encoded == bytes({3, 5, 37, 27, 1, 2, 1, 100, 0xc8, 0x01, 100, 1, 0, 1}));
    CHECK(decode_directory(encoded) == entries);
    CHECK(decode_directory(encode_directory({})).empty());
}

TEST_CASE("decode_directory: what is broken is told apart") {
    auto const message = [](std::string const& encoded) -> std::string {
        try {
            decode_directory(encoded);
        } catch (FormatError const& error) {
            return error.what();
        }
        return "decoded";
    };
    CHECK(message(bytes({1, 5, 1, 9, 1})) == "decoded");
    CHECK(message("").find("ends early") != std::string::npos);
    CHECK(message(bytes({1, 5, 1, 0xff})).find("claims 1 entries") != std::string::npos);
    CHECK(message(bytes({1, 5, 1, 0xff, 0x80})).find("ends early") != std::string::npos);
    CHECK(message(bytes({2, 5, 0, 1, 1, 9, 9, 1, 0})).find("do not rise") != std::string::npos);
    CHECK(message(bytes({1, 5, 1, 0, 1})).find("length 0") != std::string::npos);
    CHECK(message(bytes({1, 5, 1, 9, 0})).find("no offset") != std::string::npos);
    CHECK(message(bytes({1, 5, 1, 9, 1, 0})).find("1 bytes after") != std::string::npos);
    CHECK(message(bytes({0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01})).find("claims") !=
          std::string::npos);
}
