#include "event/sentence_model.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/error.hpp"
#include "base/tsv.hpp"

namespace kharita::event {

SentenceModel SentenceModel::load(std::filesystem::path const& folder) {
    auto const file = folder / "sentence_weights.tsv";
    Tsv const table{file, {"sign", "assault", "protest", "meaning"}};
    SentenceModel model;
    SignSet seen;
    for (std::size_t row = 0; row < table.size(); ++row) {
        Sign const sign = sign_named(table.cell(row, 0));
        if (sign == Sign::count_of_signs) {
            fail<InputError>("{}: unknown sign \"{}\"", table.where(row), table.cell(row, 0));
        }
        auto const index = static_cast<std::size_t>(sign);
        if (seen[index]) {
            fail<InputError>("{}: sign \"{}\" stands twice", table.where(row), name_of(sign));
        }
        seen.set(index);
        model.m_weights[static_cast<std::size_t>(Telling::assault)][index] = table.number_or(row, 1, 0);
        model.m_weights[static_cast<std::size_t>(Telling::protest)][index] = table.number_or(row, 2, 0);
    }
    for (std::size_t index = 0; index < sign_count; ++index) {
        if (!seen[index]) {
            fail<InputError>("{}: no weight for sign \"{}\"", file.string(),
                             name_of(static_cast<Sign>(index)));
        }
    }
    model.m_words = WordWeights::load(folder / "sentence_words.tsv");
    return model;
}

double SentenceModel::probability(Telling telling, SignSet const& signs,
                                  std::vector<std::string_view> const& words) const {
    auto const& weights = m_weights[static_cast<std::size_t>(telling)];
    double sum = m_words.sum(telling, words);
    for (std::size_t index = 0; index < sign_count; ++index) {
        sum += signs[index] ? weights[index] : 0;
    }
    return 1 / (1 + std::exp(-sum));
}

double SentenceJudge::probability(Telling telling, std::size_t sentence) {
    auto found = std::find_if(m_known.begin(), m_known.end(),
                              [&](Known const& each) { return each.sentence == sentence; });
    if (found == m_known.end()) {
        text::TokenRange const range = m_scene.text().sentences()[sentence];
        SignSet const signs = m_finder.in(range);
        auto const words = plain_words(m_scene.text(), range);
        m_known.push_back({sentence,
                           {m_model.probability(Telling::assault, signs, words),
                            m_model.probability(Telling::protest, signs, words)}});
        found = m_known.end() - 1;
    }
    return found->probability[static_cast<std::size_t>(telling)];
}

SentenceJudgement SentenceJudge::judge(text::TokenRange range) {
    SignSet const signs = m_finder.in(range);
    auto const words = plain_words(m_scene.text(), range);
    SentenceJudgement judgement;
    judgement.assault = m_model.probability(Telling::assault, signs, words);
    judgement.protest = m_model.probability(Telling::protest, signs, words);
    judgement.signs.reserve(signs.count());
    for (std::size_t index = 0; index < sign_count; ++index) {
        if (signs[index]) {
            judgement.signs.push_back(name_of(static_cast<Sign>(index)));
        }
    }
    judgement.words.reserve(words.size());
    for (std::string_view const word : words) {
        judgement.words.push_back(text::to_utf8(word));
    }
    return judgement;
}

} // namespace kharita::event
