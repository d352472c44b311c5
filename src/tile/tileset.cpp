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
#include "tile/shape_levels.hpp"
#include "tile/thinning.hpp"
#include "tile/tile_collector.hpp"
#include "tile/tile_encoder.hpp"
#include "tile/tileset_description.hpp"

namespace kharita::tile {

namespace {

/// A layer with what shows of it at each zoom.
struct TiledLayer {
    LayerData data;
    std::vector<PointLevel> point_levels; ///< by zoom from data.minzoom; of layers not thinned, one for all
    std::vector<ShapeLevel> line_levels;  ///< by zoom from data.minzoom; empty when there are no lines
    std::vector<ShapeLevel> ring_levels;
    std::vector<std::size_t> shown; ///< features, by zoom from data.minzoom

    std::size_t zoom_count() const noexcept {
        return static_cast<std::size_t>(data.maxzoom - data.minzoom) + 1;
    }
    PointLevel const& points_at(std::size_t zoom_index) const noexcept {
        return point_levels[point_levels.size() == 1 ? 0 : zoom_index];
    }
};

/// A layer's part in a tile.
struct TilePart {
    std::uint64_t tile = 0; ///< hilbert_key()
    std::uint32_t layer = 0;
    LayerContent content;

    std::size_t cost() const noexcept {
        std::size_t cost = 4 * content.points.size();
        for (std::span<ShapePiece const> const pieces : {content.lines, content.rings}) {
            for (ShapePiece const& piece : pieces) {
                cost += piece.end - piece.begin;
            }
        }
        return cost + 1;
    }
};

std::size_t distinct_features(LayerData const& layer, PointLevel const& level) {
    if (!layer.has_multipoints) {
        return level.shown.size();
    }
    std::vector<bool> seen(layer.feature_count(), false);
    for (ShownPoint const& point : level.shown) {
        seen[layer.points[point.item].feature] = true;
    }
    return static_cast<std::size_t>(std::count(seen.begin(), seen.end(), true));
}

void prepare_points(TiledLayer& layer, std::size_t jobs) {
    if (layer.data.config.thinning) {
        layer.point_levels = thin_points(layer.data, jobs);
        if (layer.data.is_single_points()) {
            intern_aggregates(layer.data, layer.point_levels);
        }
    } else {
        layer.point_levels.push_back(all_points(layer.data));
    }
    for (std::size_t i = 0; i < layer.zoom_count(); ++i) {
        layer.shown[i] += distinct_features(layer.data, layer.points_at(i));
    }
}

std::vector<ShapeLevel> cut_shapes(TiledLayer& layer, PathKind kind, int buffer, std::size_t jobs) {
    Shapes const shapes{layer.data, kind, jobs};
    std::size_t const zooms = layer.zoom_count();
    std::vector<std::size_t> const ranges = shapes.ranges(4 * jobs);
    std::size_t const parts = ranges.size() - 1;
    std::vector<std::vector<std::uint32_t>> owners(zooms);
    std::vector<Shapes::Kept> kept(zooms);
    std::vector<std::vector<ShapeLevel>> cut(zooms, std::vector<ShapeLevel>(parts));
    for (std::size_t i = 0; i < zooms; ++i) {
        owners[i] = shapes.owners(layer.data.minzoom + static_cast<int>(i));
        std::vector<bool> seen(layer.data.feature_count(), false);
        for (std::uint32_t const owner : owners[i]) {
            if (owner != Shapes::nobody) {
                seen[owner] = true;
            }
        }
        layer.shown[i] += static_cast<std::size_t>(std::count(seen.begin(), seen.end(), true));
    }
    parallel_for(zooms, jobs, [&](std::size_t i) {
        std::size_t const zoom = zooms - 1 - i; // the deepest have most to do
        kept[zoom] = shapes.kept(layer.data.minzoom + static_cast<int>(zoom));
    });
    parallel_for(zooms * parts, jobs, [&](std::size_t task) {
        std::size_t const zoom = zooms - 1 - task / parts;
        std::size_t const part = task % parts;
        shapes.cut(layer.data.minzoom + static_cast<int>(zoom), buffer, owners[zoom], kept[zoom],
                   ranges[part], ranges[part + 1], cut[zoom][part]);
    });
    std::vector<ShapeLevel> levels(zooms);
    parallel_for(zooms, jobs, [&](std::size_t i) { levels[i] = joined(std::move(cut[i])); });
    return levels;
}

/// Calls `visit(tile key, pieces)` for each tile of a level.
template <typename Visit>
void for_each_tile(ShapeLevel const& level, Visit const& visit) {
    std::span<ShapePiece const> const pieces = level.pieces;
    for (std::size_t begin = 0, end = 0; begin < pieces.size(); begin = end) {
        while (end < pieces.size() && pieces[end].tile == pieces[begin].tile) {
            ++end;
        }
        visit(pieces[begin].tile, pieces.subspan(begin, end - begin));
    }
}

void add_parts(TiledLayer const& layer, std::uint32_t index, std::size_t zoom_index,
               std::vector<TilePart>& parts) {
    std::size_t const begin = parts.size();
    if (!layer.data.points.empty()) {
        int const zoom = layer.data.minzoom + static_cast<int>(zoom_index);
        PointLevel const& level = layer.points_at(zoom_index);
        std::size_t const aggregates = layer.data.aggregate_count();
        std::size_t const gathered = level.values.empty() ? 0 : level.values.size() / level.shown.size();
        std::vector<std::size_t> const bounds = tile_bounds(layer.data, level, zoom);
        for (std::size_t i = 0; i + 1 < bounds.size(); ++i) {
            std::size_t const count = bounds[i + 1] - bounds[i];
            TilePart part{
                hilbert_key(tile_at(layer.data.points[level.shown[bounds[i]].item].at, zoom)), index, {}};
            part.content.points = std::span{level.shown}.subspan(bounds[i], count);
            if (gathered > 0) {
                part.content.values = std::span{level.values}.subspan(bounds[i] * gathered, count * gathered);
            } else {
                part.content.aggregates =
                    std::span{level.aggregates}.subspan(bounds[i] * aggregates, count * aggregates);
            }
            parts.push_back(part);
        }
    }
    if (!layer.line_levels.empty()) {
        ShapeLevel const& level = layer.line_levels[zoom_index];
        for_each_tile(level, [&](std::uint64_t tile, std::span<ShapePiece const> pieces) {
            TilePart part{tile, index, {}};
            part.content.line_level = &level;
            part.content.lines = pieces;
            parts.push_back(part);
        });
    }
    if (!layer.ring_levels.empty()) {
        ShapeLevel const& level = layer.ring_levels[zoom_index];
        for_each_tile(level, [&](std::uint64_t tile, std::span<ShapePiece const> pieces) {
            TilePart part{tile, index, {}};
            part.content.ring_level = &level;
            part.content.rings = pieces;
            parts.push_back(part);
        });
    }
    std::stable_sort(parts.begin() + static_cast<std::ptrdiff_t>(begin), parts.end(),
                     [](TilePart const& a, TilePart const& b) { return a.tile < b.tile; });
}

/// Points, lines and rings of one layer in one tile, as one part.
void merge_same_tile(std::vector<TilePart>& parts) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        bool const same = i > 0 && kept > 0 && parts[kept - 1].tile == parts[i].tile &&
                          parts[kept - 1].layer == parts[i].layer;
        if (!same) {
            parts[kept++] = parts[i];
            continue;
        }
        LayerContent& into = parts[kept - 1].content;
        LayerContent const& from = parts[i].content;
        if (from.line_level != nullptr) {
            into.line_level = from.line_level;
            into.lines = from.lines;
        }
        if (from.ring_level != nullptr) {
            into.ring_level = from.ring_level;
            into.rings = from.rings;
        }
    }
    parts.resize(kept);
}

/// Encodes all tiles, in tasks of consecutive tiles.
class Encoding {
public:
    Encoding(std::vector<TiledLayer> const& layers, std::vector<TilePart> const& parts,
             PreviousTiles const& previous, TileBlobs& blobs, std::size_t jobs)
        : m_layers{layers},
          m_parts{parts},
          m_previous{previous},
          m_blobs{blobs} {
        find_tasks(jobs);
        m_encoded.resize(m_parts.size());
        std::vector<std::vector<LayerUse>> uses(m_tasks.size(), std::vector<LayerUse>(layers.size()));
        // The longest first, so that no thread is left with a long one at the end.
        std::vector<std::size_t> order(m_tasks.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return m_tasks[a].cost > m_tasks[b].cost; });
        parallel_for(order.size(), jobs, [&](std::size_t i) { run(m_tasks[order[i]], uses[order[i]]); });
        m_uses.resize(layers.size());
        for (std::vector<LayerUse> const& use : uses) {
            for (std::size_t layer = 0; layer < layers.size(); ++layer) {
                m_uses[layer].add(use[layer]);
            }
        }
    }

    std::vector<LayerUse> const& uses() const noexcept { return m_uses; }

    /// How many tiles came of the previous archive.
    std::size_t reused() const noexcept { return m_reused; }

    /// Puts the tiles into a tileset, each distinct one once.
    void add_to(Tileset& tileset) const {
        TileCollector collector{tileset};
        for (std::size_t i = 0; i < m_parts.size(); ++i) {
            if (m_encoded[i].length > 0) {
                collector.add(m_parts[i].tile, m_encoded[i]);
            }
        }
    }

private:
    struct Task {
        std::size_t begin = 0; ///< into m_parts, at the first part of a tile
        std::size_t end = 0;
        std::size_t cost = 0;
    };

    void find_tasks(std::size_t jobs) {
        std::size_t total = 0;
        for (TilePart const& part : m_parts) {
            total += part.cost();
        }
        std::size_t const enough = total / (16 * jobs) + 1;
        Task task;
        for (std::size_t i = 0; i < m_parts.size(); ++i) {
            task.cost += m_parts[i].cost();
            bool const ends_tile = i + 1 == m_parts.size() || m_parts[i + 1].tile != m_parts[i].tile;
            if (ends_tile && (task.cost >= enough || i + 1 == m_parts.size())) {
                task.end = i + 1;
                m_tasks.push_back(task);
                task = {i + 1, i + 1, 0};
            }
        }
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
                encoder = std::make_unique<TileEncoder>(m_layers[part.layer].data);
            }
            if (encoder->append(tile, part.content, bytes)) {
                LayerUse& use = uses[part.layer];
                use.minzoom = std::min(use.minzoom, tile.zoom);
                use.maxzoom = std::max(use.maxzoom, tile.zoom);
            }
            bool const ends_tile = i + 1 == task.end || m_parts[i + 1].tile != part.tile;
            if (ends_tile && !bytes.empty()) {
                m_encoded[i] = m_blobs.put(compressor.compress(part.tile, bytes));
                bytes.clear();
            }
        }
        m_reused += compressor.reused();
        for (std::size_t layer = 0; layer < encoders.size(); ++layer) {
            if (encoders[layer]) {
                uses[layer].keys = encoders[layer]->used_keys();
            }
        }
    }

    std::vector<TiledLayer> const& m_layers;
    std::vector<TilePart> const& m_parts;
    PreviousTiles const& m_previous;
    TileBlobs& m_blobs;
    std::vector<Task> m_tasks;
    std::vector<TileBlobs::Place> m_encoded; ///< by part, at the last part of each tile
    std::vector<LayerUse> m_uses;
    std::atomic<std::size_t> m_reused{0};
};

void count_features(Tileset& tileset, std::vector<TiledLayer> const& layers) {
    for (TiledLayer const& layer : layers) {
        for (std::size_t i = 0; i < layer.zoom_count(); ++i) {
            tileset.metadata.counts.push_back({layer.data.config.id, layer.data.minzoom + static_cast<int>(i),
                                               layer.shown[i], layer.data.feature_count() - layer.shown[i]});
        }
    }
}

std::vector<TiledLayer> prepare(std::vector<LayerData> inputs, TilesetConfig const& config,
                                std::size_t jobs) {
    std::vector<TiledLayer> layers;
    for (LayerData& input : inputs) {
        TiledLayer layer{std::move(input), {}, {}, {}, {}};
        layer.shown.assign(layer.zoom_count(), 0);
        if (!layer.data.points.empty()) {
            prepare_points(layer, jobs);
        }
        if (!layer.data.lines.empty()) {
            layer.line_levels = cut_shapes(layer, PathKind::line, config.buffer, jobs);
        }
        if (!layer.data.rings.empty()) {
            layer.ring_levels = cut_shapes(layer, PathKind::ring, config.buffer, jobs);
        }
        layers.push_back(std::move(layer));
    }
    return layers;
}

} // namespace

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
    std::vector<TiledLayer> const tiled = prepare(std::move(layers), config, jobs);
    std::vector<TilePart> parts;
    for (std::uint32_t i = 0; i < tiled.size(); ++i) {
        for (std::size_t zoom = 0; zoom < tiled[i].zoom_count(); ++zoom) {
            add_parts(tiled[i], i, zoom, parts);
        }
    }
    std::stable_sort(parts.begin(), parts.end(), [](TilePart const& a, TilePart const& b) {
        return std::tie(a.tile, a.layer) < std::tie(b.tile, b.layer);
    });
    merge_same_tile(parts);
    Encoding encoding{tiled, parts, previous, tileset.blobs, jobs};
    tileset.reused = encoding.reused();
    encoding.add_to(tileset);
    Extent bounds;
    for (std::size_t i = 0; i < tiled.size(); ++i) {
        bounds.add(tiled[i].data.bounds);
        if (encoding.uses()[i].maxzoom >= 0) {
            tileset.metadata.layers.push_back(describe(tiled[i].data, encoding.uses()[i]));
        }
    }
    complete_description(tileset.metadata, config, bounds);
    count_features(tileset, tiled);
    return tileset;
}

} // namespace kharita::tile
