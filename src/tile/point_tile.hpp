#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tile/mvt_encoder.hpp"

namespace kharita::tile {

/// A layer of a tile as it is encoded.
struct RawLayer {
    std::string_view name;
    std::string_view bytes; ///< the protobuf message
};

/// The layers of a tile that is not compressed, in its order; views of its bytes. Throws FormatError.
std::vector<RawLayer> raw_layers(std::string_view tile);

/// Appends a layer's message to the bytes of a tile.
void append_layer(std::string_view layer, std::string& tile);

/// A layer of points with one position each, its values as they are encoded. Views are of the bytes that were
/// read.
struct PointTile {
    struct Feature {
        std::uint64_t id = 0;
        TilePoint at;
        std::size_t tags_end = 0; ///< into tags; they begin where those of the feature before end
    };

    std::vector<std::string_view> keys;
    std::vector<std::string_view> values; ///< as encode_value() writes them
    std::vector<Feature> features;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> tags; ///< index of key and value
};

/// Reads a layer's message. Throws FormatError when it is damaged or has anything but such points.
PointTile read_points(std::string_view layer);

/// A feature whose attributes do not matter.
struct BareFeature {
    std::uint64_t id = 0;
    std::string_view geometry; ///< its commands, as they are encoded
};

/// The features of a layer's message, in its order; views of its bytes. Throws FormatError when it is
/// damaged.
std::vector<BareFeature> bare_features(std::string_view layer);

/// A layer's message in which some features have other geometry, and all else is as it was. `geometries` are
/// theirs in the layer's order, as they are encoded; empty of those that keep their own. Throws FormatError
/// when the message is damaged.
std::string with_geometries(std::string_view layer, std::span<std::string_view const> geometries);

/// The names of a layer's attributes, of any geometry. Nothing of an empty message. Throws FormatError when
/// it is damaged.
std::vector<std::string> layer_keys(std::string_view layer);

/// How many features a layer's message has. Throws FormatError when it is damaged.
std::size_t count_features(std::string_view layer);

} // namespace kharita::tile
