#include "gazetteer/compare_names.hpp"

#include <string_view>

namespace kharita::gazetteer {

namespace {

using Role = WordLetters::Role;

/// Whether each of these places where the text divides a word of the name has before it a word that names
/// begin with.
bool divided_behind_heads(WrittenName const& written, std::uint64_t divisions, NameIndex const& index) {
    text::TokenRange const range = written.range();
    std::size_t const skip = written.clitics().length;
    for (std::size_t i = range.begin; i + 1 < range.end; ++i) {
        if (written.letters().role(i) != Role::word) {
            continue;
        }
        std::size_t const end = written.letters().letters(range.begin, i + 1).size();
        bool const divides = end > skip && end - skip < 64 && ((divisions >> (end - skip)) & 1U) != 0;
        std::string_view word = written.text().codes(i);
        if (i == range.begin) {
            word.remove_prefix(skip);
        }
        if (divides && !index.is_head(word)) {
            return false;
        }
    }
    return true;
}

/// Whether the text has a hamza where the name has none. Writers leave hamzas out, they do not add them:
/// «وإن» is not وان. Names of four letters and more are told by the others.
bool adds_hamza(std::string_view written, NameIndex::Name const& name) {
    constexpr std::size_t short_name = 3;
    if (name.key.letters.size() > short_name) {
        return false;
    }
    auto const hamzas = [](std::string_view text) {
        std::size_t count = 0;
        for (std::string_view const letter : {"أ", "إ", "آ", "ؤ", "ئ"}) {
            for (std::size_t at = text.find(letter); at != std::string_view::npos;
                 at = text.find(letter, at + 1)) {
                ++count;
            }
        }
        return count;
    };
    return hamzas(written) > hamzas(name.key.plain);
}

} // namespace

WrittenName::WrittenName(text::TokenizedText const& text, WordLetters const& letters, text::TokenRange range,
                         text::CliticReading const& clitics)
    : m_text{text},
      m_letters{letters},
      m_range{range},
      m_clitics{clitics},
      m_boundaries{word_boundaries(text, letters, range, clitics.length)},
      m_spelled{gazetteer::spelled(text, letters, range, clitics)} {
    std::size_t const front = clitics.lam_article ? clitics.length : clitics.proclitics();
    auto const tokens = text.tokens();
    Span const span = text.source_span(tokens[range.begin].begin + front, tokens[range.end - 1].end);
    m_plain = (clitics.lam_article ? "ال" : "") + gazetteer::plain(span.of(text.source()));
}

std::optional<MatchKind> compare(WrittenName const& written, NameIndex::Name const& name,
                                 NameIndex const& index) {
    if (written.plain() == name.key.plain) {
        return MatchKind::exact;
    }
    if (name.acronym || adds_hamza(written.plain(), name)) {
        return std::nullopt;
    }
    if (written.spelled() == name.key.spelled) {
        return MatchKind::folded;
    }
    WordBoundaries const& boundaries = written.boundaries();
    if (boundaries.all == name.key.boundaries) {
        return MatchKind::article;
    }
    std::uint64_t const divided = boundaries.spaces & ~name.key.boundaries;
    std::uint64_t const joined = name.key.boundaries & ~boundaries.all;
    if (divided != 0 && (joined != 0 || !divided_behind_heads(written, divided, index))) {
        return std::nullopt;
    }
    return MatchKind::joined;
}

} // namespace kharita::gazetteer
