#include "model/code_points.hpp"

#include <algorithm>

namespace kharita {

namespace {

constexpr std::size_t block = 64;

constexpr bool starts_character(char byte) noexcept {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
}

} // namespace

CodePoints::CodePoints(std::string_view utf8) : m_text{utf8} {
    m_before.reserve(utf8.size() / block + 1);
    for (std::size_t i = 0; i < utf8.size(); i += block) {
        m_before.push_back(static_cast<std::uint32_t>(m_size));
        std::string_view const part = utf8.substr(i, block);
        m_size += static_cast<std::size_t>(std::count_if(part.begin(), part.end(), starts_character));
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

} // namespace kharita
