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

TEST_CASE("CliticSkips::of_words: as of() one by one, with any instructions") {
    std::string const text =
        text::fold_key("والباب وبالباب للباب وللباب حلب وحلب بحص الباب وب كلل فلل سالم ولا "
                       "الـ24 10كم Bab و ا ل لل ال فال بال وبالل ");
    std::vector<std::uint32_t> begins;
    std::vector<std::uint32_t> ends;
    for (std::size_t at = 0; at < text.size(); at = text.find(' ', at) + 1) {
        begins.push_back(static_cast<std::uint32_t>(at));
        ends.push_back(static_cast<std::uint32_t>(text.find(' ', at)));
    }
    std::string const padded = text + "    ";
    for (auto const simd : {text::Simd::scalar, text::best_simd()}) {
        CliticSkips const skips{simd};
        for (std::size_t count = 0; count <= begins.size(); ++count) {
            std::vector<CliticSkips::Mask> masks(count);
            skips.of_words(padded.data(), {begins.data(), count}, ends.data(), masks.data());
            for (std::size_t i = 0; i < count; ++i) {
                CHECK(masks[i] == skips.of(padded.data() + begins[i], ends[i] - begins[i]));
            }
        }
    }
}
