#include "tile/large_points.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "base/thread_pool.hpp"
#include "tile/attribute_type.hpp"
#include "tile/compression.hpp"
#include "tile/mvt_decoder.hpp"
#include "tile/mvt_encoder.hpp"
#include "tile/point_levels.hpp"
#include "tile/point_runs.hpp"
#include "tile/point_tile.hpp"
#include "tile/thinning.hpp"
#include "tile/tile_collector.hpp"
#include "tile/tile_encoder.hpp"
#include "tile/tileset_description.hpp"

namespace kharita::tile {

namespace {

constexpr std::size_t max_tile_bytes = std::size_t{1} << 30U;

/// Makes one layer, chunk by chunk.
class LargePoints {
public:
    LargePoints(LargeLayer layer, TilesetConfig const& config, std::size_t chunk, std::size_t jobs,
                TileBlobs store)
        : m_large{std::move(layer)},
          m_config{config},
          m_chunk{chunk},
          m_jobs{jobs},
          m_reader{m_large.runs->read()},
          m_zooms(static_cast<std::size_t>(m_large.layer.maxzoom - m_large.layer.minzoom) + 1),
          m_carried(m_zooms),
          m_shown(m_zooms, 0),
          m_features{m_large.runs->size()} {
        m_tileset.blobs = std::move(store);
        m_use.keys.resize(m_large.layer.keys.size(), false);
    }

    Tileset run() {
        m_record = m_reader->next();
        while (m_record != nullptr) {
            make_chunk();
        }
        m_data = {};
        std::ranges::sort(m_tiles, {}, &std::pair<std::uint64_t, TileBlobs::Place>::first);
        Tileset& tileset = m_tileset;
        TileCollector collector{tileset};
        for (auto const& [key, place] : m_tiles) {
            collector.add(key, place);
        }
        m_use.minzoom = m_large.layer.minzoom;
        m_use.maxzoom = m_large.layer.maxzoom;
        VectorLayer described = describe(m_large.layer, m_use);
        described.geometry = "Point";
        described.feature_count = m_features;
        tileset.metadata.layers.push_back(std::move(described));
        for (std::size_t i = 0; i < m_zooms; ++i) {
            tileset.metadata.counts.push_back({m_large.layer.config.id,
                                               m_large.layer.minzoom + static_cast<int>(i), m_shown[i],
                                               m_features - m_shown[i]});
        }
        complete_description(tileset.metadata, m_config, m_large.layer.bounds);
        return std::move(m_tileset);
    }

private:
    /// A layer with the keys of all, and no features.
    LayerData empty_layer() const {
        LayerData data;
        data.config = m_large.layer.config;
        data.minzoom = m_large.layer.minzoom;
        data.maxzoom = m_large.layer.maxzoom;
        data.keys = m_large.layer.keys;
        data.tag_begin.push_back(0);
        return data;
    }

    static void add_feature(LayerData& data, std::uint64_t id, double rank, WorldPoint at,
                            std::uint32_t count, std::span<Aggregate const> aggregates) {
        data.points.push_back({at, static_cast<std::uint32_t>(data.ids.size()), true});
        data.ids.push_back(id);
        data.ranks.push_back(rank);
        data.tag_begin.push_back(data.tags.size());
        if (data.config.thinning) {
            data.own_counts.push_back(count);
            data.own_aggregates.insert(data.own_aggregates.end(), aggregates.begin(), aggregates.end());
        }
    }

    void add_record(LayerData& data, PointRecord const& record) {
        auto const first = static_cast<std::ptrdiff_t>(data.tags.size());
        for (auto const& [key, value] : record.tags) {
            if (m_large.new_key[key] == LargeLayer::no_key) {
                continue;
            }
            std::uint32_t number = 0;
            if (m_large.to_text[key]) {
                Value const decoded = decode_value(value);
                number =
                    data.values.add(encode_value(converted(view_of(decoded), AttributeConfig::Type::text)));
            } else {
                number = data.values.add(value);
            }
            data.tags.push_back({m_large.new_key[key], number});
        }
        sort_tags(data.tags, first);
        add_feature(data, record.id, record.rank, record.at, record.count, record.aggregates);
    }

    /// What the last chunk left for tiles that go on in this one: points by zoom, in the new layer.
    std::vector<PointLevel> take_over(LayerData& data) {
        struct Left {
            std::uint32_t item = 0;
            std::size_t zoom = 0;
            std::size_t place = 0;
        };
        std::vector<Left> left;
        for (std::size_t zoom = 0; zoom < m_zooms; ++zoom) {
            for (std::size_t i = 0; i < m_carried[zoom].shown.size(); ++i) {
                left.push_back({m_carried[zoom].shown[i].item, zoom, i});
            }
        }
        std::sort(left.begin(), left.end(), [](Left const& a, Left const& b) { return a.item < b.item; });
        std::vector<PointLevel> given(m_zooms);
        std::size_t const aggregates = m_large.layer.aggregate_count();
        for (Left const& each : left) {
            PointLevel const& from = m_carried[each.zoom];
            PointItem const& item = m_data.points[each.item];
            for (Tag const tag : m_data.tags_of(item.feature)) {
                data.tags.push_back({tag.key, data.values.add(m_data.value(tag.value))});
            }
            auto const number = static_cast<std::uint32_t>(data.points.size());
            add_feature(data, m_data.ids[item.feature], m_data.ranks[item.feature], item.at,
                        from.shown[each.place].count,
                        std::span{from.aggregates}.subspan(each.place * aggregates, aggregates));
            append_points(given[each.zoom], from, each.place, each.place + 1, aggregates);
            given[each.zoom].shown.back().item = number;
        }
        return given;
    }

    void make_chunk() {
        LayerData data = empty_layer();
        std::vector<PointLevel> const given = take_over(data);
        std::size_t const first = data.points.size();
        std::optional<TileId> last;
        while (m_record != nullptr) {
            TileId const tile = tile_at(m_record->at, data.maxzoom);
            if (last && *last != tile && data.points.size() - first >= m_chunk) {
                break;
            }
            last = tile;
            add_record(data, *m_record);
            m_record = m_reader->next();
        }
        m_data = std::move(data);
        std::vector<PointLevel> levels = choose(given, first);
        if (m_data.config.thinning) {
            intern_aggregates(m_data, levels);
        }
        encode(levels);
    }

    /// The points of the tiles that end in this chunk, by zoom; those of others are carried over.
    std::vector<PointLevel> choose(std::vector<PointLevel> const& given, std::size_t first) {
        std::size_t const aggregates = m_data.aggregate_count();
        std::vector<PointLevel> levels(m_zooms);
        PointLevel const all = all_points(m_data);
        append_points(levels.back(), all, first, all.shown.size(), aggregates);
        levels.back().zoom = m_data.maxzoom;
        for (std::size_t i = m_zooms - 1; i-- > 0;) {
            int const zoom = m_data.minzoom + static_cast<int>(i);
            PointLevel const deeper = merged(levels[i + 1], given[i + 1], aggregates);
            std::size_t const end = m_record == nullptr ? deeper.shown.size() : open_from(deeper, zoom);
            PointLevel whole;
            append_points(whole, deeper, 0, end, aggregates);
            m_carried[i + 1] = {};
            append_points(m_carried[i + 1], deeper, end, deeper.shown.size(), aggregates);
            levels[i] = m_data.config.thinning ? thin_level(m_data, whole, zoom, m_jobs) : std::move(whole);
            levels[i].zoom = zoom;
        }
        for (std::size_t i = 0; i < m_zooms; ++i) {
            m_shown[i] += levels[i].shown.size();
            m_tileset.note_full(m_data.config.id, levels[i].zoom, levels[i].full_tiles);
        }
        return levels;
    }

    /// Where the points of the tile begin that goes on in the next chunk.
    std::size_t open_from(PointLevel const& level, int zoom) const {
        TileId const open = tile_at(m_record->at, zoom);
        std::size_t end = level.shown.size();
        while (end > 0 && tile_at(m_data.points[level.shown[end - 1].item].at, zoom) == open) {
            --end;
        }
        return end;
    }

    void encode(std::vector<PointLevel> const& levels) {
        std::vector<PointTileContent> const contents = tile_contents(m_data, levels);
        std::size_t const begin = m_tiles.size();
        m_tiles.resize(begin + contents.size());
        std::size_t const tasks = std::min(4 * m_jobs, contents.size());
        std::vector<std::vector<bool>> used(tasks);
        parallel_for(tasks, m_jobs, [&](std::size_t task) {
            TileEncoder encoder{m_data};
            GzipCompressor gzip;
            std::string bytes;
            for (std::size_t i = task; i < contents.size(); i += tasks) {
                bytes.clear();
                encoder.append(contents[i].tile, contents[i].content, bytes);
                m_tiles[begin + i] = {hilbert_key(contents[i].tile),
                                      m_tileset.blobs.put(gzip.compress(bytes))};
            }
            used[task] = encoder.used_keys();
        });
        for (std::vector<bool> const& keys : used) {
            m_use.add({keys, m_data.minzoom, m_data.maxzoom});
        }
    }

    LargeLayer m_large;
    TilesetConfig const& m_config;
    std::size_t m_chunk;
    std::size_t m_jobs;
    std::unique_ptr<PointRuns::Reader> m_reader;
    PointRecord const* m_record = nullptr; ///< the next; null at the end
    std::size_t m_zooms;
    LayerData m_data;                  ///< the chunk
    std::vector<PointLevel> m_carried; ///< by zoom: of m_data, what goes on in the next chunk
    std::vector<std::size_t> m_shown;  ///< by zoom
    std::size_t m_features;
    LayerUse m_use;
    Tileset m_tileset;
    std::vector<std::pair<std::uint64_t, TileBlobs::Place>> m_tiles;
};

} // namespace

Tileset tile_large_points(LargeLayer layer, TilesetConfig const& config, std::size_t chunk, std::size_t jobs,
                          TileBlobs store) {
    return LargePoints{std::move(layer), config, chunk, jobs, std::move(store)}.run();
}

Tileset joined_layers(std::span<Tileset const> tilesets, TilesetConfig const& config, Extent const& bounds,
                      TileBlobs store) {
    Tileset all;
    all.blobs = std::move(store);
    std::map<std::string, std::size_t, std::less<>> order;
    for (std::size_t i = 0; i < config.layers.size(); ++i) {
        order.emplace(config.layers[i].id, i);
    }
    struct Part {
        TileBlobs const* blobs = nullptr;
        std::uint32_t blob = 0;
    };
    std::map<std::uint64_t, std::vector<Part>> tiles;
    for (Tileset const& each : tilesets) {
        for (Tileset::Entry const& entry : each.entries) {
            tiles[entry.key].push_back({&each.blobs, entry.blob});
        }
        all.metadata.layers.insert(all.metadata.layers.end(), each.metadata.layers.begin(),
                                   each.metadata.layers.end());
        all.metadata.counts.insert(all.metadata.counts.end(), each.metadata.counts.begin(),
                                   each.metadata.counts.end());
        all.reused += each.reused;
        all.full.insert(all.full.end(), each.full.begin(), each.full.end());
    }
    std::ranges::stable_sort(all.metadata.layers, {},
                             [&](VectorLayer const& each) { return order[each.id]; });
    std::ranges::stable_sort(all.metadata.counts, {},
                             [&](LayerZoomCount const& each) { return order[each.layer]; });
    complete_description(all.metadata, config, bounds);
    TileCollector collector{all};
    GzipCompressor gzip;
    for (auto const& [key, parts] : tiles) {
        if (parts.size() == 1) {
            collector.add(key, (*parts.front().blobs)[parts.front().blob]);
            continue;
        }
        std::vector<std::string> raw;
        raw.reserve(parts.size());
        std::vector<RawLayer> layers;
        for (Part const& part : parts) {
            raw.push_back(gunzip((*part.blobs)[part.blob], max_tile_bytes));
            std::vector<RawLayer> const found = raw_layers(raw.back());
            layers.insert(layers.end(), found.begin(), found.end());
        }
        std::ranges::stable_sort(layers, {},
                                 [&](RawLayer const& each) { return order.find(each.name)->second; });
        std::string bytes;
        for (RawLayer const& layer : layers) {
            append_layer(layer.bytes, bytes);
        }
        collector.add(key, gzip.compress(bytes));
    }
    return all;
}

} // namespace kharita::tile
