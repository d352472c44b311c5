#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "event/morphology.hpp"
#include "text/code_map.hpp"
#include "text/tokens.hpp"

namespace kharita::event {

/// A form of vocabulary found in a text.
struct PhraseMatch {
    text::TokenRange tokens;
    text::CliticReading clitics; ///< of the first token
    std::uint32_t entry = 0;     ///< what add() was told
    Part part = Part::phrase;
    Number number = Number::none;
    Pronoun pronoun = Pronoun::none;
    bool may_be_noun = false; ///< written like a verb and like a noun («قصف»); `part` says verb
    Span span;                ///< bytes of the source, without proclitics
};

/// Word forms with what they stand for, found in texts through Arabic proclitics. Letters are compared
/// folded; the words after the first may carry ال or a hyphen before them.
class PhraseTable {
public:
    /// `entry` is given back with every match. The same form may stand for several entries.
    void add(WordForm const& form, std::uint32_t entry);

    /// All matches in text order, at each token the longest of each entry; readings that strip fewer letters
    /// win over those that strip more. Overlaps between entries are all given.
    std::vector<PhraseMatch> match(text::TokenizedText const& text) const;

private:
    struct Phrase {
        std::vector<std::string> rest; ///< codes of the words after the first
        std::uint32_t entry = 0;
        Part part = Part::phrase;
        Number number = Number::none;
        Pronoun pronoun = Pronoun::none;
    };
    static void match_phrases(text::TokenizedText const& text, std::size_t token,
                              std::vector<Phrase> const& phrases, text::CliticReading const& reading,
                              std::size_t first_found, std::vector<PhraseMatch>& found);
    void match_at(text::TokenizedText const& text, std::size_t token, std::vector<PhraseMatch>& found) const;

    text::CodeMap<std::vector<Phrase>> m_phrases; ///< by their first word
};

} // namespace kharita::event
