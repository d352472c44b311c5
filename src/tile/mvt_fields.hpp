#pragma once

#include <cstdint>

#include <protozero/types.hpp>

namespace kharita::tile {

// Field numbers of the protobuf messages. Source: Mapbox Vector Tile specification 2.1, vector_tile.proto.

enum class TileField : protozero::pbf_tag_type { layers = 3 };

enum class LayerField : protozero::pbf_tag_type {
    name = 1,
    features = 2,
    keys = 3,
    values = 4,
    extent = 5,
    version = 15,
};

enum class FeatureField : protozero::pbf_tag_type { id = 1, tags = 2, type = 3, geometry = 4 };

enum class ValueField : protozero::pbf_tag_type {
    string_value = 1,
    float_value = 2,
    double_value = 3,
    int_value = 4,
    uint_value = 5,
    sint_value = 6,
    bool_value = 7,
};

/// Geometry commands (section 4.3.1).
enum class Command : std::uint32_t { move_to = 1, line_to = 2, close_path = 7 };

} // namespace kharita::tile
