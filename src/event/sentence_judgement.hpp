#pragma once

#include <string_view>
#include <vector>

namespace kharita::event {

/// What one sentence tells, wherever it happened.
struct SentenceJudgement {
    double assault = 0; ///< probability that it tells an assault (PLOVER)
    double protest = 0; ///< probability that it tells a protest (PLOVER)
    std::vector<std::string_view>
        signs; ///< what it was judged by, rows of schemas/event/sentence_weights.tsv
};

} // namespace kharita::event
