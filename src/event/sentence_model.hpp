#pragma once

#include <array>
#include <filesystem>

#include "event/sentence_signs.hpp"

namespace kharita::event {

/// What a sentence may tell.
enum class Telling : std::size_t { assault, protest };

/// Whether a sentence tells an assault or a protest (PLOVER's ASSAULT and PROTEST), wherever it happened: a
/// logistic model over the sentence's signs. Weights are natural log odds, read from
/// schemas/event/sentence_weights.tsv, to which tools/fit_sentence_weights.py fits them. Immutable.
class SentenceModel {
public:
    /// Throws InputError when a sign is missing, unknown, or stands twice.
    static SentenceModel load(std::filesystem::path const& file);

    /// 0 .. 1; from 0.5 up the sentence is taken to tell it.
    double probability(Telling telling, SignSet const& signs) const noexcept;

private:
    std::array<std::array<double, sign_count>, 2> m_weights{}; ///< by telling, then by sign
};

} // namespace kharita::event
