#include "gazetteer/clitic_skips.hpp"

#include <array>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "text/folded_text.hpp"
#include "text/tokens.hpp"

using namespace kharita;
using namespace kharita::gazetteer;

namespace {

/// What clitic_readings() says of a word's codes.
unsigned expected(std::string const& word) {
    unsigned mask = 0;
    for (text::CliticReading const& reading : text::clitic_readings(word)) {
        if (reading.length > 0) {
            mask |= 1U << (reading.length - 1U);
        }
    }
    return mask;
}

} // namespace

TEST_CASE("CliticSkips: words by hand") {
    CliticSkips const skips;
    auto const of = [&](std::string const& utf8) {
        std::string const codes = text::fold_key(utf8);
        return static_cast<unsigned>(skips.of((codes + "    ").data(), codes.size()));
    };
    CHECK(of("حلب") == 0);
    CHECK(of("الباب") == 0b0010);   // ال
    CHECK(of("وحلب") == 0b0001);    // و
    CHECK(of("والباب") == 0b0101);  // و, وال
    CHECK(of("وبالباب") == 0b1011); // و, وب, وبال
    CHECK(of("للباب") == 0b0011);   // ل, لل
    CHECK(of("وللباب") == 0b0111);  // و, ول, ولل
    CHECK(of("وب") == 0);           // two letters must remain
    CHECK(of("بحص") == 0b0001);
    CHECK(of("Bab") == 0);
}

TEST_CASE("CliticSkips: as clitic_readings(), on all words of a few letters") {
    CliticSkips const skips;
    std::array<char, 12> const letters{text::code(U'ا'),
                                       text::code(U'ل'),
                                       text::code(U'و'),
                                       text::code(U'ف'),
                                       text::code(U'ب'),
                                       text::code(U'ك'),
                                       text::code(U'س'),
                                       text::code(U'م'),
                                       text::code(U'ه'),
                                       'b',
                                       '5',
                                       text::other_letter};
    std::size_t differ = 0;
    for (std::size_t size = 1; size <= 7; ++size) {
        for (std::size_t number = 0; number < 20'736; ++number) {
            std::string word(size, letters[7]);
            for (std::size_t i = 0, rest = number; i < std::min<std::size_t>(size, 4); ++i, rest /= 12) {
                word[i] = letters[rest % 12];
            }
            differ += skips.of((word + "    ").data(), size) == expected(word) ? 0U : 1U;
        }
    }
    CHECK(differ == 0);
}
