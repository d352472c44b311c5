#include "tile/tileset.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <numeric>
#include <tuple>
#include <utility>

#include "base/error.hpp"
#include "base/thread_pool.hpp"
#include "tile/layer_data.hpp"
#include "tile/previous_tiles.hpp"
#include "tile/tile_collector.hpp"
#include "tile/tile_encoder.hpp"
#include "tile/tiled_layer.hpp"
#include "tile/tileset_description.hpp"

namespace kharita::tile {

namespace {

using Layers = std::vector<std::unique_ptr<TiledLayer>>;

/// Encodes the tiles of some zooms at a time, in tasks of consecutive tiles.
class Encoding {
public:
    Encoding(Layers const& layers, PreviousTiles const& previous, TileBlobs& blobs, std::size_t jobs)
        : m_layers{layers},
          m_previous{previous},
          m_blobs{blobs},
          m_jobs{jobs},
          m_uses(layers.size()) {}

    /// Encodes tiles given by their parts, by tile and layer.
    void encode(std::span<TilePart const> parts) {
        m_parts = parts;
        m_places.assign(parts.size(), {});
        std::vector<Task> const tasks = find_tasks();
        std::vector<std::vector<LayerUse>> uses(tasks.size(), std::vector<LayerUse>(m_layers.size()));
        parallel_for(tasks.size(), m_jobs, [&](std::size_t i) { run(tasks[i], uses[i]); });
        for (std::vector<LayerUse> const& use : uses) {
            for (std::size_t layer = 0; layer < m_layers.size(); ++layer) {
                m_uses[layer].add(use[layer]);
            }
        }
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (m_places[i].length > 0) {
                m_tiles.emplace_back(parts[i].tile, m_places[i]);
            }
        }
    }

    std::vector<LayerUse> const& uses() const noexcept { return m_uses; }

    /// How many tiles came of the previous archive.
    std::size_t reused() const noexcept { return m_reused; }

    /// Puts all tiles into a tileset, each distinct one once.
    void add_to(Tileset& tileset) {
        std::ranges::sort(m_tiles, {}, &Tile::first);
        TileCollector collector{tileset};
        for (auto const& [key, place] : m_tiles) {
            collector.add(key, place);
        }
    }

private:
    using Tile = std::pair<std::uint64_t, TileBlobs::Place>; ///< its key first

    struct Task {
        std::size_t begin = 0; ///< into m_parts, at the first part of a tile
        std::size_t end = 0;
        std::size_t cost = 0;
    };

    /// The longest first, so that no thread is left with a long one at the end.
    std::vector<Task> find_tasks() const {
        std::size_t total = 0;
        for (TilePart const& part : m_parts) {
            total += part.cost();
        }
        std::size_t const enough = total / (16 * m_jobs) + 1;
        std::vector<Task> tasks;
        Task task;
        for (std::size_t i = 0; i < m_parts.size(); ++i) {
            task.cost += m_parts[i].cost();
            bool const ends_tile = i + 1 == m_parts.size() || m_parts[i + 1].tile != m_parts[i].tile;
            if (ends_tile && (task.cost >= enough || i + 1 == m_parts.size())) {
                task.end = i + 1;
                tasks.push_back(task);
                task = {i + 1, i + 1, 0};
            }
        }
        std::ranges::stable_sort(tasks, std::ranges::greater{}, &Task::cost);
        return tasks;
    }

    void run(Task const& task, std::vector<LayerUse>& uses) {
        std::vector<std::unique_ptr<TileEncoder>> encoders(m_layers.size());
        ReusingCompressor compressor{m_previous};
        std::string bytes;
        for (std::size_t i = task.begin; i < task.end; ++i) {
            TilePart const& part = m_parts[i];
            TileId const tile = tile_from_hilbert_key(part.tile).value_or(TileId{});
            std::unique_ptr<TileEncoder>& encoder = encoders[part.layer];
            if (!encoder) {
                encoder = std::make_unique<TileEncoder>(m_layers[part.layer]->data());
            }
            if (encoder->append(tile, part.content, bytes)) {
                LayerUse& use = uses[part.layer];
                use.minzoom = std::min(use.minzoom, tile.zoom);
                use.maxzoom = std::max(use.maxzoom, tile.zoom);
            }
            bool const ends_tile = i + 1 == task.end || m_parts[i + 1].tile != part.tile;
            if (ends_tile && !bytes.empty()) {
                m_places[i] = m_blobs.put(compressor.compress(part.tile, bytes));
            }
        }
        m_reused += compressor.reused();
        for (std::size_t layer = 0; layer < encoders.size(); ++layer) {
            if (encoders[layer]) {
                uses[layer].keys = encoders[layer]->used_keys();
            }
        }
    }

    Layers const& m_layers;
    PreviousTiles const& m_previous;
    TileBlobs& m_blobs;
    std::size_t m_jobs;
    std::span<TilePart const> m_parts;
    std::vector<TileBlobs::Place> m_places; ///< by part, at the last part of each tile
    std::vector<Tile> m_tiles;
    std::vector<LayerUse> m_uses;
    std::atomic<std::size_t> m_reused{0};
};

/// The parts of the tiles of zooms [first, last], by tile and layer; of shapes that are cut for them.
std::vector<TilePart> parts_of(Layers const& layers, int first, int last) {
    std::vector<TilePart> parts;
    for (std::uint32_t i = 0; i < layers.size(); ++i) {
        for (int zoom = first; zoom <= last; ++zoom) {
            if (layers[i]->has_zoom(zoom)) {
                layers[i]->add_parts(i, zoom, parts);
            }
        }
    }
    std::ranges::sort(parts, [](TilePart const& a, TilePart const& b) {
        return std::tie(a.tile, a.layer) < std::tie(b.tile, b.layer);
    });
    return parts;
}

std::size_t vertices_at(Layers const& layers, int zoom) {
    return std::accumulate(layers.begin(), layers.end(), std::size_t{0},
                           [&](std::size_t sum, auto const& layer) { return sum + layer->vertices(zoom); });
}

/// Encodes all zooms, from the deepest: as many at a time as together have no more vertices than the deepest.
void encode_zooms(Layers const& layers, Encoding& encoding, std::size_t jobs) {
    if (layers.empty()) {
        return;
    }
    int minzoom = layers.front()->data().minzoom;
    int last = layers.front()->data().maxzoom;
    for (auto const& layer : layers) {
        minzoom = std::min(minzoom, layer->data().minzoom);
        last = std::max(last, layer->data().maxzoom);
    }
    std::size_t const most = vertices_at(layers, last);
    while (last >= minzoom) {
        int first = last;
        std::size_t sum = vertices_at(layers, first);
        while (first > minzoom && sum + vertices_at(layers, first - 1) <= most) {
            sum += vertices_at(layers, --first);
        }
        for (auto const& layer : layers) {
            layer->cut(first, last, jobs);
        }
        encoding.encode(parts_of(layers, first, last));
        last = first - 1;
    }
}

void count_features(Tileset& tileset, Layers const& layers) {
    for (auto const& layer : layers) {
        LayerData const& data = layer->data();
        for (int zoom = data.minzoom; zoom <= data.maxzoom; ++zoom) {
            std::size_t const shown = layer->shown(zoom);
            tileset.metadata.counts.push_back({data.config.id, zoom, shown, data.feature_count() - shown});
            tileset.note_full(data.config.id, zoom, layer->full_tiles(zoom));
        }
    }
}

} // namespace

void Tileset::note_full(std::string const& layer, int zoom, std::size_t tiles) {
    if (tiles == 0) {
        return;
    }
    auto found = std::ranges::find(full, layer, &FullTiles::layer);
    if (found == full.end()) {
        found = full.insert(full.end(), {layer, zoom, zoom, 0});
    }
    found->minzoom = std::min(found->minzoom, zoom);
    found->maxzoom = std::max(found->maxzoom, zoom);
    found->tiles += tiles;
}

Tileset build_tileset(std::span<FeatureLayer const> layers, TilesetConfig const& config, std::size_t jobs) {
    for (FeatureLayer const& input : layers) {
        if (config.find_source(input.name) == nullptr) {
            fail<InputError>(R"(tileset: no layer is made from "{}"; name it in the configuration)",
                             input.name);
        }
    }
    Rejects rejects;
    std::vector<LayerData> prepared;
    for (LayerConfig const& each : config.layers) {
        auto const input = std::find_if(layers.begin(), layers.end(),
                                        [&](FeatureLayer const& layer) { return layer.name == each.source; });
        if (input != layers.end() && !input->features.empty()) {
            prepared.push_back(prepare_layer(*input, each, config, rejects));
        }
    }
    Tileset tileset = build_tileset(std::move(prepared), config, PreviousTiles{}, jobs);
    tileset.rejects = std::move(rejects);
    return tileset;
}

Tileset build_tileset(std::vector<LayerData> layers, TilesetConfig const& config,
                      PreviousTiles const& previous, std::size_t jobs, TileBlobs store) {
    Tileset tileset;
    tileset.blobs = std::move(store);
    Layers tiled;
    tiled.reserve(layers.size());
    for (LayerData& layer : layers) {
        tiled.push_back(std::make_unique<TiledLayer>(std::move(layer), config.buffer, jobs));
    }
    Encoding encoding{tiled, previous, tileset.blobs, jobs};
    encode_zooms(tiled, encoding, jobs);
    encoding.add_to(tileset);
    tileset.reused = encoding.reused();
    Extent bounds;
    for (std::size_t i = 0; i < tiled.size(); ++i) {
        bounds.add(tiled[i]->data().bounds);
        if (encoding.uses()[i].maxzoom >= 0) {
            tileset.metadata.layers.push_back(describe(tiled[i]->data(), encoding.uses()[i]));
        }
    }
    complete_description(tileset.metadata, config, bounds);
    count_features(tileset, tiled);
    return tileset;
}

} // namespace kharita::tile
