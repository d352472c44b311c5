#include "tile/layer_data.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "tile/layer_finisher.hpp"

namespace kharita::tile {

namespace {

constexpr std::uint64_t id_mask = (std::uint64_t{1} << 53U) - 1;

/// Bits of x spread out to the even places of the result.
std::uint64_t spread(std::uint32_t x) noexcept {
    std::uint64_t bits = x;
    bits = (bits | bits << 16U) & 0x0000'ffff'0000'ffffU;
    bits = (bits | bits << 8U) & 0x00ff'00ff'00ff'00ffU;
    bits = (bits | bits << 4U) & 0x0f0f'0f0f'0f0f'0f0fU;
    bits = (bits | bits << 2U) & 0x3333'3333'3333'3333U;
    return (bits | bits << 1U) & 0x5555'5555'5555'5555U;
}

} // namespace

void sort_tags(std::vector<Tag>& tags, std::ptrdiff_t begin) {
    auto const first = tags.begin() + begin;
    auto const by_key = [](Tag a, Tag b) { return a.key < b.key; };
    auto const same_key = [](Tag a, Tag b) { return a.key == b.key; };
    for (auto next = first; next != tags.end(); ++next) { // few: inserting beats sorting
        if (next != first && by_key(*next, *std::prev(next))) {
            std::rotate(std::upper_bound(first, next, *next, by_key), next, std::next(next));
        }
    }
    tags.erase(std::unique(first, tags.end(), same_key), tags.end());
}

Extent bounds_of_places(std::span<WorldPoint const> places) noexcept {
    WorldBox box;
    for (WorldPoint const at : places) {
        box.add(at);
    }
    return extent_of(box);
}

Extent bounds_of(LayerData const& layer) noexcept {
    WorldBox box;
    for (PointItem const& item : layer.points) {
        box.add(item.at);
    }
    GridBox grid;
    for (std::vector<Path> const* const paths : {&layer.lines, &layer.rings}) {
        for (Path const& path : *paths) {
            for (GridPoint const at : std::span{layer.vertices}.subspan(path.begin, path.end - path.begin)) {
                grid.add(at);
            }
        }
    }
    if (!grid.is_empty()) {
        box.add(from_grid(grid));
    }
    return extent_of(box);
}

std::uint64_t z_order(WorldPoint at) noexcept {
    auto const upper = [](std::int64_t value) {
        return static_cast<std::uint32_t>(std::min(value, world_size - 1) >> (world_bits - z_order_bits));
    };
    return spread(upper(at.x)) | spread(upper(at.y)) << 1U;
}

LayerBuilder::LayerBuilder(LayerConfig const& config, TilesetConfig const& tileset, SameIds same_ids,
                           std::string rank_by)
    : m_plan{config.source, config, std::move(rank_by)},
      m_same_ids{same_ids},
      m_minzoom{config.minzoom.value_or(tileset.minzoom)},
      m_maxzoom{config.maxzoom.value_or(tileset.maxzoom)},
      m_columns{m_plan} {}

bool IdSet::insert(std::uint64_t id) {
    constexpr std::size_t least_slots = 64;
    if (3 * (m_size + 1) > 2 * m_slots.size()) {
        grow(std::max(least_slots, 2 * m_slots.size()));
    }
    std::size_t const mask = m_slots.size() - 1;
    std::size_t slot = static_cast<std::size_t>(id * 0x9e37'79b9'7f4a'7c15U >> 11U) & mask;
    while (m_slots[slot] != 0 && m_slots[slot] != id) {
        slot = (slot + 1) & mask;
    }
    bool const is_new = std::exchange(m_slots[slot], id) == 0;
    m_size += std::size_t{is_new};
    return is_new;
}

void IdSet::reserve(std::size_t ids) {
    if (std::size_t const slots = std::bit_ceil(ids + ids / 2 + 16); slots > m_slots.size()) {
        grow(slots);
    }
}

void IdSet::grow(std::size_t slots) {
    std::vector<std::uint64_t> const old = std::exchange(m_slots, std::vector<std::uint64_t>(slots, 0));
    m_size = 0;
    for (std::uint64_t const id : old) {
        if (id != 0) {
            insert(id);
        }
    }
}

std::vector<std::uint32_t> LayerBuilder::take_ids() {
    m_rejects.insert(m_rejects.end(), m_columns.rejects.begin(), m_columns.rejects.end());
    std::vector<std::uint32_t> remaining;
    remaining.reserve(m_columns.feature_count());
    m_taken.reserve(m_columns.feature_count());
    for (std::uint32_t feature = 0; feature < m_columns.feature_count(); ++feature) {
        std::uint64_t& id = m_columns.ids[feature];
        if (m_same_ids == SameIds::renumber) {
            while (id == 0 || !m_taken.insert(id)) {
                id = (id + 1) & id_mask;
                m_renumbered = true;
            }
        } else if (!m_taken.insert(id == 0 ? id_mask + 1 : id)) {
            m_rejects.push_back(
                make_reject(m_plan.source, 0,
                            fmt::format("feature {}: another feature of its layer has the same id", id)));
            continue;
        }
        remaining.push_back(feature);
    }
    return remaining;
}

void LayerBuilder::keep_within(std::size_t bytes, std::filesystem::path folder) {
    m_limit = bytes;
    m_folder = std::move(folder);
}

void LayerBuilder::reserve(std::size_t features) {
    std::size_t const known = m_columns.feature_count();
    std::size_t const bytes = m_columns.bytes();
    if (known > 0 && features > 0 && bytes / known < m_limit / features) {
        m_columns.reserve(features);
    }
}

void LayerBuilder::spill_if_large() {
    if (m_columns.bytes() > m_limit) {
        spill();
    }
}

void LayerBuilder::spill() {
    if (!m_columns.is_single_points()) {
        fail<InputError>(
            "layer {}: has other shapes than points and is larger than the memory that it may take; "
            "give it more (--memory)",
            m_plan.config.id);
    }
    if (!m_runs) {
        m_runs = std::make_unique<PointRuns>(m_folder);
    }
    std::vector<WorldPoint> places;
    places.reserve(m_columns.points.size());
    for (PointItem const& item : m_columns.points) {
        places.push_back(item.at);
    }
    m_spilled_bounds.add(bounds_of_places(places));
    m_runs->write(m_columns, take_ids());
    m_spilled += m_columns.feature_count();
    m_columns.forget_features();
}

LayerData LayerBuilder::finish(Rejects& rejects, std::size_t jobs) {
    assert(!m_runs);
    LayerData data = finish_layer(m_plan, m_columns, take_ids(), jobs);
    rejects.insert(rejects.end(), m_rejects.begin(), m_rejects.end());
    data.renumbered = m_renumbered;
    data.minzoom = m_minzoom;
    data.maxzoom = m_maxzoom;
    return data;
}

LargeLayer LayerBuilder::take_large(Rejects& rejects) {
    assert(m_runs);
    spill();
    LargeLayer large = describe_large_layer(m_plan, m_columns);
    rejects.insert(rejects.end(), m_rejects.begin(), m_rejects.end());
    large.layer.bounds = m_spilled_bounds;
    large.layer.minzoom = m_minzoom;
    large.layer.maxzoom = m_maxzoom;
    large.runs = std::move(m_runs);
    m_taken = {};
    return large;
}

LayerData prepare_layer(FeatureLayer const& layer, LayerConfig const& config, TilesetConfig const& tileset,
                        Rejects& rejects) {
    LayerBuilder builder{config, tileset, SameIds::set_aside};
    for (Feature const& feature : layer.features) {
        builder.add(feature);
    }
    return builder.finish(rejects);
}

} // namespace kharita::tile
