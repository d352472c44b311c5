#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "eval/map_svg.hpp"
#include "eval/report.hpp"

using namespace kharita;
using namespace kharita::eval;

TEST_CASE("to_text: nothing scored is nothing right") {
    std::string const text = to_text({});
    CHECK(text.starts_with("documents            0, missing from the system 0\n"
                           "mentions             P 0.000 R 0.000 F1 0.000; exact span 0.000 (0/0)\n"));
}

TEST_CASE("to_json: one line") {
    std::string const json = to_json({});
    CHECK(json.starts_with(R"({"documents":0,"missing":0,"mentions":{"found":{"precision":0)"));
    CHECK(json.find('\n') == std::string::npos);
}

TEST_CASE("to_html: marks what is right and what was missed, and escapes the text") {
    LabelledDocument labelled;
    labelled.id = "a<b";
    labelled.text = "Hama & Homs";
    LabelledMention first;
    first.range = {0, 4};
    first.text = "Hama";
    LabelledMention second;
    second.range = {7, 11};
    second.text = "Homs";
    labelled.mentions = {first, second};
    Scores scores;
    scores.mistakes = {{Mistake::Kind::missed, "a<b", {7, 11}, "Homs", "", ""}};
    std::vector<LabelledDocument> const documents{labelled};
    std::vector<SaidDocument> const nothing;
    std::string const html = to_html(scores, {"Title", documents, nothing, {}});
    CHECK(html.find("<h2>a&lt;b</h2>") != std::string::npos);
    CHECK(html.find(R"(">Hama</mark> &amp; <mark class="missed")") != std::string::npos);
    CHECK(html.find("</mark></p></article>") != std::string::npos);
}

TEST_CASE("map_svg: no picture without points") {
    CHECK(map_svg({}, {}).empty());
    Ring const square{{36, 35}, {37, 35}, {37, 36}, {36, 36}, {36, 35}};
    Ring const elsewhere{{0, 0}, {1, 0}, {1, 1}, {0, 0}};
    std::string const svg = map_svg({{{36.5, 35.5}, "right", "a \"b\""}}, {square, elsewhere});
    CHECK(svg.find("<title>a &quot;b&quot;</title>") != std::string::npos);
    CHECK(svg.find("<path") == svg.rfind("<path"));
}
