#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "tile/compression.hpp"
#include "tile/tile_id.hpp"
#include "tile/tileset.hpp"
#include "tile/tileset_config.hpp"

namespace kharita::tile {

/// A tileset of which one layer is exchanged in some tiles; the others are taken over as they are.
class TilePatch {
public:
    /// Throws InputError when another version of the library that compresses tiles made the tileset, which
    /// the smallest tile tells: its bytes are then not what would be made now.
    TilePatch(Tileset previous, std::string layer, TilesetConfig const& config);

    /// A tile as it was, not compressed; empty when there was none. Throws FormatError when it is damaged.
    std::string previous_tile(TileId tile) const;
    /// Our layer of a tile; empty when it has none.
    std::string_view layer_of(std::string_view tile) const;
    /// A tile compressed, with our layer exchanged; nothing when it is as it was. `ours` is a tile that has
    /// no other layer, or nothing; the answer is empty when nothing is left.
    std::optional<std::string> spliced(std::string_view before, std::string_view ours,
                                       GzipCompressor& gzip) const;

    /// Puts a tile in the place of the one that was there; an empty one takes it away.
    void put(std::uint64_t key, std::string bytes) { m_made.insert_or_assign(key, std::move(bytes)); }
    /// Fills a tileset with all tiles; answers how many were put and are not empty. The object is empty
    /// afterwards.
    std::size_t assemble(Tileset& tileset);

private:
    void check_compression() const;
    std::size_t order_of(std::string_view layer) const;

    Tileset m_previous;
    std::string m_layer;
    std::map<std::string, std::size_t, std::less<>> m_layer_order;
    std::map<std::uint64_t, std::string> m_made; ///< by key
};

} // namespace kharita::tile
