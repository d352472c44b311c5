#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kharita::tile {

/// What is gathered over the features that a point stands for.
enum class AggregateKind : std::uint8_t {
    sum,
    least,
    most,
    count, ///< how many of them have a certain text as attribute
};

/// An attribute of shown points that is gathered over all features they stand for. Where some feature has no
/// such number, the others' is told.
struct AggregateConfig {
    AggregateKind kind = AggregateKind::sum;
    std::string name;      ///< of the attribute that is made
    std::string attribute; ///< of the features, from which it is made; may be the same
    std::string equals;    ///< of AggregateKind::count: the text
};

/// How a point layer is thinned below its last zoom.
///
/// Each tile is cut into cells_per_side² cells and shows at most one point a cell, the one of highest rank;
/// and at most max_features points and max_bytes bytes in all, those of highest rank. Cells at a zoom lie
/// within cells of the zoom above it, and a zoom's points are chosen from those of the next deeper, so a
/// point that shows at a zoom shows at every deeper one. The last zoom drops nothing.
struct Thinning {
    int cells_per_side = 64; ///< a power of two, 1 .. 4096; 4096 merges only what falls on one tile unit
    std::size_t max_features = 5000;
    std::size_t max_bytes = 500'000; ///< uncompressed, of this layer
    std::string count = "events";    ///< attribute: how many features a shown point stands for; empty: none
    std::vector<AggregateConfig> aggregates;
};

/// An attribute that a layer carries.
struct AttributeConfig {
    enum class Type { text, number, boolean };

    std::string name;
    Type type = Type::text;
    std::string description;
    int minzoom = 0; ///< carried from this zoom on
};

/// What of its features a layer shows.
enum class Shape : std::uint8_t {
    own,         ///< their geometry
    label_point, ///< one point where the name is best written: geo::Geos::label_point() of areas, a point on
                 ///< lines
};

/// How one layer of the tileset is made.
struct LayerConfig {
    std::string id;     ///< the layer's name in the tiles
    std::string source; ///< name of the FeatureLayer it is made from
    std::string description;
    Shape shape = Shape::own;
    std::optional<int> minzoom; ///< default: the tileset's
    std::optional<int> maxzoom; ///< default: the tileset's
    /// Attributes to carry, in this order; nothing means all, as they come.
    std::optional<std::vector<AttributeConfig>> attributes;
    /// How points are thinned; nothing means that every point shows at every zoom.
    std::optional<Thinning> thinning;
    /// Attribute that tells coverages apart: polygons with the same value do not overlap and may share
    /// borders, which are simplified once and never cross. Empty: the whole layer is one coverage.
    std::string coverage;
    double simplify = 4;      ///< tolerance in tile units (1/4096 of a tile), for lines and polygons
    double simplify_last = 1; ///< the same at the last zoom, which clients enlarge
    double min_length = 8;    ///< tile units; shorter lines do not show; not applied at the last zoom
    double min_area =
        64; ///< square tile units; smaller polygons are joined or left out; not at the last zoom
};

/// schemas/tileset.json as values. Layers are written to tiles in this order.
struct TilesetConfig {
    std::string name = "kharita";
    std::string description;
    std::string attribution;
    std::string version = "1.0.0";
    int minzoom = 0;
    int maxzoom = 12;
    int buffer = 64; ///< tile units round a tile within which lines and polygons are kept; 0 .. 2048
    std::vector<LayerConfig> layers;

    /// The layer made from a source, or nothing.
    LayerConfig const* find_source(std::string_view source) const noexcept;
};

/// Reads a configuration. Throws InputError naming the file, the line and the path in the document
/// (`tileset.json:14: /layers/0/minzoom is "x"; expected a whole number from 0 to 22`).
TilesetConfig read_tileset_config(std::filesystem::path const& file);

/// As read_tileset_config(), of text; `name` stands for the file in messages.
TilesetConfig parse_tileset_config(std::string_view text, std::string_view name);

} // namespace kharita::tile
