#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tile/archive.hpp"
#include "tile/compression.hpp"

namespace kharita::tile {

/// The tiles of an archive made before, compressed as they were, so that those that come out the same need
/// not be compressed again: compressing is most of the work of making a tile.
class PreviousTiles {
public:
    PreviousTiles() = default;
    /// Reads all tiles; of an archive whose tiles are not gzip'd, none. Throws FormatError when it is
    /// damaged.
    explicit PreviousTiles(TileReader const& archive);

    /// The tile with this hilbert_key(), if its content is `raw`; else nothing (an empty view).
    std::string_view find(std::uint64_t key, std::string_view raw) const;

    bool is_empty() const noexcept { return m_tiles.empty(); }

private:
    std::unordered_map<std::uint64_t, std::string> m_tiles;
};

/// Compresses tiles, or takes over what a previous archive has for them. The result is the same, byte for
/// byte: an archive that another program compressed is found out by its first tile, and not used further.
/// One object a thread.
class ReusingCompressor {
public:
    /// The previous tiles must outlive it.
    explicit ReusingCompressor(PreviousTiles const& previous) : m_previous{previous} {}

    /// `raw` is empty afterwards.
    std::string compress(std::uint64_t key, std::string& raw);

    /// How many tiles were taken over.
    std::size_t reused() const noexcept { return m_reused; }

private:
    PreviousTiles const& m_previous;
    GzipCompressor m_gzip;
    std::size_t m_reused = 0;
    bool m_is_ours = true;
    bool m_checked = false;
};

} // namespace kharita::tile
