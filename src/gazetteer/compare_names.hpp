#pragma once

#include <optional>
#include <string>

#include "gazetteer/gazetteer.hpp"
#include "gazetteer/name_key.hpp"
#include "text/tokens.hpp"

namespace kharita::gazetteer {

/// A stretch of text that has the letters of some name, as it is written.
class WrittenName {
public:
    /// The arguments must outlive it.
    WrittenName(text::TokenizedText const& text, WordLetters const& letters, text::TokenRange range,
                text::CliticReading const& clitics);

    WordBoundaries const& boundaries() const noexcept { return m_boundaries; }
    std::string const& spelled() const noexcept { return m_spelled; }
    std::string const& plain() const noexcept { return m_plain; }
    text::TokenRange range() const noexcept { return m_range; }
    text::CliticReading const& clitics() const noexcept { return m_clitics; }
    text::TokenizedText const& text() const noexcept { return m_text; }
    WordLetters const& letters() const noexcept { return m_letters; }

private:
    text::TokenizedText const& m_text;
    WordLetters const& m_letters;
    text::TokenRange m_range;
    text::CliticReading m_clitics;
    WordBoundaries m_boundaries;
    std::string m_spelled;
    std::string m_plain;
};

/// How a stretch of text corresponds to a name with the same letters; nothing when its words are divided in a
/// way that the name's would not be: two ordinary words that happen to run together as a name («في لون» is
/// not فيلون), an acronym in small letters, a hamza too many in a short name.
std::optional<MatchKind> compare(WrittenName const& written, NameKey const& name, HeadWords const& heads);

/// The same of boundaries alone: whether a text whose words begin at `written` may be a name whose words
/// begin at `boundaries` and may be divided at `divisions`.
inline bool may_be_divided(WordBoundaries const& written, std::uint64_t boundaries,
                           std::uint64_t divisions) noexcept {
    std::uint64_t const divided = written.spaces & ~boundaries;
    std::uint64_t const joined = boundaries & ~written.all;
    return divided == 0 || (joined == 0 && (divided & ~divisions) == 0);
}

/// How many letters of a text have a hamza that folding takes away.
std::size_t count_hamzas(std::string_view utf8) noexcept;

/// Names of so few letters must not have a hamza more in the text than the gazetteer gives them. Writers
/// leave hamzas out, they do not add them: «وإن» is not وان. Longer names are told by their other letters.
inline constexpr std::size_t short_name = 3;

} // namespace kharita::gazetteer
