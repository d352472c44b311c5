#include "gazetteer/word_memo.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace kharita;
using namespace kharita::gazetteer;

namespace {

/// Recalls all words of a text in one batch: which are missed.
std::vector<std::uint32_t> missed(WordMemo& memo, ScanWords& words, std::string const& text) {
    words.read(text);
    memo.recall(words, 0, words.size());
    return {memo.missed().begin(), memo.missed().end()};
}

ScanName named(std::uint32_t name) {
    ScanName all;
    all.name = name;
    return all;
}

/// Words that are all different and may all be kept.
std::string different_words(std::size_t first, std::size_t count) {
    std::string text;
    for (std::size_t number = first; number < first + count; ++number) {
        for (std::size_t rest = number + 100'000; rest > 0; rest /= 8) {
            text += std::vector<std::string>{"ب", "ت", "ث", "ج", "ح", "خ", "د", "ذ"}[rest % 8];
        }
        text += ' ';
    }
    return text;
}

} // namespace

TEST_CASE("WordMemo: knows what was kept, with its names and beginnings") {
    WordMemo memo{8, text::best_simd()};
    ScanWords words{text::best_simd()};
    CHECK(missed(memo, words, "قصف حلب وحلب") == std::vector<std::uint32_t>{0, 1, 2});
    memo.states()[1] = 1; // names begin with the whole word
    memo.keep(0, {});
    memo.keep(1, std::vector{named(7), named(9)});
    CHECK(missed(memo, words, "حلب قصف وحلب، حلب") == std::vector<std::uint32_t>{2});
    CHECK(memo.states()[1] == 0);
    auto const names = memo.names(memo.states()[0]);
    REQUIRE(names.size() == 2);
    CHECK(names[1].name == 9);
    auto const beginnings = memo.having(WordMemo::beginnings_mask);
    CHECK(std::vector(beginnings.begin(), beginnings.end()) == std::vector<std::uint32_t>{0, 3});
    auto const with_names = memo.having(WordMemo::count_mask);
    CHECK(std::vector(with_names.begin(), with_names.end()) == std::vector<std::uint32_t>{0, 3});
}

TEST_CASE("WordMemo: does not keep what more than its characters decide") {
    WordMemo memo{16, text::best_simd()};
    ScanWords words{text::best_simd()};
    missed(memo, words, "حلب al-Bab حلب-دمشق حلب_ ｂab مستشفياتهموعيون بمستشفياتهم");
    REQUIRE(words.size() == 8);
    std::vector<bool> may_keep(words.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
        may_keep[i] = memo.may_keep(i);
    }
    // Before a hyphen or an underscore, behind an article, written with three bytes, of 15 letters.
    CHECK(may_keep == std::vector{true, false, false, true, false, false, false, true});
}

TEST_CASE("WordMemo: the same with any instructions") {
    std::mt19937 random{11};
    std::vector<std::string> const pieces{"ا", "ل", "و", "ب", "أ", "ة", "ً",  "ـ", " ", " ",    " ",  "،",
                                          "-", "5", "x", "A", "_", "“", "ﻻ", "é", "،", "حلب ", "\n", "al-"};
    WordMemo scalar{192, text::Simd::scalar};
    WordMemo best{192, text::best_simd()};
    ScanWords words{text::best_simd()};
    for (int round = 0; round < 300; ++round) {
        std::string text;
        while (text.size() < random() % 400) {
            text += pieces[random() % pieces.size()];
        }
        words.read(text);
        std::size_t const end = std::min<std::size_t>(words.size(), 192);
        std::size_t const begin = end == 0 ? 0 : random() % end;
        scalar.recall(words, begin, end);
        best.recall(words, begin, end);
        CAPTURE(text);
        REQUIRE(std::ranges::equal(scalar.states(), best.states()));
        REQUIRE(std::ranges::equal(scalar.missed(), best.missed()));
        REQUIRE(std::ranges::equal(scalar.having(WordMemo::beginnings_mask),
                                   best.having(WordMemo::beginnings_mask)));
        std::vector<std::uint32_t> const unknown(best.missed().begin(), best.missed().end());
        for (std::uint32_t const word : unknown) {
            REQUIRE(scalar.may_keep(word) == best.may_keep(word));
            if (best.may_keep(word)) {
                auto const state = static_cast<WordMemo::State>(random() % 3);
                scalar.states()[word] = best.states()[word] = state;
                std::vector<ScanName> const names(random() % 3);
                scalar.keep(word, names);
                best.keep(word, names);
            }
        }
    }
}

TEST_CASE("WordMemo: grows with the words, and forgets the oldest ones only when it is full") {
    constexpr std::size_t batch = 100;
    WordMemo memo{batch, text::best_simd()};
    ScanWords words{text::best_simd()};
    auto const keep_all = [&](std::size_t first) {
        for (std::uint32_t const word : missed(memo, words, different_words(first, batch))) {
            std::vector<ScanName> const names(2, named(static_cast<std::uint32_t>(first + word)));
            memo.keep(word, names);
        }
    };
    for (std::size_t first = 0; first < 40'000; first += batch) {
        keep_all(first);
    }
    std::size_t lost = 0;
    for (std::size_t first = 0; first < 40'000; first += batch) {
        lost += missed(memo, words, different_words(first, batch)).size();
        for (std::size_t i = 0; i < batch; ++i) {
            if (auto const state = memo.states()[i]; state != 0) {
                REQUIRE(memo.names(state)[1].name == first + i);
            }
        }
    }
    CHECK(lost < 4'000); // lines have room for four words, and not all have as many
    for (std::size_t first = 40'000; first < 600'000; first += batch) { // names are swept out meanwhile
        keep_all(first);
    }
    CHECK(missed(memo, words, different_words(0, batch)).size() > 50);
    auto const latest = missed(memo, words, different_words(599'900, batch));
    CHECK(latest.size() < 5);
    CHECK(memo.names(memo.states()[latest.empty() || latest[0] != 9 ? 9 : 8])[0].name >= 599'908);
}
