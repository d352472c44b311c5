#pragma once

#include <array>
#include <filesystem>

#include "event/sentence_judgement.hpp"
#include "event/sentence_signs.hpp"
#include "event/sentence_words.hpp"

namespace kharita::event {

/// Whether a sentence tells an assault or a protest (PLOVER's ASSAULT and PROTEST), wherever it happened: a
/// logistic model over the sentence's signs and its words. Weights are natural log odds, to which
/// tools/fit_sentence_weights.py fits them. Immutable.
class SentenceModel {
public:
    /// Reads sentence_weights.tsv (signs) and sentence_words.tsv of a folder, schemas/event as a rule. Throws
    /// InputError when a sign is missing, unknown, or stands twice, and as WordWeights::load().
    static SentenceModel load(std::filesystem::path const& folder);

    /// 0 .. 1; from 0.5 up the sentence is taken to tell it. `words` as plain_words() gives them.
    double probability(Telling telling, SignSet const& signs,
                       std::vector<std::string_view> const& words) const;

private:
    std::array<std::array<double, sign_count>, 2> m_weights{}; ///< by telling, then by sign
    WordWeights m_words;
};

/// Judges the sentences of one text, each when first asked.
class SentenceJudge {
public:
    /// `drafts` are those that find_drafts() gave and find_modality() judged. All must outlive it.
    SentenceJudge(SentenceModel const& model, Scene const& scene, std::span<Draft const> drafts)
        : m_model{model},
          m_scene{scene},
          m_finder{scene, drafts} {}

    /// Probability that a sentence tells it; `sentence` as Clause::sentence counts them. The weights were
    /// fitted to Arabic sentences: of others it says little.
    double probability(Telling telling, std::size_t sentence);

    /// A range of the text judged as one sentence.
    SentenceJudgement judge(text::TokenRange range);

private:
    struct Known {
        std::size_t sentence = 0;
        std::array<double, 2> probability{}; ///< by telling
    };
    SentenceModel const& m_model;
    Scene const& m_scene;
    SignFinder m_finder;
    std::vector<Known> m_known;
};

} // namespace kharita::event
