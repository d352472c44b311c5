#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/rejects.hpp"
#include "model/feature.hpp"
#include "model/lon_lat.hpp"
#include "tile/tile_id.hpp"
#include "tile/tileset.hpp"
#include "tile/tileset_config.hpp"

namespace kharita::tile {

/// One attribute of a feature: indexes into LayerData::keys and LayerData::values.
struct Tag {
    std::uint32_t key = 0;
    std::uint32_t value = 0;
};

/// A number summed over features; unknown while no feature says one.
struct Sum {
    double total = 0;
    bool known = false;
    bool whole = true; ///< all parts were integers

    void add(Sum const& other) noexcept;
    /// The total as an attribute value; null while unknown.
    Value value() const;
};

/// One position of a point feature.
struct PointItem {
    WorldPoint at;
    std::uint32_t feature = 0;
    bool counts = true; ///< false for the second and further positions of a MultiPoint
};

/// Whether paths are closed.
enum class PathKind { line, ring };

/// A line or ring: a run of LayerData::vertices. Rings do not repeat their first vertex.
struct Path {
    std::uint32_t feature = 0;
    std::uint32_t polygon =
        0; ///< of rings: number of the polygon in the layer; its first path is the exterior
    std::size_t begin = 0;
    std::size_t end = 0;
    double area = 0; ///< of rings: square world units, positive for exteriors and negative for holes
};

/// A layer in columns: positions on the integer world, attribute values encoded once.
struct LayerData {
    struct Key {
        std::string name;
        std::string type; ///< VectorLayer::Field::type
        std::string description;
        int minzoom = 0; ///< carried from this zoom on
    };

    LayerConfig config;
    int minzoom = 0;
    int maxzoom = 0;

    std::vector<Key> keys;              ///< of tags; then, if the layer is thinned, count and sums
    std::vector<std::string> values;    ///< encode_value()
    std::vector<std::uint64_t> ids;     ///< by feature
    std::vector<double> ranks;          ///< by feature
    std::vector<std::size_t> tag_begin; ///< by feature, and one more
    std::vector<Tag> tags;
    std::vector<std::uint32_t> own_counts; ///< by feature; only of thinned layers
    std::vector<Sum> own_sums;             ///< features times Thinning::sums; only of thinned layers

    std::vector<std::uint32_t> coverages; ///< by feature: number of the coverage to which it belongs
    std::uint32_t coverage_count = 0;

    std::vector<PointItem> points;
    bool has_multipoints = false;
    std::vector<WorldPoint> vertices;
    std::vector<Path> lines;
    std::vector<Path> rings;

    Extent bounds;

    std::size_t feature_count() const noexcept { return ids.size(); }
    std::span<Tag const> tags_of(std::uint32_t feature) const noexcept {
        return std::span{tags}.subspan(tag_begin[feature], tag_begin[feature + 1] - tag_begin[feature]);
    }
    /// How many sums a feature has; 0 where the layer is not thinned.
    std::size_t sum_count() const noexcept { return config.thinning ? config.thinning->sums.size() : 0; }
};

/// Brings a layer into columns. Features without usable geometry are set aside in `rejects`.
LayerData prepare_layer(FeatureLayer const& layer, LayerConfig const& config, TilesetConfig const& tileset,
                        Rejects& rejects);

} // namespace kharita::tile
