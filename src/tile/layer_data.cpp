#include "tile/layer_data.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <unordered_map>
#include <unordered_set>

#include "base/error.hpp"
#include "geo/geos.hpp"
#include "tile/mvt_encoder.hpp"
#include "tile/self_crossing.hpp"

namespace kharita::tile {

namespace {

using Type = AttributeConfig::Type;

std::string_view type_name(Type type) noexcept {
    switch (type) {
    case Type::number:
        return "Number";
    case Type::boolean:
        return "Boolean";
    case Type::text:
        break;
    }
    return "String";
}

std::optional<Type> type_of(Value const& value) noexcept {
    if (std::holds_alternative<std::string>(value)) {
        return Type::text;
    }
    if (std::holds_alternative<bool>(value)) {
        return Type::boolean;
    }
    if (std::holds_alternative<std::monostate>(value)) {
        return std::nullopt;
    }
    return Type::number;
}

std::string as_text(Value const& value) {
    if (auto const* text = std::get_if<std::string>(&value)) {
        return *text;
    }
    if (auto const* flag = std::get_if<bool>(&value)) {
        return *flag ? "true" : "false";
    }
    if (auto const* whole = std::get_if<std::int64_t>(&value)) {
        return fmt::format("{}", *whole);
    }
    return fmt::format("{}", std::get<double>(value));
}

/// The number that a text is from its first to its last character, or null.
Value parsed_number(std::string const& text) {
    char const* const end = text.data() + text.size();
    std::int64_t whole = 0;
    if (auto const [at, error] = std::from_chars(text.data(), end, whole);
        error == std::errc{} && at == end) {
        return whole;
    }
    double number = 0;
    if (auto const [at, error] = std::from_chars(text.data(), end, number);
        error == std::errc{} && at == end) {
        return number;
    }
    return {};
}

/// A value as the type its attribute has in the whole layer; null where it cannot be.
Value converted(Value const& value, Type type) {
    std::optional<Type> const found = type_of(value);
    if (!found || *found == type) {
        return value;
    }
    if (type == Type::text) {
        return as_text(value);
    }
    if (auto const* text = std::get_if<std::string>(&value); text != nullptr && type == Type::number) {
        return parsed_number(*text);
    }
    return {};
}

Sum sum_of(Value const& value) noexcept {
    if (auto const* whole = std::get_if<std::int64_t>(&value)) {
        return {static_cast<double>(*whole), true, true};
    }
    if (auto const* number = std::get_if<double>(&value); number != nullptr && std::isfinite(*number)) {
        return {*number, true, false};
    }
    return {};
}

/// How many features a feature stands for before any thinning: what its own attribute says, else 1.
std::uint32_t count_of(Value const& value) noexcept {
    auto const* whole = std::get_if<std::int64_t>(&value);
    if (whole == nullptr || *whole < 1) {
        return 1;
    }
    return static_cast<std::uint32_t>(
        std::min<std::int64_t>(*whole, std::numeric_limits<std::int32_t>::max()));
}

bool has_points(FeatureLayer const& layer) noexcept {
    return std::any_of(layer.features.begin(), layer.features.end(), [](Feature const& feature) {
        return std::holds_alternative<Point>(feature.geometry) ||
               std::holds_alternative<MultiPoint>(feature.geometry);
    });
}

/// Positive when the ring turns as exteriors do in tiles (y counts south).
double signed_area(std::span<WorldPoint const> ring) noexcept {
    double sum = 0;
    WorldPoint const origin = ring.front();
    for (std::size_t i = 0, last = ring.size() - 1; i < ring.size(); last = i++) {
        sum += static_cast<double>(ring[last].x - origin.x) * static_cast<double>(ring[i].y - origin.y) -
               static_cast<double>(ring[i].x - origin.x) * static_cast<double>(ring[last].y - origin.y);
    }
    return sum / 2;
}

class Preparer {
public:
    Preparer(FeatureLayer const& layer, LayerConfig const& config, TilesetConfig const& tileset,
             Rejects& rejects)
        : m_layer{layer},
          m_rejects{rejects} {
        m_data.config = config;
        if (!has_points(layer)) {
            m_data.config.thinning.reset();
        }
        m_data.minzoom = config.minzoom.value_or(tileset.minzoom);
        m_data.maxzoom = config.maxzoom.value_or(tileset.maxzoom);
        declare_keys();
    }

    LayerData run() {
        m_data.tag_begin.push_back(0);
        for (Feature const& feature : m_layer.features) {
            add(feature);
        }
        return std::move(m_data);
    }

private:
    struct KnownKey {
        std::uint32_t index = 0;
        Type type = Type::text;
    };

    bool is_summed(std::string const& name) const {
        auto const& thinning = m_data.config.thinning;
        return thinning && (name == thinning->count || std::find(thinning->sums.begin(), thinning->sums.end(),
                                                                 name) != thinning->sums.end());
    }

    void declare(std::string const& name, Type type, std::string description, int minzoom) {
        m_known.emplace(name, KnownKey{static_cast<std::uint32_t>(m_data.keys.size()), type});
        m_data.keys.push_back({name, std::string{type_name(type)}, std::move(description), minzoom});
    }

    /// The attributes to carry: those configured, else all that occur, each with the type it has throughout.
    void declare_keys() {
        auto const& wanted = m_data.config.attributes;
        std::unordered_map<std::string, std::string> descriptions;
        if (wanted) {
            for (AttributeConfig const& each : *wanted) {
                descriptions[each.name] = each.description;
                if (!is_summed(each.name)) {
                    declare(each.name, each.type, each.description, each.minzoom);
                }
            }
        } else {
            declare_all_that_occur();
        }
        if (m_data.config.thinning) {
            auto const add_number = [&](std::string const& name) {
                m_data.keys.push_back({name, "Number", descriptions[name], 0});
            };
            if (!m_data.config.thinning->count.empty()) {
                add_number(m_data.config.thinning->count);
            }
            std::for_each(m_data.config.thinning->sums.begin(), m_data.config.thinning->sums.end(),
                          add_number);
        }
    }

    void declare_all_that_occur() {
        std::vector<std::string> names;
        std::unordered_map<std::string_view, Type> types;
        for (Feature const& feature : m_layer.features) {
            for (auto const& [name, value] : feature.properties) {
                std::optional<Type> const type = type_of(value);
                if (!type) {
                    continue;
                }
                auto const [at, is_new] = types.try_emplace(name, *type);
                if (is_new) {
                    names.push_back(name);
                } else if (at->second != *type) {
                    at->second = Type::text;
                }
            }
        }
        for (std::string const& name : names) {
            if (!is_summed(name)) {
                declare(name, types[name], {}, 0);
            }
        }
    }

    void reject(Feature const& feature, std::string_view reason) {
        m_rejects.push_back(make_reject(m_layer.name, 0, fmt::format("feature {}: {}", feature.id, reason)));
    }

    void add(Feature const& feature) {
        bool usable = vertex_count(feature.geometry) > 0;
        for_each_position(feature.geometry, [&](LonLat at) { usable = usable && is_valid(at); });
        if (!usable) {
            reject(feature, "its geometry is empty, or has coordinates out of range");
            return;
        }
        if (!m_ids.insert(feature.id).second) {
            reject(feature, "another feature of its layer has the same id");
            return;
        }
        m_feature = static_cast<std::uint32_t>(m_data.ids.size());
        if (!rings_cross(feature.geometry)) {
            if (!add_geometry(feature.geometry)) {
                reject(feature, "its geometry has too few positions");
                return;
            }
        } else if (!add_repaired(feature)) {
            return;
        }
        m_data.bounds.add(extent(feature.geometry));
        m_data.ids.push_back(feature.id);
        m_data.ranks.push_back(std::isfinite(feature.rank) ? feature.rank : 0);
        add_tags(feature);
        add_sums(feature);
        add_coverage(feature);
    }

    static Value property(Feature const& feature, std::string const& name) {
        auto const found = std::find_if(feature.properties.begin(), feature.properties.end(),
                                        [&](auto const& each) { return each.first == name; });
        return found == feature.properties.end() ? Value{} : found->second;
    }

    void add_coverage(Feature const& feature) {
        std::string const key = m_data.config.coverage.empty()
                                    ? std::string{}
                                    : encode_value(property(feature, m_data.config.coverage));
        auto const [at, is_new] = m_coverages.try_emplace(key, m_data.coverage_count);
        m_data.coverage_count += is_new ? 1U : 0U;
        m_data.coverages.push_back(at->second);
    }

    /// Adds polygons whose rings cross, made valid; or sets the feature aside.
    bool add_repaired(Feature const& feature) {
        try {
            if (add_geometry(geo::Geos{}.make_valid(feature.geometry))) {
                return true;
            }
            reject(feature, "its rings cross and enclose nothing");
        } catch (GeometryError const& error) {
            reject(feature, error.what());
        }
        return false;
    }

    void add_tags(Feature const& feature) {
        for (auto const& [name, value] : feature.properties) {
            auto const key = m_known.find(name);
            if (key == m_known.end() || !type_of(value)) {
                continue;
            }
            Value const kept = converted(value, key->second.type);
            std::string bytes = encode_value(kept);
            if (bytes.empty()) {
                reject(feature, fmt::format(R"(attribute "{}" is "{}"; expected a {}; left out)", name,
                                            as_text(value), type_name(key->second.type)));
                continue;
            }
            auto const [at, is_new] =
                m_values.try_emplace(std::move(bytes), static_cast<std::uint32_t>(m_data.values.size()));
            if (is_new) {
                m_data.values.push_back(at->first);
            }
            m_data.tags.push_back({key->second.index, at->second});
        }
        auto const first = m_data.tags.begin() + static_cast<std::ptrdiff_t>(m_data.tag_begin.back());
        std::stable_sort(first, m_data.tags.end(), [](Tag a, Tag b) { return a.key < b.key; });
        // A property named twice keeps its first value: a key may stand only once in a feature.
        m_data.tags.erase(std::unique(first, m_data.tags.end(), [](Tag a, Tag b) { return a.key == b.key; }),
                          m_data.tags.end());
        m_data.tag_begin.push_back(m_data.tags.size());
    }

    void add_sums(Feature const& feature) {
        auto const& thinning = m_data.config.thinning;
        if (!thinning) {
            return;
        }
        m_data.own_counts.push_back(count_of(property(feature, thinning->count)));
        for (std::string const& name : thinning->sums) {
            m_data.own_sums.push_back(sum_of(property(feature, name)));
        }
    }

    void add_points(std::span<LonLat const> positions) {
        m_data.has_multipoints = m_data.has_multipoints || positions.size() > 1;
        bool counts = true;
        for (LonLat const at : positions) {
            m_data.points.push_back({to_world(at), m_feature, counts});
            counts = false;
        }
    }

    /// Appends positions without repetitions; answers whether at least `least` were left.
    bool add_path(std::span<LonLat const> positions, std::vector<Path>& paths, std::size_t least) {
        std::size_t const begin = m_data.vertices.size();
        for (LonLat const at : positions) {
            WorldPoint const point = to_world(at);
            if (m_data.vertices.size() == begin || m_data.vertices.back() != point) {
                m_data.vertices.push_back(point);
            }
        }
        bool const is_ring = &paths == &m_data.rings;
        if (is_ring && m_data.vertices.size() > begin + 1 &&
            m_data.vertices.back() == m_data.vertices[begin]) {
            m_data.vertices.pop_back();
        }
        if (m_data.vertices.size() - begin < least) {
            m_data.vertices.resize(begin);
            return false;
        }
        paths.push_back({m_feature, m_polygon, begin, m_data.vertices.size(), 0});
        return true;
    }

    enum class RingRole { exterior, hole };

    /// Appends a ring, turned as tiles have it: exteriors of positive area, holes of negative.
    bool add_ring(Ring const& ring, RingRole role) {
        if (!add_path(ring, m_data.rings, 3)) {
            return false;
        }
        Path& path = m_data.rings.back();
        path.area = signed_area(std::span{m_data.vertices}.subspan(path.begin, path.end - path.begin));
        if ((path.area > 0) != (role == RingRole::exterior)) {
            std::reverse(m_data.vertices.begin() + static_cast<std::ptrdiff_t>(path.begin),
                         m_data.vertices.end());
            path.area = -path.area;
        }
        return true;
    }

    bool add_polygon(Polygon const& polygon) {
        if (!add_ring(polygon.outer, RingRole::exterior)) {
            return false;
        }
        for (Ring const& hole : polygon.holes) {
            add_ring(hole, RingRole::hole);
        }
        ++m_polygon;
        return true;
    }

    bool add_geometry(Geometry const& geometry) {
        return std::visit(kharita::detail::Overloaded{
                              [&](Point const& point) {
                                  add_points({&point.at, 1});
                                  return true;
                              },
                              [&](MultiPoint const& points) {
                                  add_points(points.points);
                                  return true;
                              },
                              [&](LineString const& line) { return add_path(line.points, m_data.lines, 2); },
                              [&](MultiLineString const& lines) {
                                  bool any = false;
                                  for (LineString const& line : lines.lines) {
                                      any = add_path(line.points, m_data.lines, 2) || any;
                                  }
                                  return any;
                              },
                              [&](Polygon const& polygon) { return add_polygon(polygon); },
                              [&](MultiPolygon const& polygons) {
                                  bool any = false;
                                  for (Polygon const& polygon : polygons.polygons) {
                                      any = add_polygon(polygon) || any;
                                  }
                                  return any;
                              }},
                          geometry);
    }

    FeatureLayer const& m_layer;
    Rejects& m_rejects;
    LayerData m_data;
    std::unordered_map<std::string, KnownKey> m_known;
    std::unordered_map<std::string, std::uint32_t> m_values;
    std::unordered_map<std::string, std::uint32_t> m_coverages;
    std::unordered_set<std::uint64_t> m_ids;
    std::uint32_t m_feature = 0;
    std::uint32_t m_polygon = 0;
};

} // namespace

void Sum::add(Sum const& other) noexcept {
    if (other.known) {
        total += other.total;
        whole = whole && other.whole;
        known = true;
    }
}

Value Sum::value() const {
    if (!known) {
        return {};
    }
    if (whole) {
        return static_cast<std::int64_t>(total);
    }
    return total;
}

LayerData prepare_layer(FeatureLayer const& layer, LayerConfig const& config, TilesetConfig const& tileset,
                        Rejects& rejects) {
    return Preparer{layer, config, tileset, rejects}.run();
}

} // namespace kharita::tile
