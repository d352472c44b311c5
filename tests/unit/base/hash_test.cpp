#include "base/hash.hpp"

#include <doctest/doctest.h>

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

TEST_CASE("xxh3_128_hex: the empty string's, as xxHash's own tests list it") {
    CHECK(kharita::xxh3_128_hex("") == "99aa06d3014798d86001c324468d497f");
    CHECK(kharita::xxh3_128_hex("a") != kharita::xxh3_128_hex("b"));
}
