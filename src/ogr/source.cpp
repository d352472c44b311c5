#include "ogr/source.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include <fmt/core.h>
#include <ogrsf_frmts.h>

#include "base/error.hpp"
#include "ogr/gdal_error.hpp"
#include "ogr/geometry.hpp"

namespace kharita::ogr {

namespace {

struct DestroyTransformation {
    void operator()(OGRCoordinateTransformation* transformation) const noexcept {
        OGRCoordinateTransformation::DestroyCT(transformation);
    }
};
using TransformationPtr = std::unique_ptr<OGRCoordinateTransformation, DestroyTransformation>;

/// The way from a layer's reference system to longitude and latitude; none where it needs no way.
TransformationPtr to_wgs84(OGRSpatialReference const* from, std::string const& file) {
    OGRSpatialReference wgs84;
    wgs84.SetWellKnownGeogCS("WGS84");
    wgs84.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    if (from == nullptr) {
        return nullptr; // nothing stated: degrees, as GeoJSON and CSV have it
    }
    std::unique_ptr<OGRSpatialReference, void (*)(OGRSpatialReference*)> const source{
        from->Clone(), [](OGRSpatialReference* system) { system->Release(); }};
    source->SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    if (source->IsSame(&wgs84) != FALSE) {
        return nullptr;
    }
    TransformationPtr found{OGRCreateCoordinateTransformation(source.get(), &wgs84)};
    if (!found) {
        fail<InputError>("{}: its reference system \"{}\" cannot be transformed to longitude and latitude",
                         file, source->GetName() == nullptr ? "?" : source->GetName());
    }
    return found;
}

geo::VectorField::Kind kind_of(OGRFieldDefn const& field) {
    using Kind = geo::VectorField::Kind;
    switch (field.GetType()) {
    case OFTInteger:
        return field.GetSubType() == OFSTBoolean ? Kind::truth : Kind::whole;
    case OFTInteger64:
        return Kind::whole;
    case OFTReal:
        return Kind::real;
    default:
        return Kind::text;
    }
}

/// What GDAL's number for a time zone says: nothing for 0 (unknown) and 1 (local), Z for 100, and a quarter
/// of an hour for each one more or less.
std::string zone_text(int zone) {
    constexpr int utc = 100;
    if (zone <= 1 || zone == utc) {
        return zone == utc ? "Z" : "";
    }
    int const minutes = std::abs(zone - utc) * 15;
    return fmt::format("{}{:02}:{:02}", zone < utc ? '-' : '+', minutes / 60, minutes % 60);
}

/// A day, or a day and a time, as ISO 8601 writes it; GDAL's own text has slashes.
std::string date_text(OGRFeature& feature, int field, OGRFieldType type) {
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    float second = 0;
    int zone = 0;
    feature.GetFieldAsDateTime(field, &year, &month, &day, &hour, &minute, &second, &zone);
    std::string text = fmt::format("{:04}-{:02}-{:02}", year, month, day);
    if (type == OFTDateTime) {
        text += fmt::format("T{:02}:{:02}:{:02}", hour, minute, static_cast<int>(second)) + zone_text(zone);
    }
    return text;
}

/// A cell as text; of a list, its items with semicolons between.
std::string text_of(OGRFeature& feature, int field) {
    if (feature.IsFieldSetAndNotNull(field) == FALSE) {
        return {};
    }
    OGRFieldType const type = feature.GetFieldDefnRef(field)->GetType();
    if (type == OFTDate || type == OFTDateTime) {
        return date_text(feature, field, type);
    }
    if (type != OFTStringList) {
        return feature.GetFieldAsString(field);
    }
    std::string all;
    char** const items = feature.GetFieldAsStringList(field);
    for (int i = 0; items != nullptr && items[i] != nullptr; ++i) {
        all += (i > 0 ? ";" : "") + std::string{items[i]};
    }
    return all;
}

/// The row's shape in longitude and latitude, or what is wrong with it.
void add_geometry(OGRCoordinateTransformation* transformation, OGRFeature& feature, geo::VectorRow& row) {
    OGRGeometry* const shape = feature.GetGeometryRef();
    if (shape == nullptr || shape->IsEmpty() != FALSE) {
        return;
    }
    GdalErrors const of_the_row; // a bad row is no bad file
    if (transformation != nullptr && shape->transform(transformation) != OGRERR_NONE) {
        row.problem = "its position cannot be transformed to longitude and latitude";
        return;
    }
    try {
        row.geometry = from_ogr(*shape);
    } catch (GeometryError const& error) {
        row.problem = error.what();
    }
}

struct ReleaseResult {
    GDALDataset* dataset = nullptr;
    void operator()(OGRLayer* result) const { dataset->ReleaseResultSet(result); }
};
using ResultPtr = std::unique_ptr<OGRLayer, ReleaseResult>;

class Source final : public geo::VectorSource {
public:
    Source(DatasetPtr dataset, geo::VectorInput const& input);

    std::vector<geo::VectorLayer> const& layers() const noexcept override { return m_layers; }
    void read(std::function<void(geo::VectorRow&&)> const& use) override;

private:
    struct Layer {
        OGRLayer* layer = nullptr; ///< of the data set
        TransformationPtr transformation;
        std::uint64_t rows = 0;
    };

    void use_feature(std::size_t at, OGRFeature& feature, std::function<void(geo::VectorRow&&)> const& use);
    void read_all(std::function<void(geo::VectorRow&&)> const& use);

    void add_layer(OGRLayer& layer, std::string name);

    DatasetPtr m_dataset;
    ResultPtr m_result; ///< of a query; released before the data set
    std::string m_file;
    std::vector<geo::VectorLayer> m_layers;
    std::vector<Layer> m_open;
};

Source::Source(DatasetPtr dataset, geo::VectorInput const& input)
    : m_dataset{std::move(dataset)},
      m_file{input.file} {
    if (!input.query.empty()) {
        GdalErrors const errors;
        m_result = {m_dataset->ExecuteSQL(input.query.c_str(), nullptr, nullptr), {m_dataset.get()}};
        if (std::string const error = errors.last_or(""); !m_result || !error.empty()) {
            fail<InputError>("{}: it lacks what is looked for in it: {}", m_file,
                             error.empty() ? "no table" : error);
        }
        add_layer(*m_result, "query");
        return;
    }
    std::string known;
    for (OGRLayer* const layer : m_dataset->GetLayers()) {
        known += (known.empty() ? "" : ", ") + std::string{layer->GetName()};
        if (!input.layer.empty() && input.layer != layer->GetName()) {
            continue;
        }
        add_layer(*layer, layer->GetName());
    }
    if (m_open.empty()) {
        fail<InputError>("{}: no layer \"{}\" in it{}{}", m_file, input.layer,
                         known.empty() ? "" : "; there are ", known);
    }
}

void Source::add_layer(OGRLayer& layer, std::string name) {
    geo::VectorLayer described;
    described.name = std::move(name);
    OGRFeatureDefn const& definition = *layer.GetLayerDefn();
    for (int i = 0; i < definition.GetFieldCount(); ++i) {
        described.fields.emplace_back(definition.GetFieldDefn(i)->GetNameRef());
        described.kinds.push_back(kind_of(*definition.GetFieldDefn(i)));
    }
    described.has_shapes = layer.GetGeomType() != wkbNone;
    m_layers.push_back(std::move(described));
    m_open.push_back({&layer, to_wgs84(layer.GetSpatialRef(), m_file), 0});
}

void Source::read(std::function<void(geo::VectorRow&&)> const& use) {
    GdalErrors const errors;
    for (Layer& layer : m_open) {
        layer.rows = 0;
    }
    read_all(use);
    if (std::string const error = errors.last_or(""); !error.empty()) {
        fail<InputError>("{}: cannot be read on: {}", m_file, error);
    }
}

void Source::read_all(std::function<void(geo::VectorRow&&)> const& use) {
    if (!m_result && m_dataset->TestCapability(ODsCRandomLayerRead) != FALSE) {
        // OSM files hold nodes, ways and relations one after the other: read once, whatever the layer.
        m_dataset->ResetReading();
        OGRLayer* layer = nullptr;
        while (
            OGRFeatureUniquePtr const feature{m_dataset->GetNextFeature(&layer, nullptr, nullptr, nullptr)}) {
            auto const found = std::ranges::find(m_open, layer, &Layer::layer);
            if (found != m_open.end()) {
                use_feature(static_cast<std::size_t>(found - m_open.begin()), *feature, use);
            }
        }
    } else {
        for (std::size_t i = 0; i < m_open.size(); ++i) {
            m_open[i].layer->ResetReading();
            while (OGRFeatureUniquePtr const feature{m_open[i].layer->GetNextFeature()}) {
                use_feature(i, *feature, use);
            }
        }
    }
}

void Source::use_feature(std::size_t at, OGRFeature& feature,
                         std::function<void(geo::VectorRow&&)> const& use) {
    Layer& layer = m_open[at];
    geo::VectorRow row;
    row.layer = at;
    row.number = ++layer.rows;
    row.id = std::to_string(feature.GetFID());
    int const fields = feature.GetFieldCount();
    row.values.reserve(static_cast<std::size_t>(fields));
    for (int i = 0; i < fields; ++i) {
        row.values.push_back(text_of(feature, i));
    }
    add_geometry(layer.transformation.get(), feature, row);
    use(std::move(row));
}

} // namespace

std::unique_ptr<geo::VectorSource> open_source(geo::VectorInput const& input) {
    CPLStringList options;
    for (std::string const& option : input.options) {
        options.AddString(option.c_str());
    }
    // Cells as they are written: P-codes and ids are no numbers.
    CPLConfigOptionSetter const xlsx{"OGR_XLSX_FIELD_TYPES", "STRING", true};
    CPLConfigOptionSetter const ods{"OGR_ODS_FIELD_TYPES", "STRING", true};
    // Where all cells are text, the driver takes no row for the header; tables of places have one.
    CPLConfigOptionSetter const xlsx_headers{"OGR_XLSX_HEADERS", "FORCE", true};
    CPLConfigOptionSetter const ods_headers{"OGR_ODS_HEADERS", "FORCE", true};
    GdalErrors const errors;
    std::unique_lock lock{open_close_mutex()};
    DatasetPtr dataset{
        GDALDataset::Open(input.file.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, nullptr, options.List())};
    lock.unlock();
    if (!dataset) {
        fail<InputError>("{}: cannot be read: {}", input.file,
                         errors.last_or("no format that GDAL knows here; is its driver installed?"));
    }
    return std::make_unique<Source>(std::move(dataset), input);
}

} // namespace kharita::ogr
