#include "tile/thinning.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <limits>
#include <string>
#include <utility>

#include "base/thread_pool.hpp"
#include "tile/mvt_encoder.hpp"

namespace kharita::tile {

namespace {

/// Sum of two counts; the greatest number there is, when it is more.
std::uint32_t joined_count(std::uint32_t a, std::uint32_t b) noexcept {
    return a + std::min(b, std::numeric_limits<std::uint32_t>::max() - a);
}

/// A well mixed function of an id (the finaliser of SplitMix64).
std::uint64_t mixed(std::uint64_t id) noexcept {
    id += 0x9e37'79b9'7f4a'7c15U;
    id = (id ^ id >> 30U) * 0xbf58'476d'1ce4'e5b9U;
    id = (id ^ id >> 27U) * 0x94d0'49bb'1331'11ebU;
    return id ^ id >> 31U;
}

constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();

/// Chooses the points of one zoom, tile by tile. One object a task: it holds scratch memory.
class Selector {
public:
    Selector(LayerData const& layer, int zoom)
        : m_layer{layer},
          m_thinning{*layer.config.thinning},
          m_zoom{zoom},
          m_cell_zoom{std::min(zoom + std::countr_zero(static_cast<unsigned>(m_thinning.cells_per_side)),
                               z_order_bits)},
          m_value_seen(layer.values.size(), 0) {}

    /// Chooses among the points [begin, end) of the deeper level, all of one tile, and appends to `level`.
    void select(PointLevel const& deeper, std::size_t begin, std::size_t end, PointLevel& level) {
        find_winners(deeper, begin, end);
        level.full_tiles += std::size_t{drop_what_is_too_much(deeper, begin)};
        give_owners_to_empty_cells();
        gather(deeper, begin, level);
    }

private:
    struct Candidate {
        double rank = 0;
        std::uint64_t tie = 0;
        std::uint32_t place = 0; ///< in the tile

        bool comes_before(Candidate const& other) const noexcept {
            if (rank != other.rank) {
                return rank > other.rank;
            }
            return tie != other.tie ? tie < other.tie : place < other.place;
        }
    };

    /// The point of highest rank in each cell. Points of one cell follow one another, since they are sorted
    /// along the curve: cells are runs.
    void find_winners(PointLevel const& deeper, std::size_t begin, std::size_t end) {
        m_cell_of.clear();
        m_winners.clear();
        auto const shift = static_cast<unsigned>(world_bits - m_cell_zoom);
        WorldPoint last{-1, -1};
        for (std::size_t i = begin; i < end; ++i) {
            PointItem const& item = m_layer.points[deeper.shown[i].item];
            WorldPoint const cell{std::min(item.at.x, world_size - 1) >> shift,
                                  std::min(item.at.y, world_size - 1) >> shift};
            Candidate const candidate{m_layer.ranks[item.feature], mixed(m_layer.ids[item.feature]),
                                      static_cast<std::uint32_t>(i - begin)};
            if (cell != last) {
                m_winners.push_back(candidate);
                last = cell;
            } else if (candidate.comes_before(m_winners.back())) {
                m_winners.back() = candidate;
            }
            m_cell_of.push_back(static_cast<std::uint32_t>(m_winners.size() - 1));
        }
    }

    /// An upper bound of what a feature adds to the layer's bytes, given those taken before it.
    std::size_t cost(std::uint32_t feature) {
        constexpr std::size_t frame = 24; // field heads, id, type and one position
        constexpr std::size_t number = 8; // a count or sum: tag and value
        std::size_t bytes = frame + number * (1 + m_layer.aggregate_count());
        for (Tag const tag : m_layer.tags_of(feature)) {
            if (m_layer.keys[tag.key].minzoom > m_zoom) {
                continue;
            }
            bytes += 4;
            bool const single = (tag.value & single_value) != 0;
            if (single || m_value_seen[tag.value] != m_epoch) {
                bytes += 4 + m_layer.value(tag.value).size();
            }
            if (!single) {
                m_value_seen[tag.value] = m_epoch;
            }
        }
        return bytes;
    }

    /// Where the winners are more than a tile may show, only those of highest rank show; answers whether they
    /// are.
    bool drop_what_is_too_much(PointLevel const& deeper, std::size_t begin) {
        m_owner.clear();
        std::size_t bytes = 0;
        ++m_epoch;
        for (Candidate const& winner : m_winners) {
            m_owner.push_back(winner.place);
            bytes += cost(m_layer.points[deeper.shown[begin + winner.place].item].feature);
        }
        if (m_winners.size() <= m_thinning.max_features && bytes <= m_thinning.max_bytes) {
            return false;
        }
        std::sort(m_winners.begin(), m_winners.end(),
                  [](Candidate const& a, Candidate const& b) { return a.comes_before(b); });
        m_owner.assign(m_owner.size(), nobody);
        ++m_epoch;
        std::size_t taken = 0;
        bytes = 0;
        for (Candidate const& winner : m_winners) {
            bytes += cost(m_layer.points[deeper.shown[begin + winner.place].item].feature);
            if (taken > 0 && (taken == m_thinning.max_features || bytes > m_thinning.max_bytes)) {
                break; // full: nothing of lower rank may show either
            }
            m_owner[m_cell_of[winner.place]] = winner.place;
            ++taken;
        }
        return true;
    }

    /// In a full tile, points of a cell that shows none are counted to the nearest along the curve.
    void give_owners_to_empty_cells() {
        std::uint32_t last = nobody;
        m_distance.assign(m_owner.size(), nobody);
        m_lender = m_owner;
        for (std::uint32_t cell = 0, since = 0; cell < m_owner.size(); ++cell, ++since) {
            if (m_owner[cell] != nobody) {
                last = m_owner[cell];
                since = 0;
            } else if (last != nobody) {
                m_lender[cell] = last;
                m_distance[cell] = since;
            }
        }
        last = nobody;
        for (std::size_t cell = m_owner.size(), since = 0; cell-- > 0; ++since) {
            if (m_owner[cell] != nobody) {
                last = m_owner[cell];
                since = 0;
            } else if (last != nobody && since < m_distance[cell]) {
                m_lender[cell] = last;
            }
        }
    }

    void gather(PointLevel const& deeper, std::size_t begin, PointLevel& level) {
        std::size_t const aggregates = m_layer.aggregate_count();
        m_new_place.assign(m_cell_of.size(), nobody);
        for (std::uint32_t i = 0; i < m_cell_of.size(); ++i) {
            if (m_owner[m_cell_of[i]] == i) {
                m_new_place[i] = static_cast<std::uint32_t>(level.shown.size());
                level.shown.push_back({deeper.shown[begin + i].item, 0});
            }
        }
        level.aggregates.resize(level.shown.size() * aggregates);
        for (std::size_t i = 0; i < m_cell_of.size(); ++i) {
            std::size_t const place = m_new_place[m_lender[m_cell_of[i]]];
            level.shown[place].count = joined_count(level.shown[place].count, deeper.shown[begin + i].count);
            for (std::size_t k = 0; k < aggregates; ++k) {
                level.aggregates[place * aggregates + k].add(deeper.aggregates[(begin + i) * aggregates + k]);
            }
        }
    }

    LayerData const& m_layer;
    Thinning const& m_thinning;
    int m_zoom;
    int m_cell_zoom;                         ///< cells are the world cut into 2^m_cell_zoom columns
    std::vector<std::uint32_t> m_value_seen; ///< by value: the last tile that held it
    std::uint32_t m_epoch = 0;
    std::vector<std::uint32_t> m_cell_of; ///< by place in the tile
    std::vector<std::uint32_t> m_owner;   ///< by cell: place of the point that shows
    std::vector<std::uint32_t> m_lender;  ///< the same, with neighbours' points for cells without one
    std::vector<std::uint32_t> m_distance;
    std::vector<std::uint32_t> m_new_place;
    std::vector<Candidate> m_winners; ///< by cell; sorted by rank where they are too many
};

} // namespace

std::vector<std::size_t> tile_bounds(LayerData const& layer, PointLevel const& level, int zoom) {
    std::vector<std::size_t> bounds;
    TileId last{-1, 0, 0};
    for (std::size_t i = 0; i < level.shown.size(); ++i) {
        TileId const tile = tile_at(layer.points[level.shown[i].item].at, zoom);
        if (tile != last) {
            bounds.push_back(i);
            last = tile;
        }
    }
    bounds.push_back(level.shown.size());
    return bounds;
}

PointLevel all_points(LayerData const& layer) {
    PointLevel level{layer.maxzoom, {}, {}, {}, 0};
    std::size_t const aggregates = layer.aggregate_count();
    level.shown.reserve(layer.points.size());
    level.aggregates.reserve(layer.points.size() * aggregates);
    for (std::uint32_t i = 0; i < layer.points.size(); ++i) {
        PointItem const& item = layer.points[i];
        level.shown.push_back({i, item.counts && layer.config.thinning ? layer.own_counts[item.feature] : 0});
        for (std::size_t k = 0; k < aggregates; ++k) {
            level.aggregates.push_back(item.counts ? layer.own_aggregates[item.feature * aggregates + k]
                                                   : Aggregate{});
        }
    }
    return level;
}

PointLevel thin_level(LayerData const& layer, PointLevel const& deeper, int zoom, std::size_t jobs) {
    std::vector<std::size_t> const bounds = tile_bounds(layer, deeper, zoom);
    std::size_t const tiles = bounds.size() - 1;
    std::size_t const tasks = std::min(tiles, 4 * jobs);
    std::vector<PointLevel> parts(tasks);
    parallel_for(tasks, jobs, [&](std::size_t task) {
        Selector selector{layer, zoom};
        for (std::size_t tile = tiles * task / tasks; tile < tiles * (task + 1) / tasks; ++tile) {
            selector.select(deeper, bounds[tile], bounds[tile + 1], parts[task]);
        }
    });
    PointLevel level{zoom, {}, {}, {}, 0};
    for (PointLevel const& part : parts) {
        level.shown.insert(level.shown.end(), part.shown.begin(), part.shown.end());
        level.aggregates.insert(level.aggregates.end(), part.aggregates.begin(), part.aggregates.end());
        level.full_tiles += part.full_tiles;
    }
    return level;
}

std::vector<PointLevel> thin_points(LayerData const& layer, std::size_t jobs) {
    assert(layer.config.thinning);
    std::vector<PointLevel> levels;
    levels.push_back(all_points(layer));
    for (int zoom = layer.maxzoom - 1; zoom >= layer.minzoom; --zoom) {
        levels.push_back(thin_level(layer, levels.back(), zoom, jobs));
    }
    std::reverse(levels.begin(), levels.end());
    return levels;
}

void intern_aggregates(LayerData& layer, std::vector<PointLevel>& levels) {
    assert(layer.config.thinning);
    std::size_t const aggregates = layer.aggregate_count();
    bool const has_count = !layer.config.thinning->count.empty();
    std::vector<std::uint32_t> small(4096, no_value); // numbers of the whole numbers most often met
    auto const number_of = [&](Value const& value) {
        auto const* const whole = std::get_if<std::int64_t>(&value);
        bool const is_small = whole != nullptr && *whole >= 0 && *whole < std::ssize(small);
        if (is_small && small[static_cast<std::size_t>(*whole)] != no_value) {
            return small[static_cast<std::size_t>(*whole)];
        }
        std::string const bytes = encode_value(value);
        std::uint32_t const number = bytes.empty() ? no_value : layer.values.add(bytes);
        if (is_small) {
            small[static_cast<std::size_t>(*whole)] = number;
        }
        return number;
    };
    for (PointLevel& level : levels) {
        level.values.reserve(level.shown.size() * (aggregates + (has_count ? 1 : 0)));
        for (std::size_t i = 0; i < level.shown.size(); ++i) {
            if (has_count) {
                level.values.push_back(number_of(std::int64_t{level.shown[i].count}));
            }
            for (std::size_t k = 0; k < aggregates; ++k) {
                level.values.push_back(number_of(level.aggregates[i * aggregates + k].value()));
            }
        }
        level.aggregates = std::vector<Aggregate>{}; // `= {}` would keep the memory
    }
}

} // namespace kharita::tile
