#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "gazetteer/compare_names.hpp"
#include "gazetteer/name_text.hpp"
#include "gazetteer/scan_words.hpp"
#include "text/tokens.hpp"

namespace kharita::gazetteer {

/// A run of words of a scanned text, with one reading of its proclitics.
struct Stretch {
    std::uint32_t begin = 0; ///< words
    std::uint32_t end = 0;
    std::uint32_t code = 0; ///< where the first word begins, or the Latin article before it
    text::CliticReading clitics;

    bool begins_with_article(ScanWords const& words) const noexcept { return code != words[begin].begin; }
};

/// The bytes of the source from the first word to the last, without the proclitics.
Span span_of(ScanWords const& words, Stretch const& stretch, std::string_view source) noexcept;

/// The same of one word whose characters all take a byte in FoldedBlocks::written, without taking anything
/// off its front.
inline Span span_of_word(ScanWords const& words, text::WordSpan const& word,
                         std::string_view source) noexcept {
    auto const& folded = words.folded();
    Span const span{folded.source(word.begin), folded.source(word.end)};
    // The last letter and a mark that cannot be seen take three bytes.
    return span.end - folded.source(word.end - 1) < 3 ? span : text::without_invisible_end(source, span);
}

/// compare() of compare_names.hpp for stretches of one scanned text. It allocates only for names that are odd
/// or have Latin articles where the text has others.
class StretchComparer {
public:
    /// The words must outlive it.
    StretchComparer(ScanWords const& words, HeadWords const& heads);

    /// How a name corresponds to a stretch; nothing where it does not, other letters included. `letters` are
    /// those of the stretch, `letter_padding` bytes being readable behind them; `source` is the whole text.
    std::optional<MatchKind> compare(Stretch const& stretch, std::string_view letters,
                                     std::string_view source, NameText const& name) const;

private:
    bool is_simple(Stretch const& stretch, std::string_view letters, NameText const& name) const noexcept;
    std::optional<MatchKind> compare_simple(Stretch const& stretch, std::string_view letters,
                                            NameText const& name) const noexcept;
    std::optional<MatchKind> compare_as_tokens(Stretch const& stretch, std::string_view source,
                                               NameText const& name) const;

    ScanWords const& m_words;
    HeadWords m_heads;
    std::array<char, 256> const& m_folded; ///< compact_codes()
};

} // namespace kharita::gazetteer
