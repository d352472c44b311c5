#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "gazetteer/compare_names.hpp"
#include "gazetteer/gazetteer.hpp"
#include "gazetteer/index_image.hpp"
#include "gazetteer/name_table.hpp"
#include "gazetteer/scanner.hpp"
#include "text/tokens.hpp"

namespace kharita::test {

/// Finds names the slow and obvious way: every run of tokens of a text, through every reading of its first
/// word, is looked up by its letters and compared. It shares no code with the scanner but what says how names
/// are read (name_key.hpp, compare_names.hpp).
class ObviousMatcher {
public:
    /// What of a hit must agree: first byte, last byte, first word, place, kind, codes taken from the front,
    /// whether ل + ال was read.
    using Hit = std::tuple<std::size_t, std::size_t, std::size_t, gazetteer::PlaceIndex, gazetteer::MatchKind,
                           std::size_t, bool>;

    /// The gazetteer must outlive it.
    explicit ObviousMatcher(gazetteer::Gazetteer const& gazetteer)
        : m_heads{gazetteer::NameTable{gazetteer.image()}.heads()} {
        for (gazetteer::PlaceIndex place = 0; place < gazetteer.size(); ++place) {
            for (std::string const& name : gazetteer.names(place)) {
                gazetteer::NameKey key = gazetteer::name_key(name);
                m_longest = std::max(m_longest, key.letters.size());
                std::string letters = key.letters;
                m_names[std::move(letters)].emplace_back(std::move(key), place);
            }
        }
    }

    /// All hits, sorted.
    std::vector<Hit> scan(std::string_view source) const {
        using Role = gazetteer::WordLetters::Role;
        text::TokenizedText const text{source};
        gazetteer::WordLetters const letters{text};
        std::vector<Hit> hits;
        for (std::size_t begin = 0; begin < text.size(); ++begin) {
            if (letters.role(begin) != Role::word && letters.role(begin) != Role::article) {
                continue;
            }
            std::vector<text::CliticReading> readings(1);
            if (letters.role(begin) == Role::word) {
                readings = text::clitic_readings(text.codes(begin));
            }
            for (std::size_t end = begin + 1; end <= text.size() && letters.role(end - 1) != Role::breaker;
                 ++end) {
                if (letters.letters(begin, end).size() > m_longest + 4) {
                    break;
                }
                if (letters.role(end - 1) == Role::word) {
                    for (text::CliticReading const& clitics : readings) {
                        look_up(text, letters, {begin, end}, clitics, hits);
                    }
                }
            }
        }
        std::ranges::sort(hits);
        return hits;
    }

    /// What a scanner finds, in the same form.
    static std::vector<Hit> scan(gazetteer::Scanner& scanner, std::string_view source) {
        std::vector<Hit> all;
        scanner.scan(source, [&](std::span<gazetteer::ScanHit const> hits) {
            for (gazetteer::ScanHit const& hit : hits) {
                all.emplace_back(hit.span.begin, hit.span.end, hit.word, hit.place, hit.kind,
                                 hit.clitics.length, hit.clitics.lam_article);
            }
        });
        std::ranges::sort(all);
        return all;
    }

    /// The hits of one that the other lacks, and the other way round; empty when both agree.
    static std::string differences(std::vector<Hit> const& expected, std::vector<Hit> const& found,
                                   std::string_view source) {
        std::vector<Hit> missed;
        std::vector<Hit> too_many;
        std::ranges::set_difference(expected, found, std::back_inserter(missed));
        std::ranges::set_difference(found, expected, std::back_inserter(too_many));
        std::string words;
        for (auto const& [list, what] : {std::pair{&missed, "missed"}, std::pair{&too_many, "too much"}}) {
            for (Hit const& hit : *list) {
                auto const& [begin, end, word, place, kind, length, lam] = hit;
                words += std::string{what} + " at " + std::to_string(begin) + ": \"" +
                         std::string{source.substr(begin, end - begin)} + "\" place " +
                         std::to_string(place) + " kind " + std::to_string(static_cast<int>(kind)) +
                         " letters off " + std::to_string(length) + (lam ? " lam" : "") + "\n";
                if (words.size() > 2000) {
                    return words;
                }
            }
        }
        return words;
    }

private:
    void look_up(text::TokenizedText const& text, gazetteer::WordLetters const& letters,
                 text::TokenRange range, text::CliticReading const& clitics, std::vector<Hit>& hits) const {
        std::string_view const wanted = letters.letters(range.begin, range.end).substr(clitics.length);
        auto const found = m_names.find(std::string{wanted});
        if (wanted.size() < 2 || found == m_names.end()) {
            return;
        }
        gazetteer::WrittenName const written{text, letters, range, clitics};
        auto const tokens = text.tokens();
        Span const span =
            text.source_span(tokens[range.begin].begin + clitics.proclitics(), tokens[range.end - 1].end);
        for (auto const& [key, place] : found->second) {
            if (auto const kind = compare(written, key, m_heads)) {
                hits.emplace_back(span.begin, span.end, text.folded().source[tokens[range.begin].begin],
                                  place, *kind, clitics.length, clitics.lam_article);
            }
        }
    }

    gazetteer::HeadWords m_heads;
    std::size_t m_longest = 0;
    std::unordered_map<std::string, std::vector<std::pair<gazetteer::NameKey, gazetteer::PlaceIndex>>>
        m_names;
};

} // namespace kharita::test
