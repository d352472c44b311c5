#include <algorithm>
#include <map>
#include <string_view>

#include "geoparse/recognise.hpp"
#include "geoparse/setting.hpp"
#include "geoparse/signs.hpp"

namespace kharita::geoparse {

namespace {

using text::code;

/// Places of one country in a text, and how often its adjective stands there.
class Countries {
public:
    Countries(Context const& context, std::vector<Draft> const& drafts) : m_context{context} {
        for (Draft const& draft : drafts) {
            count(draft);
        }
        for (std::size_t token = 0; token < context.text.size(); ++token) {
            if (auto const country = adjective_at(token); !country.empty()) {
                ++m_counts[country];
            }
        }
    }

    /// Of some countries the one that the text names again and again; of several the one it names by far the
    /// most often. Empty where there is none.
    std::string_view named_of(std::vector<std::string> const& ids) const {
        std::string_view best;
        int most = 0;
        int second = 0;
        for (std::string const& id : ids) {
            auto const found = m_counts.find(id);
            int const count = found == m_counts.end() ? 0 : found->second;
            second = std::max(second, std::min(most, count));
            best = count > most ? std::string_view{id} : best;
            most = std::max(most, count);
        }
        constexpr int often = 2;
        constexpr int lead = 5;
        bool const by_far = second == 0 || (most >= 2 * second && most - second >= lead);
        return most >= often && by_far ? best : std::string_view{};
    }

private:
    /// The best known of what a name may mean; a country, or a place that only such a one has.
    void count(Draft const& draft) {
        constexpr int well_known = 3;
        Place const* best = nullptr;
        for (gazetteer::Candidate const& candidate : draft.candidates) {
            Place const& place = m_context.gazetteer.place(candidate.place);
            bool const sure =
                place.prominence >= well_known && candidate.kind <= gazetteer::MatchKind::folded;
            if (sure && (best == nullptr || place.prominence > best->prominence)) {
                best = &place;
            }
        }
        if (best != nullptr) {
            ++m_counts[best->country.empty() ? std::string_view{best->id} : std::string_view{best->country}];
        }
    }

    /// «السعودية», «والسعودي», «بالسعودية»
    std::string_view adjective_at(std::size_t token) const {
        std::string_view const word = m_context.text.codes(token);
        for (std::size_t strip = 0; strip <= 2 && strip < word.size(); ++strip) {
            if (auto const country = m_context.table.nationality(word.substr(strip)); !country.empty()) {
                return country;
            }
        }
        return {};
    }

    Context const& m_context;
    std::map<std::string_view, int> m_counts;
};

/// The cue of a word that may stand for a country, definite and with no adjective of its own.
CueHit const* epithet_at(Context const& context, std::size_t token) {
    CueHit const* const hit = context.cues.starting(token);
    bool const definite = hit != nullptr && (hit->clitics.article || hit->clitics.lam_article);
    if (!definite || hit->word->stands_for.empty() || hit->tokens.size() != 1) {
        return nullptr;
    }
    std::string_view const next = context.text.codes(token + 1);
    bool const described = has_article(next) && next.back() == code(U'ه');
    return described ? nullptr : hit;
}

/// «المملكة والأردن»: one of them is not the other.
bool stands_beside(Context const& context, Draft const& draft, std::size_t token) {
    bool const behind = draft.tokens.begin == token + 1 && draft.clitics.conjunction;
    bool const before = draft.tokens.end == token && context.text.codes(token).front() == code(U'و');
    return behind || before;
}

} // namespace

void add_epithets(Context const& context, std::vector<bool> const& furniture, std::vector<Draft>& drafts) {
    std::vector<std::size_t> found;
    for (std::size_t token = 0; token < context.text.size(); ++token) {
        if (furniture[token] || epithet_at(context, token) == nullptr) {
            continue;
        }
        bool const taken =
            std::ranges::any_of(drafts, [&](Draft const& draft) { return draft.tokens.contains(token); });
        if (!taken) {
            found.push_back(token);
        }
    }
    if (found.empty()) {
        return;
    }
    Countries const countries{context, drafts};
    std::vector<std::string> ids = epithet_at(context, found.front())->word->stands_for;
    for (Draft const& draft : drafts) {
        bool const beside = std::ranges::any_of(
            found, [&](std::size_t token) { return stands_beside(context, draft, token); });
        for (gazetteer::Candidate const& candidate : draft.candidates) {
            if (beside) {
                std::erase(ids, context.gazetteer.place(candidate.place).id);
            }
        }
    }
    auto const place = context.gazetteer.find(countries.named_of(ids));
    if (!place) {
        return;
    }
    for (std::size_t const token : found) {
        CueHit const* const hit = epithet_at(context, token);
        if (std::ranges::find(hit->word->stands_for, context.gazetteer.place(*place).id) ==
            hit->word->stands_for.end()) {
            continue;
        }
        Draft draft;
        draft.tokens = {token, token + 1};
        draft.clitics = hit->clitics;
        auto const tokens = context.text.tokens();
        draft.span =
            context.text.source_span(tokens[token].begin + hit->clitics.proclitics(), tokens[token].end);
        draft.candidates.push_back({*place, gazetteer::MatchKind::folded, false});
        draft.setting = read_setting(context, draft.tokens, draft.clitics);
        constexpr double fairly_sure = 3;
        draft.evidence = fairly_sure;
        draft.by_epithet = true;
        auto const at =
            std::ranges::lower_bound(drafts, token, {}, [](Draft const& each) { return each.tokens.begin; });
        drafts.insert(at, std::move(draft));
    }
}

} // namespace kharita::geoparse
