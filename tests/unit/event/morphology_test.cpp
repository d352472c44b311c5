#include "event/morphology.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace kharita::event;

namespace {

bool has(std::vector<WordForm> const& forms, std::string const& words) {
    return std::any_of(forms.begin(), forms.end(), [&](WordForm const& each) { return each.words == words; });
}

WordForm form(std::vector<WordForm> const& forms, std::string const& words) {
    for (WordForm const& each : forms) {
        if (each.words == words) {
            return each;
        }
    }
    FAIL("no form " << words);
    return {};
}

} // namespace

TEST_CASE("morphology: a sound Arabic verb") {
    auto const forms = inflect_arabic_verb("استهدف/يستهدف");
    for (std::string const word : {"استهدف", "استهدفت", "استهدفوا", "استهدفا", "استهدفتا", "استهدفته",
                                   "استهدفوها", "يستهدف", "تستهدف", "يستهدفون", "تستهدفان", "تستهدفهم"}) {
        CAPTURE(word);
        CHECK(has(forms, word));
    }
    CHECK(form(forms, "استهدف").part == Part::perfect);
    CHECK(form(forms, "تستهدف").part == Part::imperfect);
    CHECK(form(forms, "استهدفوا").number == Number::plural);
}

TEST_CASE("morphology: weak Arabic verbs") {
    auto const threw = inflect_arabic_verb("ألقى/يلقي");
    CHECK(has(threw, "ألقت"));
    CHECK(has(threw, "ألقوا"));
    CHECK(has(threw, "ألقاه"));
    CHECK(has(threw, "يلقون"));
    CHECK_FALSE(has(threw, "ألقىت"));
    auto const met = inflect_arabic_verb("لقي/يلقى");
    CHECK(has(met, "لقيت"));
    CHECK(has(met, "لقوا"));
}

TEST_CASE("morphology: Arabic nouns count themselves") {
    auto const raids = inflect_arabic_noun("غارة جوية/غارات جوية");
    CHECK(form(raids, "غارة جوية").number == Number::singular);
    CHECK(form(inflect_arabic_noun("غارة/غارات"), "غارتين").number == Number::dual);
    CHECK(form(inflect_arabic_noun("غارة/غارات"), "غاراته").pronoun == Pronoun::one);
    CHECK(form(inflect_arabic_noun("مقتل"), "مقتلهما").pronoun == Pronoun::two);
    CHECK(form(inflect_arabic_noun("طفل/أطفال"), "طفلين").number == Number::dual);
    // Written alike as dual and plural: two or more.
    CHECK(form(inflect_arabic_noun("مدني/مدنيين"), "مدنيين").number == Number::few);
}

TEST_CASE("morphology: English") {
    auto const fire = inflect_english_verb("fire");
    CHECK(has(fire, "fires"));
    CHECK(has(fire, "fired"));
    CHECK(has(fire, "firing"));
    auto const strike = inflect_english_verb("strike/struck/struck");
    CHECK(has(strike, "struck"));
    CHECK(has(strike, "striking"));
    CHECK(has(inflect_english_verb("drop/dropped/dropped/dropping"), "dropping"));
    CHECK(has(inflect_english_verb("carry"), "carried"));
    CHECK(has(inflect_english_noun("man/men"), "men"));
    CHECK(has(inflect_english_noun("clash"), "clashes"));
}
