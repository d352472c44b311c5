#include <algorithm>
#include <span>
#include <tuple>
#include <vector>

#include "gazetteer/gazetteer.hpp"
#include "gazetteer/scanner.hpp"

namespace kharita::gazetteer {

namespace {

using text::CliticReading;
using text::TokenizedText;

/// A name found, before those of one stretch are put together.
struct Hit {
    std::size_t end = 0;
    CliticReading clitics;
    Candidate candidate;
};

/// Makes matches of what the scanner finds.
class Matcher {
public:
    Matcher(Gazetteer const& gazetteer, TokenizedText const& text) : m_gazetteer{gazetteer}, m_text{text} {}

    std::vector<NameMatch> run() {
        std::size_t begin = 0;
        Scanner scanner{m_gazetteer};
        scanner.scan(m_text.source(), [&](std::span<ScanHit const> hits) {
            for (ScanHit const& hit : hits) {
                if (is_nationality(hit)) {
                    continue;
                }
                std::size_t const at = token_at(hit.word);
                if (at != begin) {
                    emit(begin);
                    begin = at;
                }
                m_hits.push_back(
                    {token_at(hit.last_word) + 1, hit.clitics, {hit.place, hit.kind, hit.primary}});
            }
        });
        emit(begin);
        return std::move(m_matches);
    }

private:
    /// The token whose first letter stands at a byte of the source.
    std::size_t token_at(std::size_t byte) const {
        auto const tokens = m_text.tokens();
        auto const& source = m_text.folded().source;
        auto const found = std::ranges::lower_bound(
            tokens, byte, {}, [&](text::Token const& token) { return source[token.begin]; });
        return static_cast<std::size_t>(found - tokens.begin());
    }

    /// A country's name with an article that it does not have is the adjective: «السورية».
    bool is_nationality(ScanHit const& hit) const {
        return hit.kind == MatchKind::article && hit.clitics.article && !hit.article &&
               m_gazetteer.feature_class_of(hit.place) == FeatureClass::country;
    }

    /// Puts together what was found at one token: for each place the longest stretch by number of
    /// proclitics, and for each of these the candidates.
    void emit(std::size_t begin) {
        if (m_hits.empty()) {
            return;
        }
        std::ranges::sort(m_hits, [](Hit const& a, Hit const& b) {
            auto const key = [](Hit const& hit) {
                return std::tuple{hit.clitics.proclitics(), ~hit.end,
                                  hit.candidate.place,      hit.candidate.kind,
                                  !hit.candidate.primary,   hit.clitics.length};
            };
            return key(a) < key(b);
        });
        std::size_t const first_match = m_matches.size();
        for (std::size_t i = 0; i < m_hits.size();) {
            std::size_t const proclitics = m_hits[i].clitics.proclitics();
            std::size_t const end = m_hits[i].end;
            NameMatch match;
            match.tokens = {begin, end};
            auto best = MatchKind::fuzzy;
            for (; i < m_hits.size() && m_hits[i].clitics.proclitics() == proclitics; ++i) {
                Hit const& hit = m_hits[i];
                if (hit.end != end ||
                    (!match.candidates.empty() && match.candidates.back().place == hit.candidate.place)) {
                    continue;
                }
                match.candidates.push_back(hit.candidate);
                if (hit.candidate.kind < best || match.candidates.size() == 1) {
                    best = hit.candidate.kind;
                    match.clitics = hit.clitics;
                }
            }
            auto const tokens = m_text.tokens();
            match.span = m_text.source_span(tokens[begin].begin + proclitics, tokens[end - 1].end);
            m_matches.push_back(std::move(match));
        }
        std::stable_sort(m_matches.begin() + static_cast<std::ptrdiff_t>(first_match), m_matches.end(),
                         [](NameMatch const& a, NameMatch const& b) { return a.tokens.end > b.tokens.end; });
        m_hits.clear();
    }

    Gazetteer const& m_gazetteer;
    TokenizedText const& m_text;
    std::vector<Hit> m_hits;
    std::vector<NameMatch> m_matches;
};

} // namespace

std::vector<NameMatch> Gazetteer::match(TokenizedText const& text) const {
    return Matcher{*this, text}.run();
}

} // namespace kharita::gazetteer
