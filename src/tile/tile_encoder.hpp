#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "tile/layer_data.hpp"
#include "tile/mvt_encoder.hpp"
#include "tile/planar.hpp"
#include "tile/shape_levels.hpp"
#include "tile/thinning.hpp"
#include "tile/tile_id.hpp"

namespace kharita::tile {

/// A line as a tile has it already.
struct EncodedLine {
    std::uint32_t feature = 0;
    std::string_view geometry;
};

/// What a tile shows of a line: commands, as they are encoded.
struct LineGeometry {
    std::uint32_t feature = 0;
    std::string bytes;
};

/// What one layer has in one tile.
struct LayerContent {
    std::span<ShownPoint const> points;
    std::span<Aggregate const>
        aggregates; ///< points.size() times LayerData::aggregate_count(); or `values` instead
    std::span<std::uint32_t const> values; ///< PointLevel::values of these points
    ShapeLevel const* line_level = nullptr;
    std::span<ShapePiece const> lines;
    std::span<EncodedLine const> encoded_lines; ///< by feature; beside `lines`, which are of other features
    ShapeLevel const* ring_level = nullptr;
    std::span<ShapePiece const> rings;
};

/// Encodes the tiles of one layer, one after the other. One object a task: it holds scratch memory.
class TileEncoder {
public:
    /// The layer must outlive it.
    explicit TileEncoder(LayerData const& layer);

    /// Appends the layer to a tile's bytes, unless nothing of it is left there. Answers whether it did.
    bool append(TileId tile, LayerContent const& content, std::string& bytes);

    /// The geometry of LayerContent::lines, by feature: of those of which anything is left in the tile.
    std::vector<LineGeometry> line_geometries(TileId tile, LayerContent const& content);

    /// Which keys of the layer were written so far.
    std::vector<bool> const& used_keys() const noexcept { return m_used_keys; }

private:
    void add_single_points(LayerContent const& content);
    void add_points(LayerContent const& content);
    void add_lines(LayerContent const& content);
    std::size_t take_line(LayerContent const& content, std::size_t begin);
    void add_encoded(EncodedLine const& line);
    void add_polygons(LayerContent const& content);
    void look_for_mark(std::span<SubPoint const> piece);
    void add_feature(std::uint32_t feature, GeometryType type);
    void set_tags(std::uint32_t feature);
    void set_gathered_tags(std::uint32_t count, std::span<Aggregate const> aggregates);
    void set_own_tags(std::uint32_t feature);
    std::uint32_t key_index(std::uint32_t key);
    std::uint32_t value_index(std::uint32_t value);

    LayerData const& m_layer;
    LayerEncoder m_encoder;
    bool m_values_may_repeat = false; ///< aggregates are encoded tile by tile and may equal stored values
    TileId m_tile;
    std::uint32_t m_epoch = 0;              ///< counts tiles; marks what the other vectors hold as current
    std::vector<std::uint32_t> m_key_epoch; ///< by key of the layer
    std::vector<std::uint32_t> m_key_index; ///< its index in the tile
    std::vector<std::uint32_t> m_value_epoch;
    std::vector<std::uint32_t> m_value_index;
    std::vector<bool> m_used_keys;
    GeometryCommands m_commands;
    std::vector<std::uint32_t> m_tags;
    std::vector<std::uint32_t> m_order;
    std::vector<TilePoint> m_points;
    std::vector<SubPoint> m_piece;
    std::optional<TilePoint> m_mark; ///< where the feature at hand shows if rounding leaves nothing of it
    CutRings m_rings;
};

} // namespace kharita::tile
