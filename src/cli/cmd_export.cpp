#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/data_dir.hpp"
#include "base/error.hpp"
#include "base/files.hpp"
#include "base/log.hpp"
#include "base/output_file.hpp"
#include "base/progress.hpp"
#include "base/temporary_file.hpp"
#include "cli/commands.hpp"
#include "cli/export_file.hpp"
#include "geo/vector_file.hpp"
#include "publish/file_names.hpp"
#include "publish/server_project.hpp"
#include "store/changes.hpp"
#include "store/coded_export.hpp"
#include "store/database.hpp"
#include "store/export.hpp"
#include "store/layer_fields.hpp"

namespace kharita::cli {

namespace {

namespace fs = std::filesystem;
using store::Layer;

std::string layer_list() {
    std::string list;
    for (Layer const layer : store::all_layers) {
        list += list.empty() ? "" : ", ";
        list += store::name_of(layer);
    }
    return list;
}

void say(Layer layer, std::size_t features, std::size_t without_position) {
    if (without_position > 0) {
        log_info("layer {}: {} features; {} without a position are in the database only",
                 store::name_of(layer), features, without_position);
    } else {
        log_info("layer {}: {} features", store::name_of(layer), features);
    }
}

struct Written {
    Layer layer = Layer::events;
    std::size_t features = 0;
    std::size_t without_position = 0;
};

Written write_features(store::Database& database, Layer layer, FeatureFile& output) {
    Written written{.layer = layer};
    auto const total = Progress::is_shown() ? store::feature_count(database, layer) : 0;
    Progress progress{std::string{store::name_of(layer)}, static_cast<std::uint64_t>(total)};
    written.without_position = store::features(database, layer, [&](Feature const& feature) {
                                   output.write(feature);
                                   ++written.features;
                                   progress.add();
                               }).count;
    return written;
}

/// Layers into one file, which is there when all are in it.
void export_by_gdal(store::Database& database, ExportOptions const& options, std::span<Layer const> layers,
                    fs::path const& file) {
    FeatureFile output{options, layers.front(), file};
    std::vector<Written> all;
    all.reserve(layers.size());
    for (Layer const layer : layers) {
        if (!all.empty()) {
            output.begin(layer);
        }
        all.push_back(write_features(database, layer, output));
    }
    output.add_styles(layers);
    output.commit();
    for (Written const& each : all) {
        say(each.layer, each.features, each.without_position);
    }
}

/// What is not as it was in an older database.
Exit export_changes(ExportOptions const& options, std::span<Layer const> layers) {
    fs::path const older = fs::is_directory(options.since) ? fs::path{options.since} / publish::database_name
                                                           : fs::path{options.since};
    // What is only compared with is not changed for it: a published folder's files are those of its manifest.
    TemporaryFile const copy{fs::temp_directory_path() / fmt::format("kharita-{}.sqlite", ::getpid())};
    store::Database before = store::Database::open(
        store::copy_older(older, copy.path()) ? copy.path() : older, store::Access::read_only);
    store::Database now = store::Database::open(options.database, store::Access::read_only);
    FeatureFile output{options, layers.front(), options.output};
    std::vector<std::string> said;
    said.reserve(layers.size());
    for (Layer const layer : layers) {
        if (!said.empty()) {
            output.begin(layer);
        }
        auto const counts = store::changes(before, now, layer, [&](store::ChangedFeature const& changed) {
            Feature feature = changed.feature;
            feature.properties.emplace_back("change", std::string{store::name_of(changed.change)});
            feature.properties.emplace_back("changed_fields",
                                            fmt::format("{}", fmt::join(changed.fields, " ")));
            output.write(feature);
        });
        said.push_back(fmt::format("layer {}: {} added, {} changed, {} removed", store::name_of(layer),
                                   counts.added, counts.changed, counts.removed));
    }
    output.add_styles(layers);
    output.commit();
    for (std::string const& line : said) {
        log_info("{}", line);
    }
    return Exit::done;
}

Exit export_dictionary(ExportOptions const& options) {
    OutputFile output{options.output.empty() ? "-" : options.output, options.overwrite()};
    output.write(store::data_dictionary());
    output.commit();
    return Exit::done;
}

void export_layer(store::Database& database, Layer layer, store::ExportFormat format, fs::path const& file,
                  Overwrite overwrite) {
    OutputFile output{file, overwrite};
    store::ExportCounts counts;
    {
        auto const total = Progress::is_shown() ? store::feature_count(database, layer) : 0;
        Progress progress{std::string{store::name_of(layer)}, static_cast<std::uint64_t>(total)};
        counts = store::write_layer(
            database, layer, format, [&](std::string_view part) { output.write(part); },
            [&] { progress.add(); });
    }
    output.commit();
    say(layer, counts.features, counts.without_position);
}

/// A QGIS project of a database on a server; of a file, the build has put one beside it.
Exit export_project(ExportOptions const& options) {
    if (!store::is_server(options.database)) {
        fail<UsageError>("{}: a project is made of a database on a server; a published folder has its own",
                         options.output);
    }
    store::Database database = store::Database::open(options.database, store::Access::read_only);
    write_file(options.output,
               publish::server_project(database, read_file(data_dir() / "schemas" / publish::project_name)),
               options.overwrite());
    log_info("{}: a QGIS project of {}", options.output, database.name());
    return Exit::done;
}

/// Writes the events as the tables of other projects.
Exit export_coded(ExportOptions const& options, store::CodedForm form) {
    if (!options.layers.empty() || is_folder(options.output)) {
        fail<UsageError>("{}: --format {} writes one file of events; give a file and no --layer",
                         options.output, options.format);
    }
    store::Database database = store::Database::open(options.database, store::Access::read_only);
    OutputFile output{options.output, options.overwrite()};
    std::size_t const events = store::write_coded(database, form, data_dir() / "schemas" / "ontology",
                                                  [&](std::string_view part) { output.write(part); });
    output.commit();
    log_info("{}: {} events", options.format, events);
    return Exit::done;
}

/// Says what is wrong with options that do not go together.
void check(ExportOptions const& options) {
    if (options.dictionary) {
        return;
    }
    if (options.database.empty() || options.output.empty()) {
        fail<UsageError>("export needs a database and -o OUTPUT (or --dictionary)");
    }
    if (options.byte_order_mark && options.format != "csv" &&
        fs::path{options.output}.extension() != ".csv") {
        fail<UsageError>("{}: --bom is for a .csv file", options.output);
    }
    if (!options.since.empty() && is_folder(options.output)) {
        fail<UsageError>("{}: --since writes one layer to one file", options.output);
    }
    check_ending(options);
}

/// A file for each layer.
Exit export_folder(store::Database& database, ExportOptions const& options, std::span<Layer const> layers) {
    std::error_code error;
    fs::create_directories(options.output, error);
    if (error) {
        fail<OutputError>("{}: {}", options.output, error.message());
    }
    for (Layer const layer : layers) {
        fs::path const file = fs::path{options.output} / file_name_of(options, layer);
        if (is_gdal_format(options.format)) {
            export_by_gdal(database, options, std::span{&layer, 1}, file);
        } else {
            export_layer(database, layer, format_of(options), file, options.overwrite());
        }
    }
    return Exit::done;
}

Exit run_export(ExportOptions const& options) {
    check(options);
    if (options.dictionary) {
        return export_dictionary(options);
    }
    if (fs::path{options.output}.extension() == ".qgs") {
        return export_project(options);
    }
    if (auto const form = store::parse_coded_form(options.format)) {
        return export_coded(options, *form);
    }
    bool const folder = is_folder(options.output);
    std::vector<Layer> const layers = layers_of(options);
    if (!folder && layers.size() > 1 &&
        !(is_for_gdal(options, options.output) && geo::holds_layers(options.output))) {
        fail<UsageError>(
            "{}: a file of this form holds one layer; several go into a .gpkg, .xlsx or .ods, or a "
            "folder (a name that ends in /)",
            options.output);
    }
    if (!options.since.empty()) {
        return export_changes(options, layers);
    }
    store::Database database = store::Database::open(options.database, store::Access::read_only);
    if (!folder) {
        if (is_for_gdal(options, options.output)) {
            export_by_gdal(database, options, layers, options.output);
        } else {
            export_layer(database, layers.front(), format_of(options), options.output, options.overwrite());
        }
        return Exit::done;
    }
    return export_folder(database, options, layers);
}

} // namespace

void add_export(CLI::App& app, Action& action) {
    auto const options = std::make_shared<ExportOptions>();
    CLI::App* const command = app.add_subcommand(
        "export",
        "layers of an event database as GeoJSON, GeoPackage, CSV …, events as ACLED, UCDP or PLOVER tables");
    command->add_option("database", options->database, "the database");
    command->add_option(
        "-o,--output", options->output,
        "a file, - for standard output, or a folder for a file of each layer; a file's ending "
        "names its format: .geojson, .geojsonl (one feature a line), " +
            geo::writable_endings() + "; .qgs: a QGIS project of a database on a server");
    command->add_option(
        "--since", options->since,
        "only what was added, changed or removed since an older database or published folder");
    command->add_flag("--bom", options->byte_order_mark, "CSV: with a byte order mark, for Excel");
    command->add_flag("--dictionary", options->dictionary, "what each layer and field says, as Markdown");
    command
        ->add_option("--layer", options->layers,
                     "which layer, may be repeated: " + layer_list() +
                         "; default: events, of a folder and a .gpkg all")
        ->check([](std::string const& name) {
            return store::parse_layer(name) ? std::string{}
                                            : "no layer " + name + "; layers are " + layer_list();
        });
    command
        ->add_option(
            "--format", options->format,
            "geojson or geojsonseq, default: by the file's name; of files in a folder also fgb, gpkg, "
            "csv, xlsx, ods, gml; acled, ucdp or plover: events as those tables write them")
        ->check([](std::string const& name) {
            return store::parse_format(name) || store::parse_coded_form(name) || is_gdal_format(name)
                       ? std::string{}
                       : "no format " + name +
                             "; expected geojson, geojsonseq, fgb, gpkg, csv, xlsx, ods, gml, acled, ucdp or "
                             "plover";
        });
    command->add_flag("--force", options->force, "overwrite existing files");
    command->callback([options, &action] { action = [options] { return run_export(*options); }; });
}

} // namespace kharita::cli
