#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace kharita::gazetteer {

/// Which numbers of letters clitic_readings() (text/tokens.hpp) may take off a word's front, as bits: bit n -
/// 1 for n letters, 1 to 4. From the word's first four codes and its size, by tables and without a branch,
/// for every word of a text is asked.
class CliticSkips {
public:
    using Mask = std::uint8_t;

    CliticSkips();

    /// Four codes may be read, whatever the word's size.
    Mask of(char const* codes, std::size_t size) const noexcept {
        std::size_t front = 0;
        for (std::size_t i = 0; i < m_classes.size(); ++i) {
            front |= m_classes[i][static_cast<unsigned char>(codes[i])];
        }
        return m_masks[front] & m_fitting[size < m_fitting.size() ? size : m_fitting.size() - 1];
    }

private:
    std::array<std::array<std::uint8_t, 256>, 4> m_classes{}; ///< what the letter at each position can be
    std::array<Mask, 256> m_masks{};                          ///< by the four classes together
    std::array<Mask, 7> m_fitting{};                          ///< by size: two letters must remain
};

} // namespace kharita::gazetteer
