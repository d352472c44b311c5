#include "model/quote.hpp"

#include <string>

#include <doctest/doctest.h>

namespace {

std::string_view sentence_round(std::string_view text, kharita::Span span, std::size_t limit = 600) {
    return kharita::sentence_round(text, span, limit).of(text);
}

} // namespace

TEST_CASE("sentence_round: from the end of one sentence to the end of the next") {
    std::string const text = "خبر أول. قصفت المدفعية القرية؟ ثالث.\nسطر آخر";
    auto const at = text.find("المدفعية");
    CHECK(sentence_round(text, {at, at + 4}) == "قصفت المدفعية القرية؟");
    auto const last = text.find("آخر");
    CHECK(sentence_round(text, {last, last + 2}) == "سطر آخر");
    CHECK(sentence_round(text, {0, 3}) == "خبر أول.");
}

TEST_CASE("sentence_round: a point inside a number ends nothing") {
    CHECK(sentence_round("It fell 3.5 km away. Then more.", {8, 9}) == "It fell 3.5 km away.");
}

TEST_CASE("sentence_round: what is too long is cut at characters, what is out of range is empty") {
    std::string text;
    for (int i = 0; i < 100; ++i) {
        text += "ق";
    }
    CHECK(sentence_round(text, {100, 102}, 5) == "ققققق"); // 95..107, of which whole letters are 96..106
    CHECK(sentence_round(text, {500, 600}).size() <= text.size());
    CHECK(sentence_round("", {0, 0}).empty());
}
