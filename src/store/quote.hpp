#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "model/span.hpp"

namespace kharita::store {

/// Where the sentence round a span stands: from the end of the sentence before it to its own end, without
/// blanks at both ends; at most `limit` bytes to either side, cut at a character. Sentences end at . ! ? ؟ …
/// before a blank, and at line ends. Used for what people read beside an event, not for reading it.
Span sentence_round(std::string_view text, Span span, std::size_t limit = 600);

/// Byte offsets of one text turned into code point offsets. The text must outlive it.
class CodePointOffsets {
public:
    explicit CodePointOffsets(std::string_view utf8);

    /// Code points before byte `offset`; offsets behind the end count as the end.
    std::int64_t at(std::size_t offset) const noexcept;

private:
    std::string_view m_text;
    std::vector<std::uint32_t> m_blocks; ///< code points before each block of bytes
};

} // namespace kharita::store
