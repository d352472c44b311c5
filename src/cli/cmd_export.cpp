#include <algorithm>
#include <array>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/data_dir.hpp"
#include "base/error.hpp"
#include "base/files.hpp"
#include "base/log.hpp"
#include "base/output_file.hpp"
#include "base/progress.hpp"
#include "cli/commands.hpp"
#include "geo/geojson.hpp"
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

struct ExportOptions {
    std::string database;
    std::string output;
    std::vector<std::string> layers;
    std::string format; ///< empty: by the output's name
    std::string since;  ///< a database or published folder to compare with; empty: no comparing
    bool byte_order_mark = false;
    bool dictionary = false;
    bool force = false;

    Overwrite overwrite() const noexcept { return force ? Overwrite::replace : Overwrite::refuse; }
};

std::string layer_list() {
    std::string list;
    for (Layer const layer : store::all_layers) {
        list += list.empty() ? "" : ", ";
        list += store::name_of(layer);
    }
    return list;
}

bool is_one_of(std::span<std::string_view const> endings, fs::path const& file) {
    return std::ranges::find(endings, file.extension().string()) != endings.end();
}

constexpr std::array<std::string_view, 2> collection_endings{".geojson", ".json"};
constexpr std::array<std::string_view, 4> sequence_endings{".geojsonl", ".geojsonseq", ".ndjson", ".jsonl"};
constexpr std::array<std::string_view, 1> csv_endings{".csv"};
/// Those of the collections and sequences that geo::writable_endings() does not name.
constexpr std::array<std::string_view, 4> endings_beside_gdal{".json", ".geojsonseq", ".ndjson", ".jsonl"};

bool is_sequence(fs::path const& file) {
    return is_one_of(sequence_endings, file);
}

store::ExportFormat format_of(ExportOptions const& options) {
    if (!options.format.empty()) {
        return store::parse_format(options.format).value(); // checked when the command line was read
    }
    return is_sequence(options.output) ? store::ExportFormat::geojsonseq : store::ExportFormat::geojson;
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

/// Whether GDAL writes a file: by its ending, where no other form is asked for. What we write ourselves is
/// faster.
bool is_for_gdal(ExportOptions const& options, fs::path const& file) {
    return options.format.empty() && !is_one_of(collection_endings, file) && !is_sequence(file) &&
           geo::is_writable(file);
}

/// Tables have no shapes, but people want to know where; and spreadsheets take some texts for formulas.
bool is_table(fs::path const& file) {
    std::string const ending = file.extension().string();
    return ending == ".csv" || ending == ".xlsx" || ending == ".ods";
}

geo::VectorField::Kind kind_of(store::LayerField::Kind kind) noexcept {
    switch (kind) {
    case store::LayerField::Kind::whole:
        return geo::VectorField::Kind::whole;
    case store::LayerField::Kind::real:
        return geo::VectorField::Kind::real;
    case store::LayerField::Kind::truth:
        return geo::VectorField::Kind::truth;
    case store::LayerField::Kind::text:
        break;
    }
    return geo::VectorField::Kind::text;
}

geo::VectorSchema schema_of(ExportOptions const& options, Layer layer, fs::path const& file) {
    geo::VectorSchema schema;
    schema.layer = store::name_of(layer);
    schema.byte_order_mark = options.byte_order_mark;
    for (store::LayerField const& field : store::fields_of(layer)) {
        schema.fields.push_back({std::string{field.name}, kind_of(field.kind)});
    }
    if (is_table(file)) {
        schema.fields.push_back({"lon", geo::VectorField::Kind::real});
        schema.fields.push_back({"lat", geo::VectorField::Kind::real});
    }
    if (!options.since.empty()) {
        schema.fields.push_back({"change", geo::VectorField::Kind::text});
        schema.fields.push_back({"changed_fields", geo::VectorField::Kind::text});
    }
    return schema;
}

Feature table_row(Feature const& feature) {
    Feature row = feature;
    for (auto& [name, value] : row.properties) {
        if (auto* const text = std::get_if<std::string>(&value)) {
            *text = store::spreadsheet_text(*text);
        }
    }
    if (auto const* const point = std::get_if<Point>(&row.geometry)) {
        row.properties.emplace_back("lon", point->at.lon);
        row.properties.emplace_back("lat", point->at.lat);
    }
    return row;
}

/// A file that takes features one by one and is there when all are written.
class FeatureFile {
public:
    FeatureFile(ExportOptions const& options, Layer layer, fs::path const& file)
        : m_is_table{is_table(file)} {
        if (is_for_gdal(options, file)) {
            m_vector.emplace(file, schema_of(options, layer, file), options.overwrite());
            return;
        }
        m_text.emplace(file, options.overwrite());
        if (format_of(options) == store::ExportFormat::geojson) {
            m_collection.emplace([this](std::string_view part) { m_text->write(part); },
                                 fmt::format(R"("name":"{}")", store::name_of(layer)));
        }
    }
    FeatureFile(FeatureFile const&) = delete; // m_collection writes into m_text
    FeatureFile& operator=(FeatureFile const&) = delete;
    FeatureFile(FeatureFile&&) = delete;
    FeatureFile& operator=(FeatureFile&&) = delete;
    ~FeatureFile() = default;

    void write(Feature const& feature) {
        if (m_collection) {
            m_collection->write(feature);
        } else if (!m_vector) {
            m_line.clear();
            geo::append_geojson(m_line, feature);
            m_line += '\n';
            m_text->write(m_line);
        } else if (m_is_table) {
            m_vector->write(table_row(feature));
        } else {
            m_vector->write(feature);
        }
    }

    void commit() {
        if (m_vector) {
            m_vector->commit();
            return;
        }
        if (m_collection) {
            m_collection->finish();
        }
        m_text->commit();
    }

private:
    bool m_is_table;
    std::optional<geo::VectorOutput> m_vector;
    std::optional<OutputFile> m_text;
    std::optional<geo::GeoJsonWriter> m_collection;
    std::string m_line;
};

void say(Layer layer, std::size_t features, std::size_t without_position) {
    if (without_position > 0) {
        log_info("layer {}: {} features; {} without a position are in the database only",
                 store::name_of(layer), features, without_position);
    } else {
        log_info("layer {}: {} features", store::name_of(layer), features);
    }
}

void export_by_gdal(store::Database& database, ExportOptions const& options, Layer layer,
                    fs::path const& file) {
    FeatureFile output{options, layer, file};
    std::size_t count = 0;
    std::size_t without_position = 0;
    {
        auto const total = Progress::is_shown() ? store::feature_count(database, layer) : 0;
        Progress progress{std::string{store::name_of(layer)}, static_cast<std::uint64_t>(total)};
        without_position = store::features(database, layer, [&](Feature const& feature) {
                               output.write(feature);
                               ++count;
                               progress.add();
                           }).count;
    }
    output.commit();
    say(layer, count, without_position);
}

/// What is not as it was in an older database.
Exit export_changes(ExportOptions const& options, Layer layer) {
    fs::path const older = fs::is_directory(options.since) ? fs::path{options.since} / publish::database_name
                                                           : fs::path{options.since};
    store::Database before = store::Database::open(older, store::Access::read_only);
    store::Database now = store::Database::open(options.database, store::Access::read_only);
    FeatureFile output{options, layer, options.output};
    auto const counts = store::changes(before, now, layer, [&](store::ChangedFeature const& changed) {
        Feature feature = changed.feature;
        feature.properties.emplace_back("change", std::string{store::name_of(changed.change)});
        feature.properties.emplace_back("changed_fields", fmt::format("{}", fmt::join(changed.fields, " ")));
        output.write(feature);
    });
    output.commit();
    log_info("layer {}: {} added, {} changed, {} removed", store::name_of(layer), counts.added,
             counts.changed, counts.removed);
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

/// A file's name must not say another form than the file has. One without an ending (a pipe, a device) says
/// none.
void check_ending(ExportOptions const& options) {
    fs::path const file{options.output};
    if (file.extension().empty() || file.extension() == ".qgs" || is_folder(options.output)) {
        return;
    }
    if (options.format.empty()) {
        if (!is_one_of(collection_endings, file) && !is_sequence(file) && !geo::is_writable(file)) {
            fail<UsageError>("{}: its ending names no format to write; expected one of {} {}", options.output,
                             geo::writable_endings(), fmt::join(endings_beside_gdal, " "));
        }
        return;
    }
    auto const coded = store::parse_coded_form(options.format);
    std::span<std::string_view const> const endings =
        coded ? *coded == store::CodedForm::plover ? std::span<std::string_view const>{sequence_endings}
                                                   : std::span<std::string_view const>{csv_endings}
        : format_of(options) == store::ExportFormat::geojson
            ? std::span<std::string_view const>{collection_endings}
            : std::span<std::string_view const>{sequence_endings};
    if (!is_one_of(endings, file)) {
        fail<UsageError>("{}: --format {} is written to a file that ends in {}", options.output,
                         options.format, fmt::join(endings, " or "));
    }
}

/// Says what is wrong with options that do not go together.
void check(ExportOptions const& options) {
    if (options.dictionary) {
        return;
    }
    if (options.database.empty() || options.output.empty()) {
        fail<UsageError>("export needs a database and -o OUTPUT (or --dictionary)");
    }
    if (options.byte_order_mark && fs::path{options.output}.extension() != ".csv") {
        fail<UsageError>("{}: --bom is for a .csv file", options.output);
    }
    if (!options.since.empty() && is_folder(options.output)) {
        fail<UsageError>("{}: --since writes one layer to one file", options.output);
    }
    check_ending(options);
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
    std::vector<Layer> const layers = layers_of(options, folder);
    if (!folder && layers.size() > 1) {
        fail<UsageError>("{}: one file holds one layer; give a folder (a name that ends in /) for several",
                         options.output);
    }
    if (!options.since.empty()) {
        return export_changes(options, layers.front());
    }
    store::Database database = store::Database::open(options.database, store::Access::read_only);
    Overwrite const overwrite = options.overwrite();
    store::ExportFormat const format = format_of(options);
    if (!folder) {
        if (is_for_gdal(options, options.output)) {
            export_by_gdal(database, options, layers.front(), options.output);
            return Exit::done;
        }
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
        "export",
        "layers of an event database as GeoJSON, GeoPackage, CSV …, events as ACLED, UCDP or PLOVER tables");
    command->add_option("database", options->database, "the database");
    command->add_option("-o,--output", options->output,
                        "a file for one layer, - for standard output, or a folder; a file's ending names its "
                        "format: .geojson, .geojsonl (one feature a line), " +
                            geo::writable_endings() + "; .qgs: a QGIS project of a database on a server");
    command->add_option(
        "--since", options->since,
        "only what was added, changed or removed since an older database or published folder");
    command->add_flag("--bom", options->byte_order_mark, "CSV: with a byte order mark, for Excel");
    command->add_flag("--dictionary", options->dictionary, "what each layer and field says, as Markdown");
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
