#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "tile/feature_columns.hpp"
#include "tile/feature_index.hpp"
#include "tile/point_tile.hpp"

namespace kharita::tile {

/// Turns points of tiles back into features, with the counts and aggregates that they have there. One object
/// a thread.
class PointDecoder {
public:
    /// All three must outlive it.
    PointDecoder(FeatureIndex::Layer const& layer, LayerConfig const& config, FeatureColumns& into)
        : m_layer{layer},
          m_config{config},
          m_into{into} {}

    /// Adds the features of a tile, except those of which `is_gone` says that they are to be left out. Throws
    /// FormatError when one is not in the index.
    void add(PointTile const& tile, std::function<bool(std::uint64_t)> const& is_gone);

private:
    void begin(PointTile const& tile);
    std::size_t role_of(std::string_view name) const;
    void add_tags(PointTile const& tile, std::size_t first, std::size_t last);
    void set_gathered(std::size_t role, std::string_view bytes);

    FeatureIndex::Layer const& m_layer;
    LayerConfig const& m_config;
    FeatureColumns& m_into;
    std::vector<std::size_t> m_roles;    ///< by key of the tile
    std::vector<std::uint32_t> m_keys;   ///< by key of the tile: its number in the columns
    std::vector<std::uint32_t> m_values; ///< by value of the tile: the same
    std::uint32_t m_count = 1;
    std::vector<Aggregate> m_aggregates;
};

} // namespace kharita::tile
