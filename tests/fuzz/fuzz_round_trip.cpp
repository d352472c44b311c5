#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "model/feature.hpp"
#include "support.hpp"
#include "tile/compression.hpp"
#include "tile/mvt_decoder.hpp"
#include "tile/tileset.hpp"

// What is tiled comes back the same, to within a unit of the tiles' grid: points and lines of any positions,
// and triangles. A byte tells the kind of a feature, one its number of positions, two each coordinate.

using namespace kharita;
using namespace kharita::tile;

namespace {

constexpr int zoom = 3;
constexpr double most_off = 1.5; // units: half for rounding, and for a crossing that is rounded twice
// A triangle too thin to have an area on the grid becomes a square of one unit at its first corner: the far
// corner of the square is its diagonal away from where that was rounded to.
constexpr double most_off_area = 2.2;
constexpr std::size_t most_bytes = std::size_t{1} << 24U;

struct Position { // in units of the zoom, from the world's corner
    double x = 0;
    double y = 0;
};

Position position_of(LonLat at) {
    WorldPoint const world = to_world(at);
    return {std::ldexp(static_cast<double>(world.x), zoom - max_zoom),
            std::ldexp(static_cast<double>(world.y), zoom - max_zoom)};
}

double distance(Position at, Position from, Position to) {
    double const dx = to.x - from.x;
    double const dy = to.y - from.y;
    double const length2 = dx * dx + dy * dy;
    double const along =
        length2 > 0 ? std::clamp(((at.x - from.x) * dx + (at.y - from.y) * dy) / length2, 0.0, 1.0) : 0;
    return std::hypot(at.x - from.x - along * dx, at.y - from.y - along * dy);
}

double distance(Position at, std::span<Position const> line) {
    double least = std::hypot(at.x - line.front().x, at.y - line.front().y);
    for (std::size_t i = 1; i < line.size(); ++i) {
        least = std::min(least, distance(at, line[i - 1], line[i]));
    }
    return least;
}

bool encloses(std::span<Position const> ring, Position at) {
    bool inside = false;
    for (std::size_t i = 0, last = ring.size() - 1; i < ring.size(); last = i++) {
        if ((ring[i].y > at.y) != (ring[last].y > at.y) &&
            at.x < (ring[last].x - ring[i].x) * (at.y - ring[i].y) / (ring[last].y - ring[i].y) + ring[i].x) {
            inside = !inside;
        }
    }
    return inside;
}

class Bytes {
public:
    Bytes(std::uint8_t const* data, std::size_t size) : m_bytes{data, size} {}

    std::optional<unsigned> next() {
        if (m_bytes.empty()) {
            return std::nullopt;
        }
        unsigned const byte = m_bytes.front();
        m_bytes = m_bytes.subspan(1);
        return byte;
    }

    LonLat position() {
        constexpr double steps = 65'535;
        auto const share = [&] { return (next().value_or(0) * 256 + next().value_or(0)) / steps; };
        double const lon = -180 + 360 * share();
        return {lon, -85 + 170 * share()};
    }

private:
    std::span<std::uint8_t const> m_bytes;
};

FeatureLayer layer_of(Bytes bytes) {
    FeatureLayer layer;
    layer.name = "l";
    for (auto kind = bytes.next(); kind && layer.features.size() < 8; kind = bytes.next()) {
        Feature& feature = layer.features.emplace_back();
        feature.id = layer.features.size();
        if (*kind % 3 == 0) {
            feature.geometry = Point{bytes.position()};
        } else if (*kind % 3 == 1) {
            LineString line;
            for (unsigned i = 2 + bytes.next().value_or(0) % 6; i > 0; --i) {
                line.points.push_back(bytes.position());
            }
            feature.geometry = line;
        } else {
            Ring const ring{bytes.position(), bytes.position(), bytes.position()};
            feature.geometry = Polygon{{ring[0], ring[1], ring[2], ring[0]}, {}};
        }
    }
    return layer;
}

/// The parts of each feature that tiles have, by id.
using Parts = std::map<std::uint64_t, std::vector<std::vector<Position>>>;

Parts decoded(Tileset const& tileset) {
    Parts parts;
    for (Tileset::Entry const& entry : tileset.entries) {
        TileId const tile = tile_from_hilbert_key(entry.key).value_or(TileId{});
        DecodedTile const content = decode_tile(gunzip(tileset.blobs[entry.blob], most_bytes));
        for (DecodedFeature const& feature : content.layers.front().features) {
            for (std::vector<TilePoint> const& part : feature.parts) {
                std::vector<Position>& positions = parts[feature.id.value_or(0)].emplace_back();
                for (TilePoint const at : part) {
                    positions.push_back({static_cast<double>(tile.x) * tile_units + at.x,
                                         static_cast<double>(tile.y) * tile_units + at.y});
                }
            }
        }
    }
    return parts;
}

void check_line(std::span<Position const> line, std::vector<std::vector<Position>> const& parts) {
    for (std::vector<Position> const& part : parts) {
        for (Position const at : part) {
            fuzz::require(distance(at, line) <= most_off, "what tiles have of a line lies on it");
        }
    }
    bool const is_seen = std::any_of(line.begin(), line.end(), [&](Position at) {
        return std::hypot(at.x - line.front().x, at.y - line.front().y) > 2 * most_off;
    });
    for (Position const at : line) {
        bool const found = std::any_of(parts.begin(), parts.end(), [&](std::vector<Position> const& part) {
            return distance(at, part) <= most_off;
        });
        fuzz::require(found || !is_seen, "tiles have all of a line");
    }
}

void check(Feature const& feature, std::vector<std::vector<Position>> const& parts) {
    if (auto const* point = std::get_if<Point>(&feature.geometry)) {
        Position const at = position_of(point->at);
        fuzz::require(parts.size() == 1 && parts.front().size() == 1, "a point is in one tile");
        Position const found = parts.front().front();
        fuzz::require(std::abs(found.x - at.x) <= 1 && std::abs(found.y - at.y) <= 1, "a point stays");
    } else if (auto const* line = std::get_if<LineString>(&feature.geometry)) {
        std::vector<Position> positions;
        std::transform(line->points.begin(), line->points.end(), std::back_inserter(positions), position_of);
        check_line(positions, parts);
    } else if (auto const* polygon = std::get_if<Polygon>(&feature.geometry)) {
        std::vector<Position> ring;
        std::transform(polygon->outer.begin(), polygon->outer.end(), std::back_inserter(ring), position_of);
        for (std::vector<Position> const& part : parts) {
            for (Position const at : part) {
                fuzz::require(encloses(ring, at) || distance(at, ring) <= most_off_area,
                              "what tiles have of a triangle lies in it");
            }
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    FeatureLayer const layer = layer_of({data, size});
    TilesetConfig config;
    config.minzoom = zoom;
    config.maxzoom = zoom;
    LayerConfig& tiled = config.layers.emplace_back();
    tiled.id = layer.name;
    tiled.source = layer.name;
    tiled.simplify_last = 0;
    Tileset const tileset = build_tileset({&layer, 1}, config, 1);
    Parts parts = decoded(tileset);
    for (Feature const& feature : layer.features) {
        check(feature, parts[feature.id]);
    }
    return 0;
}
