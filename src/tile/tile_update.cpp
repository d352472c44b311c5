#include "tile/tile_update.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/thread_pool.hpp"
#include "tile/attribute_type.hpp"
#include "tile/compression.hpp"
#include "tile/mvt_decoder.hpp"
#include "tile/point_decoder.hpp"
#include "tile/point_levels.hpp"
#include "tile/point_tile.hpp"
#include "tile/shape_update.hpp"
#include "tile/thinning.hpp"
#include "tile/tile_encoder.hpp"
#include "tile/tile_patch.hpp"

namespace kharita::tile {

namespace {

/// Key of the tile of a zoom that holds a tile of a deeper one.
std::uint64_t ancestor(TileId tile, int zoom) noexcept {
    auto const up = static_cast<unsigned>(tile.zoom - zoom);
    return hilbert_key({zoom, tile.x >> up, tile.y >> up});
}

/// The tiles of a layer that change, by zoom.
class DirtyTiles {
public:
    DirtyTiles(int minzoom, int maxzoom)
        : m_minzoom{minzoom},
          m_zooms(static_cast<std::size_t>(maxzoom - minzoom) + 1) {}

    void add(WorldPoint at) {
        TileId const last = tile_at(at, m_minzoom + static_cast<int>(m_zooms.size()) - 1);
        for (std::size_t i = m_zooms.size(); i-- > 0;) {
            if (!m_zooms[i].insert(ancestor(last, m_minzoom + static_cast<int>(i))).second) {
                return; // those above are there, too
            }
        }
    }
    bool contains(TileId tile) const {
        return m_zooms[static_cast<std::size_t>(tile.zoom - m_minzoom)].contains(hilbert_key(tile));
    }
    /// Of a zoom, in the order of their keys.
    std::vector<TileId> at(int zoom) const {
        auto const& keys = m_zooms[static_cast<std::size_t>(zoom - m_minzoom)];
        std::vector<std::uint64_t> sorted{keys.begin(), keys.end()};
        std::sort(sorted.begin(), sorted.end());
        std::vector<TileId> tiles;
        tiles.reserve(sorted.size());
        for (std::uint64_t const key : sorted) {
            tiles.push_back(tile_from_hilbert_key(key).value_or(TileId{}));
        }
        return tiles;
    }

private:
    int m_minzoom;
    std::vector<std::unordered_set<std::uint64_t>> m_zooms;
};

/// A tile that is made anew.
struct NewTile {
    std::optional<std::string> bytes; ///< compressed; empty when nothing is left of it
    std::size_t before = 0;           ///< features of the layer
};

class Update {
public:
    Update(Tileset&& previous, FeatureIndex& index, LayerBuilder& changes,
           std::span<std::uint64_t const> removed, TilesetConfig const& config, std::size_t jobs)
        : m_index{index},
          m_layer{layer_to_change(index, changes)},
          m_changes{changes},
          m_removed{removed},
          m_config{config},
          m_jobs{jobs},
          m_minzoom{changes.minzoom()},
          m_maxzoom{changes.maxzoom()},
          m_dirty{m_minzoom, m_maxzoom},
          m_deepest(static_cast<std::size_t>(m_maxzoom - m_minzoom) + 1),
          m_patch{std::move(previous), m_layer.described.id, config},
          m_shown_before(m_deepest, 0) {}

    UpdateResult run() {
        find_dirty();
        gather();
        LayerData data = m_changes.finish(m_result.tileset.rejects, m_jobs);
        if (data.types_mixed) {
            refuse_mixed();
        }
        std::vector<PointLevel> levels = choose(data);
        if (data.config.thinning) {
            intern_aggregates(data, levels);
        }
        encode(data, levels);
        count_shown(data, levels);
        renew_keys(data);
        renew_index(data);
        m_result.encoded = m_patch.assemble(m_result.tileset);
        complete_update(m_index, m_layer.described.id, m_config, m_result.tileset);
        return std::move(m_result);
    }

private:
    static FeatureIndex::Layer& layer_to_change(FeatureIndex& index, LayerBuilder const& changes) {
        FeatureIndex::Layer* const layer = index.find(changes.config().id);
        FeatureColumns const& columns = changes.columns();
        if (columns.has_multipoints || !columns.lines.empty() || !columns.rings.empty()) {
            fail<InputError>(
                "layer {} cannot be updated: a changed feature is not one point; make the archive "
                "in full",
                changes.config().id);
        }
        return *layer;
    }

    [[noreturn]] void refuse_mixed() const {
        fail<InputError>("layer {} cannot be updated: with the changes, some attribute has values of several "
                         "types; make the archive in full",
                         m_layer.described.id);
    }

    void find_dirty() {
        FeatureColumns const& columns = m_changes.columns();
        for (std::size_t i = 0; i < columns.feature_count(); ++i) {
            std::uint64_t const id = columns.ids[i];
            if (id == 0) {
                fail<InputError>("layer {}: a changed feature has id 0; ids begin with 1",
                                 m_layer.described.id);
            }
            m_dirty.add(columns.points[i].at);
            if (!m_changed.insert(id).second) {
                continue; // set aside later
            }
            auto const place = m_layer.find(id);
            ++(place ? m_result.changed : m_result.added);
            if (place) {
                m_dirty.add(m_layer.places.all()[*place]);
                m_gone.insert(id);
            }
        }
        for (std::uint64_t const id : m_removed) {
            auto const place = m_layer.find(id);
            if (place && m_gone.insert(id).second) {
                m_dirty.add(m_layer.places.all()[*place]);
                ++m_result.removed;
            }
        }
    }

    /// By name: how many features have an attribute as each type.
    using KeyCounts = std::map<std::string, std::array<std::size_t, 3>, std::less<>>;

    /// The attributes of a tile's features that go.
    void count_gone(PointTile const& points, KeyCounts& counts) const {
        std::vector<std::array<std::size_t, 3>> found(points.keys.size());
        std::size_t tag = 0;
        for (PointTile::Feature const& feature : points.features) {
            bool const goes = m_gone.contains(feature.id);
            for (; tag < feature.tags_end; ++tag) {
                auto const [key, value] = points.tags[tag];
                if (goes) {
                    ++found[key][static_cast<std::size_t>(type_of_value(points.values[value]))];
                }
            }
        }
        for (std::size_t key = 0; key < found.size(); ++key) {
            std::array<std::size_t, 3>& into = counts[std::string{points.keys[key]}];
            for (std::size_t type = 0; type < into.size(); ++type) {
                into[type] += found[key][type];
            }
        }
    }

    /// Features that remain in tiles that change, from the last zoom; and of tiles beside them, which do not
    /// change, those that they show.
    void gather() {
        std::vector<TileId> tiles = m_dirty.at(m_maxzoom);
        std::size_t const first_beside = tiles.size();
        for (int zoom = m_maxzoom - 1; zoom >= m_minzoom; --zoom) {
            for (TileId const tile : m_dirty.at(zoom)) {
                for (std::uint32_t quarter = 0; quarter < 4; ++quarter) {
                    TileId const child{zoom + 1, 2 * tile.x + quarter % 2, 2 * tile.y + quarter / 2};
                    if (!m_dirty.contains(child)) {
                        tiles.push_back(child);
                    }
                }
            }
        }
        std::size_t const tasks = std::min(4 * m_jobs, tiles.size());
        std::vector<FeatureColumns> parts(tasks, m_changes.make_columns());
        std::vector<std::vector<std::pair<std::uint64_t, int>>> beside(tasks);
        std::vector<KeyCounts> gone(tasks);
        parallel_for(tasks, m_jobs, [&](std::size_t task) {
            PointDecoder decoder{m_layer, m_changes.config(), parts[task]};
            for (std::size_t i = task; i < tiles.size(); i += tasks) {
                std::size_t const before = parts[task].feature_count();
                std::string const bytes = m_patch.previous_tile(tiles[i]);
                PointTile const points = read_points(m_patch.layer_of(bytes));
                decoder.add(points, [&](std::uint64_t id) { return m_gone.contains(id); });
                if (i < first_beside) {
                    count_gone(points, gone[task]);
                }
                for (std::size_t at = before; i >= first_beside && at < parts[task].feature_count(); ++at) {
                    beside[task].emplace_back(parts[task].ids[at], tiles[i].zoom);
                }
            }
        });
        for (std::size_t task = 0; task < tasks; ++task) {
            m_changes.append(parts[task]);
            for (auto const& [name, types] : gone[task]) {
                for (std::size_t type = 0; type < types.size(); ++type) {
                    m_gone_keys[name][type] += types[type];
                }
            }
            m_beside.insert(beside[task].begin(), beside[task].end());
        }
    }

    /// What shows of the tiles that change, by zoom.
    std::vector<PointLevel> choose(LayerData const& data) {
        std::size_t const aggregates = data.aggregate_count();
        std::vector<PointLevel> levels(m_deepest);
        std::vector<PointLevel> given(m_deepest); // of the tiles beside them
        PointLevel const all = all_points(data);
        for (std::size_t i = 0; i < all.shown.size(); ++i) {
            auto const found = m_beside.find(data.ids[data.points[i].feature]);
            PointLevel& level = found == m_beside.end()
                                    ? levels.back()
                                    : given[static_cast<std::size_t>(found->second - m_minzoom)];
            append_points(level, all, i, i + 1, aggregates);
        }
        levels.back().zoom = m_maxzoom;
        for (std::size_t i = m_deepest - 1; i-- > 0;) {
            PointLevel const deeper = merged(levels[i + 1], given[i + 1], aggregates);
            int const zoom = m_minzoom + static_cast<int>(i);
            levels[i] = data.config.thinning ? thin_level(data, deeper, zoom, m_jobs) : deeper;
            levels[i].zoom = zoom;
            m_result.tileset.note_full(data.config.id, zoom, levels[i].full_tiles);
        }
        return levels;
    }

    void encode(LayerData const& data, std::vector<PointLevel> const& levels) {
        std::map<std::uint64_t, LayerContent> contents; // also of tiles of which nothing is left
        for (int zoom = m_minzoom; zoom <= m_maxzoom; ++zoom) {
            for (TileId const tile : m_dirty.at(zoom)) {
                contents[hilbert_key(tile)] = {};
            }
        }
        for (PointTileContent const& each : tile_contents(data, levels)) {
            contents[hilbert_key(each.tile)] = each.content;
        }
        std::vector<std::pair<std::uint64_t, LayerContent>> const list{contents.begin(), contents.end()};
        std::vector<NewTile> made(list.size());
        std::size_t const tasks = std::min(m_jobs == 1 ? 1 : 4 * m_jobs, list.size());
        parallel_for(tasks, m_jobs, [&](std::size_t task) {
            TileEncoder encoder{data};
            GzipCompressor gzip;
            for (std::size_t i = task; i < list.size(); i += tasks) {
                std::string ours;
                TileId const tile = tile_from_hilbert_key(list[i].first).value_or(TileId{});
                encoder.append(tile, list[i].second, ours);
                std::string const before = m_patch.previous_tile(tile);
                made[i] = {m_patch.spliced(before, ours, gzip), count_features(m_patch.layer_of(before))};
            }
        });
        for (std::size_t i = 0; i < list.size(); ++i) {
            int const zoom = tile_from_hilbert_key(list[i].first).value_or(TileId{}).zoom;
            m_shown_before[static_cast<std::size_t>(zoom - m_minzoom)] += made[i].before;
            if (made[i].bytes) {
                m_patch.put(list[i].first, std::move(*made[i].bytes));
            }
        }
    }

    void count_shown(LayerData const& data, std::vector<PointLevel> const& levels) {
        std::size_t const features = m_layer.ids.size() - m_gone.size() + m_changed.size();
        for (LayerZoomCount& count : m_index.counts) {
            if (count.layer == m_layer.described.id) {
                auto const i = static_cast<std::size_t>(count.zoom - m_minzoom);
                if (i >= m_deepest || count.shown < m_shown_before[i]) {
                    fail<FormatError>("index: counts of layer {} are damaged", data.config.id);
                }
                count.shown = count.shown - m_shown_before[i] + levels[i].shown.size();
                count.hidden = features - count.shown;
            }
        }
    }

    FeatureIndex::Key& key_named(LayerData::Key const& wanted) {
        auto& keys = m_layer.keys;
        auto const found = std::ranges::find(keys, wanted.name, &FeatureIndex::Key::name);
        if (found != keys.end()) {
            return *found;
        }
        auto const place = std::find_if(keys.begin(), keys.end(), [&](FeatureIndex::Key const& each) {
            return each.gathered || (!each.declared && each.name > wanted.name);
        });
        return *keys.insert(place, {wanted.name, wanted.description, wanted.minzoom, false, false, {}});
    }

    /// How many features have each attribute, after the changes.
    void renew_keys(LayerData const& data) {
        for (auto const& [name, types] : m_gone_keys) {
            auto const key = std::ranges::find(m_layer.keys, name, &FeatureIndex::Key::name);
            for (std::size_t type = 0; type < types.size(); ++type) {
                if (types[type] > 0 && (key == m_layer.keys.end() || key->features[type] < types[type])) {
                    fail<FormatError>("index: attributes of layer {} are damaged", data.config.id);
                }
                if (types[type] > 0) {
                    key->features[type] -= types[type];
                }
            }
        }
        std::size_t const aggregates = data.aggregate_count();
        for (std::uint32_t feature = 0; feature < data.feature_count(); ++feature) {
            if (!m_changed.contains(data.ids[feature])) {
                continue;
            }
            for (Tag const tag : data.tags_of(feature)) {
                ++key_named(data.keys[tag.key])
                      .features[static_cast<std::size_t>(type_of_value(data.value(tag.value)))];
            }
            std::size_t gathered = m_layer.keys.size() - aggregates;
            if (data.config.thinning && !data.config.thinning->count.empty()) {
                ++m_layer.keys[gathered - 1].features[1];
            }
            for (std::size_t i = 0; i < aggregates; ++i, ++gathered) {
                m_layer.keys[gathered].features[1] +=
                    std::size_t{data.own_aggregates[feature * aggregates + i].known};
            }
        }
        std::erase_if(m_layer.keys, [](FeatureIndex::Key const& key) {
            return !key.declared && key.features == std::array<std::size_t, 3>{};
        });
        for (FeatureIndex::Key const& key : m_layer.keys) {
            if (!key.declared && std::ranges::count(key.features, std::size_t{0}) < 2) {
                refuse_mixed();
            }
        }
    }

    void renew_index(LayerData const& data) {
        std::vector<std::pair<std::uint64_t, std::uint32_t>> fresh; // id and feature
        for (std::uint32_t feature = 0; feature < data.feature_count(); ++feature) {
            if (m_changed.contains(data.ids[feature])) {
                fresh.emplace_back(data.ids[feature], feature);
            }
        }
        std::sort(fresh.begin(), fresh.end());
        std::vector<std::uint64_t> gone{m_gone.begin(), m_gone.end()};
        std::sort(gone.begin(), gone.end());
        FeatureIndex::Layer renewed;
        std::size_t const size = m_layer.ids.size() + fresh.size();
        renewed.ids.reserve(size);
        renewed.places.reserve(size);
        renewed.ranks.reserve(size);
        auto const ids = m_layer.ids.all();
        std::size_t at = 0;
        auto const keep_before = [&](std::uint64_t id) {
            auto const end =
                std::max(at, static_cast<std::size_t>(std::ranges::lower_bound(ids, id) - ids.begin()));
            renewed.ids.append(ids.subspan(at, end - at));
            renewed.places.append(m_layer.places.all().subspan(at, end - at));
            renewed.ranks.append(m_layer.ranks.all().subspan(at, end - at));
            at = end;
        };
        auto next = fresh.begin();
        auto const add_fresh = [&](std::uint64_t before) {
            for (; next != fresh.end() && next->first < before; ++next) {
                keep_before(next->first);
                renewed.ids.push_back(next->first);
                renewed.places.push_back(data.points[next->second].at);
                renewed.ranks.push_back(data.ranks[next->second]);
            }
        };
        for (std::uint64_t const id : gone) {
            add_fresh(id);
            keep_before(id);
            ++at;
        }
        add_fresh(~std::uint64_t{0});
        keep_before(~std::uint64_t{0});
        m_layer.ids = std::move(renewed.ids);
        m_layer.places = std::move(renewed.places);
        m_layer.ranks = std::move(renewed.ranks);
        m_layer.bounds = bounds_of_places(m_layer.places.all());
        renew_description(data);
    }

    void renew_description(LayerData const& data) {
        VectorLayer& described = m_layer.described;
        described.feature_count = m_layer.ids.size();
        described.fields.clear();
        for (FeatureIndex::Key const& key : m_layer.keys) {
            std::size_t const features = key.features[0] + key.features[1] + key.features[2];
            if (features == 0 || key.minzoom > m_maxzoom) {
                continue;
            }
            auto const known = std::ranges::find(data.keys, key.name, &LayerData::Key::name);
            auto const most =
                std::max_element(key.features.begin(), key.features.end()) - key.features.begin();
            std::string const type = known != data.keys.end() && known->declared
                                         ? known->type
                                         : std::string{type_name(static_cast<AttributeConfig::Type>(most))};
            described.fields.push_back({key.name, type, key.description});
        }
    }

    FeatureIndex& m_index;
    FeatureIndex::Layer& m_layer;
    LayerBuilder& m_changes;
    std::span<std::uint64_t const> m_removed;
    TilesetConfig const& m_config;
    std::size_t m_jobs;
    int m_minzoom;
    int m_maxzoom;
    DirtyTiles m_dirty;
    std::size_t m_deepest; ///< how many zooms there are
    TilePatch m_patch;
    KeyCounts m_gone_keys;
    std::vector<std::size_t> m_shown_before;     ///< by zoom: in tiles that change
    std::unordered_set<std::uint64_t> m_changed; ///< ids that have a new feature
    std::unordered_set<std::uint64_t> m_gone;    ///< ids of which the old feature goes
    std::unordered_map<std::uint64_t, int>
        m_beside; ///< zoom of the unchanged tile of which a feature was taken
    UpdateResult m_result;
};

} // namespace

UpdateResult update_tileset(Tileset previous, FeatureIndex& index, LayerBuilder& changes,
                            std::span<std::uint64_t const> removed, TilesetConfig const& config,
                            std::size_t jobs) {
    FeatureIndex::Layer const* const layer = index.find(changes.config().id);
    if (layer == nullptr) {
        fail<InputError>("layer {}: the archive has no such layer; make it in full", changes.config().id);
    }
    if (!layer->fixed.empty()) {
        fail<InputError>("layer {} cannot be updated: {}; make the archive in full", changes.config().id,
                         layer->fixed);
    }
    if (tiles_hash(previous) != index.tiles) {
        fail<InputError>("the index is not of this archive; make it in full");
    }
    if (layer->shapes) {
        return update_shapes(std::move(previous), index, changes, removed, config, jobs);
    }
    return Update{std::move(previous), index, changes, removed, config, jobs}.run();
}

} // namespace kharita::tile
