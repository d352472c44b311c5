#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include <ogrsf_frmts.h>

#include "base/error.hpp"
#include "ogr/gdal_error.hpp"
#include "ogr/geometry.hpp"
#include "ogr/source.hpp"

namespace kharita::ogr {

namespace {

struct Format {
    std::string_view ending;
    char const* driver = "";
    bool shapes = true;
};
constexpr std::array<Format, 8> formats{{{".gpkg", "GPKG"},
                                         {".fgb", "FlatGeobuf"},
                                         {".csv", "CSV", false},
                                         {".xlsx", "XLSX", false},
                                         {".ods", "ODS", false},
                                         {".geojson", "GeoJSON"},
                                         {".geojsonl", "GeoJSONSeq"},
                                         {".gml", "GML"}}};

OGRFieldType type_of(geo::VectorField::Kind kind) {
    switch (kind) {
    case geo::VectorField::Kind::whole:
        return OFTInteger64;
    case geo::VectorField::Kind::real:
        return OFTReal;
    case geo::VectorField::Kind::truth:
        return OFTInteger;
    case geo::VectorField::Kind::text:
        break;
    }
    return OFTString;
}

OGRwkbGeometryType type_of(geo::VectorSchema::Shape shape) {
    switch (shape) {
    case geo::VectorSchema::Shape::point:
        return wkbPoint;
    case geo::VectorSchema::Shape::multi_line:
        return wkbMultiLineString;
    case geo::VectorSchema::Shape::multi_polygon:
        return wkbMultiPolygon;
    case geo::VectorSchema::Shape::none:
        return wkbNone;
    case geo::VectorSchema::Shape::any:
        break;
    }
    return wkbUnknown;
}

// Output follows from input: the time that a GeoPackage notes is not the clock's.
constexpr char const* no_clock = "OGR_CURRENT_DATE";
constexpr char const* epoch = "1970-01-01T00:00:00.000Z";

/// Rows between two commits of formats that have transactions.
constexpr std::uint64_t batch = 100'000;

void set(OGRFeature& feature, int field, Value const& value) {
    std::visit(detail::Overloaded{
                   [&](std::monostate) { feature.SetFieldNull(field); },
                   [&](bool truth) { feature.SetField(field, truth ? 1 : 0); },
                   [&](std::int64_t number) { feature.SetField(field, static_cast<GIntBig>(number)); },
                   [&](double number) { feature.SetField(field, number); },
                   [&](std::string const& text) { feature.SetField(field, text.c_str()); },
               },
               value);
}

class Sink final : public geo::VectorSink {
public:
    Sink(std::string file, geo::VectorSchema const& schema);
    Sink(Sink const&) = delete;
    Sink& operator=(Sink const&) = delete;
    Sink(Sink&&) = delete;
    Sink& operator=(Sink&&) = delete;
    ~Sink() override {
        GdalErrors const unheard; // an output given up
        m_dataset.reset();
    }

    void add_layer(geo::VectorSchema const& schema) override;
    void write(Feature const& feature) override;
    void finish() override;

private:
    void create_layer(geo::VectorSchema const& schema, GdalErrors const& errors);

    std::string m_file;
    DatasetPtr m_dataset;
    OGRLayer* m_layer = nullptr; ///< of the data set
    std::vector<std::string> m_fields;
    std::uint64_t m_written = 0;
    Format const* m_format = nullptr;
    bool m_transactions = false;
};

Sink::Sink(std::string file, geo::VectorSchema const& schema) : m_file{std::move(file)} {
    GdalErrors const errors;
    CPLConfigOptionSetter const date{no_clock, epoch, false};
    std::string const ending = std::filesystem::path{m_file}.extension().string();
    auto const* const format = std::ranges::find(formats, ending, &Format::ending);
    GDALDriver* const driver =
        format == formats.end() ? nullptr : GetGDALDriverManager()->GetDriverByName(format->driver);
    if (driver == nullptr) {
        fail<OutputError>("{}: GDAL has no driver for {} here", m_file, ending);
    }
    m_format = format;
    {
        std::scoped_lock const lock{open_close_mutex()};
        m_dataset.reset(driver->Create(m_file.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    }
    if (!m_dataset) {
        fail<OutputError>("{}: cannot be written: {}", m_file, errors.last_or("GDAL gives no reason"));
    }
    create_layer(schema, errors);
    m_transactions = m_dataset->TestCapability(ODsCTransactions) != FALSE;
    if (m_transactions) {
        m_dataset->StartTransaction();
    }
}

void Sink::add_layer(geo::VectorSchema const& schema) {
    GdalErrors const errors;
    CPLConfigOptionSetter const date{no_clock, epoch, false};
    if (m_transactions) {
        m_dataset->CommitTransaction();
    }
    m_fields.clear();
    create_layer(schema, errors);
    if (m_transactions) {
        m_dataset->StartTransaction();
    }
}

void Sink::create_layer(geo::VectorSchema const& schema, GdalErrors const& errors) {
    OGRSpatialReference wgs84;
    wgs84.importFromEPSG(4326);
    wgs84.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    CPLStringList options;
    if (schema.byte_order_mark && m_format->ending == ".csv") {
        options.SetNameValue("WRITE_BOM", "YES");
    }
    if (m_format->ending == ".csv") {
        options.SetNameValue("STRING_QUOTING", "IF_NEEDED"); // else GDAL puts whole numbers in quotes
    }
    if (m_format->ending == ".geojson" || m_format->ending == ".geojsonl") {
        options.SetNameValue("COORDINATE_PRECISION", "7");
    }
    if (m_format->ending == ".gpkg" && !schema.description.empty()) {
        options.SetNameValue("DESCRIPTION", schema.description.c_str());
    }
    bool const shapes = m_format->shapes && schema.shape != geo::VectorSchema::Shape::none;
    m_layer = m_dataset->CreateLayer(schema.layer.c_str(), shapes ? &wgs84 : nullptr,
                                     shapes ? type_of(schema.shape) : wkbNone, options.List());
    if (m_layer == nullptr) {
        fail<OutputError>("{}: cannot be written: {}", m_file, errors.last_or("no layer can be created"));
    }
    for (geo::VectorField const& field : schema.fields) {
        OGRFieldDefn definition{field.name.c_str(), type_of(field.kind)};
        if (field.kind == geo::VectorField::Kind::truth) {
            definition.SetSubType(OFSTBoolean);
        }
        if (m_layer->CreateField(&definition) != OGRERR_NONE) {
            fail<OutputError>("{}: no column {}: {}", m_file, field.name, errors.last_or("not supported"));
        }
        m_fields.push_back(field.name);
    }
}

void Sink::write(Feature const& feature) {
    GdalErrors const errors;
    OGRFeatureUniquePtr const row{OGRFeature::CreateFeature(m_layer->GetLayerDefn())};
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        for (auto const& [name, value] : feature.properties) {
            if (name == m_fields[i]) {
                set(*row, static_cast<int>(i), value);
                break;
            }
        }
    }
    if (m_layer->GetGeomType() != wkbNone) {
        row->SetGeometryDirectly(to_ogr(feature.geometry).release());
    }
    if (m_layer->CreateFeature(row.get()) != OGRERR_NONE) {
        fail<OutputError>("{}: cannot be written: {}", m_file, errors.last_or("GDAL gives no reason"));
    }
    if (m_transactions && ++m_written % batch == 0) {
        m_dataset->CommitTransaction();
        m_dataset->StartTransaction();
    }
}

void Sink::finish() {
    GdalErrors const errors;
    CPLConfigOptionSetter const date{no_clock, epoch, false};
    if (m_transactions) {
        m_dataset->CommitTransaction();
    }
    m_dataset->FlushCache(true);
    m_dataset.reset();
    if (std::string const error = errors.last_or(""); !error.empty()) {
        fail<OutputError>("{}: cannot be written: {}", m_file, error);
    }
}

} // namespace

std::unique_ptr<geo::VectorSink> create_sink(std::string const& file, geo::VectorSchema const& schema) {
    return std::make_unique<Sink>(file, schema);
}

} // namespace kharita::ogr
