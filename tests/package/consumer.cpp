#include <cstdio>

#include <base/hash.hpp>
#include <base/version.hpp>
#include <model/date.hpp>
#include <tile/tile_id.hpp>

int main() {
    // A compiled function of two modules, and a header's constant.
    bool const works = kharita::sha256_hex("abc").starts_with("ba7816bf") &&
                       kharita::tile::hilbert_key({1, 1, 0}) == 4 &&
                       kharita::parse_date("2019-08-01").has_value();
    std::printf("kharita %s\n", kharita::program_version.data());
    return works ? 0 : 1;
}
