#include "tile/tile_encoder.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace kharita::tile {

namespace {

/// The unit square of a tile in which a point lies: rounded down, so that it is in this tile and no other.
TilePoint unit_of(WorldPoint at, TileId tile) noexcept {
    auto const shift = static_cast<unsigned>(max_zoom - tile.zoom);
    auto const unit = [shift](std::int64_t value, std::uint32_t index) {
        std::int64_t const units = std::min(value, world_size - 1) >> shift;
        return static_cast<std::int32_t>(units - std::int64_t{index} * tile_units);
    };
    return {unit(at.x, tile.x), unit(at.y, tile.y)};
}

std::int32_t rounded(std::int32_t sub) noexcept {
    return (sub + subs_per_unit / 2) >> sub_bits;
}

/// A square of one unit, clockwise on the screen.
std::array<TilePoint, 4> square(TilePoint at) noexcept {
    return {at, {at.x + 1, at.y}, {at.x + 1, at.y + 1}, {at.x, at.y + 1}};
}

} // namespace

TileEncoder::TileEncoder(LayerData const& layer)
    : m_layer{layer},
      m_encoder{layer.config.id},
      m_values_may_repeat{layer.config.thinning && !layer.is_single_points()},
      m_key_epoch(layer.keys.size(), 0),
      m_key_index(layer.keys.size(), 0),
      m_value_epoch(layer.values.size(), 0),
      m_value_index(layer.values.size(), 0),
      m_used_keys(layer.keys.size(), false) {}

std::uint32_t TileEncoder::key_index(std::uint32_t key) {
    if (m_key_epoch[key] != m_epoch) {
        m_key_epoch[key] = m_epoch;
        m_key_index[key] = m_encoder.key(m_layer.keys[key].name);
        m_used_keys[key] = true;
    }
    return m_key_index[key];
}

std::uint32_t TileEncoder::value_index(std::uint32_t value) {
    if ((value & single_value) != 0) {
        return m_encoder.add_encoded_value(m_layer.single_values[value & ~single_value]);
    }
    if (m_value_epoch[value] != m_epoch) {
        m_value_epoch[value] = m_epoch;
        std::string_view const bytes = m_layer.values[value];
        m_value_index[value] =
            m_values_may_repeat ? m_encoder.encoded_value(bytes) : m_encoder.add_encoded_value(bytes);
    }
    return m_value_index[value];
}

void TileEncoder::set_tags(std::uint32_t feature) {
    m_tags.clear();
    for (Tag const tag : m_layer.tags_of(feature)) {
        if (m_layer.keys[tag.key].minzoom <= m_tile.zoom) {
            m_tags.push_back(key_index(tag.key));
            m_tags.push_back(value_index(tag.value));
        }
    }
}

void TileEncoder::set_gathered_tags(std::uint32_t count, std::span<Aggregate const> aggregates) {
    Thinning const& thinning = *m_layer.config.thinning;
    auto const add = [&](std::uint32_t key, Value const& value) {
        m_tags.push_back(key_index(key));
        m_tags.push_back(m_encoder.value(value));
    };
    auto key = static_cast<std::uint32_t>(m_layer.keys.size() - aggregates.size());
    if (!thinning.count.empty()) {
        add(key - 1, static_cast<std::int64_t>(count));
    }
    for (Aggregate const& aggregate : aggregates) {
        if (aggregate.known) {
            add(key, aggregate.value());
        }
        ++key;
    }
}

void TileEncoder::set_own_tags(std::uint32_t feature) {
    set_tags(feature);
    if (m_layer.config.thinning) {
        std::size_t const aggregates = m_layer.aggregate_count();
        set_gathered_tags(m_layer.own_counts[feature],
                          std::span{m_layer.own_aggregates}.subspan(feature * aggregates, aggregates));
    }
}

void TileEncoder::add_feature(std::uint32_t feature, GeometryType type) {
    m_encoder.feature(m_layer.ids[feature], type, m_commands.values(), m_tags);
}

/// Points of which none has a second position, with their counts and aggregates among the layer's values:
/// nearly all that is ever encoded.
void TileEncoder::add_single_points(LayerContent const& content) {
    std::size_t const gathered = content.points.empty() ? 0 : content.values.size() / content.points.size();
    auto const first_gathered = static_cast<std::uint32_t>(m_layer.keys.size() - gathered);
    for (std::size_t i = 0; i < content.points.size(); ++i) {
        PointItem const& item = m_layer.points[content.points[i].item];
        TilePoint const at = unit_of(item.at, m_tile);
        m_commands.clear();
        m_commands.points({&at, 1});
        set_tags(item.feature);
        for (std::uint32_t k = 0; k < gathered; ++k) {
            if (std::uint32_t const value = content.values[i * gathered + k]; value != no_value) {
                m_tags.push_back(key_index(first_gathered + k));
                m_tags.push_back(value_index(value));
            }
        }
        add_feature(item.feature, GeometryType::point);
    }
}

void TileEncoder::add_points(LayerContent const& content) {
    auto const feature_of = [&](std::uint32_t i) { return m_layer.points[content.points[i].item].feature; };
    m_order.resize(content.points.size());
    std::iota(m_order.begin(), m_order.end(), 0U);
    if (m_layer.has_multipoints) { // positions of one feature become one feature again
        std::stable_sort(m_order.begin(), m_order.end(),
                         [&](std::uint32_t a, std::uint32_t b) { return feature_of(a) < feature_of(b); });
    }
    std::size_t const aggregates = m_layer.aggregate_count();
    for (std::size_t begin = 0, end = 0; begin < m_order.size(); begin = end) {
        std::uint32_t const feature = feature_of(m_order[begin]);
        std::uint32_t count = 0;
        std::vector<Aggregate> total(aggregates);
        m_points.clear();
        for (end = begin; end < m_order.size() && feature_of(m_order[end]) == feature; ++end) {
            std::uint32_t const i = m_order[end];
            m_points.push_back(unit_of(m_layer.points[content.points[i].item].at, m_tile));
            count += content.points[i].count;
            for (std::size_t k = 0; k < aggregates; ++k) {
                total[k].add(content.aggregates[i * aggregates + k]);
            }
        }
        m_commands.clear();
        m_commands.points(m_points);
        set_tags(feature);
        if (m_layer.config.thinning) {
            set_gathered_tags(count, total);
        }
        add_feature(feature, GeometryType::point);
    }
}

/// At the last zoom every feature shows. One of which rounding leaves nothing gets a mark of one unit, in the
/// tiles in which it has a position.
void TileEncoder::look_for_mark(std::span<SubPoint const> piece) {
    if (m_mark || m_tile.zoom != m_layer.maxzoom) {
        return;
    }
    // What is left of a shape that merely touches the tile lies on its edge.
    std::int32_t const least = piece.size() == 1 ? 0 : 1;
    auto const lies_inside = [&](std::int32_t sub) {
        return sub >= least && sub < tile_units * subs_per_unit;
    };
    auto const found =
        std::ranges::find_if(piece, [&](SubPoint at) { return lies_inside(at.x) && lies_inside(at.y); });
    if (found != piece.end()) {
        m_mark = TilePoint{std::min(rounded(found->x), tile_units - 1),
                           std::min(rounded(found->y), tile_units - 1)};
    }
}

void TileEncoder::add_encoded(EncodedLine const& line) {
    set_own_tags(line.feature);
    m_encoder.feature(m_layer.ids[line.feature], GeometryType::line_string, line.geometry, m_tags);
}

/// Writes the commands of the line of which pieces begin there; answers where those of the next one begin.
std::size_t TileEncoder::take_line(LayerContent const& content, std::size_t begin) {
    std::uint32_t const feature = content.lines[begin].owner;
    m_commands.clear();
    m_mark.reset();
    std::size_t end = begin;
    for (; end < content.lines.size() && content.lines[end].owner == feature; ++end) {
        m_points.clear();
        content.line_level->read_points(content.lines[end], m_piece);
        look_for_mark(m_piece);
        for (SubPoint const at : m_piece) {
            TilePoint const unit{rounded(at.x), rounded(at.y)};
            if (m_points.empty() || m_points.back() != unit) {
                m_points.push_back(unit);
            }
        }
        if (m_points.size() >= 2) {
            m_commands.line(m_points);
        }
    }
    if (m_commands.is_empty() && m_mark) {
        m_commands.line(std::array{*m_mark, TilePoint{m_mark->x + 1, m_mark->y}});
    }
    return end;
}

void TileEncoder::add_lines(LayerContent const& content) {
    auto encoded = content.encoded_lines.begin();
    for (std::size_t begin = 0; begin < content.lines.size();) {
        std::uint32_t const feature = content.lines[begin].owner;
        for (; encoded != content.encoded_lines.end() && encoded->feature < feature; ++encoded) {
            add_encoded(*encoded);
        }
        begin = take_line(content, begin);
        if (!m_commands.is_empty()) {
            set_own_tags(feature);
            add_feature(feature, GeometryType::line_string);
        }
    }
    std::for_each(encoded, content.encoded_lines.end(), [&](EncodedLine const& line) { add_encoded(line); });
}

std::vector<LineGeometry> TileEncoder::line_geometries(TileId tile, LayerContent const& content) {
    m_tile = tile;
    std::vector<LineGeometry> all;
    for (std::size_t begin = 0; begin < content.lines.size();) {
        std::uint32_t const feature = content.lines[begin].owner;
        begin = take_line(content, begin);
        if (!m_commands.is_empty()) {
            all.push_back({feature, encode_commands(m_commands.values())});
        }
    }
    return all;
}

void TileEncoder::add_polygons(LayerContent const& content) {
    constexpr std::size_t least = 3;
    m_rings.clear();
    for (ShapePiece const& piece : content.rings) {
        content.ring_level->read_points(piece, m_piece);
        if (m_piece.size() >= least) {
            m_rings.add(piece.owner, m_piece);
        }
    }
    std::vector<TilePolygons> const all = snap_polygons(m_rings);
    auto next = all.begin();
    for (std::size_t begin = 0, end = 0; begin < content.rings.size(); begin = end) {
        std::uint32_t const owner = content.rings[begin].owner;
        bool const is_left = next != all.end() && next->owner == owner;
        m_mark.reset();
        for (end = begin; end < content.rings.size() && content.rings[end].owner == owner; ++end) {
            if (!is_left) {
                content.ring_level->read_points(content.rings[end], m_piece);
                look_for_mark(m_piece);
            }
        }
        m_commands.clear();
        if (is_left) {
            for (std::vector<TilePoint> const& ring : next->rings) {
                m_commands.ring(ring);
            }
            ++next;
        } else if (m_mark) {
            m_commands.ring(square(*m_mark));
        } else {
            continue;
        }
        set_own_tags(owner);
        add_feature(owner, GeometryType::polygon);
    }
}

bool TileEncoder::append(TileId tile, LayerContent const& content, std::string& bytes) {
    m_tile = tile;
    ++m_epoch;
    m_encoder.clear();
    if (m_layer.is_single_points()) {
        add_single_points(content);
    } else {
        add_points(content);
        add_lines(content);
        add_polygons(content);
    }
    if (m_encoder.feature_count() == 0) {
        return false;
    }
    m_encoder.append_to(bytes);
    return true;
}

} // namespace kharita::tile
