#include "publish/folder_tiles.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/error.hpp"
#include "tile/archive.hpp"
#include "tile/layer_data.hpp"
#include "tile/previous_tiles.hpp"

namespace kharita::publish {

namespace fs = std::filesystem;

FolderTiles make_tiles(std::vector<FeatureLayer> const& layers, tile::TilesetConfig const& config,
                       fs::path const& last, std::size_t jobs) {
    FolderTiles result;
    std::optional<tile::PreviousTiles> previous;
    try {
        if (fs::exists(last)) {
            previous.emplace(*tile::open_archive(last));
        }
    } catch (InputError const& error) { // damaged: the tiles do not depend on it
        result.made_anew = error.what();
    }
    Rejects rejects;
    std::vector<tile::LayerData> prepared;
    for (tile::LayerConfig const& each : config.layers) {
        auto const input = std::ranges::find(layers, each.source, &FeatureLayer::name);
        if (input != layers.end() && !input->features.empty()) {
            prepared.push_back(tile::prepare_layer(*input, each, config, rejects));
        }
    }
    result.tileset =
        tile::build_tileset(std::move(prepared), config, previous ? *previous : tile::PreviousTiles{}, jobs);
    result.tileset.rejects = std::move(rejects);
    return result;
}

} // namespace kharita::publish
