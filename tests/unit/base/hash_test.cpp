#include "base/hash.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "base/hash_pieces.hpp"

TEST_CASE("sha256_hex: FIPS 180-4 example and the empty string") {
    CHECK(kharita::sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(kharita::sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("Sha256::field: where one field ends counts") {
    auto const split_early = kharita::Sha256{}.field("ab").field("c").hex(32);
    auto const split_late = kharita::Sha256{}.field("a").field("bc").hex(32);
    CHECK(split_early.size() == 32);
    CHECK(split_early != split_late);
}

TEST_CASE("xxh3_of_pieces: what the whole gives, however it is cut") {
    std::string text;
    for (int i = 0; i < 5000; ++i) {
        text += static_cast<char>('a' + i % 23);
    }
    std::string_view const whole{text};
    for (std::size_t const cut : {0U, 1U, 239U, 240U, 1024U, 4999U, 5000U}) {
        CAPTURE(cut);
        std::array<std::string_view, 3> const pieces{whole.substr(0, cut), {}, whole.substr(cut)};
        CHECK(kharita::xxh3_of_pieces(pieces) == kharita::xxh3(whole));
    }
    CHECK(kharita::xxh3_of_pieces({}) == kharita::xxh3({}));
}

TEST_CASE("xxh3_128_hex: the empty string's, as xxHash's own tests list it") {
    CHECK(kharita::xxh3_128_hex("") == "99aa06d3014798d86001c324468d497f");
    CHECK(kharita::xxh3_128_hex("a") != kharita::xxh3_128_hex("b"));
}
