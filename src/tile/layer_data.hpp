#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/rejects.hpp"
#include "model/feature.hpp"
#include "model/lon_lat.hpp"
#include "tile/feature_columns.hpp"
#include "tile/point_runs.hpp"
#include "tile/tile_id.hpp"
#include "tile/tileset_config.hpp"
#include "tile/value_table.hpp"

namespace kharita::tile {

/// Marks values that occur once in a layer, in Tag::value: the rest is a number in LayerData::single_values.
/// A tile need not look whether it has them already.
inline constexpr std::uint32_t single_value = std::uint32_t{1} << 31U;

/// A layer ready to be tiled: positions on the integer world, attribute values encoded once. Points stand in
/// the order of a Z-order curve, those of one place by id, so that what a tile holds stands together and does
/// not depend on the order in which features came. Of layers of single points, features stand in the order of
/// points.
struct LayerData {
    struct Key {
        std::string name;
        std::string type; ///< VectorLayer::Field::type
        std::string description;
        int minzoom = 0;       ///< carried from this zoom on
        bool declared = false; ///< by the configuration; the others stand by name
    };

    LayerConfig config;
    int minzoom = 0;
    int maxzoom = 0;

    std::vector<Key> keys;                 ///< of tags; then, if the layer is thinned, count and aggregates
    ValueTable values;                     ///< encode_value()
    PackedStrings single_values;           ///< the same
    std::vector<std::uint64_t> ids;        ///< by feature
    std::vector<double> ranks;             ///< by feature
    std::vector<std::size_t> tag_begin;    ///< by feature, and one more
    std::vector<Tag> tags;                 ///< of each feature by rising key
    std::vector<std::uint32_t> own_counts; ///< by feature; only of thinned layers
    std::vector<Aggregate> own_aggregates; ///< features times Thinning::aggregates; only of thinned layers

    std::vector<std::uint32_t> coverages; ///< by feature: number of the coverage to which it belongs
    std::uint32_t coverage_count = 0;
    std::vector<std::string> coverage_names; ///< as the features say; empty without coverages

    std::vector<PointItem> points;
    bool has_multipoints = false;
    std::vector<GridPoint> vertices;
    std::vector<Path> lines;
    std::vector<Path> rings;

    Extent bounds;

    bool renumbered = false;  ///< a feature got another id than it asked for
    bool types_mixed = false; ///< an attribute became text because its values have several types

    std::size_t feature_count() const noexcept { return ids.size(); }
    std::span<Tag const> tags_of(std::uint32_t feature) const noexcept {
        return std::span{tags}.subspan(tag_begin[feature], tag_begin[feature + 1] - tag_begin[feature]);
    }
    /// The bytes of a Tag::value.
    std::string_view value(std::uint32_t number) const noexcept {
        return (number & single_value) != 0 ? single_values[number & ~single_value] : values[number];
    }
    /// How many aggregates a feature has; 0 where the layer is not thinned.
    std::size_t aggregate_count() const noexcept {
        return config.thinning ? config.thinning->aggregates.size() : 0;
    }
    /// Whether every feature is one point, and nothing else.
    bool is_single_points() const noexcept {
        return !has_multipoints && lines.empty() && rings.empty() && points.size() == ids.size();
    }
};

/// Ids that are taken, none of them 0.
class IdSet {
public:
    /// Answers whether it is new.
    bool insert(std::uint64_t id);
    void reserve(std::size_t ids);

private:
    void grow(std::size_t slots);

    std::vector<std::uint64_t> m_slots; ///< open addressing; 0 is free
    std::size_t m_size = 0;
};

/// What becomes of a feature whose id another of its layer has.
enum class SameIds {
    set_aside, ///< it is an error: the feature is left out
    renumber,  ///< it gets the next free id; so do features without any
};

/// A layer of single points larger than memory.
struct LargeLayer {
    LayerData layer;                    ///< without features; its keys, zooms, configuration, bounds
    std::vector<std::uint32_t> new_key; ///< by key of a PointRecord: index into layer.keys, or no_key
    std::vector<bool> to_text;          ///< by key of a PointRecord: whether its values become text
    std::unique_ptr<PointRuns> runs;

    static constexpr std::uint32_t no_key = std::numeric_limits<std::uint32_t>::max();
};

/// Collects the features of a layer. One thread adds; columns may be filled on others.
class LayerBuilder {
public:
    /// `rank_by` names the attribute that ranks features; empty: Feature::rank.
    LayerBuilder(LayerConfig const& config, TilesetConfig const& tileset, SameIds same_ids,
                 std::string rank_by = {});
    LayerBuilder(LayerBuilder const&) = delete;
    LayerBuilder& operator=(LayerBuilder const&) = delete;
    LayerBuilder(LayerBuilder&&) = delete;
    LayerBuilder& operator=(LayerBuilder&&) = delete;
    ~LayerBuilder() = default;

    void add(Feature const& feature) {
        m_columns.add(feature);
        spill_if_large();
    }

    /// From `bytes` of columns on, features go to sorted files in `folder`, if they are all single points;
    /// take_large() has them then. Throws InputError, while features are added, when they are of other kinds
    /// too.
    void keep_within(std::size_t bytes, std::filesystem::path folder);
    /// Whether features went to files; then take_large() takes the place of finish().
    bool is_large() const noexcept { return m_runs != nullptr; }

    /// Columns to be filled, perhaps on another thread, and given to append(). The builder must outlive them.
    FeatureColumns make_columns() const { return FeatureColumns{m_plan}; }
    /// Adds the features of columns, in their order, behind those added before.
    void append(FeatureColumns const& part) {
        m_columns.append(part);
        spill_if_large();
    }
    /// Makes room for so many features of the kind that were added, where their number is known beforehand.
    void reserve(std::size_t features);

    std::size_t feature_count() const noexcept { return m_spilled + m_columns.feature_count(); }
    /// What was added.
    FeatureColumns const& columns() const noexcept { return m_columns; }
    LayerConfig const& config() const noexcept { return m_plan.config; }
    int minzoom() const noexcept { return m_minzoom; }
    int maxzoom() const noexcept { return m_maxzoom; }

    /// The layer; features set aside are added to `rejects`. The builder is empty afterwards.
    LayerData finish(Rejects& rejects, std::size_t jobs = 1);

    /// A layer whose features are in files. The builder is empty afterwards.
    LargeLayer take_large(Rejects& rejects);

private:
    /// The features of the columns that remain, with distinct ids.
    std::vector<std::uint32_t> take_ids();
    void spill_if_large();
    void spill();

    ColumnPlan m_plan;
    SameIds m_same_ids;
    int m_minzoom = 0;
    int m_maxzoom = 0;
    FeatureColumns m_columns;
    IdSet m_taken;
    bool m_renumbered = false;
    Rejects m_rejects;
    std::size_t m_limit = std::numeric_limits<std::size_t>::max();
    std::filesystem::path m_folder;
    std::unique_ptr<PointRuns> m_runs;
    std::size_t m_spilled = 0;
    Extent m_spilled_bounds; ///< of places, as bounds_of_places()
};

/// Brings a layer into columns. Features without usable geometry are set aside in `rejects`.
LayerData prepare_layer(FeatureLayer const& layer, LayerConfig const& config, TilesetConfig const& tileset,
                        Rejects& rejects);

/// Places along the Z-order curve have this many bits of each coordinate.
inline constexpr int z_order_bits = 32;

/// Sorts the tags of one feature, those from `begin` on, by key; of one key the first stays.
void sort_tags(std::vector<Tag>& tags, std::ptrdiff_t begin);

/// The rectangle round places on the world square; empty of none.
Extent bounds_of_places(std::span<WorldPoint const> places) noexcept;

/// The same round all that a layer shows, as the integer world has it, so that it follows from what is kept
/// of features.
Extent bounds_of(LayerData const& layer) noexcept;

/// Place along the Z-order curve that winds through the world.
std::uint64_t z_order(WorldPoint at) noexcept;

} // namespace kharita::tile
