#include "tile/previous_tiles.hpp"

#include "tile/mvt_decoder.hpp"

namespace kharita::tile {

namespace {

/// The size of its content that a gzip member states in its last four bytes.
std::size_t stated_size(std::string_view bytes) noexcept {
    std::size_t size = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        size = size << 8U | static_cast<unsigned char>(bytes[bytes.size() - 1 - i]);
    }
    return size;
}

} // namespace

PreviousTiles::PreviousTiles(TileReader const& archive) {
    if (archive.compression() == Compression::gzip) {
        archive.for_each(
            [&](TileId tile, std::string_view bytes) { m_tiles.emplace(hilbert_key(tile), bytes); });
    }
}

std::string_view PreviousTiles::find(std::uint64_t key, std::string_view raw) const {
    constexpr std::size_t smallest = 18; // header and trailer of a gzip member
    auto const found = m_tiles.find(key);
    if (found == m_tiles.end() || found->second.size() < smallest ||
        stated_size(found->second) != raw.size()) {
        return {};
    }
    try {
        return gunzip(found->second, raw.size()) == raw ? std::string_view{found->second}
                                                        : std::string_view{};
    } catch (FormatError const&) { // damaged: made anew
        return {};
    }
}

std::string ReusingCompressor::compress(std::uint64_t key, std::string& raw) {
    std::string_view const known =
        m_is_ours && !m_previous.is_empty() ? m_previous.find(key, raw) : std::string_view{};
    if (known.empty()) {
        return m_gzip.compress_away(raw);
    }
    if (!m_checked) {
        m_checked = true;
        std::string ours = m_gzip.compress_away(raw);
        m_is_ours = ours == known;
        m_reused += m_is_ours ? 1 : 0;
        return ours;
    }
    ++m_reused;
    raw.clear();
    return std::string{known};
}

} // namespace kharita::tile
