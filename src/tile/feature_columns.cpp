#include "tile/feature_columns.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "geo/geos.hpp"
#include "tile/attribute_type.hpp"
#include "tile/mvt_encoder.hpp"
#include "tile/self_crossing.hpp"

namespace kharita::tile {

namespace {

using Type = AttributeConfig::Type;

constexpr std::uint64_t id_mask = (std::uint64_t{1} << 53U) - 1;

/// The last 64 bits of an identity written as 32 hexadecimal digits.
std::optional<std::uint64_t> low_bits(std::string_view text) {
    if (text.size() != 32) {
        return std::nullopt;
    }
    std::uint64_t value = 0;
    char const* const end = text.data() + text.size();
    auto const [at, error] = std::from_chars(text.data() + 16, end, value, 16);
    return error == std::errc{} && at == end ? std::optional{value} : std::nullopt;
}

/// Positive when the ring turns as exteriors do in tiles (y counts south).
double signed_area(std::span<GridPoint const> ring) noexcept {
    double sum = 0;
    GridPoint const origin = ring.front();
    auto const off = [](std::uint32_t a, std::uint32_t b) {
        return static_cast<double>(std::int64_t{a} - std::int64_t{b});
    };
    for (std::size_t i = 0, last = ring.size() - 1; i < ring.size(); last = i++) {
        sum += off(ring[last].x, origin.x) * off(ring[i].y, origin.y) -
               off(ring[i].x, origin.x) * off(ring[last].y, origin.y);
    }
    return sum / 2;
}

} // namespace

std::vector<std::uint64_t> ids_of(std::string_view name) {
    std::vector<std::uint64_t> ids;
    if (name.empty()) {
        return ids;
    }
    ids.push_back(low_bits(name).value_or(xxh3(name)) & id_mask);
    std::uint64_t number = 0;
    auto const [at, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (error == std::errc{} && at == name.data() + name.size()) {
        ids.push_back(number & id_mask);
    }
    return ids;
}

FeatureColumns::FeatureColumns(ColumnPlan const& plan) : m_plan{plan} {
    if (plan.config.attributes) {
        for (AttributeConfig const& each : *plan.config.attributes) {
            std::uint32_t const key = new_key(each.name);
            m_roles[key].carried = true;
            keys[key].declared = true;
            keys[key].type = each.type;
            keys[key].minzoom = each.minzoom;
            keys[key].description = each.description;
        }
    }
}

std::uint32_t FeatureColumns::new_key(std::string_view name) {
    auto const number = static_cast<std::uint32_t>(keys.size());
    Key key;
    key.name = name;
    LayerConfig const& config = m_plan.config;
    Role role;
    role.carried = !config.attributes;
    if (config.thinning) {
        role.count = name == config.thinning->count;
        auto const& aggregates = config.thinning->aggregates;
        for (std::size_t i = 0; i < aggregates.size(); ++i) {
            if (aggregates[i].attribute == name) {
                role.aggregates.push_back(i);
            }
        }
    }
    role.rank = !name.empty() && name == m_plan.rank_by;
    role.coverage = !name.empty() && name == config.coverage;
    role.names_it = name == "id" || name == "event_id";
    m_known.emplace(name, number);
    keys.push_back(std::move(key));
    m_roles.push_back(std::move(role));
    return number;
}

std::uint32_t FeatureColumns::key_of(std::string_view name) {
    if (m_next_key < keys.size() && keys[m_next_key].name == name) {
        return m_next_key;
    }
    auto const found = m_known.find(std::string{name});
    return found != m_known.end() ? found->second : new_key(name);
}

void FeatureColumns::reject(std::string reason) {
    rejects.push_back(make_reject(m_plan.source, 0, std::move(reason)));
}

void FeatureColumns::reject(Feature const& feature, std::string_view reason) {
    reject(fmt::format("feature {}: {}", feature.id, reason));
}

void FeatureColumns::begin_point(LonLat at) {
    m_first_point = points.size();
    m_first_vertex = vertices.size();
    points.push_back({to_world(at), static_cast<std::uint32_t>(ids.size()), true});
    bounds.add(at);
}

void FeatureColumns::attribute(std::string_view name, ValueView const& value) {
    std::uint32_t const key = key_of(name);
    m_next_key = key + 1;
    Role const& role = m_roles[key];
    if (role.names_it && (!m_named_by_id || name == "id")) {
        if (auto const* text = std::get_if<std::string_view>(&value)) {
            m_named_id = low_bits(*text).value_or(xxh3(*text)) & id_mask;
            m_named_by_id = name == "id";
        }
    }
    if (role.rank) {
        m_rank = rank_of(value);
    }
    if (role.count) {
        m_count = count_of(value);
    }
    for (std::size_t const i : role.aggregates) {
        auto const& aggregates = m_plan.config.thinning->aggregates;
        own_aggregates.resize((ids.size() + 1) * aggregates.size());
        own_aggregates[ids.size() * aggregates.size() + i] = own_aggregate(aggregates[i], value);
    }
    if (role.coverage) {
        m_coverage.clear();
        append_value(m_coverage, value);
    }
    if (role.carried) {
        add_value(key, value);
    }
}

void FeatureColumns::add_value(std::uint32_t key, ValueView const& value) {
    std::optional<Type> const type = type_of(value);
    if (!type) {
        return;
    }
    m_scratch.clear();
    if (!keys[key].declared || keys[key].type == *type) {
        append_value(m_scratch, value);
    } else {
        Value const kept = converted(value, keys[key].type);
        append_value(m_scratch, view_of(kept));
    }
    if (m_scratch.empty()) {
        reject(fmt::format(R"(feature {}: attribute "{}" is "{}"; expected a {}; left out)",
                           m_named_id == 0 ? ids.size() + 1 : m_named_id, keys[key].name, as_text(value),
                           type_name(keys[key].declared ? keys[key].type : *type)));
        return;
    }
    keys[key].types |= 1U << static_cast<unsigned>(*type);
    tags.push_back({key, values.add(m_scratch)});
}

/// Of a feature that nothing names: its positions and attributes.
std::uint64_t FeatureColumns::content_hash() {
    m_scratch.clear();
    auto const append = [&](auto at) { m_scratch.append(reinterpret_cast<char const*>(&at), sizeof at); };
    for (std::size_t i = m_first_point; i < points.size(); ++i) {
        append(points[i].at);
    }
    std::for_each(vertices.begin() + static_cast<std::ptrdiff_t>(m_first_vertex), vertices.end(), append);
    for (std::size_t i = tag_begin.back(); i < tags.size(); ++i) {
        m_scratch += keys[tags[i].key].name;
        m_scratch += '\0';
        m_scratch += values[tags[i].value];
    }
    return xxh3(m_scratch);
}

void FeatureColumns::end(std::uint64_t id) {
    std::uint64_t const wanted = id != 0 ? id : m_named_id != 0 ? m_named_id : content_hash();
    ids.push_back(wanted & id_mask);
    ranks.push_back(std::isfinite(m_rank) ? m_rank : 0);
    tag_begin.push_back(tags.size());
    if (auto const& thinning = m_plan.config.thinning) {
        own_counts.push_back(m_count);
        own_aggregates.resize(ids.size() * thinning->aggregates.size());
    }
    if (!m_plan.config.coverage.empty()) {
        coverages.push_back(coverage_of(m_coverage));
        m_coverage.clear();
    }
    m_next_key = 0;
    m_rank = 0;
    m_named_id = 0;
    m_named_by_id = false;
    m_count = 1;
}

void FeatureColumns::end_encoded(EncodedPoint const& point) {
    points.push_back({point.at, static_cast<std::uint32_t>(ids.size()), true});
    ids.push_back(point.id);
    ranks.push_back(point.rank);
    tag_begin.push_back(tags.size());
    if (m_plan.config.thinning) {
        own_counts.push_back(point.count);
        own_aggregates.insert(own_aggregates.end(), point.aggregates.begin(), point.aggregates.end());
    }
    if (!m_plan.config.coverage.empty()) {
        coverages.push_back(coverage_of({}));
    }
    m_next_key = 0;
}

std::uint32_t FeatureColumns::coverage_of(std::string const& name) {
    auto const [at, is_new] =
        m_coverage_numbers.try_emplace(name, static_cast<std::uint32_t>(coverage_names.size()));
    if (is_new) {
        coverage_names.push_back(name);
    }
    return at->second;
}

void FeatureColumns::append(FeatureColumns const& part) {
    append_tags(part);
    append_shapes(part);
    ids.insert(ids.end(), part.ids.begin(), part.ids.end());
    ranks.insert(ranks.end(), part.ranks.begin(), part.ranks.end());
    own_counts.insert(own_counts.end(), part.own_counts.begin(), part.own_counts.end());
    own_aggregates.insert(own_aggregates.end(), part.own_aggregates.begin(), part.own_aggregates.end());
    for (std::uint32_t const coverage : part.coverages) {
        coverages.push_back(coverage_of(part.coverage_names[coverage]));
    }
    bounds.add(part.bounds);
    rejects.insert(rejects.end(), part.rejects.begin(), part.rejects.end());
}

void FeatureColumns::append_tags(FeatureColumns const& part) {
    std::vector<std::uint32_t> key_numbers;
    key_numbers.reserve(part.keys.size());
    for (Key const& key : part.keys) {
        std::uint32_t const number = key_of(key.name);
        keys[number].types |= key.types;
        key_numbers.push_back(number);
    }
    std::vector<std::uint32_t> value_numbers;
    value_numbers.reserve(part.values.size());
    for (std::uint32_t value = 0; value < part.values.size(); ++value) {
        value_numbers.push_back(values.add(part.values[value]));
    }
    std::size_t const shift = tags.size();
    for (Tag const tag : part.tags) {
        tags.push_back({key_numbers[tag.key], value_numbers[tag.value]});
    }
    for (std::size_t i = 1; i < part.tag_begin.size(); ++i) {
        tag_begin.push_back(part.tag_begin[i] + shift);
    }
}

void FeatureColumns::append_shapes(FeatureColumns const& part) {
    auto const first = static_cast<std::uint32_t>(ids.size());
    for (PointItem const& item : part.points) {
        points.push_back({item.at, item.feature + first, item.counts});
    }
    has_multipoints = has_multipoints || part.has_multipoints;
    std::size_t const shift = vertices.size();
    vertices.insert(vertices.end(), part.vertices.begin(), part.vertices.end());
    auto const append_paths = [&](std::vector<Path> const& from, std::vector<Path>& to) {
        for (Path const& path : from) {
            to.push_back({path.feature + first, path.polygon + polygon_count, path.begin + shift,
                          path.end + shift, path.area});
        }
    };
    append_paths(part.lines, lines);
    append_paths(part.rings, rings);
    polygon_count += part.polygon_count;
}

std::size_t FeatureColumns::bytes() const noexcept {
    constexpr std::size_t of_feature = sizeof(std::uint64_t) + sizeof(double) + sizeof(std::size_t);
    return ids.size() * of_feature + tags.size() * sizeof(Tag) + own_counts.size() * sizeof(std::uint32_t) +
           own_aggregates.size() * sizeof(Aggregate) + points.size() * sizeof(PointItem) +
           vertices.size() * sizeof(GridPoint) + (lines.size() + rings.size()) * sizeof(Path) +
           values.bytes();
}

void FeatureColumns::forget_features() {
    values = {};
    ids.clear();
    ranks.clear();
    tag_begin.assign(1, 0);
    tags.clear();
    own_counts.clear();
    own_aggregates.clear();
    coverages.clear();
    points.clear();
    vertices.clear();
    rejects.clear();
}

void FeatureColumns::reserve(std::size_t features) {
    std::size_t const known = ids.size();
    if (known == 0 || features <= known) {
        return;
    }
    auto const scaled = [&](std::size_t size) { return size * (features / known + 1); };
    ids.reserve(features);
    ranks.reserve(features);
    tag_begin.reserve(features + 1);
    tags.reserve(scaled(tags.size()));
    points.reserve(points.empty() ? 0 : features);
    own_counts.reserve(own_counts.empty() ? 0 : features);
    vertices.reserve(scaled(vertices.size()));
}

/// Adds a feature as one point, where its name is best written.
void FeatureColumns::add_label(Feature const& feature) {
    try {
        geo::Geos geos;
        bool const is_area = std::holds_alternative<Polygon>(feature.geometry) ||
                             std::holds_alternative<MultiPolygon>(feature.geometry);
        add_own({feature.id,
                 Point{is_area ? geos.label_point(feature.geometry) : geos.point_inside(feature.geometry)},
                 feature.properties, feature.rank});
    } catch (GeometryError const& error) {
        reject(feature, error.what());
    }
}

void FeatureColumns::add(Feature const& feature) {
    if (m_plan.config.shape == Shape::label_point) {
        add_label(feature);
    } else {
        add_own(feature);
    }
}

void FeatureColumns::add_own(Feature const& feature) {
    m_first_point = points.size();
    m_first_vertex = vertices.size();
    if (!add_checked_geometry(feature)) {
        return;
    }
    bounds.add(extent(feature.geometry));
    m_rank = feature.rank;
    for (auto const& [name, value] : feature.properties) {
        attribute(name, view_of(value));
    }
    end(feature.id);
}

bool FeatureColumns::add_checked_geometry(Feature const& feature) {
    bool usable = vertex_count(feature.geometry) > 0;
    for_each_position(feature.geometry, [&](LonLat at) { usable = usable && is_valid(at); });
    if (!usable) {
        reject(feature, "its geometry is empty, or has coordinates out of range");
        return false;
    }
    if (!rings_cross(feature.geometry)) {
        if (!add_geometry(feature.geometry)) {
            reject(feature, "its geometry has too few positions, or encloses nothing");
            return false;
        }
        return true;
    }
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

void FeatureColumns::add_points(std::span<LonLat const> positions) {
    has_multipoints = has_multipoints || positions.size() > 1;
    bool counts = true;
    for (LonLat const at : positions) {
        points.push_back({to_world(at), static_cast<std::uint32_t>(ids.size()), counts});
        counts = false;
    }
}

/// Appends positions without repetitions; answers whether at least `least` were left.
bool FeatureColumns::add_path(std::span<LonLat const> positions, std::vector<Path>& paths,
                              std::size_t least) {
    std::size_t const begin = vertices.size();
    for (LonLat const at : positions) {
        GridPoint const point = to_grid(to_world(at));
        if (vertices.size() == begin || vertices.back() != point) {
            vertices.push_back(point);
        }
    }
    bool const is_ring = &paths == &rings;
    if (is_ring && vertices.size() > begin + 1 && vertices.back() == vertices[begin]) {
        vertices.pop_back();
    }
    if (vertices.size() - begin < least) {
        vertices.resize(begin);
        return false;
    }
    paths.push_back({static_cast<std::uint32_t>(ids.size()), polygon_count, begin, vertices.size(), 0});
    return true;
}

/// Appends a ring, turned as tiles have it: exteriors of positive area, holes of negative.
bool FeatureColumns::add_ring(Ring const& ring, RingRole role) {
    if (!add_path(ring, rings, 3)) {
        return false;
    }
    Path& path = rings.back();
    path.area = signed_area(std::span{vertices}.subspan(path.begin, path.end - path.begin));
    if (path.area == 0 && role == RingRole::exterior) {
        vertices.resize(path.begin);
        rings.pop_back();
        return false;
    }
    if ((path.area > 0) != (role == RingRole::exterior)) {
        std::reverse(vertices.begin() + static_cast<std::ptrdiff_t>(path.begin), vertices.end());
        path.area = -path.area;
    }
    return true;
}

bool FeatureColumns::add_polygon(Polygon const& polygon) {
    if (!add_ring(polygon.outer, RingRole::exterior)) {
        return false;
    }
    for (Ring const& hole : polygon.holes) {
        add_ring(hole, RingRole::hole);
    }
    ++polygon_count;
    return true;
}

bool FeatureColumns::add_geometry(Geometry const& geometry) {
    return std::visit(
        kharita::detail::Overloaded{[&](Point const& point) {
                                        add_points({&point.at, 1});
                                        return true;
                                    },
                                    [&](MultiPoint const& each) {
                                        add_points(each.points);
                                        return true;
                                    },
                                    [&](LineString const& line) { return add_path(line.points, lines, 2); },
                                    [&](MultiLineString const& each) {
                                        bool any = false;
                                        for (LineString const& line : each.lines) {
                                            any = add_path(line.points, lines, 2) || any;
                                        }
                                        return any;
                                    },
                                    [&](Polygon const& polygon) { return add_polygon(polygon); },
                                    [&](MultiPolygon const& each) {
                                        bool any = false;
                                        for (Polygon const& polygon : each.polygons) {
                                            any = add_polygon(polygon) || any;
                                        }
                                        return any;
                                    }},
        geometry);
}

} // namespace kharita::tile
