#pragma once

#include <string>
#include <vector>

#include "eval/score.hpp"
#include "model/geometry.hpp"

namespace kharita::eval {

/// The figures as lines of words.
std::string to_text(Scores const& scores);
/// Each mistake on a line of its own: kind, document, words, detail, context.
std::string mistakes_text(Scores const& scores);

/// All figures and mistakes as one JSON object on one line.
std::string to_json(Scores const& scores);

/// What the page shows besides the figures.
struct PageInput {
    std::string title;
    std::vector<LabelledDocument> const& labelled;
    std::vector<SaidDocument> const& said;
    std::vector<Ring> outlines; ///< borders to draw under the points
};

/// A page that needs nothing else: the figures, each text with its mentions marked (right, wrong, missed,
/// spurious), and a small map of what was labelled and what was said.
std::string to_html(Scores const& scores, PageInput const& input);

} // namespace kharita::eval
