#include "tile/mvt_decoder.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include <protozero/pbf_message.hpp>

#include "tile/mvt_fields.hpp"

namespace kharita::tile {

namespace {

using protozero::pbf_wire_type;

template <typename Field>
constexpr std::uint32_t tagged(Field field, pbf_wire_type type) noexcept {
    return protozero::tag_and_type(field, type);
}

std::string text(protozero::data_view view) {
    return {view.data(), view.size()};
}

Value value_of(protozero::data_view bytes) {
    protozero::pbf_message<ValueField> message{bytes};
    Value value;
    int count = 0;
    while (message.next()) {
        ++count;
        switch (message.tag_and_type()) {
        case tagged(ValueField::string_value, pbf_wire_type::length_delimited):
            value = text(message.get_view());
            break;
        case tagged(ValueField::float_value, pbf_wire_type::fixed32):
            value = static_cast<double>(message.get_float());
            break;
        case tagged(ValueField::double_value, pbf_wire_type::fixed64):
            value = message.get_double();
            break;
        case tagged(ValueField::int_value, pbf_wire_type::varint):
            value = message.get_int64();
            break;
        case tagged(ValueField::uint_value, pbf_wire_type::varint): {
            std::uint64_t const number = message.get_uint64();
            if (number <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
                value = static_cast<std::int64_t>(number);
            } else {
                value = static_cast<double>(number);
            }
            break;
        }
        case tagged(ValueField::sint_value, pbf_wire_type::varint):
            value = message.get_sint64();
            break;
        case tagged(ValueField::bool_value, pbf_wire_type::varint):
            value = message.get_bool();
            break;
        default:
            fail<FormatError>("tile: a value has an unknown field or wire type");
        }
    }
    if (count != 1) {
        fail<FormatError>("tile: a value has {} fields; expected 1", count);
    }
    return value;
}

/// Reads geometry commands one by one; the bytes bound the number of parameters that can follow.
class CommandReader {
public:
    CommandReader(protozero::iterator_range<protozero::pbf_reader::const_uint32_iterator> range,
                  GeometryType type)
        : m_range{range},
          m_left{static_cast<std::size_t>(range.size())},
          m_type{type} {}

    std::vector<std::vector<TilePoint>> parts() {
        if (m_left == 0) {
            fail<FormatError>("tile: a feature's geometry is empty");
        }
        while (m_left > 0) {
            if (m_type == GeometryType::point) {
                if (!m_parts.empty()) {
                    fail<FormatError>("tile: a point feature has more than one command");
                }
                m_parts.push_back(positions(Command::move_to, 1));
            } else {
                line();
            }
        }
        return std::move(m_parts);
    }

private:
    std::uint32_t next() {
        if (m_left == 0) {
            fail<FormatError>("tile: geometry commands end early");
        }
        --m_left;
        std::uint32_t const value = m_range.front();
        m_range.drop_front();
        return value;
    }

    std::uint32_t command(Command expected) {
        std::uint32_t const value = next();
        if ((value & 7U) != static_cast<std::uint32_t>(expected)) {
            fail<FormatError>("tile: geometry command {} where {} was expected", value & 7U,
                              static_cast<std::uint32_t>(expected));
        }
        return value >> 3U;
    }

    static std::int32_t moved(std::int32_t from, std::uint32_t parameter) {
        std::int64_t const to = std::int64_t{from} + protozero::decode_zigzag32(parameter);
        if (to < std::numeric_limits<std::int32_t>::min() || to > std::numeric_limits<std::int32_t>::max()) {
            fail<FormatError>("tile: a coordinate exceeds 32 bits");
        }
        return static_cast<std::int32_t>(to);
    }

    std::vector<TilePoint> positions(Command expected, std::uint32_t least) {
        std::uint32_t const count = command(expected);
        if (count < least || count > m_left / 2) {
            fail<FormatError>("tile: geometry command count {} is out of range", count);
        }
        std::vector<TilePoint> points;
        points.reserve(count);
        for (std::uint32_t i = 0; i < count; ++i) {
            m_cursor.x = moved(m_cursor.x, next());
            m_cursor.y = moved(m_cursor.y, next());
            points.push_back(m_cursor);
        }
        return points;
    }

    void line() {
        std::vector<TilePoint> points = positions(Command::move_to, 1);
        if (points.size() != 1) {
            fail<FormatError>("tile: MoveTo count {} in a line or polygon; expected 1", points.size());
        }
        std::uint32_t const least = m_type == GeometryType::polygon ? 2 : 1;
        std::vector<TilePoint> const rest = positions(Command::line_to, least);
        points.insert(points.end(), rest.begin(), rest.end());
        if (m_type == GeometryType::polygon && command(Command::close_path) != 1) {
            fail<FormatError>("tile: ClosePath count is not 1");
        }
        m_parts.push_back(std::move(points));
    }

    protozero::iterator_range<protozero::pbf_reader::const_uint32_iterator> m_range;
    std::size_t m_left;
    GeometryType m_type;
    TilePoint m_cursor;
    std::vector<std::vector<TilePoint>> m_parts;
};

struct RawLayer {
    std::string name;
    std::optional<std::uint32_t> version;
    std::uint32_t extent = tile_units;
    std::vector<protozero::data_view> features;
    std::vector<std::string> keys;
    std::vector<Value> values;
};

DecodedFeature decode_feature(protozero::data_view bytes, RawLayer const& layer) {
    protozero::pbf_message<FeatureField> message{bytes};
    DecodedFeature feature;
    std::optional<protozero::iterator_range<protozero::pbf_reader::const_uint32_iterator>> geometry;
    while (message.next()) {
        switch (message.tag_and_type()) {
        case tagged(FeatureField::id, pbf_wire_type::varint):
            feature.id = message.get_uint64();
            break;
        case tagged(FeatureField::tags, pbf_wire_type::length_delimited): {
            auto tags = message.get_packed_uint32();
            while (!tags.empty()) {
                std::uint32_t const key = tags.front();
                tags.drop_front();
                if (tags.empty()) {
                    fail<FormatError>(R"(tile: layer "{}": odd number of tags)", layer.name);
                }
                std::uint32_t const value = tags.front();
                tags.drop_front();
                if (key >= layer.keys.size() || value >= layer.values.size()) {
                    fail<FormatError>(R"(tile: layer "{}": a tag's index is out of range)", layer.name);
                }
                feature.properties.emplace_back(layer.keys[key], layer.values[value]);
            }
            break;
        }
        case tagged(FeatureField::type, pbf_wire_type::varint): {
            std::int32_t const type = message.get_enum();
            if (type < 0 || type > 3) {
                fail<FormatError>(R"(tile: layer "{}": geometry type {})", layer.name, type);
            }
            feature.type = static_cast<GeometryType>(type);
            break;
        }
        case tagged(FeatureField::geometry, pbf_wire_type::length_delimited):
            geometry = message.get_packed_uint32();
            break;
        default:
            message.skip();
        }
    }
    if (!geometry) {
        fail<FormatError>(R"(tile: layer "{}": a feature has no geometry)", layer.name);
    }
    if (feature.type != GeometryType::unknown) {
        feature.parts = CommandReader{*geometry, feature.type}.parts();
    }
    return feature;
}

RawLayer read_layer(protozero::data_view bytes) {
    protozero::pbf_message<LayerField> message{bytes};
    RawLayer layer;
    while (message.next()) {
        switch (message.tag_and_type()) {
        case tagged(LayerField::name, pbf_wire_type::length_delimited):
            layer.name = text(message.get_view());
            break;
        case tagged(LayerField::features, pbf_wire_type::length_delimited):
            layer.features.push_back(message.get_view());
            break;
        case tagged(LayerField::keys, pbf_wire_type::length_delimited):
            layer.keys.push_back(text(message.get_view()));
            break;
        case tagged(LayerField::values, pbf_wire_type::length_delimited):
            layer.values.push_back(value_of(message.get_view()));
            break;
        case tagged(LayerField::extent, pbf_wire_type::varint):
            layer.extent = message.get_uint32();
            break;
        case tagged(LayerField::version, pbf_wire_type::varint):
            layer.version = message.get_uint32();
            break;
        default:
            message.skip();
        }
    }
    return layer;
}

/// Tags repeat values by index, so a small tile can stand for much memory: text is counted while decoding.
void check_budget(DecodedFeature const& feature, std::size_t& budget) {
    std::size_t cost = sizeof(DecodedFeature);
    for (auto const& [key, value] : feature.properties) {
        auto const* words = std::get_if<std::string>(&value);
        cost += sizeof(value) + key.size() + (words != nullptr ? words->size() : 0);
    }
    if (cost > budget) {
        fail<FormatError>("tile: its attributes would fill more than {} bytes", std::size_t{1} << 30U);
    }
    budget -= cost;
}

DecodedLayer decode_layer(protozero::data_view bytes, std::size_t& budget) {
    RawLayer raw = read_layer(bytes);
    if (raw.name.empty()) {
        fail<FormatError>("tile: a layer has no name");
    }
    std::uint32_t const version = raw.version.value_or(1);
    if (version != 1 && version != 2) {
        fail<FormatError>(R"(tile: layer "{}" has version {}; this program reads 1 and 2)", raw.name,
                          version);
    }
    if (raw.extent == 0) {
        fail<FormatError>(R"(tile: layer "{}" has extent 0)", raw.name);
    }
    DecodedLayer layer{raw.name, version, raw.extent, {}};
    layer.features.reserve(raw.features.size());
    for (protozero::data_view const feature : raw.features) {
        layer.features.push_back(decode_feature(feature, raw));
        check_budget(layer.features.back(), budget);
    }
    return layer;
}

} // namespace

Value decode_value(std::string_view bytes) {
    try {
        return value_of({bytes.data(), bytes.size()});
    } catch (protozero::exception const& error) {
        fail<FormatError>("tile: a value is damaged: {}", error.what());
    }
}

Value const* DecodedFeature::find(std::string_view name) const noexcept {
    auto const found = std::find_if(properties.begin(), properties.end(),
                                    [&](auto const& property) { return property.first == name; });
    return found == properties.end() ? nullptr : &found->second;
}

DecodedLayer const* DecodedTile::find(std::string_view name) const noexcept {
    auto const found = std::find_if(layers.begin(), layers.end(),
                                    [&](DecodedLayer const& layer) { return layer.name == name; });
    return found == layers.end() ? nullptr : &*found;
}

DecodedTile decode_tile(std::string_view bytes) {
    DecodedTile tile;
    std::set<std::string, std::less<>> names;
    std::size_t budget = std::size_t{1} << 30U;
    try {
        protozero::pbf_message<TileField> message{bytes.data(), bytes.size()};
        while (message.next()) {
            if (message.tag_and_type() != tagged(TileField::layers, pbf_wire_type::length_delimited)) {
                message.skip();
                continue;
            }
            tile.layers.push_back(decode_layer(message.get_view(), budget));
            if (!names.insert(tile.layers.back().name).second) {
                fail<FormatError>(R"(tile: layer "{}" twice)", tile.layers.back().name);
            }
        }
    } catch (protozero::exception const& error) {
        fail<FormatError>("tile: {}", error.what());
    }
    return tile;
}

std::int64_t twice_area(std::vector<TilePoint> const& ring) noexcept {
    // Unsigned, so that coordinates of a damaged tile wrap round instead of overflowing.
    std::uint64_t sum = 0;
    for (std::size_t i = 0, last = ring.size() - 1; i < ring.size(); last = i++) {
        auto const wide = [](std::int32_t value) { return static_cast<std::uint64_t>(std::int64_t{value}); };
        sum += wide(ring[last].x) * wide(ring[i].y) - wide(ring[i].x) * wide(ring[last].y);
    }
    return static_cast<std::int64_t>(sum);
}

} // namespace kharita::tile
