#include "cli/tile_inputs.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <utility>

#include "base/data_dir.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "base/progress.hpp"
#include "geo/vector_file.hpp"
#include "store/database.hpp"
#include "store/features.hpp"
#include "tile/archive.hpp"
#include "tile/feature_reader.hpp"
#include "tile/vector_reader.hpp"

namespace kharita::cli {

namespace fs = std::filesystem;

namespace {

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

} // namespace

TileInputs::TileInputs(TileOptions const& options) : m_options{options} {
    bool const any_database = std::any_of(options.inputs.begin(), options.inputs.end(), store::is_database);
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

tile::LayerBuilder& TileInputs::changes() {
    std::size_t const layer = layers_of(m_options.layer).front();
    for (std::size_t i = 0; i < m_builders.size(); ++i) {
        if (i != layer && m_builders[i]) {
            fail<UsageError>("--update changes one layer; say which by --layer");
        }
    }
    return builder(layer);
}

std::vector<tile::LayerData> TileInputs::take(Rejects& rejects, std::vector<tile::LargeLayer>& large) {
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

/// What the command line says of all layers.
void TileInputs::apply_options(tile::LayerConfig& layer) const {
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

void TileInputs::add_sums(tile::Thinning& thinning) const {
    for (std::string const& name : m_options.sums) {
        auto& aggregates = thinning.aggregates;
        if (std::ranges::find(aggregates, name, &tile::AggregateConfig::name) == aggregates.end()) {
            aggregates.push_back({tile::AggregateKind::sum, name, name, {}});
        }
    }
}

tile::LayerBuilder& TileInputs::builder(std::size_t layer) {
    m_builders.resize(m_config.layers.size());
    if (!m_builders[layer]) {
        auto const same_ids = m_options.update.empty() ? tile::SameIds::renumber : tile::SameIds::set_aside;
        m_builders[layer] =
            std::make_unique<tile::LayerBuilder>(m_config.layers[layer], m_config, same_ids, m_options.rank);
        if (!m_options.updatable && m_options.update.empty() && !m_options.period) {
            m_builders[layer]->keep_within(m_options.memory_mb * megabyte / 4,
                                           tile::folder_of(m_options.output));
        }
    }
    return *m_builders[layer];
}

/// Adds a layer that no configuration names.
void TileInputs::add_layer(std::string const& name) {
    tile::LayerConfig added;
    added.id = name;
    added.source = name;
    added.thinning.emplace();
    apply_options(added);
    m_config.layers.push_back(std::move(added));
}

/// The layers that are made from a source, which is added where only the command line says what is made.
std::vector<std::size_t> TileInputs::layers_of(std::string const& source) {
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

void TileInputs::read_geojson(fs::path const& file, Progress& progress) {
    for (std::size_t const layer : layers_of(m_options.layer.empty() ? layer_name(file) : m_options.layer)) {
        tile::read_features(file, builder(layer), m_options.jobs, m_rejects,
                            [&](std::size_t count) { progress.add(count); });
    }
}

/// Of a file with several layers each is its own, or only the one asked for.
void TileInputs::read_vector_file(fs::path const& file, Progress& progress) {
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

void TileInputs::read_database(fs::path const& file, Progress& progress) {
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

} // namespace kharita::cli
