#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/error.hpp"
#include "base/log.hpp"
#include "base/progress.hpp"
#include "base/thread_pool.hpp"
#include "cli/commands.hpp"
#include "geo/geojson.hpp"
#include "tile/archive.hpp"
#include "tile/feature_ids.hpp"
#include "tile/tileset.hpp"
#include "tile/tileset_config.hpp"

namespace kharita::cli {

namespace fs = std::filesystem;

namespace {

struct TileOptions {
    std::vector<fs::path> inputs;
    fs::path output;
    std::string layer; ///< empty: each file's name without ending
    std::optional<int> minzoom;
    std::optional<int> maxzoom;
    std::string config;
    std::string rank;
    std::string attribution;
    bool all_points = false;
    bool force = false;
    std::size_t jobs = default_jobs();
};

/// "events.geojson.gz" is layer "events".
std::string layer_name(fs::path const& file) {
    std::string const name = file.filename().string();
    return name.substr(0, name.find('.'));
}

double rank_of(Feature const& feature, std::string const& attribute) {
    Value const& value = geo::property(feature, attribute);
    if (auto const* whole = std::get_if<std::int64_t>(&value)) {
        return static_cast<double>(*whole);
    }
    auto const* number = std::get_if<double>(&value);
    return number != nullptr ? *number : 0;
}

std::vector<FeatureLayer> read_layers(TileOptions const& options, Rejects& rejects) {
    std::vector<FeatureLayer> layers;
    Progress progress{"features", 0};
    for (fs::path const& file : options.inputs) {
        std::string const name = options.layer.empty() ? layer_name(file) : options.layer;
        auto found = std::find_if(layers.begin(), layers.end(),
                                  [&](FeatureLayer const& layer) { return layer.name == name; });
        if (found == layers.end()) {
            found = layers.insert(layers.end(), FeatureLayer{name, {}});
        }
        geo::read_geojson(
            file,
            [&](Feature&& feature) {
                feature.rank = options.rank.empty() ? 0 : rank_of(feature, options.rank);
                found->features.push_back(std::move(feature));
                progress.add();
            },
            [&](Reject&& reject) { rejects.push_back(std::move(reject)); });
    }
    std::for_each(layers.begin(), layers.end(), tile::assign_ids);
    return layers;
}

/// The configuration file, or one layer for each that was read.
tile::TilesetConfig configure(TileOptions const& options, std::vector<FeatureLayer> const& layers) {
    tile::TilesetConfig config;
    if (!options.config.empty()) {
        config = tile::read_tileset_config(options.config);
    } else {
        config.name =
            layer_name(options.output.has_filename() ? options.output : options.output.parent_path());
        for (FeatureLayer const& layer : layers) {
            tile::LayerConfig each;
            each.id = layer.name;
            each.source = layer.name;
            each.thinning.emplace();
            config.layers.push_back(std::move(each));
        }
    }
    for (tile::LayerConfig& layer : config.layers) {
        layer.minzoom = options.minzoom ? options.minzoom : layer.minzoom;
        layer.maxzoom = options.maxzoom ? options.maxzoom : layer.maxzoom;
        if (options.all_points) {
            layer.thinning.reset();
        }
        if (layer.minzoom.value_or(config.minzoom) > layer.maxzoom.value_or(config.maxzoom)) {
            fail<UsageError>("layer {}: minzoom {} is deeper than maxzoom {}", layer.id,
                             layer.minzoom.value_or(config.minzoom), layer.maxzoom.value_or(config.maxzoom));
        }
    }
    if (!options.attribution.empty()) {
        config.attribution = options.attribution;
    }
    return config;
}

void report(tile::Tileset const& tileset, TileOptions const& options) {
    for (tile::LayerZoomCount const& count : tileset.counts) {
        if (count.hidden > 0) {
            log_detail("{} z{}: {} features show, {} are counted to others or too small", count.layer,
                       count.zoom, count.shown, count.hidden);
        }
    }
    std::size_t bytes = 0;
    for (std::string const& blob : tileset.blobs) {
        bytes += blob.size();
    }
    log_info("{}: {} tiles, {} of them distinct, z{}-{}, {:.1f} MB", options.output.string(),
             tileset.entries.size(), tileset.blobs.size(), tileset.metadata.minzoom, tileset.metadata.maxzoom,
             static_cast<double>(bytes) / 1e6);
}

Exit run_tile(TileOptions const& options) {
    Overwrite const overwrite = options.force ? Overwrite::replace : Overwrite::refuse;
    Rejects rejects;
    std::vector<FeatureLayer> const layers = read_layers(options, rejects);
    tile::TilesetConfig const config = configure(options, layers);
    tile::Tileset const tileset = tile::build_tileset(layers, config, options.jobs);
    rejects.insert(rejects.end(), tileset.rejects.begin(), tileset.rejects.end());
    for (Reject const& reject : rejects) {
        log_warning(to_string(reject));
    }
    if (tileset.entries.empty()) {
        log_error("nothing to tile");
        return Exit::failed;
    }
    tile::write_archive(tileset, options.output, overwrite);
    report(tileset, options);
    return rejects.empty() ? Exit::done : Exit::partly;
}

} // namespace

void add_tile(CLI::App& app, Action& action) {
    auto const options = std::make_shared<TileOptions>();
    CLI::App* const command = app.add_subcommand("tile", "make vector tiles");
    command->add_option("input", options->inputs, "GeoJSON or GeoJSONSeq files, plain or gzip; - for stdin")
        ->required()
        ->type_name("FILE");
    command->add_option("-o,--output", options->output, "NAME.pmtiles, NAME.mbtiles, or a folder")
        ->required();
    command->add_option("--layer", options->layer, "the layer's name (else each file's)");
    command->add_option("--minzoom", options->minzoom, "first zoom of every layer")->check(CLI::Range(0, 22));
    command->add_option("--maxzoom", options->maxzoom, "last zoom of every layer")->check(CLI::Range(0, 22));
    command->add_option("--config", options->config, "how layers are made, as schemas/tileset.json");
    command->add_option("--rank", options->rank, "attribute by which points stay: the higher the longer");
    command->add_option("--attribution", options->attribution, "credits that the map shows");
    command->add_flag("--all-points", options->all_points, "show every point at every zoom");
    command->add_flag("--force", options->force, "replace what exists");
    command->add_option("--jobs", options->jobs, "threads")->check(CLI::Range(1, 1024));
    command->callback([options, &action] { action = [options] { return run_tile(*options); }; });
}

} // namespace kharita::cli
