#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/data_dir.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "base/progress.hpp"
#include "base/thread_pool.hpp"
#include "cli/commands.hpp"
#include "geo/geojson.hpp"
#include "store/database.hpp"
#include "store/features.hpp"
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

/// Whether a file begins as databases do.
bool is_database(fs::path const& file) {
    constexpr std::string_view magic = "SQLite format 3";
    std::ifstream stream{file, std::ios::binary};
    std::string head(magic.size(), '\0');
    return file != "-" && stream.read(head.data(), static_cast<std::streamsize>(head.size())) &&
           head == magic;
}

/// Collects what is tiled: layers by name, from all inputs together.
class Inputs {
public:
    explicit Inputs(TileOptions const& options) : m_options{options} {
        bool const any_database = std::any_of(options.inputs.begin(), options.inputs.end(), is_database);
        if (!options.config.empty()) {
            m_config = tile::read_tileset_config(options.config);
        } else if (any_database) {
            m_config = tile::read_tileset_config(data_dir() / "schemas" / "tileset.json");
        }
        bool const is_named = !options.config.empty() || any_database;
        if (!is_named) {
            fs::path const& output = options.output;
            m_config.name = layer_name(output.has_filename() ? output : output.parent_path());
        }
        m_progress.emplace("features", 0U);
        for (fs::path const& file : options.inputs) {
            if (is_database(file)) {
                read_database(file);
            } else {
                read_file(file);
            }
        }
        m_progress.reset();
        std::for_each(m_layers.begin(), m_layers.end(), tile::assign_ids);
        configure();
    }

    std::vector<FeatureLayer> const& layers() const noexcept { return m_layers; }
    tile::TilesetConfig const& config() const noexcept { return m_config; }
    Rejects const& rejects() const noexcept { return m_rejects; }

private:
    FeatureLayer& layer(std::string const& name) {
        auto const found = std::find_if(m_layers.begin(), m_layers.end(),
                                        [&](FeatureLayer const& each) { return each.name == name; });
        return found != m_layers.end() ? *found : m_layers.emplace_back(FeatureLayer{name, {}});
    }

    void read_file(fs::path const& file) {
        FeatureLayer& into = layer(m_options.layer.empty() ? layer_name(file) : m_options.layer);
        geo::read_geojson(
            file,
            [&](Feature&& feature) {
                feature.rank = m_options.rank.empty() ? 0 : rank_of(feature, m_options.rank);
                into.features.push_back(std::move(feature));
                m_progress->add();
            },
            [&](Reject&& reject) { m_rejects.push_back(std::move(reject)); });
    }

    void read_database(fs::path const& file) {
        store::Database database = store::Database::open(file, store::Access::read_only);
        for (tile::LayerConfig const& each : m_config.layers) {
            auto const source = store::parse_layer(each.source);
            bool const is_wanted = m_options.layer.empty() || m_options.layer == each.source;
            if (!source || !is_wanted) {
                continue;
            }
            FeatureLayer& into = layer(each.source);
            store::features(database, *source, [&](Feature const& feature) {
                into.features.push_back(feature);
                m_progress->add();
            });
        }
        if (std::string const attribution = database.metadata("attribution"); !attribution.empty()) {
            m_config.attribution = attribution;
        }
    }

    /// Adds layers that no configuration names, and what the command line says of all.
    void configure() {
        if (m_options.config.empty()) {
            for (FeatureLayer const& each : m_layers) {
                if (m_config.find_source(each.name) == nullptr) {
                    tile::LayerConfig added;
                    added.id = each.name;
                    added.source = each.name;
                    added.thinning.emplace();
                    m_config.layers.push_back(std::move(added));
                }
            }
        }
        for (tile::LayerConfig& each : m_config.layers) {
            each.minzoom = m_options.minzoom ? m_options.minzoom : each.minzoom;
            each.maxzoom = m_options.maxzoom ? m_options.maxzoom : each.maxzoom;
            if (m_options.all_points) {
                each.thinning.reset();
            }
            int const minzoom = each.minzoom.value_or(m_config.minzoom);
            int const maxzoom = each.maxzoom.value_or(m_config.maxzoom);
            if (minzoom > maxzoom) {
                fail<UsageError>("layer {}: minzoom {} is deeper than maxzoom {}", each.id, minzoom, maxzoom);
            }
        }
        if (!m_options.attribution.empty()) {
            m_config.attribution = m_options.attribution;
        }
    }

    TileOptions const& m_options;
    std::vector<FeatureLayer> m_layers;
    tile::TilesetConfig m_config;
    Rejects m_rejects;
    std::optional<Progress> m_progress; ///< while reading
};

void report(tile::Tileset const& tileset, TileOptions const& options) {
    for (tile::LayerZoomCount const& count : tileset.metadata.counts) {
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
    tile::check_output(options.output, overwrite);
    Inputs const inputs{options};
    tile::Tileset const tileset = tile::build_tileset(inputs.layers(), inputs.config(), options.jobs);
    Rejects rejects = inputs.rejects();
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
    command
        ->add_option("input", options->inputs,
                     "event databases; GeoJSON or GeoJSONSeq files, plain or gzip; - for stdin")
        ->required()
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
    command->add_flag("--all-points", options->all_points, "show every point at every zoom");
    command->add_flag("--force", options->force, "replace what exists");
    command->add_option("--jobs", options->jobs, "threads")->check(CLI::Range(1, 1024));
    command->callback([options, &action] { action = [options] { return run_tile(*options); }; });
}

} // namespace kharita::cli
