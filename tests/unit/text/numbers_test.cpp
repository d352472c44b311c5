#include "text/numbers.hpp"

#include <filesystem>
#include <string>

#include <doctest/doctest.h>

using namespace kharita::text;

namespace {

NumberWords const& words() {
    static NumberWords const loaded =
        NumberWords::load(std::filesystem::path{KHARITA_SOURCE_DIR} / "gazetteer" / "vocabulary");
    return loaded;
}

/// "value/tokens" of the number at the first token, or "-".
std::string number(std::string_view source) {
    TokenizedText const text{source};
    auto const read = read_number(text, 0, words());
    return read ? std::to_string(read->value) + "/" + std::to_string(read->tokens.size()) : "-";
}

} // namespace

TEST_CASE("read_number: Arabic words and digits, English words") {
    struct Row {
        char const* text = nullptr;
        char const* expected = nullptr;
    };
    for (Row const& row : {
             Row{"300 قذيفة", "300/1"},
             {"١٢ شخصا", "12/1"},
             {"1,500 مقاتل", "1500/1"},
             {"٣٬٥٠٠ نازح", "3500/1"},
             {"3.5 كم", "-"},
             {"3.5 مليون", "3500000/2"},
             {"3 آلاف نازح", "3000/2"},
             {"واحد", "1/1"},
             {"واحدة", "1/1"},
             {"ثلاثة مدنيين", "3/1"},
             {"أربع غارات", "4/1"},
             {"بأربع غارات", "4/1"},
             {"وخمسة جنود", "5/1"},
             {"لستة أيام", "6/1"},
             {"ستة", "6/1"},
             {"ثماني نساء", "8/1"},
             {"عشرة", "10/1"},
             {"أحد عشر طفلا", "11/2"},
             {"إحدى عشرة امرأة", "11/2"},
             {"اثنا عشر", "12/2"},
             {"اثني عشر", "12/2"},
             {"خمسة عشر", "15/2"},
             {"تسع عشرة", "19/2"},
             {"عشرين عنصرا", "20/1"},
             {"خمسة وعشرين", "25/2"},
             {"خمسة و عشرين", "25/3"},
             {"واحد وثلاثون", "31/2"},
             {"أحد وأربعين", "41/2"},
             {"مئة", "100/1"},
             {"مائتين", "200/1"},
             {"مئة وخمسين", "150/2"},
             {"مئة وثلاثة", "103/2"},
             {"ثلاثمئة وخمسة وأربعين", "345/3"},
             {"ثلاث مئة", "300/2"},
             {"مئة وثلاثة عشر", "113/3"},
             {"ألف", "1000/1"},
             {"ألفين", "2000/1"},
             {"ألفي نازح", "2000/1"},
             {"ثلاثة آلاف", "3000/2"},
             {"ثلاثة آلاف ومئتين", "3200/3"},
             {"ألفين وخمسمئة", "2500/2"},
             {"خمسة وعشرين ألفا", "25000/3"},
             {"مئة ألف", "100000/2"},
             {"مليون وثلاثمئة ألف", "1300000/3"},
             {"one", "1/1"},
             {"twenty-one people", "21/3"},
             {"twenty one", "21/2"},
             {"fifteen", "15/1"},
             {"two hundred and fifty", "250/4"},
             {"three thousand five hundred", "3500/4"},
             {"dozen", "12/1"},
             {"two dozen", "24/2"},
             {"2.5 million", "2500000/2"},
             // Two numbers are not one.
             {"ثلاثة وأربعة", "3/1"},
             {"عشرين وثلاثة", "20/1"},
             {"مئة ومئة", "100/1"},
             {"ألف وألف", "1000/1"},
             {"five and twenty", "5/1"},
             {"22-02-2022", "22/1"},
             // No numbers.
             {"أحد", "-"},
             {"أحد المدنيين", "-"},
             {"العشرين", "-"},
             {"مدينة", "-"},
             {"12.5.2019", "-"},
             {"99999999999999999999", "-"},
             {"،", "-"},
         }) {
        CAPTURE(row.text);
        CHECK(number(row.text) == row.expected);
    }
    TokenizedText const empty{""};
    CHECK_FALSE(read_number(empty, 0, words()));
}

TEST_CASE("NumberWords: what is refused") {
    CHECK_THROWS(NumberWords::load("/nonexistent"));
    CHECK(words().find(fold_key("ثلاثة"))->value == 3);
    CHECK(words().find("zzz") == nullptr);
}
