#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kharita::event {

/// What one sentence tells, wherever it happened.
struct SentenceJudgement {
    double assault = 0; ///< probability that it tells an assault (PLOVER)
    double protest = 0; ///< probability that it tells a protest (PLOVER)
    /// What it was judged by: rows of schemas/event/sentence_weights.tsv, and its words in text order as
    /// schemas/event/sentence_words.tsv writes them.
    std::vector<std::string_view> signs;
    std::vector<std::string> words;
};

} // namespace kharita::event
