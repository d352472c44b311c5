#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "base/output_file.hpp"
#include "eval/sentences.hpp"
#include "support/temp_folder.hpp"

using namespace kharita;
using namespace kharita::eval;

namespace {

JudgedSentence judged(std::string const& label, double probability, std::string const& kind = "ASSAULT") {
    return {{"id of " + label, kind, label, "text"}, probability, {"bias"}, {}};
}

} // namespace

TEST_CASE("score_sentences: yes against easy no, other labels and kinds apart") {
    std::vector<JudgedSentence> const all{judged("yes", 0.9),       judged("yes", 0.4),
                                          judged("easy no", 0.5),   judged("easy no", 0.1),
                                          judged("yes", 0.7),       judged("difficult no", 0.9),
                                          judged("ambiguous", 0.9), judged("yes", 0.9, "PROTEST")};
    SentenceScore const score = score_sentences(all, "ASSAULT");
    CHECK(score.right == 2);
    CHECK(score.spurious == 1);
    CHECK(score.missed == 1);
    CHECK(score.precision() == doctest::Approx(2.0 / 3));
    CHECK(score.f1() == doctest::Approx(2.0 / 3));
    CHECK(score_sentences(all, "PROTEST").right == 1);
}

TEST_CASE("score_sentences: the folds add up to all") {
    constexpr int count = 13;
    std::vector<JudgedSentence> all;
    all.reserve(count);
    for (int i = 0; i < count; ++i) {
        all.push_back(judged(i % 3 == 0 ? "yes" : "easy no", i % 2 == 0 ? 0.9 : 0.1));
    }
    std::size_t right = 0;
    std::size_t wrong = 0;
    for (std::size_t fold = 0; fold < sentence_folds; ++fold) {
        SentenceScore const score = score_sentences(all, "ASSAULT", fold);
        right += score.right;
        wrong += score.spurious + score.missed;
    }
    SentenceScore const whole = score_sentences(all, "ASSAULT");
    CHECK(right == whole.right);
    CHECK(wrong == whole.spurious + whole.missed);
}

TEST_CASE("sentences_text, sentences_json: nothing scored is nothing right") {
    CHECK(sentences_text({}).starts_with(
        "ASSAULT  P 0.000 R 0.000 F1 0.000 (0 right, 0 spurious, 0 missed)\n"));
    CHECK(sentences_json({}).starts_with(R"({"kinds":{"ASSAULT":{"precision":0)"));
}

TEST_CASE("sentence_mistakes_text: names what was judged wrongly") {
    std::vector<JudgedSentence> const all{judged("yes", 0.2), judged("easy no", 0.1)};
    CHECK(sentence_mistakes_text(all) == "MISSED   id of yes 0.20 text [bias]\n");
}

TEST_CASE("read_labelled_sentences: a kind that nobody knows is named with its line") {
    test::TempFolder const folder;
    auto const file = folder.path() / "sentences.jsonl";
    write_file(file,
               R"({"id":"1","kind":"ASSAULT","label":"yes","text":"a"})"
               "\n",
               Overwrite::refuse);
    CHECK(extract::read_labelled_sentences(file).front().label == "yes");
    write_file(file,
               R"({"id":"1","kind":"QUARREL","label":"yes","text":"a"})"
               "\n",
               Overwrite::replace);
    CHECK_THROWS_WITH_AS(extract::read_labelled_sentences(file),
                         doctest::Contains(R"(sentences.jsonl:1: "kind" is "QUARREL")"), InputError);
}

TEST_CASE("read_labelled_sentences: texts that nobody labelled") {
    test::TempFolder const folder;
    auto const file = folder.path() / "reports.jsonl";
    write_file(file,
               R"({"id":"1","text":"a"})"
               "\n",
               Overwrite::refuse);
    CHECK(extract::read_labelled_sentences(file).front().kind.empty());
    write_file(file,
               R"({"id":"1","label":"yes","text":"a"})"
               "\n",
               Overwrite::replace);
    CHECK_THROWS_AS(extract::read_labelled_sentences(file), InputError);
}
