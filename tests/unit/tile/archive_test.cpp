#include "tile/archive.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "sample_layers.hpp"
#include "sqlite/connection.hpp"
#include "support/temp_folder.hpp"
#include "tile/archive_tools.hpp"
#include "tile/compression.hpp"
#include "tile/mbtiles.hpp"
#include "tile/mvt_decoder.hpp"
#include "tile/pmtiles.hpp"
#include "tile/tile_directory.hpp"

namespace fs = std::filesystem;
using namespace kharita;
using namespace kharita::tile;

namespace {

Tileset const& sample() {
    static Tileset const tileset = [] {
        std::vector<FeatureLayer> const layers{test::event_points(500, 1), test::partition(3, 2, 3, 2)};
        TilesetConfig config;
        config.name = "sample";
        config.description = "for a test";
        config.attribution = "nobody";
        config.maxzoom = 6;
        config.layers.resize(2);
        config.layers[0].id = config.layers[0].source = "zones";
        config.layers[1].id = config.layers[1].source = "events";
        config.layers[1].thinning.emplace();
        return build_tileset(layers, config, 2);
    }();
    return tileset;
}

/// Tiles by id, as raw MVT.
std::map<TileId, std::string> content(TileReader const& reader) {
    std::map<TileId, std::string> tiles;
    std::uint64_t last = 0;
    reader.for_each([&](TileId tile, std::string_view data) {
        CHECK((tiles.empty() || hilbert_key(tile) > last));
        last = hilbert_key(tile);
        tiles.emplace(tile, decompress(data, reader.compression()));
    });
    return tiles;
}

std::map<TileId, std::string> content(Tileset const& tileset) {
    std::map<TileId, std::string> tiles;
    for (Tileset::Entry const& entry : tileset.entries) {
        tiles.emplace(tile_from_hilbert_key(entry.key).value(),
                      decompress(tileset.blobs[entry.blob], Compression::gzip));
    }
    return tiles;
}

/// A tileset of many tiles, some of the same content, without features.
Tileset many_tiles(std::size_t count, std::size_t distinct = 300) {
    Tileset tileset;
    GzipCompressor gzip;
    for (std::size_t i = 0; i < distinct; ++i) {
        tileset.blobs.add(gzip.compress("tile " + std::to_string(i * i * 7919)));
    }
    std::uint64_t key = hilbert_key({9, 0, 0});
    test::Random random{7};
    for (std::size_t i = 0; i < count; ++i) {
        key += 1 + random.below(5) / 4;
        // Blobs stand in the order in which they are first used.
        std::size_t const blob = i < tileset.blobs.size() ? i : random.below(tileset.blobs.size());
        tileset.entries.push_back({key, static_cast<std::uint32_t>(blob)});
    }
    tileset.metadata.minzoom = 9;
    tileset.metadata.maxzoom = 10;
    tileset.metadata.bounds = {-180, -85, 180, 85};
    return tileset;
}

} // namespace

TEST_CASE("archives give back what was written: tiles, metadata, bytes equal from run to run") {
    test::TempFolder const folder;
    for (std::string const name : {"a.pmtiles", "a.mbtiles", "a"}) {
        CAPTURE(name);
        fs::path const file = folder.path() / name;
        write_archive(sample(), file, Overwrite::refuse);
        auto const reader = open_archive(file);
        CHECK(content(*reader) == content(sample()));

        TilesetMetadata const metadata = reader->metadata();
        CHECK(metadata.name == "sample");
        CHECK(metadata.description == "for a test");
        CHECK(metadata.attribution == "nobody");
        CHECK(metadata.minzoom == 0);
        CHECK(metadata.maxzoom == 6);
        CHECK(metadata.bounds == sample().metadata.bounds);
        CHECK(metadata.center == sample().metadata.center);
        CHECK(metadata.center_zoom == sample().metadata.center_zoom);
        auto const hiding = static_cast<std::size_t>(
            std::count_if(sample().metadata.counts.begin(), sample().metadata.counts.end(),
                          [](LayerZoomCount const& count) { return count.hidden > 0; }));
        CHECK(hiding > 0);
        CHECK(metadata.counts.size() == (name == "a" ? 0 : hiding)); // TileJSON has no place for them
        REQUIRE(metadata.layers.size() == 2);
        CHECK(metadata.layers[0].id == "zones");
        CHECK(metadata.layers[1].id == "events");
        CHECK(metadata.layers[1].fields.size() == 3); // event_type, events; killed by itself

        TileId const some = content(sample()).rbegin()->first;
        auto const found = reader->find(some);
        REQUIRE(found);
        CHECK(decompress(*found, reader->compression()) == content(sample()).rbegin()->second);
        CHECK_FALSE(reader->find({6, 0, 0}));
        CHECK_FALSE(reader->find({20, 0, 0}));

        CHECK_THROWS_AS(write_archive(sample(), file, Overwrite::refuse), OutputError);
        if (fs::is_regular_file(file)) {
            std::string const before = read_file(file);
            write_archive(sample(), file, Overwrite::replace);
            CHECK(read_file(file) == before);
        } else {
            write_archive(sample(), file, Overwrite::replace);
            CHECK(content(*open_archive(file)) == content(sample()));
        }
    }
    // Nothing is left beside them.
    CHECK(std::distance(fs::directory_iterator{folder.path()}, fs::directory_iterator{}) == 3);
}

TEST_CASE("write_pmtiles: leaf directories, run lengths and shared content") {
    test::TempFolder const folder;
    fs::path const file = folder.path() / "many.pmtiles";
    for (std::size_t const count : {300U, 60'000U}) {
        Tileset const tileset = many_tiles(count);
        write_pmtiles(tileset, file, Overwrite::replace);
        PmtilesHeader const header = decode_header(read_file(file));
        CHECK(header.clustered);
        CHECK(header.root_offset + header.root_length <= 16'384);
        CHECK((header.leaves_length > 0) == (count > 300));
        CHECK(header.addressed_tiles == count);
        CHECK(header.contents == 300);
        CHECK(header.entries <= count);
        auto const reader = open_pmtiles(file);
        CHECK(content(*reader) == content(tileset));
        for (std::size_t i = 0; i < tileset.entries.size(); i += 997) {
            TileId const tile = tile_from_hilbert_key(tileset.entries[i].key).value();
            CHECK(reader->find(tile) == tileset.blobs[tileset.entries[i].blob]);
        }
    }
}

TEST_CASE("write_pmtiles: equal neighbours are one entry") {
    test::TempFolder const folder;
    Tileset tileset = many_tiles(0, 2);
    std::uint64_t const first = hilbert_key({3, 0, 0});
    tileset.entries = {{first, 0},     {first + 1, 0}, {first + 2, 0},
                       {first + 3, 1}, {first + 4, 0}, {first + 6, 0}};
    write_pmtiles(tileset, folder.path() / "a.pmtiles", Overwrite::refuse);
    PmtilesHeader const header = decode_header(read_file(folder.path() / "a.pmtiles"));
    CHECK(header.addressed_tiles == 6);
    CHECK(header.entries == 4);
    CHECK(header.contents == 2);
    CHECK(content(*open_pmtiles(folder.path() / "a.pmtiles")) == content(tileset));
}

TEST_CASE("write_mbtiles: what the specification asks of the database") {
    test::TempFolder const folder;
    fs::path const file = folder.path() / "a.mbtiles";
    write_mbtiles(sample(), file, Overwrite::refuse);
    sqlite::Connection database{file};
    CHECK(database.integer("PRAGMA application_id") == 0x4d504258);
    CHECK(database.text("PRAGMA integrity_check") == "ok");
    CHECK(database.text("SELECT value FROM metadata WHERE name = 'format'") == "pbf");
    CHECK(database.text("SELECT value FROM metadata WHERE name = 'type'") == "overlay");
    CHECK(database.integer("SELECT count(*) FROM tiles") ==
          static_cast<std::int64_t>(sample().entries.size()));
    CHECK(database.integer("SELECT count(*) FROM images") ==
          static_cast<std::int64_t>(sample().blobs.size()));
    // Tile 6/39/24 of XYZ is row 2^6 - 1 - 24 of TMS.
    CHECK(database.integer(
              "SELECT count(*) FROM tiles WHERE zoom_level = 6 AND tile_column = 39 AND tile_row = 39") == 1);
    std::string const bounds = database.text("SELECT value FROM metadata WHERE name = 'bounds'");
    CHECK(std::count(bounds.begin(), bounds.end(), ',') == 3);
    CHECK(database.text("SELECT value FROM metadata WHERE name = 'json'").find("\"vector_layers\":[") !=
          std::string::npos);
}

TEST_CASE("open_mbtiles: a plain table of tiles, not compressed") {
    test::TempFolder const folder;
    fs::path const file = folder.path() / "a.mbtiles";
    {
        sqlite::Connection database{file, {.mode = sqlite::Mode::create}};
        database.execute(
            "CREATE TABLE metadata (name text, value text);"
            "CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob);"
            "INSERT INTO metadata VALUES ('name', 'n'), ('format', 'pbf'), ('maxzoom', '1');"
            "INSERT INTO tiles VALUES (1, 0, 1, x'1a00'), (1, 1, 0, x'1a01');");
    }
    auto const reader = open_archive(file);
    CHECK(reader->compression() == Compression::none);
    CHECK(reader->metadata().maxzoom == 1);
    CHECK(reader->find({1, 0, 0}) == std::string("\x1a\x00", 2));
    CHECK(content(*reader).size() == 2);
}

TEST_CASE("write_directory: files and TileJSON, compressed on request; other folders are left alone") {
    test::TempFolder const folder;
    fs::path const tiles = folder.path() / "tiles";
    write_directory(sample(), tiles, Overwrite::refuse);
    CHECK(fs::exists(tiles / "0" / "0" / "0.pbf"));
    CHECK(decode_tile(read_file(tiles / "0" / "0" / "0.pbf")).find("zones") != nullptr);
    CHECK(read_file(tiles / "tiles.json").find("\"tilejson\":\"3.0.0\"") != std::string::npos);

    write_directory(sample(), tiles, Overwrite::replace, Compression::gzip);
    CHECK(is_gzip(read_file(tiles / "0" / "0" / "0.pbf")));
    CHECK(open_archive(tiles)->compression() == Compression::gzip);
    CHECK(content(*open_archive(tiles)) == content(sample()));

    fs::path const mine = folder.path() / "mine";
    fs::create_directory(mine);
    write_directory(sample(), mine, Overwrite::refuse); // an empty folder is no loss
    fs::remove(mine / "tiles.json");
    CHECK_THROWS_AS(write_directory(sample(), mine, Overwrite::replace), OutputError);
    CHECK(fs::exists(mine / "0"));
}

TEST_CASE("archives: damage is answered by FormatError or InputError and by nothing else") {
    test::TempFolder const folder;
    for (std::string const name : {"a.pmtiles", "a.mbtiles"}) {
        fs::path const file = folder.path() / name;
        write_archive(sample(), file, Overwrite::refuse);
        std::string const whole = read_file(file);
        test::Random random{11};
        std::size_t refused = 0;
        for (int round = 0; round < 400; ++round) {
            std::string damaged = whole;
            if (round % 2 == 0) {
                damaged.resize(random.below(whole.size()));
            }
            for (int i = 0; i < 3 && !damaged.empty(); ++i) {
                std::size_t const reach =
                    round % 4 == 1 ? std::min<std::size_t>(damaged.size(), 4096) : damaged.size();
                damaged[random.below(reach)] = static_cast<char>(random.below(256));
            }
            fs::path const copy = folder.path() / "damaged";
            write_file(copy, damaged, Overwrite::replace);
            try {
                auto const reader = open_archive(copy);
                reader->metadata();
                reader->for_each([&](TileId, std::string_view data) {
                    decode_tile(decompress(data, reader->compression()));
                });
            } catch (InputError const&) { // FormatError is one
                ++refused;
            }
        }
        CHECK(refused > 100);
    }
    CHECK_THROWS_AS(open_archive(folder.path() / "nothing"), InputError);
    write_file(folder.path() / "text", "hello", Overwrite::refuse);
    CHECK_THROWS_AS(open_archive(folder.path() / "text"), InputError);
    fs::create_directory(folder.path() / "empty");
    CHECK_THROWS_AS(open_archive(folder.path() / "empty"), InputError);
}

TEST_CASE("writers leave nothing behind when they fail") {
    test::TempFolder const folder;
    for (std::string const name : {"no/a.pmtiles", "no/a.mbtiles", "no/a"}) {
        CHECK_THROWS_AS(write_archive(sample(), folder.path() / name, Overwrite::refuse), OutputError);
    }
    CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("write_pmtiles: zstd throughout on request, read back and made gzip again") {
    test::TempFolder const folder;
    Tileset const& tileset = sample();
    write_archive(tileset, folder.path() / "a.pmtiles", Overwrite::refuse, Compression::zstd);
    auto const reader = open_archive(folder.path() / "a.pmtiles");
    CHECK(reader->compression() == Compression::zstd);
    CHECK(reader->metadata().name == tileset.metadata.name);
    reader->for_each([&](TileId, std::string_view bytes) {
        CHECK(bytes.substr(0, 4) == "\x28\xb5\x2f\xfd"); // RFC 8878: the magic number
    });
    Tileset const again = read_tileset(*reader);
    CHECK(again.blobs == tileset.blobs);
    CHECK_THROWS_AS(write_archive(tileset, folder.path() / "a.mbtiles", Overwrite::refuse, Compression::zstd),
                    UsageError);
}

TEST_CASE("unzstd refuses damage and bombs") {
    std::string const text(100'000, 'x');
    std::string const packed = zstd(text);
    CHECK(unzstd(packed, 100'000) == text);
    CHECK_THROWS_WITH_AS(unzstd(packed, 99'999), doctest::Contains("at most 99999"), FormatError);
    CHECK_THROWS_AS(unzstd(packed.substr(0, packed.size() - 3), 100'000), FormatError);
    CHECK_THROWS_AS(unzstd("no frame", 100), FormatError);
    CHECK_THROWS_AS(unzstd("", 100), FormatError);
}

TEST_CASE("gunzip refuses damage and bombs") {
    GzipCompressor gzip;
    std::string const text(100'000, 'x');
    std::string const packed = gzip.compress(text);
    CHECK(gunzip(packed, 1'000'000) == text);
    CHECK(gunzip(gzip.compress(""), 10).empty());
    CHECK_THROWS_AS(gunzip(packed, 99'999), FormatError);
    CHECK_THROWS_AS(gunzip(packed.substr(0, packed.size() - 1), 1'000'000), FormatError);
    CHECK_THROWS_AS(gunzip("", 10), FormatError);
    std::string lying = packed;
    lying[lying.size() - 2] = '\x7f'; // claims gigabytes
    CHECK_THROWS_AS(gunzip(lying, std::size_t{1} << 40U), FormatError);
    CHECK_THROWS_AS(decompress("", Compression::brotli), FormatError);
}

TEST_CASE("tilejson: TileJSON 3.0 with the layers' fields") {
    std::string const json = tilejson(sample().metadata, "pmtiles://a.pmtiles/{z}/{x}/{y}");
    for (std::string_view const part :
         {R"("tilejson":"3.0.0")", R"("tiles":["pmtiles://a.pmtiles/{z}/{x}/{y}"])", R"("minzoom":0)",
          R"("maxzoom":6)", R"("bounds":[35.7,32.3,42.4,37.3])", R"("vector_layers":[{"id":"zones")",
          R"("event_type":"String")"}) {
        CAPTURE(part);
        CHECK(json.find(part) != std::string::npos);
    }
}
