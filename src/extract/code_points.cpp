#include "extract/code_points.hpp"

#include <algorithm>

namespace kharita::extract {

namespace {

constexpr std::size_t block = 64;

constexpr bool starts_character(char byte) noexcept {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
}

/// Length of the character that starts with `lead`, and the range its second byte must lie in (RFC 3629, 4).
struct Sequence {
    std::size_t length = 0; ///< 0 for a byte that starts none
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
};

constexpr Sequence sequence_of(unsigned char lead) noexcept {
    if (lead < 0x80) {
        return {1};
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        return {2};
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        return {3, static_cast<unsigned char>(lead == 0xE0 ? 0xA0 : 0x80),
                static_cast<unsigned char>(lead == 0xED ? 0x9F : 0xBF)};
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        return {4, static_cast<unsigned char>(lead == 0xF0 ? 0x90 : 0x80),
                static_cast<unsigned char>(lead == 0xF4 ? 0x8F : 0xBF)};
    }
    return {};
}

} // namespace

CodePoints::CodePoints(std::string_view utf8) : m_text{utf8} {
    m_before.reserve(utf8.size() / block + 1);
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        if (i % block == 0) {
            m_before.push_back(static_cast<std::uint32_t>(m_size));
        }
        m_size += starts_character(utf8[i]) ? 1U : 0U;
    }
}

std::size_t CodePoints::at_byte(std::size_t offset) const noexcept {
    if (offset >= m_text.size()) {
        return m_size;
    }
    std::size_t const first = offset / block * block;
    return m_before[offset / block] +
           static_cast<std::size_t>(std::count_if(m_text.begin() + static_cast<std::ptrdiff_t>(first),
                                                  m_text.begin() + static_cast<std::ptrdiff_t>(offset),
                                                  starts_character));
}

std::optional<std::size_t> CodePoints::to_byte(std::size_t index) const noexcept {
    if (index >= m_size) {
        return index == m_size ? std::optional{m_text.size()} : std::nullopt;
    }
    auto const after = std::upper_bound(m_before.begin(), m_before.end(), index);
    auto const found = static_cast<std::size_t>(after - m_before.begin()) - 1;
    std::size_t seen = m_before[found];
    for (std::size_t i = found * block; i < m_text.size(); ++i) {
        if (starts_character(m_text[i]) && seen++ == index) {
            return i;
        }
    }
    return m_text.size();
}

std::optional<std::size_t> first_invalid_utf8(std::string_view bytes) noexcept {
    std::size_t i = 0;
    while (i < bytes.size()) {
        Sequence const expected = sequence_of(static_cast<unsigned char>(bytes[i]));
        if (expected.length == 0 || i + expected.length > bytes.size()) {
            return i;
        }
        for (std::size_t k = 1; k < expected.length; ++k) {
            auto const byte = static_cast<unsigned char>(bytes[i + k]);
            bool const good =
                k == 1 ? byte >= expected.low && byte <= expected.high : (byte & 0xC0U) == 0x80U;
            if (!good) {
                return i;
            }
        }
        i += expected.length;
    }
    return std::nullopt;
}

} // namespace kharita::extract
