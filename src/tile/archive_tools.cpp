#include "tile/archive_tools.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/error.hpp"
#include "geo/geojson.hpp"
#include "tile/compression.hpp"
#include "tile/tile_collector.hpp"

namespace kharita::tile {

namespace {

std::optional<std::string> find_tile(Tileset const& tileset, std::uint64_t key) {
    auto const found = std::lower_bound(
        tileset.entries.begin(), tileset.entries.end(), key,
        [](Tileset::Entry const& entry, std::uint64_t wanted) { return entry.key < wanted; });
    return found != tileset.entries.end() && found->key == key ? std::optional{tileset.blobs[found->blob]}
                                                               : std::nullopt;
}

std::string tile_name(TileId tile) {
    return fmt::format("{}/{}/{}", tile.zoom, tile.x, tile.y);
}

/// One tile of several that differ: a tile is a sequence of layers, so their bytes follow one another.
std::string joined_tile(std::span<std::string const> blobs, std::uint64_t key, GzipCompressor& gzip) {
    std::string all;
    std::set<std::string> names;
    for (std::string const& blob : blobs) {
        std::string const raw = decompress(blob, Compression::gzip);
        for (DecodedLayer const& layer : decode_tile(raw).layers) {
            if (!names.insert(layer.name).second) {
                fail<InputError>(R"(tile {}: layer "{}" stands in two archives with different content; )"
                                 "give the layer of one of them another name",
                                 tile_name(tile_from_hilbert_key(key).value_or(TileId{})), layer.name);
            }
        }
        all += raw;
    }
    return gzip.compress(all);
}

void join_layer(VectorLayer const& layer, std::vector<VectorLayer>& into) {
    auto const known =
        std::find_if(into.begin(), into.end(), [&](VectorLayer const& each) { return each.id == layer.id; });
    if (known == into.end()) {
        into.push_back(layer);
        return;
    }
    known->minzoom = std::min(known->minzoom, layer.minzoom);
    known->maxzoom = std::max(known->maxzoom, layer.maxzoom);
    known->feature_count += layer.feature_count;
    for (VectorLayer::Field const& field : layer.fields) {
        auto const same = [&](VectorLayer::Field const& each) { return each.name == field.name; };
        if (std::find_if(known->fields.begin(), known->fields.end(), same) == known->fields.end()) {
            known->fields.push_back(field);
        }
    }
}

TilesetMetadata joined_metadata(std::span<Tileset const> tilesets) {
    TilesetMetadata all = tilesets.front().metadata;
    for (Tileset const& each : tilesets.subspan(1)) {
        TilesetMetadata const& other = each.metadata;
        all.minzoom = std::min(all.minzoom, other.minzoom);
        all.maxzoom = std::max(all.maxzoom, other.maxzoom);
        all.bounds.add(other.bounds);
        all.counts.insert(all.counts.end(), other.counts.begin(), other.counts.end());
        if (!other.attribution.empty() && all.attribution.find(other.attribution) == std::string::npos) {
            all.attribution += (all.attribution.empty() ? "" : ". ") + other.attribution;
        }
        for (VectorLayer const& layer : other.layers) {
            join_layer(layer, all.layers);
        }
    }
    all.center =
        rounded(LonLat{(all.bounds.west + all.bounds.east) / 2, (all.bounds.south + all.bounds.north) / 2});
    return all;
}

/// Positions of one tile in degrees.
class Unprojector {
public:
    explicit Unprojector(TileId tile) : m_tile{tile} {}

    LonLat operator()(TilePoint at, std::uint32_t extent) const {
        double const side = std::ldexp(1.0, world_bits - m_tile.zoom);
        auto const world = [&](std::uint32_t index, std::int32_t value) {
            double const exact = (index + value / static_cast<double>(extent)) * side;
            return std::clamp<std::int64_t>(std::llround(exact), 0, world_size);
        };
        return rounded(to_lon_lat({world(m_tile.x, at.x), world(m_tile.y, at.y)}));
    }

    std::vector<LonLat> operator()(std::vector<TilePoint> const& points, std::uint32_t extent) const {
        std::vector<LonLat> positions;
        positions.reserve(points.size() + 1);
        for (TilePoint const at : points) {
            positions.push_back((*this)(at, extent));
        }
        return positions;
    }

private:
    TileId m_tile;
};

Geometry geometry_of(DecodedFeature const& feature, std::uint32_t extent, Unprojector const& positions) {
    if (feature.type == GeometryType::point) {
        std::vector<LonLat> const all = positions(feature.parts.front(), extent);
        return all.size() == 1 ? Geometry{Point{all.front()}} : Geometry{MultiPoint{all}};
    }
    if (feature.type == GeometryType::line_string) {
        MultiLineString lines;
        for (auto const& part : feature.parts) {
            lines.lines.push_back({positions(part, extent)});
        }
        return lines.lines.size() == 1 ? Geometry{lines.lines.front()} : Geometry{lines};
    }
    MultiPolygon polygons;
    for (auto const& part : feature.parts) {
        Ring ring = positions(part, extent);
        ring.push_back(ring.front());
        if (twice_area(part) > 0 || polygons.polygons.empty()) {
            polygons.polygons.push_back({std::move(ring), {}});
        } else {
            polygons.polygons.back().holes.push_back(std::move(ring));
        }
    }
    return polygons.polygons.size() == 1 ? Geometry{polygons.polygons.front()} : Geometry{polygons};
}

} // namespace

Tileset read_tileset(TileReader const& archive) {
    auto file = archive.compression() == Compression::gzip ? archive.mapping() : nullptr;
    if (!file) {
        return read_tileset(archive, TileBlobs{});
    }
    Tileset tileset;
    tileset.blobs = TileBlobs{std::move(file)};
    tileset.metadata = archive.metadata();
    TileCollector collector{tileset};
    GzipCompressor gzip;
    archive.for_each([&](TileId tile, std::string_view bytes) {
        if (is_gzip(bytes)) {
            collector.add(hilbert_key(tile), tileset.blobs.place_of(bytes));
        } else {
            collector.add(hilbert_key(tile), gzip.compress(decompress(bytes, Compression::gzip)));
        }
    });
    return tileset;
}

Tileset read_tileset(TileReader const& archive, TileBlobs store) {
    Tileset tileset;
    tileset.blobs = std::move(store);
    tileset.metadata = archive.metadata();
    TileCollector collector{tileset};
    GzipCompressor gzip;
    archive.for_each([&](TileId tile, std::string_view bytes) {
        bool const as_it_is = archive.compression() == Compression::gzip && is_gzip(bytes);
        collector.add(hilbert_key(tile), as_it_is ? std::string{bytes}
                                                  : gzip.compress(decompress(bytes, archive.compression())));
    });
    return tileset;
}

Tileset join_tilesets(std::span<Tileset const> tilesets, TileBlobs store) {
    Tileset result;
    result.blobs = std::move(store);
    if (tilesets.empty()) {
        return result;
    }
    result.metadata = joined_metadata(tilesets);
    std::set<std::uint64_t> keys;
    for (Tileset const& each : tilesets) {
        for (Tileset::Entry const& entry : each.entries) {
            keys.insert(entry.key);
        }
    }
    TileCollector collector{result};
    GzipCompressor gzip;
    for (std::uint64_t const key : keys) {
        std::vector<std::string> distinct;
        for (Tileset const& each : tilesets) {
            std::optional<std::string> blob = find_tile(each, key);
            if (blob && std::ranges::find(distinct, *blob) == distinct.end()) {
                distinct.push_back(std::move(*blob));
            }
        }
        collector.add(key,
                      distinct.size() == 1 ? std::move(distinct.front()) : joined_tile(distinct, key, gzip));
    }
    return result;
}

std::vector<TileDifference> compare_archives(TileReader const& first, TileReader const& second) {
    using Kind = TileDifference::Kind;
    std::map<std::uint64_t, TileDifference> found;
    std::set<std::uint64_t> in_first;
    first.for_each([&](TileId tile, std::string_view bytes) {
        in_first.insert(hilbert_key(tile));
        std::optional<std::string> const other = second.find(tile);
        if (!other) {
            found[hilbert_key(tile)] = {tile, Kind::only_first};
        } else if (first.compression() != second.compression() || bytes != *other) {
            if (decompress(bytes, first.compression()) != decompress(*other, second.compression())) {
                found[hilbert_key(tile)] = {tile, Kind::content};
            }
        }
    });
    second.for_each([&](TileId tile, std::string_view) {
        if (!in_first.contains(hilbert_key(tile))) {
            found[hilbert_key(tile)] = {tile, Kind::only_second};
        }
    });
    std::vector<TileDifference> differences;
    differences.reserve(found.size());
    for (auto const& [key, difference] : found) {
        differences.push_back(difference);
    }
    return differences;
}

std::string tile_geojson(DecodedTile const& decoded, TileId tile) {
    std::string text;
    geo::GeoJsonWriter writer{[&](std::string_view piece) { text += piece; }};
    Unprojector const positions{tile};
    for (DecodedLayer const& layer : decoded.layers) {
        for (DecodedFeature const& each : layer.features) {
            if (each.parts.empty() || each.parts.front().empty()) {
                continue;
            }
            Feature feature;
            feature.id = each.id.value_or(0);
            feature.geometry = geometry_of(each, layer.extent, positions);
            feature.properties.reserve(each.properties.size() + 1);
            feature.properties.emplace_back("layer", layer.name);
            feature.properties.insert(feature.properties.end(), each.properties.begin(),
                                      each.properties.end());
            writer.write(feature);
        }
    }
    writer.finish();
    return text;
}

} // namespace kharita::tile
