#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <malloc.h>

#include <CLI/CLI.hpp>

#include "base/data_dir.hpp"
#include "base/error.hpp"
#include "base/files.hpp"
#include "base/log.hpp"
#include "base/progress.hpp"
#include "base/thread_pool.hpp"
#include "cli/commands.hpp"
#include "geo/vector_file.hpp"
#include "store/database.hpp"
#include "store/features.hpp"
#include "tile/archive.hpp"
#include "tile/archive_tools.hpp"
#include "tile/feature_index.hpp"
#include "tile/feature_reader.hpp"
#include "tile/large_points.hpp"
#include "tile/layer_data.hpp"
#include "tile/periods.hpp"
#include "tile/previous_tiles.hpp"
#include "tile/tile_update.hpp"
#include "tile/tileset.hpp"
#include "tile/tileset_config.hpp"
#include "tile/vector_reader.hpp"

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
    std::vector<std::string> sums;
    std::optional<std::size_t> max_tile_bytes;
    std::optional<std::size_t> max_tile_features;
    fs::path previous; ///< empty: none
    fs::path update;   ///< an archive of which the inputs are changes; empty: none
    fs::path removed;  ///< list of ids
    bool updatable = false;
    bool zstd = false;
    std::size_t memory_mb = 2000;
    std::optional<tile::Period> period;
    std::string period_by = "date";
    bool all_points = false;
    bool force = false;
    std::size_t jobs = default_jobs();
};

constexpr std::size_t megabyte = 1'000'000;

/// "events.geojson.gz" is layer "events".
std::string layer_name(fs::path const& file) {
    std::string const name = file.filename().string();
    return name.substr(0, name.find('.'));
}

/// Whether our own parser reads a file; it is GDAL's otherwise.
bool is_geojson(fs::path const& file) {
    static constexpr std::array<std::string_view, 7> endings{
        ".json", ".geojson", ".geojsonl", ".geojsons", ".geojsonseq", ".jsonl", ".ndjson"};
    std::string const ending = (file.extension() == ".gz" ? file.stem() : file).extension().string();
    return file == "-" || std::ranges::find(endings, ending) != endings.end();
}

/// How GDAL is to open a file: where a table of text has its positions, and that its numbers are numbers.
geo::VectorInput vector_input(fs::path const& file) {
    geo::VectorInput input{file.string(), {}, {}};
    if (file.extension() == ".csv" || file.extension() == ".tsv") {
        input.options = {"X_POSSIBLE_NAMES=lon,lng,longitude,x", "Y_POSSIBLE_NAMES=lat,latitude,y",
                         "AUTODETECT_TYPE=YES"};
    }
    return input;
}

/// Collects what is tiled: layers by name, from all inputs together.
class Inputs {
public:
    explicit Inputs(TileOptions const& options) : m_options{options} {
        bool const any_database =
            std::any_of(options.inputs.begin(), options.inputs.end(), store::is_database);
        if (!options.config.empty()) {
            m_config = tile::read_tileset_config(options.config);
        } else if (any_database) {
            m_config = tile::read_tileset_config(data_dir() / "schemas" / "tileset.json");
        } else {
            fs::path const& output = options.output;
            m_config.name = layer_name(output.has_filename() ? output : output.parent_path());
        }
        std::for_each(m_config.layers.begin(), m_config.layers.end(),
                      [&](tile::LayerConfig& each) { apply_options(each); });
        Progress progress{"features", 0U};
        for (fs::path const& file : options.inputs) {
            if (store::is_database(file)) {
                read_database(file, progress);
            } else if (is_geojson(file) && !tile::names_other_reference(file)) {
                read_geojson(file, progress);
            } else {
                read_vector_file(file, progress);
            }
        }
        if (!options.attribution.empty()) {
            m_config.attribution = options.attribution;
        }
    }

    tile::TilesetConfig const& config() const noexcept { return m_config; }

    /// The changes of the one layer that is updated.
    tile::LayerBuilder& changes() {
        std::size_t const layer = layers_of(m_options.layer).front();
        for (std::size_t i = 0; i < m_builders.size(); ++i) {
            if (i != layer && m_builders[i]) {
                fail<UsageError>("--update changes one layer; say which by --layer");
            }
        }
        return builder(layer);
    }
    Rejects const& rejects() const noexcept { return m_rejects; }

    /// The layers in the configuration's order; features set aside are added to `rejects`. Layers larger than
    /// memory go to `large`.
    std::vector<tile::LayerData> take(Rejects& rejects, std::vector<tile::LargeLayer>& large) {
        rejects.insert(rejects.end(), m_rejects.begin(), m_rejects.end());
        std::vector<tile::LayerData> layers;
        for (std::unique_ptr<tile::LayerBuilder>& builder : m_builders) {
            if (builder && builder->is_large()) {
                large.push_back(builder->take_large(rejects));
                builder.reset();
            } else if (builder) {
                tile::LayerData layer = builder->finish(rejects, m_options.jobs);
                builder.reset();
                if (layer.feature_count() > 0) {
                    layers.push_back(std::move(layer));
                }
            }
        }
        return layers;
    }

private:
    /// What the command line says of all layers.
    void apply_options(tile::LayerConfig& layer) const {
        layer.minzoom = m_options.minzoom ? m_options.minzoom : layer.minzoom;
        layer.maxzoom = m_options.maxzoom ? m_options.maxzoom : layer.maxzoom;
        if (m_options.all_points) {
            layer.thinning.reset();
        }
        if (layer.thinning) {
            add_sums(*layer.thinning);
            layer.thinning->max_bytes = m_options.max_tile_bytes.value_or(layer.thinning->max_bytes);
            layer.thinning->max_features = m_options.max_tile_features.value_or(layer.thinning->max_features);
        }
        int const minzoom = layer.minzoom.value_or(m_config.minzoom);
        int const maxzoom = layer.maxzoom.value_or(m_config.maxzoom);
        if (minzoom > maxzoom) {
            fail<UsageError>("layer {}: minzoom {} is deeper than maxzoom {}", layer.id, minzoom, maxzoom);
        }
    }

    void add_sums(tile::Thinning& thinning) const {
        for (std::string const& name : m_options.sums) {
            auto& aggregates = thinning.aggregates;
            if (std::ranges::find(aggregates, name, &tile::AggregateConfig::name) == aggregates.end()) {
                aggregates.push_back({tile::AggregateKind::sum, name, name, {}});
            }
        }
    }

    tile::LayerBuilder& builder(std::size_t layer) {
        m_builders.resize(m_config.layers.size());
        if (!m_builders[layer]) {
            auto const same_ids =
                m_options.update.empty() ? tile::SameIds::renumber : tile::SameIds::set_aside;
            m_builders[layer] = std::make_unique<tile::LayerBuilder>(m_config.layers[layer], m_config,
                                                                     same_ids, m_options.rank);
            if (!m_options.updatable && m_options.update.empty() && !m_options.period) {
                m_builders[layer]->keep_within(m_options.memory_mb * megabyte / 4,
                                               tile::folder_of(m_options.output));
            }
        }
        return *m_builders[layer];
    }

    /// Adds a layer that no configuration names.
    void add_layer(std::string const& name) {
        tile::LayerConfig added;
        added.id = name;
        added.source = name;
        added.thinning.emplace();
        apply_options(added);
        m_config.layers.push_back(std::move(added));
    }

    /// The layers that are made from a source, which is added where only the command line says what is made.
    std::vector<std::size_t> layers_of(std::string const& source) {
        if (m_config.find_source(source) == nullptr) {
            if (!m_options.config.empty()) {
                fail<InputError>(R"({}: no layer is made from "{}"; name it in the configuration)",
                                 m_options.config, source);
            }
            add_layer(source);
        }
        std::vector<std::size_t> layers;
        for (std::size_t layer = 0; layer < m_config.layers.size(); ++layer) {
            if (m_config.layers[layer].source == source) {
                layers.push_back(layer);
            }
        }
        return layers;
    }

    void read_geojson(fs::path const& file, Progress& progress) {
        for (std::size_t const layer :
             layers_of(m_options.layer.empty() ? layer_name(file) : m_options.layer)) {
            tile::read_features(file, builder(layer), m_options.jobs, m_rejects,
                                [&](std::size_t count) { progress.add(count); });
        }
    }

    /// Of a file with several layers each is its own, or only the one asked for.
    void read_vector_file(fs::path const& file, Progress& progress) {
        geo::VectorInput input = vector_input(file);
        geo::VectorFile source{input};
        bool const is_single = source.layers().size() == 1;
        if (!is_single && !m_options.layer.empty()) {
            input.layer = m_options.layer;
            source = geo::VectorFile{input};
        }
        std::vector<std::vector<tile::LayerBuilder*>> builders;
        for (geo::VectorLayer const& each : source.layers()) {
            std::vector<tile::LayerBuilder*>& of_layer = builders.emplace_back();
            if (!each.has_shapes) {
                log_warning("{}: layer {} has no shapes", file.string(), each.name);
                continue;
            }
            std::string const of_file = m_options.layer.empty() ? layer_name(file) : m_options.layer;
            for (std::size_t const layer : layers_of(is_single ? of_file : each.name)) {
                of_layer.push_back(&builder(layer));
            }
        }
        tile::read_vector_file(
            source, file.string(), [&](std::size_t layer) { return std::span{builders[layer]}; }, m_rejects,
            [&](std::size_t count) { progress.add(count); });
    }

    void read_database(fs::path const& file, Progress& progress) {
        store::Database database = store::Database::open(file, store::Access::read_only);
        for (std::size_t layer = 0; layer < m_config.layers.size(); ++layer) {
            std::string const& name = m_config.layers[layer].source;
            auto const source = store::parse_layer(name);
            bool const is_wanted = m_options.layer.empty() || m_options.layer == name;
            if (!source || !is_wanted) {
                continue;
            }
            tile::LayerBuilder& into = builder(layer);
            store::features(database, *source, [&](Feature const& feature) {
                into.add(feature);
                progress.add();
            });
        }
        if (std::string const attribution = database.metadata("attribution"); !attribution.empty()) {
            m_config.attribution = attribution;
        }
    }

    TileOptions const& m_options;
    tile::TilesetConfig m_config;
    std::vector<std::unique_ptr<tile::LayerBuilder>> m_builders; ///< by layer of the configuration
    Rejects m_rejects;
};

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
                        options.zstd ? tile::Compression::zstd : tile::Compression::gzip);
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
    Inputs inputs{options};
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
    Inputs inputs{options};
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
