#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <malloc.h>

#include <CLI/CLI.hpp>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/log.hpp"
#include "base/output_file.hpp"
#include "cli/commands.hpp"
#include "cli/tile_inputs.hpp"
#include "tile/archive.hpp"
#include "tile/archive_tools.hpp"
#include "tile/feature_index.hpp"
#include "tile/large_points.hpp"
#include "tile/periods.hpp"
#include "tile/previous_tiles.hpp"
#include "tile/tile_update.hpp"
#include "tile/tileset.hpp"

namespace kharita::cli {

namespace fs = std::filesystem;

namespace {

/// The tiles of an archive made before; none when there is no such archive yet.
tile::PreviousTiles previous_tiles(fs::path const& archive) {
    if (archive.empty() || !fs::exists(archive)) {
        return {};
    }
    return tile::PreviousTiles{*tile::open_archive(archive)};
}

void report(tile::Tileset const& tileset, TileOptions const& options) {
    for (tile::LayerZoomCount const& count : tileset.metadata.counts) {
        if (count.hidden > 0) {
            log_detail("{} z{}: {} features show, {} are counted to others or too small", count.layer,
                       count.zoom, count.shown, count.hidden);
        }
    }
    for (tile::FullTiles const& full : tileset.full) {
        log_info("{}: {} tiles of z{}-{} are full; points of lower rank are counted to others there",
                 full.layer, full.tiles, full.minzoom, full.maxzoom);
    }
    if (!options.previous.empty()) {
        log_info("{}: {} tiles are as they were", options.previous.string(), tileset.reused);
    }
    log_info("{}: {} tiles, {} of them distinct, z{}-{}, {:.1f} MB", options.output.string(),
             tileset.entries.size(), tileset.blobs.size(), tileset.metadata.minzoom, tileset.metadata.maxzoom,
             static_cast<double>(tileset.blobs.total_bytes()) / 1e6);
}

Exit write(tile::Tileset const& tileset, Rejects const& rejects, TileOptions const& options,
           tile::FeatureIndex const* index) {
    Overwrite const overwrite = options.force ? Overwrite::replace : Overwrite::refuse;
    for (Reject const& reject : rejects) {
        log_warning(to_string(reject));
    }
    if (tileset.entries.empty()) {
        log_error("nothing to tile");
        return Exit::failed;
    }
    tile::write_archive(tileset, options.output, overwrite,
                        options.zstd ? tile::Compression::zstd : tile::Compression::gzip, options.jobs);
    if (index != nullptr) {
        tile::write_index(*index, tile::index_path(options.output), overwrite);
    }
    report(tileset, options);
    return rejects.empty() ? Exit::done : Exit::partly;
}

/// The ids that a file lists, one a line: numbers, or texts as features have them as attribute "id".
std::vector<std::uint64_t> read_ids(fs::path const& file) {
    std::vector<std::uint64_t> ids;
    std::string const text = file.empty() ? std::string{} : read_file(file);
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t const end = std::min(text.find('\n', begin), text.size());
        std::string_view line = std::string_view{text}.substr(begin, end - begin);
        line = line.substr(0, line.find_last_not_of("\r ") + 1);
        for (std::uint64_t const id : tile::ids_of(line)) {
            ids.push_back(id);
        }
        begin = end + 1;
    }
    return ids;
}

tile::FeatureIndex read_index_of(fs::path const& archive) {
    fs::path const file = tile::index_path(archive);
    if (!fs::exists(file)) {
        fail<InputError>("{}: is missing; make the archive in full with --updatable", file.string());
    }
    return tile::read_index(file);
}

Exit run_update(TileOptions options) {
    tile::FeatureIndex index = read_index_of(options.update);
    if (options.layer.empty()) {
        if (index.layers.size() != 1) {
            fail<UsageError>("{}: has {} layers; say by --layer which one changes", options.update.string(),
                             index.layers.size());
        }
        options.layer = index.layers.front().described.id;
    }
    TileInputs inputs{options};
    tile::LayerBuilder& changes = inputs.changes();
    if (index.settings != tile::settings_hash(inputs.config(), options.rank)) {
        fail<InputError>("{}: was made with other settings; give the same, or make it in full",
                         options.update.string());
    }
    std::vector<std::uint64_t> const removed = read_ids(options.removed);
    tile::UpdateResult const result =
        tile::update_tileset(tile::read_tileset(*tile::open_archive(options.update)), index, changes, removed,
                             inputs.config(), options.jobs);
    Rejects rejects = inputs.rejects();
    rejects.insert(rejects.end(), result.tileset.rejects.begin(), result.tileset.rejects.end());
    log_info("{}: {} features new, {} changed, {} gone; {} tiles made again", options.update.string(),
             result.added, result.changed, result.removed, result.encoded);
    return write(result.tileset, rejects, options, &index);
}

/// All layers, some of which are larger than memory.
tile::Tileset tile_with_large(std::vector<tile::LayerData> layers, std::vector<tile::LargeLayer> large,
                              tile::TilesetConfig const& config, TileOptions const& options) {
    constexpr std::size_t bytes_of_feature = 1'000; // in a chunk, with what is made of it
    std::size_t const chunk = options.memory_mb * megabyte / 4 / bytes_of_feature;
    Extent bounds;
    std::vector<tile::Tileset> parts;
    for (tile::LargeLayer& layer : large) {
        bounds.add(layer.layer.bounds);
        parts.push_back(tile::tile_large_points(std::move(layer), config, chunk, options.jobs,
                                                tile::TileBlobs{tile::folder_of(options.output)}));
    }
    if (!layers.empty()) {
        for (tile::LayerData const& layer : layers) {
            bounds.add(layer.bounds);
        }
        parts.push_back(tile::build_tileset(std::move(layers), config, previous_tiles(options.previous),
                                            options.jobs, tile::TileBlobs{tile::folder_of(options.output)}));
    }
    return parts.size() == 1
               ? std::move(parts.front())
               : tile::joined_layers(parts, config, bounds, tile::TileBlobs{tile::folder_of(options.output)});
}

/// A folder with an archive for each year or month, and a list of them.
Exit write_periods(std::vector<tile::LayerData> layers, tile::TilesetConfig const& config,
                   Rejects const& rejects, TileOptions const& options) {
    fs::create_directories(options.output);
    std::string list;
    bool all_done = true;
    for (tile::PeriodLayers& part :
         tile::split_by_period(std::move(layers), options.period_by, *options.period)) {
        std::size_t features = 0;
        for (tile::LayerData const& layer : part.layers) {
            features += layer.feature_count();
        }
        TileOptions of_part = options;
        of_part.output = options.output / (part.name + ".pmtiles");
        of_part.previous =
            options.previous.empty() ? fs::path{} : options.previous / (part.name + ".pmtiles");
        tile::Tileset const tileset =
            tile::build_tileset(std::move(part.layers), config, previous_tiles(of_part.previous),
                                options.jobs, tile::TileBlobs{options.output});
        all_done = write(tileset, {}, of_part, nullptr) == Exit::done && all_done;
        auto const [from, to] = tile::days_of(part.name);
        list += fmt::format(
            R"({}{{"period":"{}","from":{},"to":{},"file":"{}.pmtiles","features":{},"minzoom":{},)"
            R"("maxzoom":{}}})",
            list.empty() ? "\n" : ",\n", part.name, from.empty() ? "null" : fmt::format(R"("{}")", from),
            to.empty() ? "null" : fmt::format(R"("{}")", to), part.name, features, tileset.metadata.minzoom,
            tileset.metadata.maxzoom);
    }
    write_file(options.output / "periods.json", fmt::format("{{\"archives\":[{}\n]}}\n", list),
               options.force ? Overwrite::replace : Overwrite::refuse);
    for (Reject const& reject : rejects) {
        log_warning(to_string(reject));
    }
    return list.empty() || !all_done ? Exit::failed : rejects.empty() ? Exit::done : Exit::partly;
}

/// Large columns go back to the system once they are free, instead of leaving holes behind.
void give_memory_back() {
    constexpr int large = 2 << 20;
    ::mallopt(M_MMAP_THRESHOLD, large);
    ::mallopt(M_TRIM_THRESHOLD, large);
}

Exit run_tile(TileOptions const& options) {
    give_memory_back();
    tile::check_output(options.output, options.force ? Overwrite::replace : Overwrite::refuse);
    if (!options.update.empty()) {
        return run_update(options);
    }
    if (options.inputs.empty() || !options.removed.empty()) {
        fail<UsageError>("give what is to be tiled; --removed goes with --update");
    }
    TileInputs inputs{options};
    ::malloc_trim(0); // what reading leaves in small pieces between
    Rejects rejects;
    std::vector<tile::LargeLayer> large;
    std::vector<tile::LayerData> layers = inputs.take(rejects, large);
    ::malloc_trim(0);
    if (!large.empty()) {
        return write(tile_with_large(std::move(layers), std::move(large), inputs.config(), options), rejects,
                     options, nullptr);
    }
    if (options.period) {
        return write_periods(std::move(layers), inputs.config(), rejects, options);
    }
    tile::FeatureIndex index =
        options.updatable ? tile::index_features(layers, options.jobs) : tile::FeatureIndex{};
    tile::Tileset const tileset =
        tile::build_tileset(std::move(layers), inputs.config(), previous_tiles(options.previous),
                            options.jobs, tile::TileBlobs{tile::folder_of(options.output)});
    if (options.updatable) {
        tile::complete_index(index, tileset, tile::settings_hash(inputs.config(), options.rank));
    }
    return write(tileset, rejects, options, options.updatable ? &index : nullptr);
}

} // namespace

void add_tile(CLI::App& app, Action& action) {
    auto const options = std::make_shared<TileOptions>();
    CLI::App* const command = app.add_subcommand("tile", "make vector tiles");
    command
        ->add_option("input", options->inputs,
                     "event databases; GeoJSON or GeoJSONSeq files, plain or gzip; - for stdin; and any file "
                     "that GDAL reads")
        ->type_name("DB|FILE");
    command->add_option("-o,--output", options->output, "NAME.pmtiles, NAME.mbtiles, or a folder")
        ->required();
    command->add_option("--layer", options->layer,
                        "of a database, the layer to tile; of files, the layer's name (else the file's)");
    command->add_option("--minzoom", options->minzoom, "first zoom of every layer")->check(CLI::Range(0, 22));
    command->add_option("--maxzoom", options->maxzoom, "last zoom of every layer")->check(CLI::Range(0, 22));
    command->add_option("--config", options->config,
                        "how layers are made; for a database: schemas/tileset.json");
    command->add_option("--rank", options->rank, "attribute by which points stay: the higher the longer");
    command->add_option("--attribution", options->attribution, "credits that the map shows");
    command->add_option("--sum", options->sums, "attributes summed over the points that a point stands for")
        ->type_name("ATTRIBUTE");
    command
        ->add_option("--max-tile-bytes", options->max_tile_bytes,
                     "bytes of a layer of points in a tile, before compression, below the last zoom")
        ->check(CLI::Range(1'000, 1'000'000'000));
    command
        ->add_option("--max-tile-features", options->max_tile_features,
                     "points of a layer in a tile below the last zoom")
        ->check(CLI::Range(1, 1'000'000'000));
    command->add_option("--previous", options->previous,
                        "an archive made before, whose tiles are taken over where nothing changed");
    command
        ->add_option("--memory", options->memory_mb,
                     "megabytes that points may take; more are sorted in files beside the output")
        ->check(CLI::Range(std::size_t{16}, std::size_t{1'000'000}))
        ->type_name("MB");
    static std::map<std::string, tile::Period> const periods{{"year", tile::Period::year},
                                                             {"month", tile::Period::month}};
    auto* const period =
        command->add_option("--period", options->period, "an archive for each year or month, in a folder")
            ->transform(CLI::CheckedTransformer(periods))
            ->type_name("year|month");
    command->add_option("--period-by", options->period_by, "attribute that holds the day; else \"date\"")
        ->needs(period);
    command->add_flag("--updatable", options->updatable, "keep what --update needs in OUTPUT.index")
        ->excludes(period);
    auto* const update = command->add_option(
        "--update", options->update,
        "an archive made with --updatable; the inputs are the features of a layer that changed since");
    update->excludes(period);
    command->add_option("--removed", options->removed, "with --update, a list of ids that are no more")
        ->needs(update);
    command->add_flag("--all-points", options->all_points, "show every point at every zoom");
    command->add_flag("--zstd", options->zstd, "compress a PMTiles archive with zstd instead of gzip");
    command->add_flag("--force", options->force, "replace what exists");
    command->add_option("--jobs", options->jobs, "threads")->check(CLI::Range(1, 1024));
    command->callback([options, &action] { action = [options] { return run_tile(*options); }; });
}

} // namespace kharita::cli
