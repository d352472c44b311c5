#include "gazetteer/gazetteer.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "sample.hpp"

using namespace kharita;
using namespace kharita::gazetteer;

namespace {

Gazetteer const& sample() {
    static Gazetteer const loaded = [] {
        TemporaryFolder const folder;
        folder.write("sample.tsv", std::string{header} + std::string{sample_rows});
        return Gazetteer::load(folder.path());
    }();
    return loaded;
}

constexpr std::array kind_names{"exact", "folded", "article", "joined", "fuzzy"};

/// "span=id:kind,id:kind | …" of all matches.
std::string matches(std::string_view source) {
    text::TokenizedText const text{source};
    std::string all;
    for (NameMatch const& match : sample().match(text)) {
        all += all.empty() ? "" : " | ";
        all += std::string{match.span.of(source)} + "=";
        for (Candidate const& candidate : match.candidates) {
            all += &candidate == match.candidates.data() ? "" : ",";
            all += sample().place(candidate.place).id + ":" +
                   kind_names[static_cast<std::size_t>(candidate.kind)];
        }
    }
    return all;
}

} // namespace

TEST_CASE("match: exact and folded names") {
    CHECK(matches("قصف على المسيفرة أمس") == "المسيفرة=p-musayfira:exact");
    CHECK(matches("قصف على المُسيفرة") == "المُسيفرة=p-musayfira:exact");
    CHECK(matches("قصف على المسيـفره") == "المسيـفره=p-musayfira:folded");
    CHECK(matches("في إزرع") == "إزرع=SY1201:folded");
    CHECK(matches("بين درعا ودمشق") == "درعا=SY12:exact,p-daraa:exact");
    CHECK(matches("كفر شمس") == "كفر شمس=p-kafr-shams:exact");
    CHECK(matches("كفر   شمس") == "كفر   شمس=p-kafr-shams:exact");
    CHECK(matches("#كفر_شمس") == "كفر_شمس=p-kafr-shams:folded");
    CHECK(matches("دير الزور") == "دير الزور=p-deir-ezzor:exact");
    CHECK(matches("").empty());
    CHECK(matches("لا شيء هنا").empty());
}

TEST_CASE("match: proclitics stay out of the span, the article in") {
    CHECK(matches("وبالمسيفرة") == "المسيفرة=p-musayfira:exact");
    CHECK(matches("ودرعا") == "درعا=SY12:exact,p-daraa:exact");
    CHECK(matches("فكفر شمس") == "كفر شمس=p-kafr-shams:exact");
    CHECK(matches("لكفرشمس") == "كفرشمس=p-kafr-shams:joined");
    CHECK(matches("للمسيفرة") == "لمسيفرة=p-musayfira:exact");
    CHECK(matches("للجاة") == "لجاة=p-lajat:exact");
    CHECK(matches("وادي بردى") == "وادي بردى=p-wadi:exact");

    std::string_view const source = "وبالمسيفرة";
    text::TokenizedText const text{source};
    auto const found = sample().match(text);
    REQUIRE(found.size() == 1);
    CHECK(found[0].clitics.conjunction);
    CHECK(found[0].clitics.preposition == text::code(U'ب'));
    CHECK(found[0].candidates[0].primary);
}

TEST_CASE("match: the article added or dropped") {
    CHECK(matches("في الزمار") == "الزمار=p-zamar:article");
    CHECK(matches("في مسيفرة") == "مسيفرة=p-musayfira:article");
    CHECK(matches("إلى المانيا") == "المانيا=DEU:folded");
    CHECK(matches("مانيا").empty());                                // no article in ألمانيا to drop
    CHECK(matches("القوات السورية في سورية") == "سورية=SYR:exact"); // the first is an adjective
    CHECK(matches("باللواء") == "اللواء=p-liwan:exact");
}

TEST_CASE("match: a short name with a hamza that it does not have is another word") {
    CHECK(matches("في وان") == "وان=p-van:exact");
    CHECK(matches("وإن عاد").empty());
    CHECK(matches("في اب") == "اب=p-ibb:folded");
    CHECK(matches("في إب") == "إب=p-ibb:exact");
}

TEST_CASE("match: words joined and split") {
    CHECK(matches("كفرشمس") == "كفرشمس=p-kafr-shams:joined");
    CHECK(matches("كفر نبل") == "كفر نبل=p-kafranbel:joined"); // behind كفر, which names begin with
    CHECK(matches("ديرالزور") == "ديرالزور=p-deir-ezzor:joined");
    CHECK(matches("أبودالي") == "أبودالي=p-abu-dali:joined");
    CHECK(matches("وصل في لون").empty()); // not فيلون
}

TEST_CASE("match: token boundaries, punctuation, line ends") {
    CHECK(matches("درعاوي").empty());
    CHECK(matches("كفر، شمس").empty());
    CHECK(matches("كفر\nشمس").empty());
    CHECK(matches("(درعا)") == "درعا=SY12:exact,p-daraa:exact");
    CHECK(matches("الطريق الدولي إم5") == "الطريق الدولي إم5=p-m5:folded");
    CHECK(matches("the M5 motorway") == "M5 motorway=p-m5:exact");
}

TEST_CASE("match: the longest at each start, others at theirs") {
    CHECK(matches("وباب الهوى") == "باب الهوى=p-bab-hawa:exact | اب=p-ibb:folded"); // or و + ب + إب
    CHECK(matches("باب") == "باب=p-bab:article | اب=p-ibb:folded");
    CHECK(matches("الباب والمسيفرة") == "الباب=p-bab:exact | المسيفرة=p-musayfira:exact");
}

TEST_CASE("match: English spellings") {
    CHECK(matches("in al-Bab today") == "al-Bab=p-bab:exact | Bab=p-bab:article");
    CHECK(matches("in Al Bab today") == "Al Bab=p-bab:folded | Bab=p-bab:article");
    CHECK(matches("in el-Bab today") == "el-Bab=p-bab:article | Bab=p-bab:article");
    CHECK(matches("Deir al-Zor") == "Deir al-Zor=p-deir-ezzor:article");
    CHECK(matches("Deir ez Zor") == "Deir ez Zor=p-deir-ezzor:folded");
    CHECK(matches("Kafrshams, Kafr-Shams") ==
          "Kafrshams=p-kafr-shams:joined | Kafr-Shams=p-kafr-shams:folded");
    CHECK(matches("Izraa or Izra") == "Izra=SY1201:folded");
    CHECK(matches("at Tall") == "");
    CHECK(matches("at Daraa") == "Daraa=SY12:exact,p-daraa:exact");
    CHECK(matches("they told us") == "");
    CHECK(matches("the US said") == "US=USA:exact");
}

TEST_CASE("match: spans lie in the text and order is by start") {
    std::string_view const source = "في دير الزور والباب، \u200Fكفر شمس\u200E وبكفرنبل.";
    text::TokenizedText const text{source};
    auto const found = sample().match(text);
    CHECK(found.size() == 4);
    CHECK(std::ranges::is_sorted(found, {}, [](NameMatch const& match) { return match.tokens.begin; }));
    for (NameMatch const& match : found) {
        CHECK(match.span.end <= source.size());
        CHECK(std::ranges::is_sorted(match.candidates, {}, &Candidate::place));
    }
    CHECK(found[2].span.of(source) == "كفر شمس");
}
