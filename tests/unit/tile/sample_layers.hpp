#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "model/feature.hpp"

namespace kharita::test {

/// The same numbers on every machine: std::mt19937_64 is specified, distributions are not.
class Random {
public:
    explicit Random(std::uint64_t seed) : m_engine{seed} {}

    double between(double low, double high) {
        return low + (high - low) * static_cast<double>(m_engine() >> 11U) * 0x1p-53;
    }
    std::size_t below(std::size_t count) { return static_cast<std::size_t>(m_engine() % count); }

private:
    std::mt19937_64 m_engine;
};

/// Points round a few towns, a quarter of them exactly on a town.
inline FeatureLayer event_points(std::size_t count, std::uint64_t seed) {
    Random random{seed};
    std::vector<LonLat> towns;
    for (int i = 0; i < 20; ++i) {
        towns.push_back(rounded(LonLat{random.between(35.6, 42.3), random.between(32.4, 37.2)}));
    }
    FeatureLayer layer{"events", {}};
    for (std::size_t i = 0; i < count; ++i) {
        LonLat const town = towns[random.below(towns.size())];
        LonLat const at = random.below(4) == 0 ? town
                                               : LonLat{town.lon + random.between(-0.1, 0.1),
                                                        town.lat + random.between(-0.1, 0.1)};
        auto const killed = static_cast<std::int64_t>(random.below(8));
        Feature feature;
        feature.id = i + 1;
        feature.geometry = Point{rounded(at)};
        feature.rank = static_cast<double>(killed);
        feature.properties.emplace_back("event_type", random.below(2) == 0 ? "Battles" : "Protests");
        feature.properties.emplace_back("killed", Value{});
        if (killed < 7) {
            feature.properties.back().second = killed;
        }
        layer.features.push_back(std::move(feature));
    }
    return layer;
}

/// Borders that wind: the same line for both neighbours of an edge.
class WindingEdges {
public:
    explicit WindingEdges(std::uint64_t seed, int depth) : m_random{seed}, m_depth{depth} {}

    std::vector<LonLat> edge(LonLat from, LonLat to) {
        std::vector<LonLat> line{from};
        wind(from, to, m_depth, line);
        return line;
    }

private:
    void wind(LonLat from, LonLat to, int depth, std::vector<LonLat>& line) {
        if (depth == 0) {
            line.push_back(rounded(to));
            return;
        }
        double const off = m_random.between(-0.08, 0.08);
        LonLat const middle = rounded(LonLat{(from.lon + to.lon) / 2 - off * (to.lat - from.lat),
                                             (from.lat + to.lat) / 2 + off * (to.lon - from.lon)});
        wind(from, middle, depth - 1, line);
        wind(middle, to, depth - 1, line);
    }

    Random m_random;
    int m_depth;
};

/// Polygons that partition a rectangle, with borders that wind; the outside is straight.
inline FeatureLayer partition(std::size_t columns, std::size_t rows, int depth, std::uint64_t seed,
                              LonLat south_west = {35.7, 32.3}, LonLat north_east = {42.4, 37.3}) {
    Random random{seed};
    WindingEdges edges{seed + 1, depth};
    std::vector<std::vector<LonLat>> corner(columns + 1, std::vector<LonLat>(rows + 1));
    for (std::size_t c = 0; c <= columns; ++c) {
        for (std::size_t r = 0; r <= rows; ++r) {
            double const x = static_cast<double>(c) + (c > 0 && c < columns ? random.between(-0.2, 0.2) : 0);
            double const y = static_cast<double>(r) + (r > 0 && r < rows ? random.between(-0.2, 0.2) : 0);
            corner[c][r] = rounded(
                LonLat{south_west.lon + (north_east.lon - south_west.lon) * x / static_cast<double>(columns),
                       south_west.lat + (north_east.lat - south_west.lat) * y / static_cast<double>(rows)});
        }
    }
    using Line = std::vector<LonLat>;
    std::vector<std::vector<Line>> across(columns, std::vector<Line>(rows + 1)); // eastward
    std::vector<std::vector<Line>> up(columns + 1, std::vector<Line>(rows));     // northward
    for (std::size_t c = 0; c <= columns; ++c) {
        for (std::size_t r = 0; r <= rows; ++r) {
            if (c < columns) {
                bool const outside = r == 0 || r == rows;
                across[c][r] = outside ? Line{corner[c][r], corner[c + 1][r]}
                                       : edges.edge(corner[c][r], corner[c + 1][r]);
            }
            if (r < rows) {
                bool const outside = c == 0 || c == columns;
                up[c][r] = outside ? Line{corner[c][r], corner[c][r + 1]}
                                   : edges.edge(corner[c][r], corner[c][r + 1]);
            }
        }
    }
    FeatureLayer layer{"zones", {}};
    for (std::size_t c = 0; c < columns; ++c) {
        for (std::size_t r = 0; r < rows; ++r) {
            Ring ring = across[c][r];
            ring.insert(ring.end(), up[c + 1][r].begin() + 1, up[c + 1][r].end());
            ring.insert(ring.end(), across[c][r + 1].rbegin() + 1, across[c][r + 1].rend());
            ring.insert(ring.end(), up[c][r].rbegin() + 1, up[c][r].rend());
            Feature feature;
            feature.id = c * rows + r + 1;
            feature.geometry = Polygon{std::move(ring), {}};
            feature.properties.emplace_back("name", "cell " + std::to_string(feature.id));
            layer.features.push_back(std::move(feature));
        }
    }
    return layer;
}

} // namespace kharita::test
