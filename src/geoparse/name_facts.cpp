#include "geoparse/name_facts.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "geoparse/signs.hpp"

namespace kharita::geoparse {

namespace {

using gazetteer::MatchKind;

/// As name_codes(), with the article that «لل» swallows.
std::string dictionary_form(Context const& context, Draft const& draft) {
    std::string form{name_codes(context, draft)};
    if (draft.clitics.lam_article) {
        // «للثورة» leaves «لثورة», «للباب» «لباب», and three lams are written as two.
        std::size_t const article = draft.clitics.length - draft.clitics.proclitics();
        form.replace(0, article, text::fold_key("ال"));
    }
    return form;
}

/// The prior of a name that is also a word. Matched but for the article («السلوك» for سلوك), the name as the
/// gazetteer has it may be the listed one; the lower counts.
std::optional<double> prior_of(Context const& context, Draft const& draft, MatchKind best) {
    std::string const form = dictionary_form(context, draft);
    auto prior = context.table.common_prior(form);
    if (best == MatchKind::article) {
        static std::string const article = text::fold_key("ال");
        auto const other =
            context.table.common_prior(has_article(form) ? form.substr(article.size()) : article + form);
        prior = prior && other ? std::min(*prior, *other) : prior ? prior : other;
    }
    return prior;
}

/// Our own places say how well they are known; of imported ones the population tells.
int prominence_of(Place const& place) {
    struct Step {
        std::int64_t population = 0;
        int prominence = 0;
    };
    constexpr std::array<Step, 3> steps{{{1'000'000, 3}, {250'000, 2}, {60'000, 1}}};
    auto const* const step =
        std::ranges::find_if(steps, [&](Step const& each) { return place.population >= each.population; });
    return std::max(place.prominence, step == steps.end() ? 0 : step->prominence);
}

} // namespace

std::string_view name_codes(Context const& context, Draft const& draft) {
    auto const& codes = context.text.folded().codes;
    auto const tokens = context.text.tokens();
    std::size_t const begin = tokens[draft.tokens.begin].begin + draft.clitics.proclitics();
    return std::string_view{codes}.substr(begin, tokens[draft.tokens.end - 1].end - begin);
}

NameFacts facts_of(Context const& context, Draft const& draft) {
    NameFacts facts;
    for (gazetteer::Candidate const& candidate : draft.candidates) {
        facts.prominence =
            std::max(facts.prominence, prominence_of(context.gazetteer.place(candidate.place)));
        facts.classes = static_cast<ClassSet>(facts.classes |
                                              class_bit(context.gazetteer.feature_class_of(candidate.place)));
        facts.best = std::min(facts.best, candidate.kind);
    }
    if (!draft.with_head) { // «حقل الشاعر» is no word
        facts.prior = prior_of(context, draft, facts.best);
    }
    return facts;
}

} // namespace kharita::geoparse
