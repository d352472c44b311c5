#include "tile/shape_update.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/thread_pool.hpp"
#include "tile/arc_update.hpp"
#include "tile/mvt_decoder.hpp"
#include "tile/path_facts.hpp"
#include "tile/point_tile.hpp"
#include "tile/shape_changes.hpp"
#include "tile/shape_levels.hpp"
#include "tile/shape_pieces.hpp"
#include "tile/shape_record.hpp"
#include "tile/slicer.hpp"
#include "tile/tile_encoder.hpp"
#include "tile/tile_patch.hpp"
#include "tile/tileset_description.hpp"

namespace kharita::tile {

namespace {

/// The features of a layer before and after.
class ShapeUpdate {
public:
    ShapeUpdate(Tileset&& previous, FeatureIndex& index, LayerBuilder& changes,
                std::span<std::uint64_t const> removed, TilesetConfig const& config, std::size_t jobs)
        : m_index{index},
          m_layer{*index.find(changes.config().id)},
          m_before{*m_layer.shapes},
          m_config{config},
          m_jobs{jobs},
          m_zooms{static_cast<std::size_t>(changes.maxzoom() - changes.minzoom()) + 1},
          m_patch{std::move(previous), changes.config().id, config},
          m_features{compare_shapes(m_before, changes, removed, jobs)},
          m_tiles(m_zooms),
          m_touched(m_zooms),
          m_shown(m_zooms, 0) {}

    UpdateResult run() {
        m_result.added = m_features.added;
        m_result.changed = m_features.changed;
        m_result.removed = m_features.removed;
        m_result.tileset.rejects = std::move(m_features.rejects);
        m_takes_over = m_before.paths[1].paths.empty() && m_features.data.rings.empty();
        for (std::size_t kind = 0; kind < path_kinds.size(); ++kind) {
            update_arcs(kind);
        }
        find_tiles();
        encode();
        renew_index();
        return std::move(m_result);
    }

private:
    std::vector<std::uint32_t> coverage_numbers() const {
        if (m_before.coverage_names.empty()) {
            return {0};
        }
        std::vector<std::uint32_t> numbers;
        for (std::string const& name : m_before.coverage_names) {
            auto const found = std::ranges::find(m_features.data.coverage_names, name);
            numbers.push_back(
                found == m_features.data.coverage_names.end()
                    ? ArcUpdate::no_coverage
                    : static_cast<std::uint32_t>(found - m_features.data.coverage_names.begin()));
        }
        return numbers;
    }

    void update_arcs(std::size_t kind) {
        PathRecord& record = m_before.paths[kind];
        std::vector<std::uint32_t> first(m_before.ids.size() + 1, 0); // path of each feature
        for (PathFacts const& path : record.paths) {
            ++first[path.feature + 1];
        }
        for (std::size_t i = 0; i < m_before.ids.size(); ++i) {
            first[i + 1] += first[i];
        }
        std::vector<Path> const& paths =
            path_kinds[kind] == PathKind::line ? m_features.data.lines : m_features.data.rings;
        std::vector<ChangedPath> changed;
        std::vector<std::uint32_t>& counterpart = m_counterpart[kind];
        std::uint32_t place = 0; // among the paths of the feature
        for (std::size_t i = 0; i < paths.size(); ++i) {
            Path const& path = paths[i];
            place = i > 0 && paths[i - 1].feature == path.feature ? place + 1 : 0;
            std::uint32_t const old = m_features.number_before[path.feature];
            bool const was = old != no_feature && place < first[old + 1] - first[old];
            counterpart.push_back(was ? first[old] + place : no_feature);
            ChangedPath& each = changed.emplace_back();
            each.before = was ? std::optional{counterpart.back()} : std::nullopt;
            if (was && !m_features.goes[old]) {
                each.is_kept = true;
                each.facts = record.paths[counterpart.back()];
                each.facts.feature = path.feature;
                each.facts.polygon = path.polygon;
                each.facts.coverage = m_features.data.coverages[path.feature];
            } else {
                each.vertices =
                    std::span{m_features.data.vertices}.subspan(path.begin, path.end - path.begin);
                each.facts = facts_of(path, m_features.data.coverages[path.feature], m_features.data.vertices,
                                      path_kinds[kind]);
            }
            m_box.add(each.facts.box);
        }
        m_arcs[kind].emplace(std::move(record), path_kinds[kind],
                             m_takes_over ? ArcUpdate::Shows::changed : ArcUpdate::Shows::all, changed,
                             coverage_numbers());
    }

    int zoom_of(std::size_t index) const noexcept {
        return m_features.data.minzoom + static_cast<int>(index);
    }

    double tolerance_of(std::size_t index) const noexcept {
        return tolerance_at(m_features.data.config, zoom_of(index), m_features.data.maxzoom);
    }

    std::vector<std::uint32_t> owners(std::size_t kind, std::span<PathFacts const> paths,
                                      std::span<double const> ranks, std::size_t index) const {
        return path_owners(paths, ranks, m_features.data.config, path_kinds[kind], zoom_of(index),
                           m_features.data.maxzoom);
    }

    /// The tiles that change.
    void find_tiles() {
        std::size_t const kinds = path_kinds.size();
        std::vector<TileKeys> found(kinds * m_zooms);
        std::vector<std::size_t> shown(kinds * m_zooms);
        parallel_for(kinds * m_zooms, m_jobs, [&](std::size_t task) {
            std::size_t const zoom = m_zooms - 1 - task / kinds; // the deepest have most to do
            find_tiles(task % kinds, zoom, found[task], shown[task]);
        });
        for (std::size_t task = 0; task < found.size(); ++task) {
            std::size_t const zoom = m_zooms - 1 - task / kinds;
            m_tiles[zoom].merge(found[task]);
            m_shown[zoom] += shown[task];
        }
    }

    void find_tiles(std::size_t kind, std::size_t zoom, TileKeys& tiles, std::size_t& shown) {
        ArcUpdate& arcs = *m_arcs[kind];
        arcs.simplify(zoom, tolerance_of(zoom));
        PathRecord const& before = arcs.before();
        PathRecord const& after = arcs.after();
        std::vector<std::uint32_t> const owned = owners(kind, before.paths, m_before.ranks, zoom);
        std::vector<std::uint32_t> const owns = owners(kind, after.paths, m_features.data.ranks, zoom);
        shown = count_owners(owns, m_features.data.feature_count());
        Slicer slicer{zoom_of(zoom), m_config.buffer, small_paths_at(zoom_of(zoom), m_features.data.maxzoom)};
        ArcLevel level_before{before, after, arcs.blocks(), path_kinds[kind], zoom, tolerance_of(zoom)};
        ArcLevel level_after{after, after, arcs.blocks(), path_kinds[kind], zoom, tolerance_of(zoom)};
        auto const add_all = [&](ArcLevel& level, std::size_t path) {
            level.slice(path, slicer,
                        [&](TileId tile, std::span<SubPoint const>) { tiles.insert(hilbert_key(tile)); });
        };
        if (m_takes_over && path_kinds[kind] == PathKind::line) {
            m_touched[zoom] = m_features.says_other;
        }
        std::vector<bool> met(before.paths.size(), false);
        for (std::size_t path = 0; path < after.paths.size(); ++path) {
            std::uint32_t const old = m_counterpart[kind][path];
            std::uint32_t const owner = owns[path];
            std::uint32_t const owner_before = old == no_feature ? no_owner : owned[old];
            if (old != no_feature) {
                met[old] = true;
            }
            std::uint32_t const same_before = owner == no_owner ? no_owner : m_features.number_before[owner];
            bool const other =
                owner_before != same_before || (owner != no_owner && m_features.says_other[owner]);
            if (!other && (owner == no_owner || !arcs.is_touched(path, zoom))) {
                continue;
            }
            if (other) {
                if (owner_before != no_owner) {
                    add_all(level_before, old);
                }
                if (owner != no_owner) {
                    add_all(level_after, path);
                }
            } else {
                if (m_takes_over) {
                    m_touched[zoom][after.paths[path].feature] = true;
                }
                add_differences(level_before.vertices(old), level_after.vertices(path), path_kinds[kind],
                                slicer, tiles);
            }
        }
        for (std::size_t path = 0; path < before.paths.size(); ++path) {
            if (!met[path] && owned[path] != no_owner) {
                add_all(level_before, path);
            }
        }
    }

    /// Whether a feature is put into tiles anew, and not taken over from the tile before. Lines do not depend
    /// on each other there; areas do.
    bool is_made(std::uint32_t feature, std::size_t zoom) const {
        std::uint32_t const old = m_features.number_before[feature];
        return !m_takes_over || old == no_feature || m_features.goes[old] || m_touched[zoom][feature];
    }

    /// The number of a feature that a tile had, or no_feature.
    std::uint32_t number_after(std::uint64_t id) const {
        auto const old = m_features.old.find(id);
        if (old == m_features.old.end()) {
            fail<FormatError>("a tile has a feature that the index does not know");
        }
        return m_features.number_after[old->second];
    }

    /// The lines of a tile as it was that remain as they are.
    std::vector<EncodedLine> lines_taken_over(std::string_view layer_before, std::size_t zoom) const {
        std::vector<EncodedLine> lines;
        for (BareFeature const& each :
             m_takes_over ? bare_features(layer_before) : std::vector<BareFeature>{}) {
            std::uint32_t const feature = number_after(each.id);
            if (feature != no_feature && !is_made(feature, zoom)) {
                lines.push_back({feature, each.geometry});
            }
        }
        std::ranges::sort(lines, {}, &EncodedLine::feature);
        return lines;
    }

    /// A tile with our layer as it was but for the geometry of lines; nothing where more than that changes.
    std::string with_other_lines(TileId tile, std::size_t zoom, std::string_view layer_before,
                                 LayerContent const& content, TileEncoder& encoder) const {
        if (!m_takes_over || layer_before.empty()) {
            return {};
        }
        std::vector<std::uint32_t> features; // in the order of the tile
        std::size_t to_be_made = 0;
        for (BareFeature const& each : bare_features(layer_before)) {
            std::uint32_t const feature = number_after(each.id);
            bool const follows = features.empty() || (feature != no_feature && features.back() < feature);
            if (feature == no_feature || m_features.says_other[feature] || !follows) {
                return {};
            }
            features.push_back(feature);
            to_be_made += std::size_t{is_made(feature, zoom)};
        }
        std::vector<LineGeometry> const lines = encoder.line_geometries(tile, content);
        std::vector<std::string_view> geometries(features.size());
        for (LineGeometry const& line : lines) {
            auto const place = std::ranges::lower_bound(features, line.feature);
            if (place == features.end() || *place != line.feature) {
                return {};
            }
            geometries[static_cast<std::size_t>(place - features.begin())] = line.bytes;
        }
        std::string bytes;
        if (lines.size() == to_be_made) {
            append_layer(with_geometries(layer_before, geometries), bytes);
        }
        return bytes;
    }

    /// What the tiles that change have of one kind of paths; of lines, those that are not taken over.
    ShapeLevel content_of(std::size_t kind, std::size_t zoom) const {
        PathRecord const& after = m_arcs[kind]->after();
        std::vector<std::uint32_t> const owns = owners(kind, after.paths, m_features.data.ranks, zoom);
        TilesOfZoom const tiles{m_tiles[zoom], zoom_of(zoom), m_config.buffer};
        Slicer slicer{zoom_of(zoom), m_config.buffer, small_paths_at(zoom_of(zoom), m_features.data.maxzoom)};
        ArcLevel level{after, after, m_arcs[kind]->blocks(), path_kinds[kind], zoom, tolerance_of(zoom)};
        level.look_at(tiles.columns());
        slicer.look_at(tiles.first(), tiles.last());
        std::vector<ShapePart> content(1);
        for (std::uint32_t path = 0; path < after.paths.size(); ++path) {
            if (owns[path] == no_owner || !is_made(after.paths[path].feature, zoom) ||
                !tiles.meets(after.paths[path].box)) {
                continue;
            }
            level.slice(path, slicer, [&](TileId tile, std::span<SubPoint const> piece) {
                std::uint64_t const key = hilbert_key(tile);
                if (m_tiles[zoom].contains(key)) {
                    content[0].add(key, owns[path], path, piece);
                }
            });
        }
        content[0].sort();
        return joined(std::move(content));
    }

    static std::span<ShapePiece const> of_tile(ShapeLevel const& level, std::uint64_t key) {
        auto const by_tile = [](ShapePiece const& a, ShapePiece const& b) { return a.tile < b.tile; };
        auto const [begin, end] = std::equal_range(level.pieces.begin(), level.pieces.end(),
                                                   ShapePiece{key, 0, 0, 0, 0, 0}, by_tile);
        return {begin, end};
    }

    /// A tile made again.
    struct Made {
        std::optional<std::string> bytes;
        std::vector<std::string> keys_before; ///< where they may be others afterwards
        std::vector<std::string> keys_after;
        int layers = 0; ///< one more or fewer than before
    };

    Made make(TileId tile, std::size_t zoom, LayerContent& content, TileEncoder& encoder,
              GzipCompressor& gzip) const {
        Made made;
        std::string const before = m_patch.previous_tile(tile);
        std::string_view const layer_before = m_patch.layer_of(before);
        std::string ours = with_other_lines(tile, zoom, layer_before, content, encoder);
        if (ours.empty()) {
            std::vector<EncodedLine> const encoded = lines_taken_over(layer_before, zoom);
            content.encoded_lines = encoded;
            encoder.append(tile, content, ours);
            made.keys_before = layer_keys(layer_before);
            made.keys_after = layer_keys(m_patch.layer_of(ours));
            made.layers = static_cast<int>(!ours.empty()) - static_cast<int>(!layer_before.empty());
        }
        made.bytes = m_patch.spliced(before, ours, gzip);
        return made;
    }

    void encode() {
        std::size_t const kinds = path_kinds.size();
        std::vector<ShapeLevel> levels(kinds * m_zooms);
        parallel_for(levels.size(), m_jobs, [&](std::size_t task) {
            std::size_t const zoom = m_zooms - 1 - task / kinds;
            if (!m_tiles[zoom].empty()) {
                levels[kinds * zoom + task % kinds] = content_of(task % kinds, zoom);
            }
        });
        std::vector<std::pair<std::size_t, std::uint64_t>> list; // zoom and key
        for (std::size_t zoom = 0; zoom < m_zooms; ++zoom) {
            for (std::uint64_t const key : m_tiles[zoom]) {
                list.emplace_back(zoom, key);
            }
        }
        std::sort(list.begin(), list.end());
        std::vector<Made> made(list.size());
        std::size_t const tasks = std::min(m_jobs == 1 ? 1 : 4 * m_jobs, list.size());
        parallel_for(tasks, m_jobs, [&](std::size_t task) {
            TileEncoder encoder{m_features.data};
            GzipCompressor gzip;
            for (std::size_t i = task; i < list.size(); i += tasks) {
                auto const [zoom, key] = list[i];
                LayerContent content;
                content.line_level = &levels[kinds * zoom];
                content.lines = of_tile(levels[kinds * zoom], key);
                content.ring_level = &levels[kinds * zoom + 1];
                content.rings = of_tile(levels[kinds * zoom + 1], key);
                made[i] = make(tile_from_hilbert_key(key).value_or(TileId{}), zoom, content, encoder, gzip);
            }
        });
        for (std::size_t i = 0; i < list.size(); ++i) {
            for (std::string& key : made[i].keys_before) {
                --m_key_tiles[std::move(key)];
            }
            for (std::string& key : made[i].keys_after) {
                ++m_key_tiles[std::move(key)];
            }
            m_zoom_tiles[list[i].first] += made[i].layers;
            if (made[i].bytes) {
                m_patch.put(list[i].second, std::move(*made[i].bytes));
            }
        }
    }

    /// A number of tiles after the changes.
    static std::uint64_t changed_count(std::uint64_t before, std::int64_t change) {
        std::int64_t const after = static_cast<std::int64_t>(before) + change;
        if (after < 0) {
            fail<FormatError>("index: numbers of tiles are damaged");
        }
        return static_cast<std::uint64_t>(after);
    }

    /// How many tiles have each attribute and the layer; what follows for the layer's description.
    void renew_counts(ShapeRecord& record) {
        LayerUse use;
        for (std::size_t key = 0; key < record.keys.size(); ++key) {
            auto const old = std::ranges::find(m_before.keys, record.keys[key]);
            std::uint64_t const before =
                old == m_before.keys.end()
                    ? 0
                    : m_before.key_tiles[static_cast<std::size_t>(old - m_before.keys.begin())];
            record.key_tiles[key] = changed_count(before, m_key_tiles[record.keys[key]]);
            use.keys.push_back(record.key_tiles[key] > 0);
        }
        for (std::size_t zoom = 0; zoom < m_zooms; ++zoom) {
            record.zoom_tiles[zoom] = changed_count(m_before.zoom_tiles[zoom], m_zoom_tiles[zoom]);
            if (record.zoom_tiles[zoom] > 0) {
                use.minzoom = std::min(use.minzoom, zoom_of(zoom));
                use.maxzoom = std::max(use.maxzoom, zoom_of(zoom));
            }
        }
        m_layer.described = describe(m_features.data, use);
        for (LayerZoomCount& count : m_index.counts) {
            if (count.layer == m_layer.described.id) {
                auto const zoom = static_cast<std::size_t>(count.zoom - m_features.data.minzoom);
                if (zoom >= m_zooms) {
                    fail<FormatError>("index: counts of layer {} are damaged", count.layer);
                }
                count.shown = m_shown[zoom];
                count.hidden = m_features.data.feature_count() - count.shown;
            }
        }
    }

    void renew_index() {
        ShapeRecord record;
        record_features(m_features.data, record);
        renew_counts(record);
        for (std::size_t kind = 0; kind < path_kinds.size(); ++kind) {
            record.paths[kind] = m_arcs[kind]->take();
        }
        m_layer.bounds = m_box.is_empty() ? Extent{} : extent_of(from_grid(m_box));
        m_layer.shapes = std::move(record);
        m_result.encoded = m_patch.assemble(m_result.tileset);
        complete_update(m_index, m_layer.described.id, m_config, m_result.tileset);
    }

    FeatureIndex& m_index;
    FeatureIndex::Layer& m_layer;
    ShapeRecord& m_before;
    TilesetConfig const& m_config;
    std::size_t m_jobs;
    std::size_t m_zooms;
    TilePatch m_patch;
    ShapeChanges m_features;
    bool m_takes_over = false;                               ///< only lines: see is_made()
    std::array<std::vector<std::uint32_t>, 2> m_counterpart; ///< by path: the same of its feature before
    std::array<std::optional<ArcUpdate>, 2> m_arcs;
    GridBox m_box;
    std::vector<TileKeys> m_tiles; ///< by zoom: those that change
    std::vector<std::vector<bool>>
        m_touched; ///< by zoom and feature: whether a line of it is other than before
    std::vector<std::size_t> m_shown;
    std::unordered_map<std::string, std::int64_t> m_key_tiles; ///< more or fewer than before
    std::unordered_map<std::size_t, std::int64_t> m_zoom_tiles;
    UpdateResult m_result;
};

} // namespace

UpdateResult update_shapes(Tileset previous, FeatureIndex& index, LayerBuilder& changes,
                           std::span<std::uint64_t const> removed, TilesetConfig const& config,
                           std::size_t jobs) {
    return ShapeUpdate{std::move(previous), index, changes, removed, config, jobs}.run();
}

} // namespace kharita::tile
