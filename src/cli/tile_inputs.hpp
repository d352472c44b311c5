#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/progress.hpp"
#include "base/rejects.hpp"
#include "base/thread_pool.hpp"
#include "tile/layer_data.hpp"
#include "tile/periods.hpp"
#include "tile/tileset_config.hpp"

namespace kharita::cli {

/// What `kharita tile` is told.
struct TileOptions {
    std::vector<std::filesystem::path> inputs;
    std::filesystem::path output;
    std::string layer; ///< empty: each file's name without ending
    std::optional<int> minzoom;
    std::optional<int> maxzoom;
    std::string config;
    std::string rank;
    std::string attribution;
    std::vector<std::string> sums;
    std::optional<std::size_t> max_tile_bytes;
    std::optional<std::size_t> max_tile_features;
    std::filesystem::path previous; ///< empty: none
    std::filesystem::path update;   ///< an archive of which the inputs are changes; empty: none
    std::filesystem::path removed;  ///< list of ids
    bool updatable = false;
    bool zstd = false;
    std::size_t memory_mb = 2000;
    std::optional<tile::Period> period;
    std::string period_by = "date";
    bool all_points = false;
    bool force = false;
    std::size_t jobs = default_jobs();
};

inline constexpr std::size_t megabyte = 1'000'000;

/// Collects what is tiled: layers by name, from all inputs together.
class TileInputs {
public:
    /// Reads all inputs. The options must outlive it. Throws InputError, UsageError.
    explicit TileInputs(TileOptions const& options);

    /// Of the files, or what the command line says where there is none.
    tile::TilesetConfig const& config() const noexcept { return m_config; }

    /// The changes of the one layer that is updated.
    tile::LayerBuilder& changes();
    Rejects const& rejects() const noexcept { return m_rejects; }

    /// The layers in the configuration's order; features set aside are added to `rejects`. Layers larger than
    /// memory go to `large`.
    std::vector<tile::LayerData> take(Rejects& rejects, std::vector<tile::LargeLayer>& large);

private:
    void apply_options(tile::LayerConfig& layer) const;
    void add_sums(tile::Thinning& thinning) const;
    tile::LayerBuilder& builder(std::size_t layer);
    void add_layer(std::string const& name);
    std::vector<std::size_t> layers_of(std::string const& source);
    void read_geojson(std::filesystem::path const& file, Progress& progress);
    void read_vector_file(std::filesystem::path const& file, Progress& progress);
    void read_database(std::filesystem::path const& file, Progress& progress);

    TileOptions const& m_options;
    tile::TilesetConfig m_config;
    std::vector<std::unique_ptr<tile::LayerBuilder>> m_builders; ///< by layer of the configuration
    Rejects m_rejects;
};

} // namespace kharita::cli
