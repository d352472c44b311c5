#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/error.hpp"
#include "base/log.hpp"
#include "base/output_file.hpp"
#include "base/progress.hpp"
#include "cli/gazetteer_commands.hpp"
#include "geo/geojson.hpp"
#include "geo/vector_file.hpp"

namespace kharita::cli {

namespace {

namespace fs = std::filesystem;
using gazetteer::Gazetteer;
using gazetteer::PlaceIndex;
using Kind = geo::VectorField::Kind;

struct ExportOptions {
    GazetteerOptions const* shared = nullptr;
    std::string output;
    bool byte_order_mark = false;
    bool force = false;
};

geo::VectorSchema schema_of(ExportOptions const& options) {
    geo::VectorSchema schema;
    schema.layer = "places";
    schema.byte_order_mark = options.byte_order_mark;
    for (char const* const name : {"id", "name", "name_ar", "aliases", "feature", "class", "country",
                                   "admin1_id", "admin1", "admin2_id", "admin2", "admin3_id", "admin3"}) {
        schema.fields.push_back({name, Kind::text});
    }
    schema.fields.insert(schema.fields.end(), {{"lon", Kind::real},
                                               {"lat", Kind::real},
                                               {"uncertainty_m", Kind::real},
                                               {"population", Kind::whole},
                                               {"prominence", Kind::whole},
                                               {"refs", Kind::text}});
    return schema;
}

Value text_or_null(std::string text) {
    return text.empty() ? Value{} : Value{std::move(text)};
}

void add_unit(Feature& feature, std::string const& name, std::optional<AdminUnit> const& unit) {
    feature.properties.emplace_back(name + "_id", unit ? Value{unit->id} : Value{});
    feature.properties.emplace_back(name, unit ? Value{unit->name} : Value{});
}

Feature feature_of(Gazetteer const& gazetteer, PlaceIndex index) {
    Place const& place = gazetteer.place(index);
    std::string aliases;
    for (std::string const& name : gazetteer.names(index)) {
        if (name != place.name && name != place.name_ar) {
            aliases += (aliases.empty() ? "" : ";") + name;
        }
    }
    Feature feature;
    feature.geometry = Point{place.at};
    auto& properties = feature.properties;
    properties.emplace_back("id", place.id);
    properties.emplace_back("name", text_or_null(place.name));
    properties.emplace_back("name_ar", text_or_null(place.name_ar));
    properties.emplace_back("aliases", text_or_null(std::move(aliases)));
    properties.emplace_back("feature", place.feature);
    properties.emplace_back(
        "class",
        std::string{feature_class_names[static_cast<std::size_t>(gazetteer.feature_class_of(index))]});
    properties.emplace_back("country", text_or_null(place.country));
    add_unit(feature, "admin1", place.admin1);
    add_unit(feature, "admin2", place.admin2);
    add_unit(feature, "admin3", place.admin3);
    properties.emplace_back("lon", place.at.lon);
    properties.emplace_back("lat", place.at.lat);
    properties.emplace_back("uncertainty_m", place.uncertainty.value);
    properties.emplace_back("population", place.population > 0 ? Value{place.population} : Value{});
    properties.emplace_back("prominence", static_cast<std::int64_t>(place.prominence));
    properties.emplace_back("refs", text_or_null(fmt::format("{}", fmt::join(place.refs, ";"))));
    return feature;
}

template <typename Write>
void write_all(Gazetteer const& gazetteer, Write const& write) {
    std::size_t const count = gazetteer.size();
    Progress progress{"places", count};
    for (std::size_t i = 0; i < count; ++i) {
        write(feature_of(gazetteer, static_cast<PlaceIndex>(i)));
        progress.add();
    }
}

Exit run_gazetteer_export(ExportOptions const& options) {
    fs::path const file = options.output;
    bool const geojson = file == "-" || file.extension() == ".geojson";
    if (!geojson && !geo::is_writable(file)) {
        fail<UsageError>("-o {}: its ending names no format; expected one of {}", options.output,
                         geo::writable_endings());
    }
    Overwrite const overwrite = options.force ? Overwrite::replace : Overwrite::refuse;
    Gazetteer const gazetteer = load_gazetteer(*options.shared);
    if (geojson) { // our own writer is faster, and starts without GDAL
        OutputFile output{file, overwrite};
        geo::GeoJsonWriter writer{[&](std::string_view bytes) { output.write(bytes); }, R"("name":"places")"};
        write_all(gazetteer, [&](Feature const& feature) { writer.write(feature); });
        writer.finish();
        output.commit();
    } else {
        geo::VectorOutput output{file, schema_of(options), overwrite};
        write_all(gazetteer, [&](Feature const& feature) { output.write(feature); });
        output.commit();
    }
    log_info("{} places written to {}", gazetteer.size(), options.output);
    return Exit::done;
}

} // namespace

void add_gazetteer_export(CLI::App& command, GazetteerOptions const& shared, Action& action) {
    auto const options = std::make_shared<ExportOptions>();
    options->shared = &shared;
    CLI::App* const command_export =
        command.add_subcommand("export", "all places as a layer, for QGIS or a spreadsheet");
    command_export
        ->add_option("-o,--output", options->output,
                     "file to write; its ending names the format: " + geo::writable_endings())
        ->required()
        ->type_name("FILE");
    command_export->add_flag("--bom", options->byte_order_mark, "CSV: with a byte order mark, for Excel");
    command_export->add_flag("--force", options->force, "overwrite an existing file");
    command_export->callback(
        [options, &action] { action = [options] { return run_gazetteer_export(*options); }; });
}

} // namespace kharita::cli
