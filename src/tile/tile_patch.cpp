#include "tile/tile_patch.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "tile/point_tile.hpp"
#include "tile/tile_collector.hpp"

namespace kharita::tile {

namespace {

constexpr std::size_t max_tile_bytes = std::size_t{1} << 30U;

} // namespace

TilePatch::TilePatch(Tileset previous, std::string layer, TilesetConfig const& config)
    : m_previous{std::move(previous)},
      m_layer{std::move(layer)} {
    for (std::size_t i = 0; i < config.layers.size(); ++i) {
        m_layer_order.emplace(config.layers[i].id, i);
    }
    check_compression();
}

void TilePatch::check_compression() const {
    TileBlobs const& blobs = m_previous.blobs;
    std::uint32_t smallest = 0;
    for (std::uint32_t blob = 1; blob < blobs.size(); ++blob) {
        smallest = blobs.place(blob).length < blobs.place(smallest).length ? blob : smallest;
    }
    if (blobs.size() > 0 &&
        GzipCompressor{}.compress(gunzip(blobs[smallest], max_tile_bytes)) != blobs[smallest]) {
        fail<InputError>("its tiles were compressed by another version; make the archive in full");
    }
}

std::string TilePatch::previous_tile(TileId tile) const {
    std::uint64_t const key = hilbert_key(tile);
    auto const found = std::lower_bound(
        m_previous.entries.begin(), m_previous.entries.end(), key,
        [](Tileset::Entry const& entry, std::uint64_t wanted) { return entry.key < wanted; });
    return found != m_previous.entries.end() && found->key == key
               ? gunzip(m_previous.blobs[found->blob], max_tile_bytes)
               : std::string{};
}

std::string_view TilePatch::layer_of(std::string_view tile) const {
    for (RawLayer const& layer : raw_layers(tile)) {
        if (layer.name == m_layer) {
            return layer.bytes;
        }
    }
    return {};
}

std::size_t TilePatch::order_of(std::string_view layer) const {
    auto const found = m_layer_order.find(layer);
    return found == m_layer_order.end() ? m_layer_order.size() : found->second;
}

std::optional<std::string> TilePatch::spliced(std::string_view before, std::string_view ours,
                                              GzipCompressor& gzip) const {
    std::string bytes;
    bool done = false;
    std::size_t const order = order_of(m_layer);
    for (RawLayer const& layer : raw_layers(before)) {
        bool const is_ours = layer.name == m_layer;
        if (!done && (is_ours || order_of(layer.name) > order)) {
            bytes += ours;
            done = true;
        }
        if (!is_ours) {
            append_layer(layer.bytes, bytes);
        }
    }
    if (!done) {
        bytes += ours;
    }
    if (bytes == before) {
        return std::nullopt;
    }
    return bytes.empty() ? std::string{} : gzip.compress(bytes);
}

std::size_t TilePatch::assemble(Tileset& tileset) {
    tileset.blobs = m_previous.blobs.without_numbers();
    TileCollector collector{tileset};
    std::size_t count = 0;
    auto next = m_made.begin();
    auto const add_made = [&](std::uint64_t before) {
        for (; next != m_made.end() && next->first < before; ++next) {
            if (!next->second.empty()) {
                collector.add(next->first, std::move(next->second));
                ++count;
            }
        }
    };
    for (Tileset::Entry const& entry : m_previous.entries) {
        add_made(entry.key);
        if (next == m_made.end() || next->first != entry.key) {
            collector.add(entry.key, m_previous.blobs.place(entry.blob));
        }
    }
    add_made(~std::uint64_t{0});
    m_made.clear();
    return count;
}

} // namespace kharita::tile
