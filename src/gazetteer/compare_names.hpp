#pragma once

#include <optional>
#include <string>

#include "gazetteer/name_index.hpp"
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
std::optional<MatchKind> compare(WrittenName const& written, NameIndex::Name const& name,
                                 NameIndex const& index);

} // namespace kharita::gazetteer
