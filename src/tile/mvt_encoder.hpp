#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/feature.hpp"
#include "tile/feature_columns.hpp"
#include "tile/tile_id.hpp"

namespace kharita::tile {

/// Position in tile units: x east, y south from the tile's top left corner, 0 .. tile_units; outside it in
/// the buffer.
struct TilePoint {
    std::int32_t x = 0;
    std::int32_t y = 0;

    friend constexpr auto operator<=>(TilePoint const&, TilePoint const&) = default;
};

/// Source: Mapbox Vector Tile specification 2.1, section 4.3.4.
enum class GeometryType : std::uint32_t { unknown = 0, point = 1, line_string = 2, polygon = 3 };

/// Writes geometry commands (specification, section 4.3): deltas from a cursor that runs on through the
/// feature, as zigzag integers. The caller gives valid parts; nothing is repaired here.
class GeometryCommands {
public:
    /// One MoveTo for all points; at most one call, and no other, in a feature.
    void points(std::span<TilePoint const> points);
    /// A line of two points or more, no point equal to the one before it.
    void line(std::span<TilePoint const> points);
    /// A ring of three points or more, its first not repeated at the end. Exterior rings have positive area
    /// (clockwise on the screen), interior rings negative area and follow their exterior.
    void ring(std::span<TilePoint const> points);

    /// The commands written since the last clear(); valid until the next call.
    std::span<std::uint32_t const> values() const noexcept { return m_values; }
    bool is_empty() const noexcept { return m_values.empty(); }
    /// Begins a new feature, its cursor at (0, 0).
    void clear() noexcept;

private:
    void move(TilePoint to);

    std::vector<std::uint32_t> m_values;
    TilePoint m_cursor;
};

/// Commands as the bytes that stand in a tile.
std::string encode_commands(std::span<std::uint32_t const> commands);

/// Appends a value as the bytes of a protobuf `Value` message. Numbers keep their type: integers become
/// `sint_value` when negative and `uint_value` else, doubles `float_value` where that loses nothing and
/// `double_value` else. A null, or a number that is not finite, has no encoding: nothing is appended.
void append_value(std::string& bytes, ValueView const& value);

/// The bytes that append_value() appends.
std::string encode_value(Value const& value);

/// One layer of a tile. Keys and values are written once and referred to by index. An encoder can write one
/// layer after the other, which saves memory from being asked for again.
class LayerEncoder {
public:
    explicit LayerEncoder(std::string_view name);

    /// Begins the layer anew.
    void clear();

    /// Index of a key, added when new.
    std::uint32_t key(std::string_view name);
    /// Index of a value, added when new. The value must have an encoding, see encode_value().
    std::uint32_t value(Value const& value);
    /// As value(), given as encode_value() writes it.
    std::uint32_t encoded_value(std::string_view bytes);
    /// Adds a value that the caller knows to be new, given as encode_value() writes it.
    std::uint32_t add_encoded_value(std::string_view bytes);

    /// Adds a feature: `commands` from GeometryCommands, `tags` as pairs of key and value index.
    void feature(std::uint64_t id, GeometryType type, std::span<std::uint32_t const> commands,
                 std::span<std::uint32_t const> tags);
    /// As feature(), its geometry as the bytes that stand in a tile.
    void feature(std::uint64_t id, GeometryType type, std::string_view geometry,
                 std::span<std::uint32_t const> tags);

    /// How many features were added. A layer without any must not be written.
    std::size_t feature_count() const noexcept { return m_feature_count; }

    /// Appends the layer to the bytes of a tile. Then it must be begun anew. Into an empty string, the
    /// features are moved instead of copied.
    void append_to(std::string& tile);

private:
    std::string m_head;     // version, name
    std::size_t m_room = 0; // bytes before the features
    std::string m_features; // room for what stands before them; encoded fields 2
    std::vector<char> m_scratch;
    std::vector<char> m_geometry;
    std::string m_keys;                       // encoded fields 3
    std::string m_values;                     // encoded fields 4, the last of them
    std::vector<std::string> m_values_before; // the others, where there are many
    std::unordered_map<std::string, std::uint32_t> m_key_index;
    std::unordered_map<std::string, std::uint32_t> m_value_index;
    std::uint32_t m_value_count = 0;
    std::size_t m_feature_count = 0;
};

} // namespace kharita::tile
