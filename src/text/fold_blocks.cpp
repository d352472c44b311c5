#include "text/fold_blocks.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "text/fold_kernels.hpp"
#include "text/fold_table.hpp"
#include "text/folded_text.hpp"
#include "text/utf8.hpp"

namespace kharita::text {

namespace {

/// The position of the set bit that has `rank` set bits below it: the byte by sums of bits, then bit by bit.
///
/// Source: S. Vigna, "Broadword Implementation of Rank/Select Queries", 2008.
unsigned select_bit(std::uint64_t mask, unsigned rank) noexcept {
    constexpr std::uint64_t each_byte = 0x0101'0101'0101'0101U;
    std::uint64_t sums = mask - ((mask >> 1U) & 0x5555'5555'5555'5555U);
    sums = (sums & 0x3333'3333'3333'3333U) + ((sums >> 2U) & 0x3333'3333'3333'3333U);
    sums = ((sums + (sums >> 4U)) & 0x0F0F'0F0F'0F0F'0F0FU) * each_byte; // of each byte and those below it
    std::uint64_t const below = (((rank * each_byte) | (each_byte << 7U)) - sums) & (each_byte << 7U);
    auto const place = static_cast<unsigned>((((below >> 7U) * each_byte) >> 56U) * 8U);
    rank -= static_cast<unsigned>(((sums << 8U) >> place) & 0xFFU);
    for (mask >>= place; rank > 0; --rank) {
        mask &= mask - 1;
    }
    return place + static_cast<unsigned>(std::countr_zero(mask));
}

constexpr std::size_t longest_expansion = 32; ///< of one character; the longest has 18 letters

} // namespace

void FoldedBlocks::fold(std::string_view utf8) {
    m_source_size = static_cast<std::uint32_t>(utf8.size());
    m_size = 0;
    m_blocks.clear();
    // No character has more codes than bytes, but for a ligature or two of three bytes.
    std::size_t const room = utf8.size() + padding + fold_step_size + longest_expansion;
    if (m_codes.size() < room) {
        m_codes.resize(room);
    }
    FoldKernel const kernel = fold_kernel(m_simd);
    std::array<char, 2 * fold_step_size> tail{};
    for (std::size_t at = 0; at < utf8.size();) {
        std::string_view const rest = utf8.substr(at);
        char const* source = rest.data();
        if (rest.size() <= fold_step_size) { // CR, which no step takes, stands behind the last bytes
            tail.fill('\r');
            std::copy(rest.begin(), rest.end(), tail.begin());
            source = tail.data();
        }
        if (m_codes.size() < m_size + padding + fold_step_size + longest_expansion) {
            m_codes.resize(m_codes.size() * 2);
        }
        FoldStep const step = kernel(source, m_codes.data() + m_size);
        if (step.consumed == 0) {
            fold_one(rest, static_cast<std::uint32_t>(at));
            auto const length = std::max<std::size_t>(decode(rest).length, 1);
            at += rest.starts_with("\r\n") ? 2 : length;
            continue;
        }
        m_blocks.push_back({step.mask, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(m_size)});
        m_size += step.count;
        at += step.consumed;
    }
    std::memset(m_codes.data() + m_size, 0, padding);
    note_blocks_of_codes();
}

void FoldedBlocks::fold_one(std::string_view rest, std::uint32_t at) {
    auto const [character, length] = decode(rest);
    std::string_view const codes =
        length == 0 ? std::string_view{&other_letter, 1} : folded_character(character);
    m_blocks.push_back({0, at, static_cast<std::uint32_t>(m_size)});
    std::copy(codes.begin(), codes.end(), m_codes.begin() + static_cast<std::ptrdiff_t>(m_size));
    m_size += codes.size();
}

void FoldedBlocks::note_blocks_of_codes() {
    m_block_of.clear();
    for (std::size_t block = 0; block < m_blocks.size(); ++block) {
        std::size_t const end = block + 1 < m_blocks.size() ? m_blocks[block + 1].first : m_size;
        while (m_block_of.size() * 64 < end) {
            m_block_of.push_back(static_cast<std::uint32_t>(block));
        }
    }
}

std::size_t FoldedBlocks::block_of(std::size_t code) const noexcept {
    std::size_t block = m_block_of[code / 64];
    while (block + 1 < m_blocks.size() && m_blocks[block + 1].first <= code) {
        ++block;
    }
    return block;
}

std::uint32_t FoldedBlocks::source(std::size_t code) const noexcept {
    if (code >= m_size) {
        return m_source_size;
    }
    Block const& found = m_blocks[block_of(code)];
    if (found.mask == 0) {
        return found.source;
    }
    return found.source + select_bit(found.mask, static_cast<unsigned>(code - found.first));
}

Span FoldedBlocks::source_span(std::size_t begin, std::size_t end) const noexcept {
    if (begin < end && end < m_size) {
        // A ligature belongs whole to each of its letters.
        std::size_t const block = block_of(end);
        if (m_blocks[block].mask == 0 && m_blocks[block].first < end) {
            end = block + 1 < m_blocks.size() ? m_blocks[block + 1].first : m_size;
        }
    }
    return {source(begin), source(end)};
}

} // namespace kharita::text
