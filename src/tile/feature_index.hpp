#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/output_file.hpp"
#include "tile/layer_data.hpp"
#include "tile/shape_record.hpp"
#include "tile/tileset.hpp"

namespace kharita {
class MappedFile;
}

namespace kharita::tile {

/// What an update of an archive has to know and its tiles do not say: where exactly each point lies and how
/// it ranks; lines and polygons whole; what layers are made of, and how. Kept in a file beside the archive:
/// 32 bytes a point, 8 a vertex of lines, 12 of borders (those that neighbours share once).
struct FeatureIndex {
    struct Key {
        std::string name;
        std::string description;
        int minzoom = 0;
        bool declared = false; ///< as LayerData::Key
        bool gathered = false; ///< a count or aggregate of thinning
        /// How many features have it as text, number, truth (AttributeConfig::Type).
        std::array<std::size_t, 3> features{};
    };
    /// What a caller notes of a feature, so as to find out later which ones changed.
    struct Content {
        std::uint64_t id = 0;
        std::uint64_t hash = 0;
        friend bool operator==(Content const&, Content const&) = default;
    };
    struct Layer {
        VectorLayer described;
        std::string fixed; ///< why the layer cannot be updated; empty: it can
        Extent bounds;
        std::vector<Key> keys;    ///< in the order of LayerData::keys
        Grown<std::uint64_t> ids; ///< rising; empty, as the next two, of layers that are no points
        Grown<WorldPoint> places;
        Grown<double> ranks;
        std::optional<ShapeRecord> shapes; ///< of a layer of lines and polygons
        std::vector<Content> contents;     ///< by rising id; nothing here depends on it

        /// Where in ids a feature stands, or nothing.
        std::optional<std::size_t> find(std::uint64_t id) const noexcept;
    };

    std::uint64_t settings = 0; ///< settings_hash() of what the archive was made with
    std::uint64_t tiles = 0;    ///< tiles_hash() of the archive
    std::vector<Layer> layers;  ///< in the order in which they stand in tiles
    std::vector<LayerZoomCount> counts;
    std::shared_ptr<MappedFile const> file; ///< in which parts of it lie, when it was read from one

    Layer* find(std::string_view id) noexcept;
};

/// The type of a value as encode_value() writes it.
AttributeConfig::Type type_of_value(std::string_view bytes) noexcept;

/// A hash of all settings on which tiles, and what is said of layers, depend. `rank_by` as of LayerBuilder.
std::uint64_t settings_hash(TilesetConfig const& config, std::string_view rank_by);

/// A hash of all tiles with their places.
std::uint64_t tiles_hash(Tileset const& tileset);

/// What layers about to be tiled will have to say; complete_index() adds the rest. `jobs` is the number of
/// threads.
FeatureIndex index_features(std::span<LayerData const> layers, std::size_t jobs = 1);

/// Adds what the finished tileset says.
void complete_index(FeatureIndex& index, Tileset const& tileset, std::uint64_t settings);

/// The other way round, after an update of one layer: what an index says of a tileset, whose tiles are there
/// already. A layer without features is forgotten.
void complete_update(FeatureIndex& index, std::string const& changed, TilesetConfig const& config,
                     Tileset& tileset);

/// "NAME.index" beside an archive.
std::filesystem::path index_path(std::filesystem::path const& archive);

/// Throws OutputError.
void write_index(FeatureIndex const& index, std::filesystem::path const& file, Overwrite overwrite);

/// Throws InputError when the file cannot be read, FormatError when it is damaged in any byte.
FeatureIndex read_index(std::filesystem::path const& file);

/// As read_index(), of its bytes; only of damage that matters.
FeatureIndex read_index(std::string_view bytes);

} // namespace kharita::tile
