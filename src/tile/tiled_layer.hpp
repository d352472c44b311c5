#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "tile/layer_data.hpp"
#include "tile/shape_levels.hpp"
#include "tile/thinning.hpp"
#include "tile/tile_encoder.hpp"

namespace kharita::tile {

/// What a layer has in a tile.
struct TilePart {
    std::uint64_t tile = 0;  ///< hilbert_key()
    std::uint32_t layer = 0; ///< its number
    LayerContent content;

    /// About how much work it is to encode it.
    std::size_t cost() const noexcept;
};

/// A layer with what shows of it at each zoom. Lines and polygons are cut for some zooms at a time: all zooms
/// together would take several times the memory of the features.
class TiledLayer {
public:
    /// `buffer` in tile units.
    TiledLayer(LayerData data, int buffer, std::size_t jobs);
    TiledLayer(TiledLayer const&) = delete;
    TiledLayer& operator=(TiledLayer const&) = delete;
    TiledLayer(TiledLayer&&) = delete;
    TiledLayer& operator=(TiledLayer&&) = delete;
    ~TiledLayer() = default;

    LayerData const& data() const noexcept { return m_data; }
    bool has_zoom(int zoom) const noexcept { return zoom >= m_data.minzoom && zoom <= m_data.maxzoom; }
    /// How many features show at a zoom that the layer has.
    std::size_t shown(int zoom) const noexcept { return m_shown[index(zoom)]; }
    /// PointLevel::full_tiles of a zoom that the layer has.
    std::size_t full_tiles(int zoom) const noexcept {
        return m_point_levels.empty() ? 0 : points_at(zoom).full_tiles;
    }
    /// How many vertices lines and polygons have there, before they are cut; 0 where the layer has no zoom.
    std::size_t vertices(int zoom) const noexcept;

    /// Cuts lines and polygons for zooms [first, last] into tiles, instead of those cut before.
    void cut(int first, int last, std::size_t jobs);

    /// Appends the layer's part in each tile of a zoom, by tile; lines and polygons must be cut for it. Valid
    /// until cut() is called again. `layer` is its number.
    void add_parts(std::uint32_t layer, int zoom, std::vector<TilePart>& parts) const;

private:
    /// The lines or the polygons.
    struct Kind {
        std::unique_ptr<Shapes> shapes;                 ///< null: there are none
        std::vector<std::vector<std::uint32_t>> owners; ///< by zoom
        std::vector<Shapes::Kept> kept;                 ///< by zoom
        std::vector<std::size_t> kept_count;            ///< the same: how many vertices
        std::vector<ShapeLevel> levels;                 ///< by zoom; empty where not cut
    };

    std::size_t index(int zoom) const noexcept { return static_cast<std::size_t>(zoom - m_data.minzoom); }
    std::size_t zoom_count() const noexcept { return index(m_data.maxzoom) + 1; }
    void prepare_points(std::size_t jobs);
    void prepare_shapes(Kind& kind, std::size_t jobs);
    void cut(Kind& kind, int first, int last, std::size_t jobs) const;
    PointLevel const& points_at(int zoom) const noexcept {
        return m_point_levels[m_point_levels.size() == 1 ? 0 : index(zoom)];
    }
    void add_points(std::uint32_t layer, int zoom, std::vector<TilePart>& parts) const;

    LayerData m_data;
    int m_buffer;
    std::vector<std::size_t> m_shown;       ///< features, by zoom
    std::vector<PointLevel> m_point_levels; ///< by zoom; of layers not thinned, one for all
    Kind m_lines;
    Kind m_rings;
};

} // namespace kharita::tile
