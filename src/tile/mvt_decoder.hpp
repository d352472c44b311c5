#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "model/feature.hpp"
#include "tile/mvt_encoder.hpp"

namespace kharita::tile {

/// Tile bytes or an archive that are not what their specification says. The only exception that decoding and
/// reading damaged bytes may throw.
class FormatError : public InputError {
public:
    using InputError::InputError;
};

/// A feature as a tile holds it. Of points, each part holds one or more points (in the order of the tile) and
/// there is one part; of lines, a part is a line; of polygons, a part is a ring without its closing point.
struct DecodedFeature {
    std::optional<std::uint64_t> id;
    GeometryType type = GeometryType::unknown;
    std::vector<std::vector<TilePoint>> parts;
    std::vector<std::pair<std::string, Value>> properties; ///< in the order of the tile

    /// A property by name, or nothing.
    Value const* find(std::string_view name) const noexcept;
};

struct DecodedLayer {
    std::string name;
    std::uint32_t version = 1;
    std::uint32_t extent = 4096;
    std::vector<DecodedFeature> features;
};

struct DecodedTile {
    std::vector<DecodedLayer> layers;

    /// A layer by name, or nothing.
    DecodedLayer const* find(std::string_view name) const noexcept;
};

/// Decodes a tile (not compressed) and checks all that the specification (MVT 2.1) says of its structure:
/// unique layer names, indexes in range, command counts, closed rings, coordinates within 32 bits. Whether
/// polygons are valid is check_tile()'s question. A tile that would fill more than 1 GiB is refused.
/// Throws FormatError saying what was wrong.
DecodedTile decode_tile(std::string_view bytes);

/// A value as encode_value() writes it. Throws FormatError when it is none.
Value decode_value(std::string_view bytes);

/// Twice the signed area of a ring, in tile units: positive for exterior rings (specification, section
/// 4.3.3.3: the surveyor's formula in tile coordinates).
std::int64_t twice_area(std::vector<TilePoint> const& ring) noexcept;

/// What the specification forbids in a decoded tile's geometry, one sentence each: empty layers, ids that
/// occur twice in a layer, positions farther out than `buffer` units (0 .. 60,000), polygons that are not
/// valid (rings that cross, touch along a line, have no area, or lie wrong; first ring not exterior).
std::vector<std::string> check_tile(DecodedTile const& tile, int buffer);

} // namespace kharita::tile
