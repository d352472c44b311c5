#include "tile/tileset_description.hpp"

#include <algorithm>
#include <string>

namespace kharita::tile {

namespace {

std::string geometry_name(LayerData const& layer) {
    return !layer.points.empty() ? "Point" : !layer.lines.empty() ? "LineString" : "Polygon";
}

/// The deepest zoom at which one tile is as large as the bounds.
int zoom_of(Extent const& bounds) noexcept {
    WorldPoint const north_west = to_world({bounds.west, bounds.north});
    WorldPoint const south_east = to_world({bounds.east, bounds.south});
    auto const side = std::max(south_east.x - north_west.x, south_east.y - north_west.y);
    int zoom = 0;
    while (zoom < max_zoom && (world_size >> static_cast<unsigned>(zoom + 1)) >= side) {
        ++zoom;
    }
    return zoom;
}

} // namespace

void LayerUse::add(LayerUse const& other) {
    keys.resize(std::max(keys.size(), other.keys.size()), false);
    for (std::size_t i = 0; i < other.keys.size(); ++i) {
        keys[i] = keys[i] || other.keys[i];
    }
    minzoom = std::min(minzoom, other.minzoom);
    maxzoom = std::max(maxzoom, other.maxzoom);
}

VectorLayer describe(LayerData const& layer, LayerUse const& use) {
    VectorLayer result;
    result.id = layer.config.id;
    result.description = layer.config.description;
    result.minzoom = use.minzoom;
    result.maxzoom = use.maxzoom;
    result.geometry = geometry_name(layer);
    result.feature_count = layer.feature_count();
    for (std::size_t key = 0; key < use.keys.size(); ++key) {
        if (use.keys[key]) {
            result.fields.push_back(
                {layer.keys[key].name, layer.keys[key].type, layer.keys[key].description});
        }
    }
    return result;
}

void complete_description(TilesetMetadata& metadata, TilesetConfig const& config, Extent bounds) {
    metadata.name = config.name;
    metadata.description = config.description;
    metadata.attribution = config.attribution;
    metadata.version = config.version;
    if (metadata.layers.empty()) {
        bounds = {-180, -mercator_limit, 180, mercator_limit};
    } else {
        auto const by_min = [](VectorLayer const& a, VectorLayer const& b) { return a.minzoom < b.minzoom; };
        auto const by_max = [](VectorLayer const& a, VectorLayer const& b) { return a.maxzoom < b.maxzoom; };
        metadata.minzoom = std::min_element(metadata.layers.begin(), metadata.layers.end(), by_min)->minzoom;
        metadata.maxzoom = std::max_element(metadata.layers.begin(), metadata.layers.end(), by_max)->maxzoom;
    }
    LonLat const south_west = rounded(LonLat{bounds.west, bounds.south});
    LonLat const north_east = rounded(LonLat{bounds.east, bounds.north});
    metadata.bounds = {south_west.lon, south_west.lat, north_east.lon, north_east.lat};
    metadata.center = rounded(LonLat{(bounds.west + bounds.east) / 2, (bounds.south + bounds.north) / 2});
    metadata.center_zoom = std::clamp(zoom_of(bounds), metadata.minzoom, metadata.maxzoom);
}

} // namespace kharita::tile
