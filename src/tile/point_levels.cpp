#include "tile/point_levels.hpp"

namespace kharita::tile {

void append_points(PointLevel& to, PointLevel const& from, std::size_t begin, std::size_t end,
                   std::size_t aggregates) {
    auto const shown = from.shown.begin();
    to.shown.insert(to.shown.end(), shown + static_cast<std::ptrdiff_t>(begin),
                    shown + static_cast<std::ptrdiff_t>(end));
    auto const gathered = from.aggregates.begin();
    to.aggregates.insert(to.aggregates.end(), gathered + static_cast<std::ptrdiff_t>(begin * aggregates),
                         gathered + static_cast<std::ptrdiff_t>(end * aggregates));
}

PointLevel merged(PointLevel const& a, PointLevel const& b, std::size_t aggregates) {
    PointLevel all{a.zoom, {}, {}, {}};
    all.shown.reserve(a.shown.size() + b.shown.size());
    all.aggregates.reserve((a.shown.size() + b.shown.size()) * aggregates);
    std::size_t i = 0;
    std::size_t k = 0;
    while (i < a.shown.size() || k < b.shown.size()) {
        bool const first = k == b.shown.size() || (i < a.shown.size() && a.shown[i].item < b.shown[k].item);
        std::size_t& at = first ? i : k;
        append_points(all, first ? a : b, at, at + 1, aggregates);
        ++at;
    }
    return all;
}

std::vector<PointTileContent> tile_contents(LayerData const& layer, std::vector<PointLevel> const& levels) {
    std::vector<PointTileContent> tiles;
    for (PointLevel const& level : levels) {
        std::size_t const gathered = level.shown.empty() ? 0 : level.values.size() / level.shown.size();
        std::vector<std::size_t> const bounds = tile_bounds(layer, level, level.zoom);
        for (std::size_t i = 0; i + 1 < bounds.size(); ++i) {
            std::size_t const size = bounds[i + 1] - bounds[i];
            PointTileContent& tile = tiles.emplace_back();
            tile.tile = tile_at(layer.points[level.shown[bounds[i]].item].at, level.zoom);
            tile.content.points = std::span{level.shown}.subspan(bounds[i], size);
            tile.content.values = std::span{level.values}.subspan(bounds[i] * gathered, size * gathered);
        }
    }
    return tiles;
}

} // namespace kharita::tile
