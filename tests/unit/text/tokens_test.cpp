#include "text/tokens.hpp"

#include <array>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

using namespace kharita;
using namespace kharita::text;

namespace {

std::vector<std::string> words(TokenizedText const& text) {
    std::vector<std::string> result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        result.emplace_back(text.source_text(i));
    }
    return result;
}

std::vector<std::string> sentences(std::string_view source) {
    TokenizedText const text{source};
    std::vector<std::string> result;
    for (TokenRange const range : text.sentences()) {
        result.emplace_back(text.span(range).of(source));
    }
    return result;
}

using Words = std::vector<std::string>;

std::string readings(std::string_view word) {
    std::string all;
    std::string const key = fold_key(word);
    for (CliticReading const& reading : clitic_readings(key)) {
        all += all.empty() ? "" : " | ";
        all += reading.conjunction ? to_utf8(key.substr(0, 1)) + "+" : "";
        all += reading.preposition != 0 ? to_utf8(std::string(1, reading.preposition)) + "+" : "";
        all += reading.lam_article ? "(ال)+" : reading.article ? "ال+" : "";
        all += to_utf8(key.substr(reading.length));
    }
    return all;
}

} // namespace

TEST_CASE("tokens: words, numbers and punctuation") {
    CHECK(words(TokenizedText{"al-Rastan, 1,500 m"}) == Words{"al", "-", "Rastan", ",", "1,500", "m"});
    CHECK(words(TokenizedText{"#ريف_حلب"}) == Words{"#", "ريف", "_", "حلب"});
    CHECK(words(TokenizedText{"٣٬٥٠٠ و3.5"}) == Words{"٣٬٥٠٠", "و", "3.5"});
    CHECK(words(TokenizedText{"5,6 22-02-2022 12.5.2019"}) ==
          Words{"5", ",", "6", "22", "-", "02", "-", "2022", "12.5.2019"});
    CHECK(words(TokenizedText{"M4 F16 10km الـ24 10كم"}) ==
          Words{"M4", "F16", "10", "km", "الـ", "24", "10", "كم"});
    CHECK(words(TokenizedText{"«درعا»،\nالصنمين."}) == Words{"«", "درعا", "»", "،", "\n", "الصنمين", "."});
    CHECK(TokenizedText{""}.size() == 0);

    TokenizedText const text{"في 12 M5، حلب\n"};
    CHECK(text.tokens()[1].kind == Token::Kind::number);
    CHECK(text.tokens()[2].kind == Token::Kind::word);
    CHECK(text.tokens()[3].kind == Token::Kind::punctuation);
    CHECK_FALSE(text.tokens()[3].space_before);
    CHECK(text.tokens()[4].space_before);
    CHECK(text.tokens()[5].kind == Token::Kind::line_end);
    CHECK(to_utf8(text.codes(4)) == "حلب");
    CHECK(text.codes(99).empty());
    CHECK(text.source_text(99).empty());
}

TEST_CASE("tokens: spans leave trailing bidi marks and joiners out") {
    std::string_view const source = "\u202Bدوما\u200F\u202C، حَمَاةُ";
    TokenizedText const text{source};
    CHECK(text.source_text(0) == "دوما");
    CHECK(text.source_text(2) == "حَمَاةُ"); // tashkeel stays
}

TEST_CASE("sentences: where they end") {
    CHECK(sentences("وصل الوفد. غادر الوفد! لماذا؟ لا أحد يعلم…") ==
          Words{"وصل الوفد.", "غادر الوفد!", "لماذا؟", "لا أحد يعلم…"});
    CHECK(sentences("مات رجل؛ وجرح آخر، ثم عاد.") == Words{"مات رجل؛ وجرح آخر، ثم عاد."});
    CHECK(sentences("Mr. Smith of St. Louis met J. K. Doe. It rained 3.5 mm.") ==
          Words{"Mr. Smith of St. Louis met J. K. Doe.", "It rained 3.5 mm."});
    CHECK(sentences("See www.example.org for more. The end") ==
          Words{"See www.example.org for more.", "The end"});
    CHECK(sentences("قال د. سامر: «انتهى الأمر.» ثم خرج...وعاد") ==
          Words{"قال د. سامر: «انتهى الأمر.»", "ثم خرج...", "وعاد"});
    CHECK(sentences("عنوان بلا نقطة\nالنص الأول.\n\nالنص الثاني") ==
          Words{"عنوان بلا نقطة\n", "النص الأول.\n\n", "النص الثاني"});
    CHECK(sentences("إدلب::انفجار عبوة\nحمص::إطلاق نار") == Words{"إدلب::انفجار عبوة\n", "حمص::إطلاق نار"});
    CHECK(sentences("Shells fell on the town\nand its fields") ==
          Words{"Shells fell on the town\nand its fields"});
    CHECK(sentences("في دوما،\nوفي حرستا") == Words{"في دوما،\nوفي حرستا"});
    CHECK(sentences("في دوما،\n\nوفي حرستا") == Words{"في دوما،\n\n", "وفي حرستا"});
    CHECK(sentences("على بعد 100 م. ثم توقف") == Words{"على بعد 100 م.", "ثم توقف"});
    CHECK(sentences("\n\n").size() == 1);
}

TEST_CASE("paragraphs are lines") {
    std::string_view const source = "\nسطر أول. وفيه جملتان.\n\nسطر ثان\nسطر ثالث";
    TokenizedText const text{source};
    REQUIRE(text.paragraphs().size() == 3);
    CHECK(text.span(text.paragraphs()[1]).of(source) == "سطر ثان\n");
    CHECK(text.paragraph_of(0) == 0);
    CHECK(text.paragraph_of(text.size() - 1) == 2);
    CHECK(text.sentence_of(text.size() - 1) == text.sentences().size() - 1);
}

TEST_CASE("tokens: properties on random text") {
    constexpr std::array pieces{" ", "\n",  ".", "،", "حلب", "و", "12", ",",      "a", "Bc", "«",
                                "»", "...", "?", "-", "_",   "ل", "M4", "\u200F", "ة", "'",  "\xFF"};
    std::mt19937 random{7};
    for (int round = 0; round < 3000; ++round) {
        std::string source;
        for (std::size_t i = random() % 30; i > 0; --i) {
            source += pieces[random() % std::size(pieces)];
        }
        CAPTURE(source);
        TokenizedText const text{source};
        std::uint32_t last = 0;
        for (Token const& token : text.tokens()) {
            CHECK(token.begin >= last);
            CHECK(token.end > token.begin);
            last = token.end;
        }
        for (auto const ranges : {text.sentences(), text.paragraphs()}) {
            std::size_t at = 0;
            for (TokenRange const range : ranges) {
                CHECK(range.begin == at);
                CHECK(range.end > range.begin);
                at = range.end;
            }
            CHECK(at == text.size());
        }
        for (std::size_t i = 0; i < text.size(); ++i) {
            CHECK(text.sentences()[text.sentence_of(i)].contains(i));
            CHECK(text.paragraphs()[text.paragraph_of(i)].contains(i));
        }
    }
}

TEST_CASE("clitic_readings: bare first, then by length, two letters remain") {
    CHECK(readings("حلب") == "حلب");
    CHECK(readings("بحلب") == "بحلب | ب+حلب");
    CHECK(readings("وبالرستن") == "وبالرستن | و+بالرستن | و+ب+الرستن | و+ب+ال+رستن");
    CHECK(readings("للباب") == "للباب | ل+لباب | ل+(ال)+لباب | ل+(ال)+باب");
    CHECK(readings("الباب") == "الباب | ال+باب");
    CHECK(readings("فالباب") == "فالباب | ف+الباب | ف+ال+باب");
    CHECK(readings("ودوما") == "ودوما | و+دوما");
    CHECK(readings("وب") == "وب");
    CHECK(readings("Balad") == "balad");
    CHECK(clitic_readings("").size() == 1);
}
