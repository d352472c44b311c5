#include <algorithm>
#include <tuple>

#include "gazetteer/compare_names.hpp"
#include "gazetteer/state.hpp"

namespace kharita::gazetteer {

namespace {

using text::CliticReading;
using text::TokenizedText;
using text::TokenRange;
using Role = WordLetters::Role;

/// A name found, before those of one stretch are put together.
struct Hit {
    std::size_t end = 0;
    CliticReading clitics;
    Candidate candidate;
};

/// Goes through a text token by token.
class Matcher {
public:
    Matcher(NameIndex const& index, std::vector<FeatureClass> const& classes, TokenizedText const& text)
        : m_index{index},
          m_classes{classes},
          m_text{text},
          m_letters{text} {}

    std::vector<NameMatch> run() {
        for (std::size_t i = 0; i < m_text.size(); ++i) {
            if (m_letters.role(i) == Role::word || m_letters.role(i) == Role::article) {
                start_at(i);
            }
        }
        return std::move(m_matches);
    }

private:
    void start_at(std::size_t begin) {
        m_hits.clear();
        if (m_letters.role(begin) == Role::article) {
            collect(begin, {});
        } else {
            text::CliticReadings readings;
            std::size_t const count = text::clitic_readings(m_text.codes(begin), readings);
            for (std::size_t i = 0; i < count; ++i) {
                collect(begin, readings[i]);
            }
        }
        emit(begin);
    }

    /// All names that begin at a token, read with these clitics.
    void collect(std::size_t begin, CliticReading const& clitics) {
        std::size_t longest = 3; // names of two and three letters are looked up without asking
        bool asked = false;
        for (std::size_t end = begin + 1; end <= m_text.size(); ++end) {
            Role const last = m_letters.role(end - 1);
            if (last == Role::breaker) {
                return;
            }
            if (last != Role::word) {
                continue;
            }
            std::string_view const letters = m_letters.letters(begin, end).substr(clitics.length);
            if (letters.size() >= 4 && !asked) {
                asked = true;
                longest = m_index.longest_with_prefix(letters);
            }
            if (letters.size() > longest) {
                return;
            }
            if (letters.size() >= 2) {
                look_up(letters, {begin, end}, clitics);
            }
        }
    }

    void look_up(std::string_view letters, TokenRange range, CliticReading const& clitics) {
        auto const names = m_index.find(letters);
        if (names.empty()) {
            return;
        }
        WrittenName const written{m_text, m_letters, range, clitics};
        for (NameIndex::Name const& name : names) {
            auto const kind = compare(written, name, m_index);
            if (kind && !is_nationality(*kind, name, clitics)) {
                m_hits.push_back({range.end, clitics, {name.place, *kind, name.primary}});
            }
        }
    }

    /// A country's name with an article that it does not have is the adjective: «السورية».
    bool is_nationality(MatchKind kind, NameIndex::Name const& name, CliticReading const& clitics) const {
        return kind == MatchKind::article && clitics.article && !name.key.arabic_article &&
               m_classes[name.place] == FeatureClass::country;
    }

    /// Puts together what was found at one token: for each place the longest stretch by number of
    /// proclitics, and for each of these the candidates.
    void emit(std::size_t begin) {
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
    }

    NameIndex const& m_index;
    std::vector<FeatureClass> const& m_classes;
    TokenizedText const& m_text;
    WordLetters m_letters;
    std::vector<Hit> m_hits;
    std::vector<NameMatch> m_matches;
};

} // namespace

std::vector<NameMatch> Gazetteer::match(TokenizedText const& text) const {
    return Matcher{m_state->index, m_state->classes, text}.run();
}

} // namespace kharita::gazetteer
