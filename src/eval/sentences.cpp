#include "eval/sentences.hpp"

#include <array>
#include <iterator>

#include <fmt/format.h>

#include "extract/json_writer.hpp"

namespace kharita::eval {

namespace {

constexpr std::array<std::string_view, 2> kinds{"ASSAULT", "PROTEST"};

double ratio(std::size_t part, std::size_t of) {
    return of == 0 ? 0 : static_cast<double>(part) / static_cast<double>(of);
}

bool is_scored(JudgedSentence const& each, std::string_view kind) {
    return each.sentence.kind == kind && (each.sentence.label == "yes" || each.sentence.label == "easy no");
}

bool tells(JudgedSentence const& each) {
    return each.probability >= 0.5;
}

std::string figures(SentenceScore const& score) {
    return fmt::format("P {:.3f} R {:.3f} F1 {:.3f} ({} right, {} spurious, {} missed)", score.precision(),
                       score.recall(), score.f1(), score.right, score.spurious, score.missed);
}

std::string joined(std::vector<std::string_view> const& words) {
    std::string all;
    for (std::string_view const word : words) {
        all.append(all.empty() ? "" : " ").append(word);
    }
    return all;
}

void write(extract::JsonWriter& json, SentenceScore const& score) {
    json.begin_object().key("precision").real(score.precision()).key("recall").real(score.recall());
    json.key("f1").real(score.f1()).end_object();
}

} // namespace

double SentenceScore::precision() const noexcept {
    return ratio(right, right + spurious);
}

double SentenceScore::recall() const noexcept {
    return ratio(right, right + missed);
}

double SentenceScore::f1() const noexcept {
    return ratio(2 * right, 2 * right + spurious + missed);
}

std::vector<JudgedSentence> judge_sentences(std::span<extract::LabelledSentence const> sentences,
                                            extract::Extractor const& extractor) {
    std::vector<JudgedSentence> judged;
    judged.reserve(sentences.size());
    for (extract::LabelledSentence const& sentence : sentences) {
        Report report;
        report.id = sentence.id;
        report.text = sentence.text;
        event::SentenceJudgement judgement = extractor.judge_sentence(report);
        judged.push_back({sentence, sentence.kind == "ASSAULT" ? judgement.assault : judgement.protest,
                          std::move(judgement.signs), std::move(judgement.words)});
    }
    return judged;
}

SentenceScore score_sentences(std::span<JudgedSentence const> judged, std::string_view kind,
                              std::size_t fold) {
    SentenceScore score;
    std::size_t count = 0;
    for (JudgedSentence const& each : judged) {
        if (!is_scored(each, kind)) {
            continue;
        }
        bool const counts = fold == sentence_folds || count % sentence_folds == fold;
        ++count;
        if (counts && each.sentence.label == "yes") {
            ++(tells(each) ? score.right : score.missed);
        } else if (counts && tells(each)) {
            ++score.spurious;
        }
    }
    return score;
}

std::string sentences_text(std::span<JudgedSentence const> judged) {
    std::string text;
    auto const out = std::back_inserter(text);
    for (std::string_view const kind : kinds) {
        fmt::format_to(out, "{}  {}\n", kind, figures(score_sentences(judged, kind)));
        double sum = 0;
        for (std::size_t fold = 0; fold < sentence_folds; ++fold) {
            SentenceScore const score = score_sentences(judged, kind, fold);
            fmt::format_to(out, "  fold {}  {}\n", fold + 1, figures(score));
            sum += score.f1();
        }
        fmt::format_to(out, "  mean F1 of folds {:.3f}\n", sum / sentence_folds);
    }
    return text;
}

std::string sentence_mistakes_text(std::span<JudgedSentence const> judged) {
    std::string text;
    auto const out = std::back_inserter(text);
    for (std::string_view const kind : kinds) {
        for (JudgedSentence const& each : judged) {
            if (is_scored(each, kind) && tells(each) != (each.sentence.label == "yes")) {
                fmt::format_to(out, "{} {} {:.2f} {} [{}]\n", tells(each) ? "SPURIOUS" : "MISSED  ",
                               each.sentence.id, each.probability, each.sentence.text, joined(each.signs));
            }
        }
    }
    return text;
}

std::string sentences_json(std::span<JudgedSentence const> judged) {
    extract::JsonWriter json;
    json.begin_object().key("kinds").begin_object();
    for (std::string_view const kind : kinds) {
        write(json.key(kind), score_sentences(judged, kind));
    }
    json.end_object().key("sentences").begin_array();
    for (JudgedSentence const& each : judged) {
        json.begin_object().key("id").string(each.sentence.id).key("kind").string(each.sentence.kind);
        json.key("label").string(each.sentence.label).key("probability").real(each.probability);
        json.key("signs").begin_array();
        for (std::string_view const sign : each.signs) {
            json.string(sign);
        }
        json.end_array().key("words").begin_array();
        for (std::string const& word : each.words) {
            json.string(word);
        }
        json.end_array().end_object();
    }
    json.end_array().end_object();
    return json.take();
}

} // namespace kharita::eval
