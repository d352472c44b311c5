#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "model/feature.hpp"
#include "support/temp_folder.hpp"
#include "tile/feature_index.hpp"
#include "tile/layer_data.hpp"
#include "tile/previous_tiles.hpp"
#include "tile/tile_update.hpp"
#include "tile/tileset.hpp"

namespace kharita::test {

/// Features by id, as they would stand in a file.
using Features = std::map<std::uint64_t, Feature>;
using Layers = std::map<std::string, Features>;

struct TileBuild {
    tile::Tileset tileset;
    tile::FeatureIndex index;
};

/// A full build; a layer that is not given has no features.
inline TileBuild build(Layers const& given, tile::TilesetConfig const& config) {
    Rejects rejects;
    std::vector<tile::LayerData> layers;
    for (tile::LayerConfig const& each : config.layers) {
        tile::LayerBuilder builder{each, config, tile::SameIds::renumber};
        auto const found = given.find(each.id);
        for (auto const& [id, feature] : found == given.end() ? Features{} : found->second) {
            builder.add(feature);
        }
        if (tile::LayerData layer = builder.finish(rejects); layer.feature_count() > 0) {
            layers.push_back(std::move(layer));
        }
    }
    TileBuild result;
    result.index = tile::index_features(layers, 2);
    result.tileset = tile::build_tileset(std::move(layers), config, tile::PreviousTiles{}, 2);
    tile::complete_index(result.index, result.tileset, 1);
    return result;
}

/// Some features changed: put in, taken out, moved, said otherwise.
struct Change {
    Features put;
    std::vector<std::uint64_t> removed;

    void apply(Features& features) const {
        for (auto const& [id, feature] : put) {
            features[id] = feature;
        }
        for (std::uint64_t const id : removed) {
            features.erase(id);
        }
    }
};

/// A change of a layer, done; the index goes through a file.
inline tile::UpdateResult update(TileBuild& build, std::string const& layer, Change const& change,
                                 tile::TilesetConfig const& config, std::size_t jobs = 2) {
    TempFolder const folder;
    tile::write_index(build.index, folder.path() / "a.index", Overwrite::refuse);
    build.index = tile::read_index(folder.path() / "a.index");
    tile::LayerBuilder changes{*std::ranges::find(config.layers, layer, &tile::LayerConfig::id), config,
                               tile::SameIds::set_aside};
    for (auto const& [id, feature] : change.put) {
        changes.add(feature);
    }
    return tile::update_tileset(build.tileset, build.index, changes, change.removed, config, jobs);
}

/// Whether two tilesets have the same tiles and say the same.
inline void check_equal(tile::Tileset const& a, tile::Tileset const& b) {
    CHECK(a.metadata == b.metadata);
    REQUIRE(a.entries.size() == b.entries.size());
    CHECK(a.blobs == b.blobs);
    CHECK(tile::tiles_hash(a) == tile::tiles_hash(b));
}

} // namespace kharita::test
