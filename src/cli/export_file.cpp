#include "cli/export_file.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "store/coded_export.hpp"
#include "store/layer_fields.hpp"
#include "store/styles.hpp"

namespace kharita::cli {

namespace {

namespace fs = std::filesystem;
using store::Layer;

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

/// Tables have no shapes, but people want to know where; and spreadsheets take some texts for formulas.
bool is_table(fs::path const& file) {
    std::string const ending = file.extension().string();
    return ending == ".csv" || ending == ".xlsx" || ending == ".ods";
}

geo::VectorField::Kind kind_of(store::LayerField::Kind kind) noexcept {
    switch (kind) {
    case store::LayerField::Kind::whole:
    case store::LayerField::Kind::days:
        return geo::VectorField::Kind::whole;
    case store::LayerField::Kind::real:
        return geo::VectorField::Kind::real;
    case store::LayerField::Kind::truth:
        return geo::VectorField::Kind::truth;
    case store::LayerField::Kind::text:
    case store::LayerField::Kind::arabic:
        break;
    }
    return geo::VectorField::Kind::text;
}

geo::VectorSchema::Shape shape_of(Layer layer) noexcept {
    switch (layer) {
    case Layer::areas:
    case Layer::zones:
    case Layer::control:
        return geo::VectorSchema::Shape::multi_polygon;
    case Layer::frontlines:
        return geo::VectorSchema::Shape::multi_line;
    default:
        return geo::VectorSchema::Shape::point;
    }
}

geo::VectorSchema schema_of(ExportOptions const& options, Layer layer, bool is_table) {
    geo::VectorSchema schema;
    schema.layer = store::name_of(layer);
    schema.description = store::meaning_of(layer);
    schema.shape = shape_of(layer);
    schema.byte_order_mark = options.byte_order_mark;
    for (store::LayerField const& field : store::fields_of(layer)) {
        schema.fields.push_back({std::string{field.name}, kind_of(field.kind)});
    }
    if (is_table) {
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

} // namespace

bool is_folder(std::string const& output) {
    return output.ends_with('/') || fs::is_directory(output);
}

store::ExportFormat format_of(ExportOptions const& options) {
    if (!options.format.empty()) {
        return store::parse_format(options.format).value(); // checked when the command line was read
    }
    return is_sequence(options.output) ? store::ExportFormat::geojsonseq : store::ExportFormat::geojson;
}

bool is_gdal_format(std::string_view format) {
    return !format.empty() && !store::parse_format(format) && geo::is_writable(fmt::format("x.{}", format));
}

bool is_for_gdal(ExportOptions const& options, fs::path const& file) {
    return is_gdal_format(options.format) ||
           (options.format.empty() && !is_one_of(collection_endings, file) && !is_sequence(file) &&
            geo::is_writable(file));
}

std::vector<Layer> layers_of(ExportOptions const& options) {
    bool const all = is_folder(options.output) || fs::path{options.output}.extension() == ".gpkg";
    std::vector<Layer> layers;
    layers.reserve(options.layers.size());
    for (std::string const& name : options.layers) {
        layers.push_back(store::parse_layer(name).value()); // checked as above
    }
    if (layers.empty() && all) {
        layers.assign(store::all_layers.begin(), store::all_layers.end());
    } else if (layers.empty()) {
        layers.push_back(Layer::events);
    }
    return layers;
}

std::string file_name_of(ExportOptions const& options, Layer layer) {
    std::string const ending = is_gdal_format(options.format)
                                   ? "." + options.format
                                   : std::string{store::extension_of(format_of(options))};
    return std::string{store::name_of(layer)} + ending;
}

void check_ending(ExportOptions const& options) {
    fs::path const file{options.output};
    if (is_folder(options.output) || (file.extension().empty() && !is_gdal_format(options.format)) ||
        file.extension() == ".qgs") {
        return;
    }
    if (is_gdal_format(options.format)) {
        if (file.extension() != "." + options.format) {
            fail<UsageError>(
                "{}: --format {} is written to a file that ends in .{}, or to a folder (a name that "
                "ends in /)",
                options.output, options.format, options.format);
        }
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

FeatureFile::FeatureFile(ExportOptions const& options, Layer layer, fs::path const& file)
    : m_options{options},
      m_is_table{is_table(file)},
      m_takes_styles{file.extension() == ".gpkg"} {
    if (is_for_gdal(options, file)) {
        m_vector.emplace(file, schema_of(options, layer, m_is_table), options.overwrite());
        return;
    }
    m_text.emplace(file, options.overwrite());
    if (format_of(options) == store::ExportFormat::geojson) {
        m_collection.emplace([this](std::string_view part) { m_text->write(part); },
                             fmt::format(R"("name":"{}")", store::name_of(layer)));
    }
}

void FeatureFile::begin(Layer layer) {
    m_vector.value().add_layer(schema_of(m_options, layer, m_is_table)); // no other form holds several
}

void FeatureFile::write(Feature const& feature) {
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

void FeatureFile::add_styles(std::span<Layer const> layers) {
    if (!m_takes_styles) {
        return;
    }
    // As QGIS makes this table (QgsOgrProvider).
    geo::VectorSchema schema{.layer = "layer_styles", .fields = {}, .shape = geo::VectorSchema::Shape::none};
    for (char const* const text : {"f_table_catalog", "f_table_schema", "f_table_name", "f_geometry_column",
                                   "styleName", "styleQML", "styleSLD"}) {
        schema.fields.push_back({text, geo::VectorField::Kind::text});
    }
    schema.fields.push_back({"useAsDefault", geo::VectorField::Kind::truth});
    for (char const* const text : {"description", "owner", "ui", "update_time"}) {
        schema.fields.push_back({text, geo::VectorField::Kind::text});
    }
    m_vector->add_layer(schema);
    for (Layer const layer : layers) {
        store::LayerStyle style = store::style_of(layer);
        std::string const name{store::name_of(layer)};
        Feature row;
        row.properties = {{"f_table_catalog", std::string{}},
                          {"f_table_schema", std::string{}},
                          {"f_table_name", name},
                          {"f_geometry_column", std::string{"geom"}},
                          {"styleName", name},
                          {"styleQML", std::move(style.qml)},
                          {"styleSLD", std::string{}},
                          {"useAsDefault", true},
                          {"description", std::string{style.description}}};
        m_vector->write(row);
    }
}

void FeatureFile::commit() {
    if (m_vector) {
        m_vector->commit();
        return;
    }
    if (m_collection) {
        m_collection->finish();
    }
    m_text->commit();
}

} // namespace kharita::cli
