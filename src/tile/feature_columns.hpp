#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/rejects.hpp"
#include "model/feature.hpp"
#include "model/lon_lat.hpp"
#include "tile/aggregate.hpp"
#include "tile/tile_id.hpp"
#include "tile/tileset_config.hpp"
#include "tile/value_table.hpp"
#include "tile/value_view.hpp"

namespace kharita::tile {

/// One attribute of a feature: numbers of its key and its value.
struct Tag {
    std::uint32_t key = 0;
    std::uint32_t value = 0;
};

/// One position of a point feature.
struct PointItem {
    WorldPoint at;
    std::uint32_t feature = 0;
    bool counts = true; ///< false for the second and further positions of a MultiPoint
};

/// Whether paths are closed.
enum class PathKind { line, ring };

/// A line or ring: a run of vertices. Rings do not repeat their first vertex.
struct Path {
    std::uint32_t feature = 0;
    std::uint32_t polygon =
        0; ///< of rings: number of the polygon in the layer; its first path is the exterior
    std::size_t begin = 0;
    std::size_t end = 0;
    double area = 0; ///< of rings: in grid squares, positive for exteriors and negative for holes
};

/// What is to be known of a layer before its features come.
struct ColumnPlan {
    std::string source; ///< as messages name it
    LayerConfig config;
    std::string rank_by; ///< attribute that ranks features; empty: Feature::rank
};

/// The ids that a feature of this name may have: as a whole number, and as the text of its attribute "id".
/// Nothing of an empty name.
std::vector<std::uint64_t> ids_of(std::string_view name);

/// Features in columns: positions on the integer world, each distinct attribute value encoded once. Parts of
/// a layer may be filled on several threads, each with columns of its own, and joined by LayerBuilder.
class FeatureColumns {
public:
    /// The plan must outlive it.
    explicit FeatureColumns(ColumnPlan const& plan);

    /// Adds a feature; sets it aside in `rejects` when its geometry cannot be used.
    void add(Feature const& feature);

    // The same in steps, for readers that make no Feature: begin, attributes, end.

    /// Begins a feature that is one position, which must be valid (is_valid(LonLat)).
    void begin_point(LonLat at);
    /// An attribute of the feature begun.
    void attribute(std::string_view name, ValueView const& value);
    /// Ends the feature. `id` 0: derived from its attribute "id" or "event_id", else from its content.
    void end(std::uint64_t id);

    /// A feature as tiles hold it: one point, with what thinning gathered for it.
    struct EncodedPoint {
        std::uint64_t id = 0;
        WorldPoint at;
        double rank = 0;
        std::uint32_t count = 1;
        std::span<Aggregate const>
            aggregates; ///< as many as Thinning::aggregates, where the layer is thinned
    };
    /// Ends a feature whose tags stand at the end of `tags`, their types in `keys`.
    void end_encoded(EncodedPoint const& point);
    /// Number of a key, which is added when new.
    std::uint32_t key_of(std::string_view name);

    /// Adds the features of other columns of the same plan, in their order, behind those here.
    void append(FeatureColumns const& part);
    /// Makes room for so many features of the kind that are here, where their number is known beforehand.
    void reserve(std::size_t features);

    struct Key {
        std::string name;
        unsigned types = 0; ///< bit 1 << AttributeConfig::Type for each type met
        bool declared = false;
        AttributeConfig::Type type = AttributeConfig::Type::text; ///< if declared
        int minzoom = 0;
        std::string description;
    };

    std::vector<Key> keys;
    ValueTable values;              ///< encode_value()
    std::vector<std::uint64_t> ids; ///< by feature; below 2^53, perhaps not distinct
    std::vector<double> ranks;
    std::vector<std::size_t> tag_begin{0}; ///< by feature, and one more
    std::vector<Tag> tags;
    std::vector<std::uint32_t> own_counts; ///< by feature; only where thinning is asked for
    std::vector<Aggregate> own_aggregates; ///< features times Thinning::aggregates; the same
    std::vector<std::uint32_t> coverages;  ///< by feature: number in coverage_names; empty without coverage
    std::vector<std::string> coverage_names;
    std::vector<PointItem> points;
    bool has_multipoints = false;
    std::vector<GridPoint> vertices;
    std::vector<Path> lines;
    std::vector<Path> rings;
    std::uint32_t polygon_count = 0;
    Extent bounds;
    Rejects rejects;

    std::size_t feature_count() const noexcept { return ids.size(); }
    /// Whether every feature is one point, and nothing else.
    bool is_single_points() const noexcept {
        return !has_multipoints && lines.empty() && rings.empty() && points.size() == ids.size();
    }
    /// About how much memory the features take.
    std::size_t bytes() const noexcept;
    /// Drops all features, their values and what was said of them; keys and their types stay.
    void forget_features();

private:
    /// What an attribute is used for, known once for its key.
    struct Role {
        bool carried = false;
        bool count = false;
        bool rank = false;
        bool coverage = false;
        bool names_it = false;               ///< "id" or "event_id"
        std::vector<std::size_t> aggregates; ///< into which it goes: their numbers in Thinning::aggregates
    };
    enum class RingRole { exterior, hole };

    std::uint32_t coverage_of(std::string const& name);
    void append_tags(FeatureColumns const& part);
    void append_shapes(FeatureColumns const& part);
    std::uint32_t new_key(std::string_view name);
    void add_value(std::uint32_t key, ValueView const& value);
    void reject(std::string reason);
    void reject(Feature const& feature, std::string_view reason);
    std::uint64_t content_hash();

    void add_points(std::span<LonLat const> positions);
    bool add_path(std::span<LonLat const> positions, std::vector<Path>& paths, std::size_t least);
    bool add_ring(Ring const& ring, RingRole role);
    bool add_polygon(Polygon const& polygon);
    void add_own(Feature const& feature);
    void add_label(Feature const& feature);
    bool add_geometry(Geometry const& geometry);
    bool add_checked_geometry(Feature const& feature);

    ColumnPlan const& m_plan;
    std::vector<Role> m_roles; ///< by key
    std::unordered_map<std::string, std::uint32_t> m_known;
    std::unordered_map<std::string, std::uint32_t> m_coverage_numbers;
    std::uint32_t m_next_key = 0; ///< where features name the same attributes in the same order, the next
    std::string m_scratch;

    // The feature begun.
    double m_rank = 0;
    std::uint64_t m_named_id = 0;
    bool m_named_by_id = false;
    std::uint32_t m_count = 1;
    std::string m_coverage;
    std::size_t m_first_point = 0;
    std::size_t m_first_vertex = 0;
};

} // namespace kharita::tile
