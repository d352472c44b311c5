#include "publish/feature_changes.hpp"

#include <algorithm>
#include <bit>
#include <string>
#include <string_view>
#include <unordered_set>
#include <variant>

#include "base/error.hpp"
#include "base/hash.hpp"

namespace kharita::publish {

namespace {

using tile::FeatureIndex;

/// As bytes that no other feature has.
class Serial {
public:
    void number(std::uint64_t value) { m_bytes.append(reinterpret_cast<char const*>(&value), sizeof value); }
    void number(double value) { number(std::bit_cast<std::uint64_t>(value)); }
    void text(std::string_view value) {
        number(std::uint64_t{value.size()});
        m_bytes += value;
    }
    void value(Value const& value) {
        number(std::uint64_t{value.index()});
        if (auto const* const truth = std::get_if<bool>(&value)) {
            number(std::uint64_t{*truth ? 1U : 0U});
        } else if (auto const* const whole = std::get_if<std::int64_t>(&value)) {
            number(static_cast<std::uint64_t>(*whole));
        } else if (auto const* const real = std::get_if<double>(&value)) {
            number(*real);
        } else if (auto const* const words = std::get_if<std::string>(&value)) {
            text(*words);
        }
    }
    void positions(std::vector<LonLat> const& all) {
        number(std::uint64_t{all.size()});
        for (LonLat const at : all) {
            number(at.lon);
            number(at.lat);
        }
    }
    void polygon(Polygon const& polygon) {
        number(std::uint64_t{polygon.holes.size()});
        positions(polygon.outer);
        for (Ring const& hole : polygon.holes) {
            positions(hole);
        }
    }
    void geometry(Geometry const& geometry) {
        number(std::uint64_t{geometry.index()});
        if (auto const* const point = std::get_if<Point>(&geometry)) {
            positions({point->at});
        } else if (auto const* const points = std::get_if<MultiPoint>(&geometry)) {
            positions(points->points);
        } else if (auto const* const line = std::get_if<LineString>(&geometry)) {
            positions(line->points);
        } else if (auto const* const lines = std::get_if<MultiLineString>(&geometry)) {
            for (LineString const& each : lines->lines) {
                positions(each.points);
            }
        } else if (auto const* const one = std::get_if<Polygon>(&geometry)) {
            polygon(*one);
        } else if (auto const* const several = std::get_if<MultiPolygon>(&geometry)) {
            for (Polygon const& each : several->polygons) {
                polygon(each);
            }
        }
    }
    std::string_view bytes() const noexcept { return m_bytes; }

private:
    std::string m_bytes;
};

} // namespace

std::uint64_t content_hash(Feature const& feature) {
    Serial serial;
    serial.number(feature.id);
    serial.number(feature.rank);
    for (auto const& [name, value] : feature.properties) {
        serial.text(name);
        serial.value(value);
    }
    serial.geometry(feature.geometry);
    return xxh3(serial.bytes());
}

std::vector<FeatureIndex::Content> contents_of(FeatureLayer const& layer) {
    std::vector<FeatureIndex::Content> contents;
    contents.reserve(layer.features.size());
    for (Feature const& feature : layer.features) {
        contents.push_back({feature.id, content_hash(feature)});
    }
    std::ranges::sort(contents, {}, &FeatureIndex::Content::id);
    if (std::ranges::adjacent_find(contents, {}, &FeatureIndex::Content::id) != contents.end() ||
        (!contents.empty() && contents.front().id == 0)) {
        fail<InputError>("layer {}: features without an id, or with the same", layer.name);
    }
    return contents;
}

FeatureChanges changes_since(std::vector<FeatureIndex::Content> const& before, FeatureLayer const& layer) {
    FeatureChanges changes;
    std::unordered_set<std::uint64_t> there;
    for (std::size_t i = 0; i < layer.features.size(); ++i) {
        Feature const& feature = layer.features[i];
        there.insert(feature.id);
        auto const known = std::ranges::lower_bound(before, feature.id, {}, &FeatureIndex::Content::id);
        if (known == before.end() || *known != FeatureIndex::Content{feature.id, content_hash(feature)}) {
            changes.put.push_back(i);
        }
    }
    for (FeatureIndex::Content const& each : before) {
        if (!there.contains(each.id)) {
            changes.removed.push_back(each.id);
        }
    }
    return changes;
}

} // namespace kharita::publish
