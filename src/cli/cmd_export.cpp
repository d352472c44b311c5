#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/error.hpp"
#include "base/log.hpp"
#include "base/output_file.hpp"
#include "base/progress.hpp"
#include "cli/commands.hpp"
#include "store/coded_export.hpp"
#include "store/database.hpp"
#include "store/export.hpp"

namespace kharita::cli {

namespace {

namespace fs = std::filesystem;
using store::Layer;

struct ExportOptions {
    std::string database;
    std::string output;
    std::vector<std::string> layers;
    std::string format; ///< empty: by the output's name
    bool force = false;
};

std::string layer_list() {
    std::string list;
    for (Layer const layer : store::all_layers) {
        list += list.empty() ? "" : ", ";
        list += store::name_of(layer);
    }
    return list;
}

store::ExportFormat format_of(ExportOptions const& options) {
    if (!options.format.empty()) {
        return store::parse_format(options.format).value(); // checked when the command line was read
    }
    std::string const ending = fs::path{options.output}.extension().string();
    return ending == ".geojsonl" || ending == ".geojsonseq" || ending == ".ndjson"
               ? store::ExportFormat::geojsonseq
               : store::ExportFormat::geojson;
}

/// A folder is meant where one is there, or the name ends as one.
bool is_folder(std::string const& output) {
    return output.ends_with('/') || fs::is_directory(output);
}

std::vector<Layer> layers_of(ExportOptions const& options, bool folder) {
    std::vector<Layer> layers;
    layers.reserve(options.layers.size());
    for (std::string const& name : options.layers) {
        layers.push_back(store::parse_layer(name).value()); // checked as above
    }
    if (layers.empty() && folder) {
        layers.assign(store::all_layers.begin(), store::all_layers.end());
    } else if (layers.empty()) {
        layers.push_back(Layer::events);
    }
    return layers;
}

void export_layer(store::Database& database, Layer layer, store::ExportFormat format, fs::path const& file,
                  Overwrite overwrite) {
    OutputFile output{file, overwrite};
    store::ExportCounts counts;
    {
        Progress progress{std::string{store::name_of(layer)},
                          static_cast<std::uint64_t>(store::feature_count(database, layer))};
        counts = store::write_layer(
            database, layer, format, [&](std::string_view part) { output.write(part); },
            [&] { progress.add(); });
    }
    output.commit();
    if (counts.without_position > 0) {
        log_info("layer {}: {} features; {} without a position are in the database only",
                 store::name_of(layer), counts.features, counts.without_position);
    } else {
        log_info("layer {}: {} features", store::name_of(layer), counts.features);
    }
}

/// Writes the events as the tables of other projects.
Exit export_coded(ExportOptions const& options, store::CodedForm form) {
    if (!options.layers.empty() || is_folder(options.output)) {
        fail<UsageError>("{}: --format {} writes one file of events; give a file and no --layer",
                         options.output, options.format);
    }
    store::Database database = store::Database::open(options.database, store::Access::read_only);
    OutputFile output{options.output, options.force ? Overwrite::replace : Overwrite::refuse};
    std::size_t const events =
        store::write_coded(database, form, [&](std::string_view part) { output.write(part); });
    output.commit();
    log_info("{}: {} events", options.format, events);
    return Exit::done;
}

Exit run_export(ExportOptions const& options) {
    if (auto const form = store::parse_coded_form(options.format)) {
        return export_coded(options, *form);
    }
    bool const folder = is_folder(options.output);
    std::vector<Layer> const layers = layers_of(options, folder);
    if (!folder && layers.size() > 1) {
        fail<UsageError>("{}: one file holds one layer; give a folder (a name that ends in /) for several",
                         options.output);
    }
    store::Database database = store::Database::open(options.database, store::Access::read_only);
    Overwrite const overwrite = options.force ? Overwrite::replace : Overwrite::refuse;
    store::ExportFormat const format = format_of(options);
    if (!folder) {
        export_layer(database, layers.front(), format, options.output, overwrite);
        return Exit::done;
    }
    std::error_code error;
    fs::create_directories(options.output, error);
    if (error) {
        fail<OutputError>("{}: {}", options.output, error.message());
    }
    for (Layer const layer : layers) {
        std::string const name =
            std::string{store::name_of(layer)} + std::string{store::extension_of(format)};
        export_layer(database, layer, format, fs::path{options.output} / name, overwrite);
    }
    return Exit::done;
}

} // namespace

void add_export(CLI::App& app, Action& action) {
    auto const options = std::make_shared<ExportOptions>();
    CLI::App* const command = app.add_subcommand(
        "export", "layers of an event database as GeoJSON, events as ACLED, UCDP or PLOVER tables");
    command->add_option("database", options->database, "the database")->required();
    command
        ->add_option("-o,--output", options->output,
                     "a file for one layer, - for standard output, or a folder")
        ->required();
    command
        ->add_option("--layer", options->layers,
                     "which layer, may be repeated: " + layer_list() + "; default: events, of a folder all")
        ->check([](std::string const& name) {
            return store::parse_layer(name) ? std::string{}
                                            : "no layer " + name + "; layers are " + layer_list();
        });
    command
        ->add_option("--format", options->format,
                     "geojson or geojsonseq, default: by the file's name; acled, ucdp or plover: events as "
                     "those tables write them")
        ->check([](std::string const& name) {
            return store::parse_format(name) || store::parse_coded_form(name)
                       ? std::string{}
                       : "no format " + name + "; expected geojson, geojsonseq, acled, ucdp or plover";
        });
    command->add_flag("--force", options->force, "overwrite existing files");
    command->callback([options, &action] { action = [options] { return run_export(*options); }; });
}

} // namespace kharita::cli
