// The scanner against a slow and obvious matcher: every hit, every reading, how each matched.

#include "gazetteer/scanner.hpp"

#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/files.hpp"
#include "sample.hpp"
#include "support/obvious_matcher.hpp"

using namespace kharita;
using namespace kharita::gazetteer;
using kharita::test::ObviousMatcher;

namespace {

Gazetteer const& sample() {
    static Gazetteer const loaded = [] {
        TemporaryFolder const folder;
        // Names as tables of others have them: with signs, numbers and marks in them.
        constexpr std::string_view odd_rows =
            "o-1\t/اللجاة/\t'Ayn Dara (Afrin)\tal- Bab;Ras  al-'Ayn;Km 3.5\tPPL\tSYR\t36\t35\t1\t\t\t\n"
            "o-2\tمُحافظة حلب\tMa''arrat\tﻻذقية;الـ24;10كم;بـاب\tPPL\tSYR\t36\t35\t1\t\t\t\n";
        folder.write("sample.tsv", std::string{header} + std::string{sample_rows} + std::string{odd_rows});
        return Gazetteer::load(folder.path());
    }();
    return loaded;
}

Gazetteer const& shipped() {
    static auto const loaded = Gazetteer::load(KHARITA_SOURCE_DIR "/gazetteer/places");
    return loaded;
}

std::vector<text::Simd> levels() {
    std::vector<text::Simd> all{text::Simd::scalar};
    for (text::Simd const each : {text::Simd::avx2, text::Simd::avx512}) {
        if (text::best_simd() >= each) {
            all.push_back(each);
        }
    }
    return all;
}

/// Names, pieces of names and noise.
std::vector<std::string> pieces_of(Gazetteer const& gazetteer) {
    std::vector<std::string> pieces{
        "و",    "ف",   "ب",     "ل",   "ك",   "س",   "ال",  "لل", " ",   " ",      " ",    " ",  "-", "'",
        "_",    "،",   "\n",    "al-", "el ", "ez ", "at ", "ً",   "ـ",   "\u200F", "5",    "في", "(", ")",
        "\xFF", "3.5", "1,500", "  ",  " '",  "أ",   "ة",   "ى",  "Al ", "ash-",   "\r\n", "كم", "“", "’"};
    for (PlaceIndex place = 0; place < gazetteer.size(); ++place) {
        for (std::string const& name : gazetteer.names(place)) {
            pieces.push_back(name);
            for (std::size_t at = 0; at < name.size();) {
                std::size_t const end = std::min(name.find(' ', at), name.size());
                pieces.push_back(name.substr(at, end - at));
                at = end + 1;
            }
        }
    }
    return pieces;
}

std::size_t check_random_texts(Gazetteer const& gazetteer, int rounds, std::size_t most_pieces) {
    ObviousMatcher const obvious{gazetteer};
    std::vector<Scanner> scanners;
    for (text::Simd const simd : levels()) {
        scanners.emplace_back(gazetteer, simd);
    }
    std::vector<std::string> const pieces = pieces_of(gazetteer);
    std::mt19937 random{20190802};
    std::size_t hits = 0;
    for (int round = 0; round < rounds; ++round) {
        std::string source;
        for (std::size_t i = random() % most_pieces; i > 0; --i) {
            std::string const& piece = pieces[random() % (random() % 3 == 0 ? 42 : pieces.size())];
            source += piece;
            source += random() % 2 == 0 ? " " : "";
        }
        CAPTURE(source);
        auto const expected = obvious.scan(source);
        for (Scanner& scanner : scanners) {
            CHECK(ObviousMatcher::differences(expected, ObviousMatcher::scan(scanner, source), source) == "");
        }
        hits += expected.size();
    }
    return hits;
}

} // namespace

TEST_CASE("Scanner: the same as a slow and obvious matcher, on a few names") {
    CHECK(check_random_texts(sample(), 4000, 14) > 5'000);
}

TEST_CASE("Scanner: the same as a slow and obvious matcher, on the shipped names") {
    CHECK(check_random_texts(shipped(), 1500, 30) > 10'000);
}

TEST_CASE("Scanner: the same where texts are cut into chunks") {
    // Longer than several chunks: with lines, without lines, without punctuation.
    std::vector<std::string> const pieces = pieces_of(sample());
    ObviousMatcher const obvious{sample()};
    std::mt19937 random{7};
    for (std::string const joint : {"\n", ". ", " "}) {
        std::string source;
        while (source.size() < 200'000) {
            source += pieces[42 + random() % (pieces.size() - 42)] + (random() % 9 == 0 ? joint : " ");
        }
        Scanner scanner{sample()};
        auto const found = ObviousMatcher::scan(scanner, source);
        CHECK(ObviousMatcher::differences(obvious.scan(source), found, source) == "");
    }
}

TEST_CASE("Scanner: the same as a slow and obvious matcher, on real reports") {
    char const* const folder =
        std::getenv("KHARITA_EVAL_DIR"); // NOLINT(concurrency-mt-unsafe): never set here
    if (folder == nullptr) {
        MESSAGE("skipped: KHARITA_EVAL_DIR does not say where eval/raw_reports.jsonl is");
        return;
    }
    // JSON is text too: what stands between the fields is noise like any other.
    std::string const reports = read_file(std::filesystem::path{folder} / "eval" / "raw_reports.jsonl");
    ObviousMatcher const obvious{shipped()};
    auto const expected = obvious.scan(reports);
    for (text::Simd const simd : levels()) {
        Scanner scanner{shipped(), simd};
        auto const found = ObviousMatcher::scan(scanner, reports);
        CHECK(ObviousMatcher::differences(expected, found, reports) == "");
    }
    MESSAGE(expected.size(), " hits in ", reports.size(), " bytes");
}

TEST_CASE("Scanner: nothing in nothing") {
    Scanner scanner{sample()};
    std::size_t calls = 0;
    auto const count = [&](std::span<ScanHit const>) { ++calls; };
    scanner.scan("", count);
    scanner.scan("   \n", count);
    scanner.scan("zzz yyy", count);
    CHECK(calls == 0);
}
