#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace kharita {

/// Converts between byte offsets and Unicode code point offsets of one UTF-8 text, in constant time.
/// Keeps a view of the text, which must outlive it.
class CodePoints {
public:
    explicit CodePoints(std::string_view utf8);

    /// Code points before byte `offset`, which must not lie inside a character; offsets behind the end count
    /// as the end.
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

} // namespace kharita
