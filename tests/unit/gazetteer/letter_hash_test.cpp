#include "gazetteer/letter_hash.hpp"

#include <random>
#include <string>
#include <unordered_set>

#include <doctest/doctest.h>

using namespace kharita::gazetteer;

namespace {

std::string random_letters(std::mt19937& random, std::size_t size) {
    std::string letters;
    for (std::size_t i = 0; i < size; ++i) {
        letters.push_back(static_cast<char>(0x80 + random() % 0x24));
    }
    return letters;
}

LetterBlock block(std::string const& letters) {
    return LetterBlock::read((letters + std::string(letter_padding, 'x')).data(), letters.size());
}

} // namespace

TEST_CASE("LetterBlock: letters in their order, zeros behind") {
    CHECK(block("abc") == LetterBlock{0x63'6261, 0});
    CHECK(block("abcdefghi") == LetterBlock{0x6867'6665'6463'6261, 0x69});
    CHECK(block("") == LetterBlock{});
}

TEST_CASE("LetterBlock::then: two runs as one, wherever they meet") {
    std::mt19937 random{3};
    for (std::size_t size = 0; size <= LetterBlock::size; ++size) {
        for (std::size_t first = 0; first <= size; ++first) {
            std::string const letters = random_letters(random, size);
            CHECK(block(letters.substr(0, first)).then(block(letters.substr(first)), first) ==
                  block(letters));
        }
    }
}

TEST_CASE("letters_hash: the same padded or not, of one block or of several") {
    std::mt19937 random{5};
    for (std::size_t size = 0; size < 100; ++size) {
        std::string const letters = random_letters(random, size);
        std::string const padded = letters + std::string(letter_padding, 'x');
        CHECK(padded_letters_hash(padded.data(), size) == letters_hash(letters));
        if (size <= LetterBlock::size) {
            CHECK(block_hash(block(letters)) == letters_hash(letters));
        }
    }
}

TEST_CASE("letters_hash: all of its bits differ between words that hardly do") {
    std::unordered_set<std::uint64_t> upper;
    std::unordered_set<std::uint64_t> lower;
    std::string letters = "abcdef";
    for (letters[0] = 'a'; letters[0] <= 'z'; ++letters[0]) {
        for (letters[3] = 'a'; letters[3] <= 'z'; ++letters[3]) {
            for (letters[5] = 'a'; letters[5] <= 'z'; ++letters[5]) {
                upper.insert(letters_hash(letters) >> 32U);
                lower.insert(letters_hash(letters) & 0xFFFF'FFFFU);
            }
        }
    }
    // Of 17,576 numbers of 32 bits 0.04 pairs are expected to agree.
    CHECK(upper.size() >= 26 * 26 * 26 - 2);
    CHECK(lower.size() >= 26 * 26 * 26 - 2);
}

TEST_CASE("HashFilter: says yes to all that was added, and to little else") {
    std::mt19937_64 random{7};
    std::string words(1000 * HashFilter::word_size, '\0');
    for (int i = 0; i < 4000; ++i) {
        std::uint64_t const hash = random();
        HashFilter::add_name(words, hash);
        CHECK(HashFilter::has_name(HashFilter{words}.word(hash), hash));
    }
    HashFilter const filter{words};
    int names = 0;
    int beginnings = 0;
    for (int i = 0; i < 100'000; ++i) {
        std::uint64_t const hash = random();
        names += HashFilter::has_name(filter.word(hash), hash) ? 1 : 0;
        beginnings += HashFilter::has_beginning(filter.word(hash), hash) ? 1 : 0;
    }
    CHECK(names < 1500); // a word holds four on average, 16 of its 64 bits: about 1 of 100 wrongly
    CHECK(beginnings < 1500);
}
