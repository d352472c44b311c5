#include "publish/map_style.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/files.hpp"

namespace kharita::publish {

using Json = nlohmann::ordered_json;

namespace {

constexpr double window_pixels = 720; ///< of a window that shows the whole view
constexpr double tile_pixels = 512;   ///< of a tile at its own zoom in MapLibre

/// Web Mercator's y of a latitude, where the whole world is 1 high.
double mercator_y(double lat) {
    double const limited = std::clamp(lat, -85.0, 85.0) * std::numbers::pi / 180;
    return 0.5 - std::log(std::tan(std::numbers::pi / 4 + limited / 2)) / (2 * std::numbers::pi);
}

/// Rounded to three decimals: enough for a view, short to read.
double shortened(double value) {
    return std::round(value * 1000) / 1000;
}

void open_on(Json& style, Extent const& view) {
    if (view.is_empty()) {
        return;
    }
    double const width = (view.east - view.west) / 360;
    double const height = mercator_y(view.south) - mercator_y(view.north);
    double const share = std::max({width, height, 1e-6});
    double const zoom = std::log2(window_pixels / (tile_pixels * share));
    style["center"] = {shortened((view.west + view.east) / 2), shortened((view.south + view.north) / 2)};
    style["zoom"] = shortened(std::clamp(zoom, 0.0, 12.0));
}

} // namespace

std::string map_style(std::filesystem::path const& style_file, tile::TilesetMetadata const& tileset,
                      std::string_view tiles_url, Extent const& view) {
    try {
        Json style = Json::parse(read_file(style_file));
        for (auto& [name, source] : style.at("sources").items()) {
            if (source.at("type") == "vector") {
                source["url"] = tiles_url;
                source["attribution"] = tileset.attribution;
            }
        }
        Json layers = Json::array();
        for (Json const& layer : style.at("layers")) {
            std::string const needed = layer.value("source-layer", std::string{});
            bool const has = std::any_of(tileset.layers.begin(), tileset.layers.end(),
                                         [&](tile::VectorLayer const& each) { return each.id == needed; });
            if (needed.empty() || has) {
                layers.push_back(layer);
            }
        }
        style["layers"] = std::move(layers);
        open_on(style, view);
        return style.dump(1) + "\n";
    } catch (Json::exception const& error) {
        fail<InputError>("{}: is no map style: {}", style_file.string(), error.what());
    }
}

} // namespace kharita::publish
