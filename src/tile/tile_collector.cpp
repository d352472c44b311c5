#include "tile/tile_collector.hpp"

#include <algorithm>
#include <utility>

#include "base/hash.hpp"

namespace kharita::tile {

void TileCollector::add(std::uint64_t key, std::string bytes) {
    std::uint64_t const hash = xxh3(bytes);
    auto const [first, last] = m_known.equal_range(hash);
    auto const found =
        std::find_if(first, last, [&](auto const& entry) { return m_tileset.blobs[entry.second] == bytes; });
    if (found != last) {
        m_tileset.entries.push_back({key, found->second});
        return;
    }
    auto const blob = static_cast<std::uint32_t>(m_tileset.blobs.size());
    m_known.emplace(hash, blob);
    m_tileset.blobs.push_back(std::move(bytes));
    m_tileset.entries.push_back({key, blob});
}

} // namespace kharita::tile
