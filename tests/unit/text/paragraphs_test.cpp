#include "text/paragraphs.hpp"

#include <doctest/doctest.h>

using namespace kharita::text;

namespace {

bool goes_on(std::string const& line) {
    TokenizedText const text{line};
    return kharita::text::goes_on(text, {0, text.size()});
}

bool is_long_line(std::string const& line) {
    TokenizedText const text{line};
    return kharita::text::is_long_line(text, {0, text.size()});
}

} // namespace

TEST_CASE("paragraphs: a line that goes on begins with a conjunction") {
    CHECK(goes_on("وقتل ثلاثة في الغارة"));
    CHECK(goes_on("كما استهدف القصف بلدة أخرى"));
    CHECK(goes_on("لكن الهجوم فشل"));
    CHECK_FALSE(goes_on("مقتل خمسة في غارة"));
    CHECK_FALSE(goes_on("«وقتل ثلاثة»"));
    CHECK_FALSE(goes_on("وهم"));
    CHECK_FALSE(goes_on(""));
}

TEST_CASE("paragraphs: a signature is no long line") {
    CHECK(is_long_line("قال المتحدث إن القصف طال أحياء عدة من المدينة صباحا"));
    CHECK_FALSE(is_long_line("أستاذ العلوم السياسية في الجامعة"));
    CHECK_FALSE(is_long_line("* أستاذ ورئيس قسم العلوم السياسية في جامعة من جامعات المدينة"));
    CHECK_FALSE(is_long_line(""));
}
