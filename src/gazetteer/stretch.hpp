#pragma once

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

    bool begins_with_article(ScanWords const& words) const noexcept {
        return code != words.words()[begin].begin;
    }
};

/// The bytes of the source from the first word to the last, without the proclitics.
Span span_of(ScanWords const& words, Stretch const& stretch, std::string_view source) noexcept;

/// Whether a name stands in the text letter by letter, by a quick look: false may be wrong. `written` are the
/// bytes of span_of(). A name that is exact has the letters of the stretch.
bool is_exact(Stretch const& stretch, std::string_view written, NameText const& name) noexcept;

/// compare() of compare_names.hpp for a name whose letters the stretch has, without allocating but for names
/// that are odd or have Latin articles where the text has others. `written` are the bytes of span_of().
std::optional<MatchKind> compare(ScanWords const& words, Stretch const& stretch, std::string_view written,
                                 std::string_view source, NameText const& name, HeadWords const& heads);

} // namespace kharita::gazetteer
