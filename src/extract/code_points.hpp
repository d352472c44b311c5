#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace kharita::extract {

/// Converts between byte offsets and Unicode code point offsets of one UTF-8 text, in constant time.
/// Keeps a view of the text, which must outlive it.
class CodePoints {
public:
    explicit CodePoints(std::string_view utf8);

    /// Code points before byte `offset` (0 .. size of the text), which must not lie inside a character.
    std::size_t at_byte(std::size_t offset) const noexcept;
    /// The byte where code point `index` begins; the text's size for the one after the last; nothing beyond.
    std::optional<std::size_t> to_byte(std::size_t index) const noexcept;
    /// How many the text has.
    std::size_t size() const noexcept { return m_size; }

private:
    std::string_view m_text;
    std::vector<std::uint32_t> m_before; ///< code points before each block of bytes
    std::size_t m_size = 0;
};

/// Whether the bytes are UTF-8 as RFC 3629 defines it: no overlong forms, surrogates, or code points above
/// U+10FFFF. Returns the offset of the first bad byte, or nothing when all are good.
std::optional<std::size_t> first_invalid_utf8(std::string_view bytes) noexcept;

} // namespace kharita::extract
