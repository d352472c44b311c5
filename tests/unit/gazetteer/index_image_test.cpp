#include "gazetteer/index_image.hpp"

#include <algorithm>
#include <random>
#include <string>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "gazetteer/gazetteer.hpp"
#include "gazetteer/tables.hpp"
#include "sample.hpp"
#include "text/tokens.hpp"

using namespace kharita;
using namespace kharita::gazetteer;

namespace {

std::string const& compiled() {
    static std::string const bytes = [] {
        TemporaryFolder const folder;
        folder.write("sample.tsv", std::string{header} + std::string{sample_rows});
        return compile_tables(folder.path());
    }();
    return bytes;
}

std::string refused(std::string bytes) {
    try {
        IndexImage const image = IndexImage::own(std::move(bytes), "x.kgaz");
        image.check_all();
    } catch (InputError const& error) {
        return error.what();
    }
    return "accepted";
}

/// Reads all there is.
std::size_t read_all(Gazetteer const& gazetteer) {
    std::size_t names = 0;
    for (PlaceIndex i = 0; i < gazetteer.size(); ++i) {
        Place const& place = gazetteer.place(i);
        CHECK(gazetteer.find(place.id) == i);
        names += gazetteer.names(i).size();
        for (std::string const& name : gazetteer.names(i)) {
            auto const found = gazetteer.lookup(name);
            CHECK(std::ranges::any_of(found, [&](Candidate const& each) { return each.place == i; }));
        }
    }
    return names;
}

} // namespace

TEST_CASE("IndexImage: the header says what is in it") {
    IndexImage const image = IndexImage::own(compiled(), "x.kgaz");
    CHECK(compiled().starts_with(index_magic));
    CHECK(image.place_count() > 15);
    CHECK(image.name_count() > image.place_count());
    CHECK(image.content_hash().size() == 64);
    CHECK(image.input_hash().size() == 64);
    CHECK(refused(compiled()) == "accepted");
}

TEST_CASE("compile_tables: the same tables give the same bytes, in whatever files") {
    std::string_view const rows = sample_rows;
    std::size_t const middle = rows.find('\n', rows.size() / 2) + 1;
    TemporaryFolder const one;
    one.write("a.tsv", std::string{header} + std::string{rows});
    TemporaryFolder const other;
    other.write("x.tsv", std::string{header} + std::string{rows.substr(middle)});
    other.write("y.tsv", std::string{header} + std::string{rows.substr(0, middle)});
    std::string const a = compile_tables(one.path());
    CHECK(a == compile_tables(one.path()));
    std::string b = compile_tables(other.path());
    // All but the hash of the tables, which is of files.
    CHECK(a != b);
    b.replace(header_at::input_hash, 64, a, header_at::input_hash, 64);
    seal_index(b);
    CHECK(a == b);
}

TEST_CASE("Gazetteer: a mapped file gives what the tables give") {
    TemporaryFolder const folder;
    folder.write("places/sample.tsv", std::string{header} + std::string{sample_rows});
    folder.write("g.kgaz", compiled());
    Gazetteer const mapped = Gazetteer::open(folder.path() / "g.kgaz");
    Gazetteer const loaded = Gazetteer::load(folder.path() / "places");
    REQUIRE(mapped.size() == loaded.size());
    CHECK(mapped.content_hash() == loaded.content_hash());
    CHECK(read_all(mapped) == loaded.name_count());
    for (PlaceIndex i = 0; i < mapped.size(); ++i) {
        bool const same = mapped.place(i) == loaded.place(i) && mapped.parent(i) == loaded.parent(i) &&
                          mapped.names(i) == loaded.names(i);
        CHECK(same);
    }
}

TEST_CASE("Gazetteer::open: a compiled file beside a folder serves while the tables are the same") {
    TemporaryFolder const folder;
    std::string const rows = std::string{header} + std::string{sample_rows};
    folder.write("gazetteer/places/a.tsv", rows);
    auto const at = [&] { return Gazetteer::open(folder.path() / "gazetteer").image().name(); };
    CHECK(at() == (folder.path() / "gazetteer/places").string());
    folder.write("gazetteer.kgaz", compile_tables(folder.path() / "gazetteer/places"));
    CHECK(at() == (folder.path() / "gazetteer.kgaz").string());
    folder.write("gazetteer/places/a.tsv", rows + "X\tس ص\tX y\t\tPPL\tSYR\t1\t2\t3\t\t\t\n");
    CHECK(at() == (folder.path() / "gazetteer/places").string());
    folder.write("gazetteer.kgaz", "something else");
    CHECK(at() == (folder.path() / "gazetteer/places").string());
}

TEST_CASE("IndexImage: what is refused, and why") {
    CHECK(refused("").find("0 bytes are too few for a compiled gazetteer") != std::string::npos);
    CHECK(refused(std::string(5000, 'x')).find("x.kgaz: not a compiled gazetteer") != std::string::npos);
    std::string const& whole = compiled();
    std::string version = whole;
    version[header_at::version] = 99;
    CHECK(refused(version).find("format 99; this program reads format 2") != std::string::npos);
    CHECK(refused(whole.substr(0, whole.size() - 1)).find("bytes long; the header says") !=
          std::string::npos);
    CHECK(refused(whole + "x").find("bytes long; the header says") != std::string::npos);
    std::string sections = whole;
    store_little(std::uint64_t{1} << 40U, sections.data() + header_at::table + 16);
    seal_index(sections);
    CHECK(refused(sections).find("\"features\" lies outside it") != std::string::npos);
}

TEST_CASE("IndexImage: every byte is covered by a checksum") {
    std::mt19937 random{3};
    for (std::size_t at = 0; at < compiled().size(); at += 1 + random() % 7) {
        std::string damaged = compiled();
        damaged[at] = static_cast<char>(static_cast<unsigned char>(damaged[at]) ^ (1U << random() % 8));
        CAPTURE(at);
        CHECK(refused(damaged) != "accepted");
    }
}

TEST_CASE("IndexImage: a damaged block is found when it is first read") {
    std::string damaged = compiled();
    damaged[damaged.size() / 2] = static_cast<char>(~damaged[damaged.size() / 2]);
    TemporaryFolder const folder;
    folder.write("g.kgaz", damaged);
    std::string message;
    try {
        read_all(Gazetteer::open(folder.path() / "g.kgaz"));
    } catch (InputError const& error) {
        message = error.what();
    }
    CHECK(message.find("g.kgaz: damaged: bytes ") != std::string::npos);
    CHECK(message.find("kharita gazetteer build") != std::string::npos);
}

TEST_CASE("IndexImage: contents that cannot be are refused although their checksums hold") {
    std::mt19937 random{5};
    std::size_t refused_count = 0;
    for (int round = 0; round < 3000; ++round) {
        std::string damaged = compiled();
        auto const checksums = load_little<std::uint64_t>(damaged.data() + header_at::table);
        for (std::size_t i = random() % 6 + 1; i > 0; --i) {
            std::size_t const at = index_header_size + random() % (checksums - index_header_size);
            damaged[at] = static_cast<char>(random() % 256);
        }
        seal_index(damaged);
        try {
            Gazetteer const gazetteer = Gazetteer::read(damaged, "x.kgaz");
            for (PlaceIndex i = 0; i < gazetteer.size(); ++i) {
                for (std::string const& name : gazetteer.names(i)) {
                    gazetteer.match(text::TokenizedText{name});
                    gazetteer.lookup(name + "x");
                }
                gazetteer.find(gazetteer.place(i).id);
            }
        } catch (InputError const&) {
            ++refused_count;
        }
    }
    CHECK(refused_count > 100);
}
