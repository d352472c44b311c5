#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tile/mvt_decoder.hpp"
#include "tile/noder.hpp"
#include "tile/ring_tracer.hpp"

namespace kharita::tile {

namespace {

using TileRing = std::vector<TilePoint>;

/// A polygon with its rings in a form that does not depend on where they begin or in which order they stand.
struct CanonicalPolygon {
    TileRing exterior;
    std::multiset<TileRing> holes;

    friend bool operator<(CanonicalPolygon const& a, CanonicalPolygon const& b) {
        return std::tie(a.exterior, a.holes) < std::tie(b.exterior, b.holes);
    }
    friend bool operator==(CanonicalPolygon const&, CanonicalPolygon const&) = default;
};

TileRing canonical(TileRing const& ring) {
    TileRing result = without_straight_corners(ring);
    std::rotate(result.begin(), std::min_element(result.begin(), result.end()), result.end());
    return result;
}

/// Polygons of rings in order: each exterior begins one.
std::multiset<CanonicalPolygon> polygons_of(std::vector<TileRing> const& rings) {
    std::vector<CanonicalPolygon> polygons;
    for (TileRing const& ring : rings) {
        if (twice_area(ring) > 0 || polygons.empty()) {
            polygons.push_back({canonical(ring), {}});
        } else {
            polygons.back().holes.insert(canonical(ring));
        }
    }
    return {std::make_move_iterator(polygons.begin()), std::make_move_iterator(polygons.end())};
}

class Checker {
public:
    explicit Checker(int buffer) : m_buffer{buffer} {}

    std::vector<std::string> run(DecodedTile const& tile) {
        for (DecodedLayer const& layer : tile.layers) {
            if (layer.features.empty()) {
                m_problems.push_back(fmt::format(R"(layer "{}" has no features)", layer.name));
            }
            std::set<std::uint64_t> ids;
            for (std::size_t i = 0; i < layer.features.size(); ++i) {
                m_where = fmt::format(R"(layer "{}", feature {})", layer.name, i + 1);
                DecodedFeature const& feature = layer.features[i];
                if (feature.id && !ids.insert(*feature.id).second) {
                    add(fmt::format("id {} for the second time", *feature.id));
                }
                check(feature, static_cast<std::int64_t>(layer.extent));
            }
        }
        return std::move(m_problems);
    }

private:
    void add(std::string_view problem) { m_problems.push_back(fmt::format("{}: {}", m_where, problem)); }

    void check(DecodedFeature const& feature, std::int64_t extent) {
        if (feature.type == GeometryType::unknown) {
            add("geometry of unknown type");
            return;
        }
        for (std::vector<TilePoint> const& part : feature.parts) {
            for (TilePoint const at : part) {
                if (std::min(at.x, at.y) < -m_buffer || std::max(at.x, at.y) > extent + m_buffer) {
                    add(fmt::format("position {} {} lies beyond the buffer of {}", at.x, at.y, m_buffer));
                    return;
                }
            }
        }
        if (feature.type == GeometryType::polygon) {
            check_rings(feature.parts);
        }
    }

    void check_rings(std::vector<TileRing> const& rings) {
        if (twice_area(rings.front()) <= 0) {
            add("its first ring is not exterior");
            return;
        }
        CutRings noded;
        std::vector<SubPoint> points;
        for (TileRing const& ring : rings) {
            if (twice_area(ring) == 0) {
                add("a ring without area");
                return;
            }
            points.clear();
            for (TilePoint const at : ring) {
                points.push_back({at.x, at.y});
            }
            noded.add(0, points);
        }
        // Valid polygons are those that come back from tracing as they were.
        node_rings(noded);
        if (polygons_of(trace_rings(noded, 0, noded.rings.size())) != polygons_of(rings)) {
            add("its rings cross, touch along a line, or do not lie within their exterior");
        }
    }

    int m_buffer;
    std::string m_where;
    std::vector<std::string> m_problems;
};

} // namespace

std::vector<std::string> check_tile(DecodedTile const& tile, int buffer) {
    return Checker{buffer}.run(tile);
}

} // namespace kharita::tile
