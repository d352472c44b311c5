#include "gazetteer/compare_names.hpp"

#include <string_view>

namespace kharita::gazetteer {

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

std::size_t count_hamzas(std::string_view utf8) noexcept {
    std::size_t count = 0;
    for (std::size_t i = 0; i + 1 < utf8.size(); ++i) { // آ أ ؤ إ ئ are D8 A2 to D8 A6
        auto const second = static_cast<unsigned char>(utf8[i + 1]);
        count += utf8[i] == '\xD8' && second >= 0xA2 && second <= 0xA6 ? 1U : 0U;
    }
    return count;
}

std::optional<MatchKind> compare(WrittenName const& written, NameKey const& name, HeadWords const& heads) {
    if (written.plain() == name.plain) {
        return MatchKind::exact;
    }
    bool const adds_hamza =
        name.letters.size() <= short_name && count_hamzas(written.plain()) > count_hamzas(name.plain);
    if (name.acronym || adds_hamza) {
        return std::nullopt;
    }
    if (written.spelled() == name.spelled) {
        return MatchKind::folded;
    }
    WordBoundaries const& boundaries = written.boundaries();
    if (boundaries.all == name.boundaries) {
        return MatchKind::article;
    }
    if (!may_be_divided(boundaries, name.boundaries, divisions(name.letters, name.boundaries, heads))) {
        return std::nullopt;
    }
    return MatchKind::joined;
}

} // namespace kharita::gazetteer
