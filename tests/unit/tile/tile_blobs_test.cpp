#include "tile/tile_blobs.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "base/mapped_file.hpp"
#include "base/output_file.hpp"
#include "support/temp_folder.hpp"
#include "tile/tile_collector.hpp"
#include "tile/tileset.hpp"

namespace kharita::tile {

TEST_CASE("TileBlobs: numbers follow add(), not put(); in memory and in a file alike") {
    test::TempFolder const folder;
    for (TileBlobs blobs : {TileBlobs{}, TileBlobs{folder.path()}}) {
        TileBlobs::Place const first = blobs.put("first");
        TileBlobs::Place const second = blobs.put("second");
        CHECK(blobs.add(second) == 0);
        CHECK(blobs.add(first) == 1);
        CHECK(blobs.add(std::string(100'000, 'x')) == 2);
        CHECK(blobs.size() == 3);
        CHECK(blobs[0] == "second");
        CHECK(blobs[1] == "first");
        CHECK(blobs[2] == std::string(100'000, 'x'));
        CHECK(blobs.total_bytes() == 100'011);
        TileBlobs again = blobs.without_numbers();
        CHECK(again.size() == 0);
        CHECK(again.add(blobs.place(1)) == 0);
        CHECK(again[0] == "first");
    }
}

TEST_CASE("TileBlobs: bytes of a file stay there; what follows one another is one run") {
    test::TempFolder const folder;
    write_file(folder.path() / "tiles", "firstsecondthird", Overwrite::refuse);
    auto const file = std::make_shared<MappedFile>(folder.path() / "tiles");
    TileBlobs blobs{file};
    blobs.add("own");
    blobs.add(blobs.place_of(file->bytes().substr(0, 5)));
    blobs.add(blobs.place_of(file->bytes().substr(5, 6)));
    blobs.add("another");
    blobs.add(blobs.place_of(file->bytes().substr(11)));
    CHECK(blobs[1] == "first");
    CHECK(blobs[3] == "another");
    CHECK(blobs[4] == "third");
    TileBlobs copy;
    for (std::uint32_t i = 0; i < blobs.size(); ++i) {
        copy.add(blobs[i]);
    }
    CHECK(copy == blobs);
    std::vector<std::string> runs;
    blobs.for_each_run([&](std::string_view run) { runs.emplace_back(run); });
    CHECK(runs == std::vector<std::string>{"own", "firstsecond", "another", "third"});
    std::string all;
    copy.for_each_run([&](std::string_view run) { all += run; });
    CHECK(all == "ownfirstsecondanotherthird");
}

TEST_CASE("TileBlobs: equal by content") {
    test::TempFolder const folder;
    TileBlobs memory;
    TileBlobs file{folder.path()};
    CHECK(memory == file);
    memory.add("one");
    CHECK(memory != file);
    file.put("not numbered");
    file.add("one");
    CHECK(memory == file);
    memory.add("two");
    file.add("three");
    CHECK(memory != file);
}

TEST_CASE("TileCollector: a tile that comes again is stored once") {
    test::TempFolder const folder;
    Tileset tileset;
    tileset.blobs = TileBlobs{folder.path()};
    TileCollector collector{tileset};
    collector.add(1, "a");
    collector.add(2, "b");
    collector.add(5, "a");
    CHECK(tileset.blobs.size() == 2);
    REQUIRE(tileset.entries.size() == 3);
    CHECK(tileset.entries[1].blob == 1);
    CHECK(tileset.entries[2].blob == 0);
}

} // namespace kharita::tile
