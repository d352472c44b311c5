#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "tile/tile_blobs.hpp"
#include "tile/tileset.hpp"

namespace kharita::tile {

/// Puts compressed tiles into a tileset, each distinct one once. They come in the order of their keys.
class TileCollector {
public:
    /// The tileset must outlive it, and have no tiles yet.
    explicit TileCollector(Tileset& tileset) : m_tileset{tileset} {}

    void add(std::uint64_t key, std::string bytes);
    /// A tile whose bytes the tileset's blobs hold already.
    void add(std::uint64_t key, TileBlobs::Place const& place);

private:
    Tileset& m_tileset;
    std::unordered_multimap<std::uint64_t, std::uint32_t> m_known; ///< blobs by hash
};

} // namespace kharita::tile
