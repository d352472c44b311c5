#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/rejects.hpp"
#include "model/feature.hpp"
#include "model/lon_lat.hpp"
#include "tile/tile_blobs.hpp"
#include "tile/tile_id.hpp"
#include "tile/tileset_config.hpp"

namespace kharita::tile {

/// What a tileset says of one of its layers (TileJSON 3.0, `vector_layers`). Attributes that occur in no tile
/// are not listed.
struct VectorLayer {
    struct Field {
        std::string name;
        std::string type;        ///< "String", "Number" or "Boolean" (MBTiles 1.3)
        std::string description; ///< may be empty
        friend bool operator==(Field const&, Field const&) = default;
    };

    std::string id;
    std::string description;
    int minzoom = 0; ///< of tiles that hold it
    int maxzoom = 0;
    std::string geometry; ///< "Point", "LineString" or "Polygon"; of mixed layers the first met
    std::vector<Field> fields;
    std::size_t feature_count = 0; ///< features that were given

    friend bool operator==(VectorLayer const&, VectorLayer const&) = default;
};

/// How many features of a layer show at a zoom, and how many stand behind them.
struct LayerZoomCount {
    std::string layer;
    int zoom = 0;
    std::size_t shown = 0;  ///< features; one that spans several tiles counts once
    std::size_t hidden = 0; ///< features that another stands for, or that are too small to see
    friend bool operator==(LayerZoomCount const&, LayerZoomCount const&) = default;
};

/// What archives and TileJSON say of a tileset.
struct TilesetMetadata {
    std::string name;
    std::string description;
    std::string attribution;
    std::string version;
    int minzoom = 0; ///< of the tiles present
    int maxzoom = 0;
    Extent bounds;       ///< of the features; the whole world when there are none
    LonLat center;       ///< middle of the bounds
    int center_zoom = 0; ///< the deepest zoom at which one tile is as large as the bounds
    std::vector<VectorLayer> layers;
    std::vector<LayerZoomCount> counts; ///< by layer, then zoom; archives keep those that hide something

    friend bool operator==(TilesetMetadata const&, TilesetMetadata const&) = default;
};

/// Tiles of points below the last zoom that could not show all that their cells would
/// (Thinning::max_features, Thinning::max_bytes): points of lower rank are counted to others.
struct FullTiles {
    std::string layer;
    int minzoom = 0;
    int maxzoom = 0;
    std::size_t tiles = 0;
};

/// Encoded tiles with their metadata, ready to be written in any archive format. Equal for equal input,
/// whatever the number of threads.
struct Tileset {
    struct Entry {
        std::uint64_t key = 0;  ///< hilbert_key()
        std::uint32_t blob = 0; ///< index into blobs
    };

    TilesetMetadata metadata;
    std::vector<Entry> entries;  ///< by key, each key once
    TileBlobs blobs;             ///< distinct tiles, gzip'd MVT, in the order of their first entry
    std::size_t reused = 0;      ///< tiles that came of a previous archive
    std::vector<FullTiles> full; ///< by layer; of those made just now
    Rejects rejects;             ///< features set aside: no geometry, coordinates not finite or out of range

    /// Adds to `full`, if there are any; of a layer zoom by zoom.
    void note_full(std::string const& layer, int zoom, std::size_t tiles);
};

/// Makes all tiles of the layers that the configuration names; input layers that it does not name are an
/// InputError. A configured layer without input or without features is left out.
///
/// Feature ids must be distinct in a layer; they and `rank` decide what shows first, so that a feature that
/// is added hides only features of lower rank in its own tiles. `jobs` is the number of threads.
Tileset build_tileset(std::span<FeatureLayer const> layers, TilesetConfig const& config, std::size_t jobs);

struct LayerData;
class PreviousTiles;

/// The same of layers in columns (LayerBuilder), in the order in which they stand in tiles. Layers without
/// features must not be among them. Tiles that `previous` has with the same content are taken over from it;
/// the tileset is the same with and without. Tiles are put into `store` as they are made: in a file, they
/// take no memory.
Tileset build_tileset(std::vector<LayerData> layers, TilesetConfig const& config,
                      PreviousTiles const& previous, std::size_t jobs, TileBlobs store = {});

} // namespace kharita::tile
