#include "eval/baseline.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "text/tokens.hpp"

namespace kharita::eval {

namespace {

using gazetteer::Candidate;
using gazetteer::Gazetteer;
using gazetteer::NameMatch;

/// More prominent, then more populous, then first in the gazetteer.
bool is_likelier(Gazetteer const& gazetteer, Candidate const& a, Candidate const& b) {
    auto const key = [&](Candidate const& each) {
        Place const& place = gazetteer.place(each.place);
        return std::tuple{-place.prominence, -place.population, each.place};
    };
    return key(a) < key(b);
}

} // namespace

Document exact_matches(Report report, Gazetteer const& gazetteer) {
    Document document;
    document.report = std::move(report);
    document.gazetteer_hash = gazetteer.content_hash();
    text::TokenizedText const text{document.report.text};
    std::vector<NameMatch> matches = gazetteer.match(text);
    for (NameMatch& match : matches) {
        std::erase_if(match.candidates,
                      [](Candidate const& each) { return each.kind != gazetteer::MatchKind::exact; });
    }
    std::erase_if(matches, [](NameMatch const& match) { return match.candidates.empty(); });
    std::stable_sort(matches.begin(), matches.end(), [](NameMatch const& a, NameMatch const& b) {
        return std::pair{b.tokens.size(), a.clitics.length} < std::pair{a.tokens.size(), b.clitics.length};
    });
    std::vector<bool> taken(text.size());
    std::vector<NameMatch const*> kept;
    for (NameMatch const& match : matches) {
        auto const begin = taken.begin() + static_cast<std::ptrdiff_t>(match.tokens.begin);
        auto const end = taken.begin() + static_cast<std::ptrdiff_t>(match.tokens.end);
        if (std::none_of(begin, end, [](bool each) { return each; })) {
            std::fill(begin, end, true);
            kept.push_back(&match);
        }
    }
    std::sort(kept.begin(), kept.end(),
              [](NameMatch const* a, NameMatch const* b) { return a->tokens.begin < b->tokens.begin; });
    for (NameMatch const* const match : kept) {
        Candidate const best = *std::min_element(
            match->candidates.begin(), match->candidates.end(),
            [&](Candidate const& a, Candidate const& b) { return is_likelier(gazetteer, a, b); });
        Mention mention;
        mention.id = fmt::format("m{}", document.mentions.size() + 1);
        mention.span = match->span;
        mention.place = gazetteer.place(best.place);
        mention.at = mention.place->at;
        mention.uncertainty = mention.place->uncertainty;
        mention.confidence = 1 / static_cast<double>(match->candidates.size());
        mention.why = "exact name";
        document.mentions.push_back(std::move(mention));
    }
    return document;
}

} // namespace kharita::eval
