#include <algorithm>
#include <map>
#include <tuple>

#include "gazetteer/compact_text.hpp"
#include "gazetteer/compare_names.hpp"
#include "gazetteer/state.hpp"

namespace kharita::gazetteer {

namespace {

using text::CliticReading;
using text::TokenizedText;
using text::TokenRange;
using Role = WordLetters::Role;

/// For each place its best candidate.
class BestCandidates {
public:
    void add(Candidate const& candidate) {
        auto const [at, is_new] = m_by_place.emplace(candidate.place, candidate);
        Candidate& known = at->second;
        if (!is_new &&
            std::tuple{candidate.kind, !candidate.primary} < std::tuple{known.kind, !known.primary}) {
            known = candidate;
        }
    }

    std::vector<Candidate> by_place() const {
        std::vector<Candidate> all;
        all.reserve(m_by_place.size());
        for (auto const& [place, candidate] : m_by_place) {
            all.push_back(candidate);
        }
        return all;
    }

private:
    std::map<PlaceIndex, Candidate> m_by_place;
};

/// How the first word may be read when all tokens of a range are one name.
std::vector<CliticReading> readings_of(TokenizedText const& text, WordLetters const& letters,
                                       TokenRange range) {
    if (letters.role(range.begin) != Role::word) {
        return {CliticReading{}};
    }
    return text::clitic_readings(text.codes(range.begin));
}

} // namespace

std::vector<Candidate> Gazetteer::fuzzy(TokenizedText const& text, TokenRange range) const {
    BestCandidates best;
    range.end = std::min(range.end, text.size());
    if (range.begin >= range.end) {
        return {};
    }
    WordLetters const letters{text, range};
    for (std::size_t i = range.begin; i < range.end; ++i) {
        if (letters.role(i) == Role::breaker) {
            return {};
        }
    }
    for (CliticReading const& clitics : readings_of(text, letters, range)) {
        std::string_view const all = letters.letters(range.begin, range.end);
        for (std::uint32_t const name :
             m_state->spelling.find(all.substr(std::min<std::size_t>(clitics.length, all.size())))) {
            NameRecord const found = m_state->names.record(name);
            best.add({found.place, MatchKind::fuzzy, (found.flags & name_flag::primary) != 0});
        }
    }
    return best.by_place();
}

std::vector<Candidate> Gazetteer::named(std::string_view name) const {
    TokenizedText const text{name};
    TokenRange const all{0, text.size()};
    if (all.size() == 0) {
        return {};
    }
    WordLetters const letters{text, all};
    BestCandidates best;
    for (CliticReading const& clitics : readings_of(text, letters, all)) {
        if (clitics.proclitics() > 0) {
            continue; // a person types a name, not a piece of a sentence
        }
        WrittenName const written{text, letters, all, clitics};
        std::string_view const key = letters.letters(0, text.size()).substr(clitics.length);
        m_state->names.find(letters_hash(key), key,
                            [&](std::uint32_t, NameRecord const& found, NameText const& stored) {
                                NameKey const name_of = name_key(from_compact(stored.compact));
                                if (auto const kind = compare(written, name_of, m_state->names.heads())) {
                                    best.add({found.place, *kind, (found.flags & name_flag::primary) != 0});
                                }
                            });
    }
    return best.by_place();
}

std::vector<Candidate> Gazetteer::lookup(std::string_view name) const {
    auto candidates = named(name);
    if (candidates.empty()) {
        TokenizedText const text{name};
        candidates = fuzzy(text, {0, text.size()});
    }
    std::ranges::stable_sort(candidates, [&](Candidate const& a, Candidate const& b) {
        auto const rank = [&](Candidate const& candidate) {
            Place const& found = place(candidate.place);
            return std::tuple{candidate.kind, -found.prominence, -found.population};
        };
        return rank(a) < rank(b);
    });
    return candidates;
}

} // namespace kharita::gazetteer
