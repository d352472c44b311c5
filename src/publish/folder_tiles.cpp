#include "publish/folder_tiles.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "publish/feature_changes.hpp"
#include "tile/archive.hpp"
#include "tile/archive_tools.hpp"
#include "tile/layer_data.hpp"
#include "tile/previous_tiles.hpp"
#include "tile/tile_update.hpp"

namespace kharita::publish {

namespace fs = std::filesystem;

namespace {

/// The input of a configured layer; null where it has no features.
FeatureLayer const* input_of(tile::LayerConfig const& layer, std::vector<FeatureLayer> const& inputs) {
    auto const found = std::ranges::find(inputs, layer.source, &FeatureLayer::name);
    return found == inputs.end() || found->features.empty() ? nullptr : &*found;
}

/// What the next build will compare features with. Those that were set aside count as new each time, so that
/// each build says of them why.
void note_contents(tile::FeatureIndex& index, tile::TilesetConfig const& config,
                   std::vector<FeatureLayer> const& inputs) {
    for (tile::LayerConfig const& each : config.layers) {
        tile::FeatureIndex::Layer* const layer = index.find(each.id);
        FeatureLayer const* const input = input_of(each, inputs);
        if (layer == nullptr || input == nullptr) {
            continue;
        }
        try {
            layer->contents = contents_of(*input);
        } catch (InputError const&) { // the next build will say so
            layer->contents.clear();
            continue;
        }
        if (layer->fixed.empty()) {
            auto const ids =
                layer->shapes ? std::span<std::uint64_t const>{layer->shapes->ids} : layer->ids.all();
            std::vector<std::uint64_t> known{ids.begin(), ids.end()};
            std::ranges::sort(known);
            std::erase_if(layer->contents, [&](tile::FeatureIndex::Content const& content) {
                return !std::ranges::binary_search(known, content.id);
            });
        }
    }
}

/// Tells why tiles cannot be changed.
using Refusal = InputError;

/// Layers of which something changed, with what.
std::vector<std::pair<tile::LayerConfig const*, FeatureChanges>>
find_changes(tile::FeatureIndex& index, tile::TilesetConfig const& config,
             std::vector<FeatureLayer> const& inputs) {
    constexpr std::size_t worth_it = 4; // one vertex in so many; of more, making all tiles is as fast
    std::size_t vertices = 0;
    std::size_t changed = 0;
    std::vector<std::pair<tile::LayerConfig const*, FeatureChanges>> all;
    for (tile::LayerConfig const& each : config.layers) {
        tile::FeatureIndex::Layer const* const layer = index.find(each.id);
        FeatureLayer const* const input = input_of(each, inputs);
        if (layer == nullptr && input == nullptr) {
            continue;
        }
        if (layer == nullptr) {
            fail<Refusal>("layer {} has features now", each.id);
        }
        FeatureLayer const none{each.source, {}};
        FeatureLayer const& now = input == nullptr ? none : *input;
        contents_of(now); // throws where ids do not tell features apart
        FeatureChanges changes = changes_since(layer->contents, now);
        for (Feature const& feature : now.features) {
            vertices += vertex_count(feature.geometry);
        }
        for (std::size_t const feature : changes.put) {
            changed += vertex_count(now.features[feature].geometry);
        }
        if (!changes.is_empty()) {
            all.emplace_back(&each, std::move(changes));
        }
    }
    if (changed * worth_it > vertices) {
        fail<Refusal>("more than a quarter of what is drawn changed");
    }
    return all;
}

/// How many tiles are not what they were.
std::size_t count_other(tile::Tileset const& before, tile::Tileset const& after) {
    std::size_t same = 0;
    auto old = before.entries.begin();
    for (tile::Tileset::Entry const& entry : after.entries) {
        while (old != before.entries.end() && old->key < entry.key) {
            ++old;
        }
        if (old != before.entries.end() && old->key == entry.key &&
            before.blobs.place(old->blob).hash == after.blobs.place(entry.blob).hash) {
            ++same;
        }
    }
    return after.entries.size() - same;
}

/// Changes the tiles of the last build. Throws InputError where that cannot be.
FolderTiles changed_tiles(std::vector<FeatureLayer> const& inputs, tile::TilesetConfig const& config,
                          std::uint64_t settings, LastTiles const& last, std::size_t jobs) {
    if (!fs::exists(last.index)) {
        fail<Refusal>("{}: is missing", last.index.string());
    }
    FolderTiles result;
    result.index = tile::read_index(last.index);
    if (result.index.settings != settings) {
        fail<Refusal>("the program or schemas/tileset.json is another");
    }
    auto const changes = find_changes(result.index, config, inputs);
    tile::Tileset const before = tile::read_tileset(*tile::open_archive(last.archive));
    if (tile::tiles_hash(before) != result.index.tiles) {
        fail<Refusal>("{}: is not of these tiles", last.index.string());
    }
    result.tileset = before;
    if (changes.empty()) {
        result.tileset.metadata = {}; // of the configuration as it is now
        tile::complete_update(result.index, {}, config, result.tileset);
    }
    Rejects rejects;
    for (auto const& [layer, change] : changes) {
        tile::LayerBuilder builder{*layer, config, tile::SameIds::set_aside};
        FeatureLayer const* const input = input_of(*layer, inputs);
        for (std::size_t const feature : change.put) {
            builder.add(input->features[feature]);
        }
        tile::UpdateResult updated = tile::update_tileset(std::move(result.tileset), result.index, builder,
                                                          change.removed, config, jobs);
        result.tileset = std::move(updated.tileset);
        rejects.insert(rejects.end(), result.tileset.rejects.begin(), result.tileset.rejects.end());
    }
    result.tileset.rejects = std::move(rejects);
    result.encoded = count_other(before, result.tileset);
    return result;
}

FolderTiles all_tiles(std::vector<FeatureLayer> const& inputs, tile::TilesetConfig const& config,
                      std::uint64_t settings, fs::path const& last, std::size_t jobs) {
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
        if (FeatureLayer const* const input = input_of(each, inputs)) {
            prepared.push_back(tile::prepare_layer(*input, each, config, rejects));
        }
    }
    result.index = tile::index_features(prepared, jobs);
    result.tileset =
        tile::build_tileset(std::move(prepared), config, previous ? *previous : tile::PreviousTiles{}, jobs);
    tile::complete_index(result.index, result.tileset, settings);
    result.encoded = result.tileset.entries.size() - result.tileset.reused;
    result.tileset.rejects = std::move(rejects);
    return result;
}

} // namespace

fs::path tile_index_of(fs::path const& folder) {
    return folder.parent_path() / fmt::format(".{}.index", folder.filename().string());
}

FolderTiles make_tiles(std::vector<FeatureLayer> const& layers, tile::TilesetConfig const& config,
                       std::uint64_t settings, LastTiles const& last, std::size_t jobs) {
    std::string refused;
    std::optional<FolderTiles> result;
    if (fs::exists(last.archive)) {
        try {
            result = changed_tiles(layers, config, settings, last, jobs);
        } catch (InputError const& error) {
            refused = error.what();
        }
    }
    if (!result) {
        result = all_tiles(layers, config, settings, last.archive, jobs);
        if (result->made_anew.empty()) {
            result->made_anew = refused;
        }
    }
    note_contents(result->index, config, layers);
    return std::move(*result);
}

} // namespace kharita::publish
