#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extract/extractor.hpp"
#include "extract/labelled.hpp"

namespace kharita::eval {

/// What was said of one sentence.
struct JudgedSentence {
    extract::LabelledSentence sentence;
    double probability = 0; ///< that it tells what its kind says
    std::vector<std::string_view> signs;
    std::vector<std::string> words;
};

/// Judges each sentence alone, without a day of publication.
std::vector<JudgedSentence> judge_sentences(std::span<extract::LabelledSentence const> sentences,
                                            extract::Extractor const& extractor);

/// Hits and misses of one kind, "yes" against "easy no".
struct SentenceScore {
    std::size_t right = 0;
    std::size_t spurious = 0;
    std::size_t missed = 0;
    double precision() const noexcept;
    double recall() const noexcept;
    double f1() const noexcept;
};

inline constexpr std::size_t sentence_folds = 5;

/// Of one kind; `fold` counts the scored sentences of a kind in turn, sentence_folds means all.
SentenceScore score_sentences(std::span<JudgedSentence const> judged, std::string_view kind,
                              std::size_t fold = sentence_folds);

/// For people: each kind with its folds and their mean.
std::string sentences_text(std::span<JudgedSentence const> judged);
/// For people: the sentences judged wrongly, with their signs.
std::string sentence_mistakes_text(std::span<JudgedSentence const> judged);
/// One JSON object: "kinds" with figures, "sentences" with probability, signs and words of each.
std::string sentences_json(std::span<JudgedSentence const> judged);

} // namespace kharita::eval
