// Folding, cutting, hashing and matching, on the names and reports of the repository.

#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "base/files.hpp"
#include "gazetteer/gazetteer.hpp"
#include "gazetteer/scan_words.hpp"
#include "gazetteer/scanner.hpp"
#include "text/fold_blocks.hpp"
#include "text/folded_text.hpp"
#include "text/tokens.hpp"
#include "text/word_spans.hpp"

namespace {

using namespace kharita;

/// The sample reports again and again, to the size of a third-level cache's neighbour: 4 MB.
std::string const& reports() {
    static std::string const text = [] {
        std::string const once = read_file(KHARITA_SOURCE_DIR "/tests/data/sample/reports.jsonl");
        std::string all;
        while (all.size() < 4'000'000) {
            all += once;
        }
        return all;
    }();
    return text;
}

gazetteer::Gazetteer const& places() {
    static auto const loaded = gazetteer::Gazetteer::load(KHARITA_SOURCE_DIR "/gazetteer/places");
    return loaded;
}

void count_bytes(benchmark::State& state) {
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(reports().size()));
}

text::Simd level(benchmark::State const& state) {
    return static_cast<text::Simd>(state.range(0));
}

bool is_missing(benchmark::State& state) {
    if (text::best_simd() >= level(state)) {
        return false;
    }
    state.SkipWithError("this processor has no such instructions");
    return true;
}

/// The reports in pieces as the scanner takes them.
std::vector<std::string_view> const& chunks() {
    static std::vector<std::string_view> const pieces = [] {
        constexpr std::size_t size = std::size_t{1} << 15U;
        std::vector<std::string_view> all;
        for (std::size_t at = 0; at < reports().size(); at += size) {
            all.push_back(std::string_view{reports()}.substr(at, size));
        }
        return all;
    }();
    return pieces;
}

void fold_blocks(benchmark::State& state) {
    if (is_missing(state)) {
        return;
    }
    text::FoldedBlocks folded{level(state)};
    for (auto _ : state) {
        for (std::string_view const chunk : chunks()) {
            folded.fold(chunk);
            benchmark::DoNotOptimize(folded.size());
        }
    }
    count_bytes(state);
}
BENCHMARK(fold_blocks)->DenseRange(0, 2);

void fold_text(benchmark::State& state) {
    for (auto _ : state) {
        benchmark::DoNotOptimize(text::fold(reports()));
    }
    count_bytes(state);
}
BENCHMARK(fold_text);

void cut_words(benchmark::State& state) {
    if (is_missing(state)) {
        return;
    }
    std::vector<text::FoldedBlocks> folded;
    for (std::string_view const chunk : chunks()) {
        folded.emplace_back().fold(chunk);
    }
    text::WordSpans words{level(state)};
    for (auto _ : state) {
        for (text::FoldedBlocks const& chunk : folded) {
            words.cut(chunk.codes());
            benchmark::DoNotOptimize(words.size());
        }
    }
    count_bytes(state);
}
BENCHMARK(cut_words)->DenseRange(0, 2);

void scan_words(benchmark::State& state) {
    gazetteer::ScanWords words{text::best_simd()};
    for (auto _ : state) {
        for (std::string_view const chunk : chunks()) {
            words.read(chunk);
            benchmark::DoNotOptimize(words.size());
        }
    }
    count_bytes(state);
}
BENCHMARK(scan_words);

void tokenise_text(benchmark::State& state) {
    for (auto _ : state) {
        text::TokenizedText const text{reports()};
        benchmark::DoNotOptimize(text.size());
    }
    count_bytes(state);
}
BENCHMARK(tokenise_text);

void scan_names(benchmark::State& state) {
    if (is_missing(state)) {
        return;
    }
    gazetteer::Scanner scanner{places(), level(state)};
    std::size_t hits = 0;
    for (auto _ : state) {
        scanner.scan(reports(), [&](std::span<gazetteer::ScanHit const> found) { hits += found.size(); });
    }
    benchmark::DoNotOptimize(hits);
    count_bytes(state);
}
BENCHMARK(scan_names)->DenseRange(0, 2);

void match_names(benchmark::State& state) {
    text::TokenizedText const text{reports()};
    for (auto _ : state) {
        benchmark::DoNotOptimize(places().match(text));
    }
    count_bytes(state);
}
BENCHMARK(match_names);

} // namespace

BENCHMARK_MAIN();
