#include "tile/tile_collector.hpp"

#include <algorithm>
#include <utility>

namespace kharita::tile {

void TileCollector::add(std::uint64_t key, std::string bytes) {
    add(key, m_tileset.blobs.put(std::move(bytes)));
}

void TileCollector::add(std::uint64_t key, TileBlobs::Place const& place) {
    TileBlobs& blobs = m_tileset.blobs;
    auto const [first, last] = m_known.equal_range(place.hash);
    auto const found = std::find_if(first, last, [&](auto const& entry) {
        TileBlobs::Place const& known = blobs.place(entry.second);
        return known == place || (known.length == place.length && blobs.at(known) == blobs.at(place));
    });
    if (found != last) {
        m_tileset.entries.push_back({key, found->second});
        return;
    }
    std::uint32_t const blob = blobs.add(place);
    m_known.emplace(place.hash, blob);
    m_tileset.entries.push_back({key, blob});
}

} // namespace kharita::tile
