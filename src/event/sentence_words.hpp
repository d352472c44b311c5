#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <string_view>
#include <vector>

#include "text/code_map.hpp"
#include "text/tokens.hpp"

namespace kharita::event {

/// The words of a range as the table of word weights writes them, in text order, as letter codes: Arabic
/// words without «و» or «ف» (from four letters up) and then without «ال», «بال», «كال» or «لل» (where three
/// letters remain); "0" for every number; the signs . , : ? « ». Words of other scripts are left out. Views
/// the text.
std::vector<std::string_view> plain_words(text::TokenizedText const& text, text::TokenRange range);

/// What a sentence may tell.
enum class Telling : std::size_t { assault, protest };

/// What the words of a sentence weigh in log odds for its telling something, of
/// schemas/event/sentence_words.tsv. A sentence's words count once each and together as their sum over the
/// square root of their number, so that a long sentence is no surer than a short one; the words it opens with
/// count once more with weights of their own. Words that the table does not hold weigh nothing. Immutable.
class WordWeights {
public:
    static constexpr std::size_t opening_words = 4;

    /// Throws InputError with file and line for a word that stands twice or a weight that is no number.
    static WordWeights load(std::filesystem::path const& file);

    /// `words` as plain_words() gives them, in text order.
    double sum(Telling telling, std::vector<std::string_view> words) const;

private:
    enum class Where : std::size_t { anywhere, opening };
    struct Weights {
        std::array<std::array<double, 2>, 2> of{}; ///< by where, then by telling
        bool is_set = false;
    };
    double mean(Telling telling, Where where, std::vector<std::string_view>& words) const;

    text::CodeMap<Weights> m_words;
};

} // namespace kharita::event
