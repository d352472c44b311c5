#include "publish/map_layers.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/hash.hpp"
#include "base/output_file.hpp"
#include "gazetteer/boundaries.hpp"
#include "gazetteer/gazetteer.hpp"
#include "geo/geometry.hpp"
#include "store/database.hpp"
#include "store/export.hpp"
#include "store/features.hpp"

namespace kharita::publish {

namespace {

using store::Layer;

constexpr std::array published_files{Layer::events, Layer::places, Layer::zones, Layer::frontlines,
                                     Layer::control};
constexpr std::array tiled_layers{Layer::control,    Layer::zones,  Layer::frontlines, Layer::places,
                                  Layer::historical, Layer::denied, Layer::threatened, Layer::planned,
                                  Layer::failed,     Layer::events};

MultiLineString outline(MultiPolygon const& area) {
    MultiLineString lines;
    for (Polygon const& polygon : area.polygons) {
        lines.lines.push_back({polygon.outer});
        for (Ring const& hole : polygon.holes) {
            lines.lines.push_back({hole});
        }
    }
    return lines;
}

} // namespace

FeatureLayer boundary_layer(gazetteer::Gazetteer const& gazetteer, gazetteer::Boundaries const& boundaries) {
    constexpr std::uint64_t low_53_bits = (std::uint64_t{1} << 53U) - 1;
    FeatureLayer layer{"boundaries", {}};
    for (gazetteer::PlaceIndex index = 0; index < gazetteer.size(); ++index) {
        gazetteer::FeatureClass const kind = gazetteer.feature_class_of(index);
        if (kind != gazetteer::FeatureClass::country && kind != gazetteer::FeatureClass::admin1) {
            continue;
        }
        Place const& place = gazetteer.place(index);
        gazetteer::Boundary const* const boundary = boundaries.find(place.id);
        if (boundary == nullptr) {
            continue;
        }
        bool const is_country = kind == gazetteer::FeatureClass::country;
        layer.features.push_back(
            {.id = xxh3(place.id) & low_53_bits,
             .geometry = outline(boundary->area),
             .properties = {{"kind", std::string{is_country ? "country" : "governorate"}},
                            {"name", place.name},
                            {"name_ar", place.name_ar}},
             .rank = is_country ? 1.0 : 0.0});
    }
    return layer;
}

std::vector<FeatureLayer> map_layers(store::Database& database, gazetteer::Gazetteer const& gazetteer,
                                     gazetteer::Boundaries const& boundaries) {
    std::vector<FeatureLayer> layers{boundary_layer(gazetteer, boundaries)};
    for (Layer const layer : tiled_layers) {
        layers.push_back(store::feature_layer(database, layer));
    }
    return layers;
}

Extent view_of(std::vector<FeatureLayer> const& layers) {
    constexpr std::array<std::string_view, 3> shown_first{"events", "control", "zones"};
    Extent view;
    Extent whole;
    for (FeatureLayer const& layer : layers) {
        bool const first = std::find(shown_first.begin(), shown_first.end(), layer.name) != shown_first.end();
        for (Feature const& feature : layer.features) {
            Extent const box = extent(feature.geometry);
            whole.add(box);
            if (first) {
                view.add(box);
            }
        }
    }
    return view.is_empty() ? whole : view;
}

void write_geojson_files(store::Database& database, std::filesystem::path const& folder) {
    for (Layer const layer : published_files) {
        OutputFile file{folder / (std::string{store::name_of(layer)} + ".geojson"), Overwrite::refuse};
        store::write_layer(database, layer, store::ExportFormat::geojson,
                           [&](std::string_view part) { file.write(part); });
        file.commit();
    }
}

} // namespace kharita::publish
