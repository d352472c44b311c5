#include "tile/mvt_encoder.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <utility>

#include <protozero/buffer_string.hpp>
#include <protozero/pbf_builder.hpp>
#include <protozero/varint.hpp>

#include "tile/mvt_fields.hpp"

namespace kharita::tile {

namespace {

constexpr std::uint32_t command(Command id, std::size_t count) noexcept {
    return static_cast<std::uint32_t>(id) | (static_cast<std::uint32_t>(count) << 3U);
}

constexpr std::size_t max_varint = 10;

/// Bytes of values in one piece: those of a large tile are put behind its features and given back piece by
/// piece, so that they never take their room twice. So many that the system has a piece back at once.
constexpr std::size_t values_together = std::size_t{2} << 20U;

/// Tiles larger than this are the few that take memory.
constexpr std::size_t large_tile = std::size_t{1} << 20U;

/// A tag and a length.
constexpr std::size_t longest_front = 1 + max_varint;

/// Writes a number as protobuf does; answers where it ends. Up to max_varint bytes.
char* put_varint(char* at, std::uint64_t value) noexcept {
    while (value >= 0x80) {
        *at++ = static_cast<char>(value | 0x80U);
        value >>= 7U;
    }
    *at++ = static_cast<char>(value);
    return at;
}

char* put_tag(char* at, FeatureField field, protozero::pbf_wire_type type) noexcept {
    *at++ = static_cast<char>(static_cast<unsigned>(field) << 3U | static_cast<unsigned>(type));
    return at;
}

/// Numbers one after the other, written aside, as their length stands before them.
std::string_view packed(std::span<std::uint32_t const> values, std::vector<char>& scratch) {
    constexpr std::size_t per_number = 5; // bytes of 32 bits at most
    if (std::size_t const room = per_number * values.size(); scratch.size() < room) {
        scratch.resize(room);
    }
    char* at = scratch.data();
    for (std::uint32_t const value : values) {
        at = put_varint(at, value);
    }
    return {scratch.data(), static_cast<std::size_t>(at - scratch.data())};
}

char* put_bytes(char* at, char const* from, std::size_t size) noexcept {
    return std::copy_n(from, size, at);
}

/// What a layer begins with.
std::string head_of(std::string_view name) {
    std::string head;
    protozero::pbf_builder<LayerField> builder{head};
    builder.add_uint32(LayerField::version, 2);
    builder.add_string(LayerField::name, name.data(), name.size());
    return head;
}

bool fits_float(double value) noexcept {
    return std::abs(value) <= static_cast<double>(std::numeric_limits<float>::max()) &&
           static_cast<double>(static_cast<float>(value)) == value;
}

} // namespace

void GeometryCommands::move(TilePoint to) {
    m_values.push_back(protozero::encode_zigzag32(to.x - m_cursor.x));
    m_values.push_back(protozero::encode_zigzag32(to.y - m_cursor.y));
    m_cursor = to;
}

void GeometryCommands::points(std::span<TilePoint const> points) {
    assert(m_values.empty() && !points.empty());
    m_values.push_back(command(Command::move_to, points.size()));
    for (TilePoint const at : points) {
        move(at);
    }
}

void GeometryCommands::line(std::span<TilePoint const> points) {
    assert(points.size() >= 2);
    m_values.push_back(command(Command::move_to, 1));
    move(points.front());
    m_values.push_back(command(Command::line_to, points.size() - 1));
    for (TilePoint const at : points.subspan(1)) {
        move(at);
    }
}

void GeometryCommands::ring(std::span<TilePoint const> points) {
    assert(points.size() >= 3);
    line(points);
    m_values.push_back(command(Command::close_path, 1));
}

void GeometryCommands::clear() noexcept {
    m_values.clear();
    m_cursor = {};
}

std::string encode_commands(std::span<std::uint32_t const> commands) {
    std::vector<char> scratch;
    return std::string{packed(commands, scratch)};
}

void append_value(std::string& bytes, ValueView const& value) {
    protozero::pbf_builder<ValueField> builder{bytes};
    if (auto const* text = std::get_if<std::string_view>(&value)) {
        builder.add_string(ValueField::string_value, text->data(), text->size());
    } else if (auto const* flag = std::get_if<bool>(&value)) {
        builder.add_bool(ValueField::bool_value, *flag);
    } else if (auto const* whole = std::get_if<std::int64_t>(&value)) {
        if (*whole < 0) {
            builder.add_sint64(ValueField::sint_value, *whole);
        } else {
            builder.add_uint64(ValueField::uint_value, static_cast<std::uint64_t>(*whole));
        }
    } else if (auto const* number = std::get_if<double>(&value);
               number != nullptr && std::isfinite(*number)) {
        if (fits_float(*number)) {
            builder.add_float(ValueField::float_value, static_cast<float>(*number));
        } else {
            builder.add_double(ValueField::double_value, *number);
        }
    }
}

std::string encode_value(Value const& value) {
    std::string bytes;
    append_value(bytes, view_of(value));
    return bytes;
}

LayerEncoder::LayerEncoder(std::string_view name)
    : m_head{head_of(name)},
      m_room{longest_front + m_head.size()},
      m_features(m_room, '\0') {}

void LayerEncoder::clear() {
    m_features.assign(m_room, '\0');
    m_keys.clear();
    m_values.clear();
    m_values_before.clear();
    m_key_index.clear();
    m_value_index.clear();
    m_value_count = 0;
    m_feature_count = 0;
}

std::uint32_t LayerEncoder::key(std::string_view name) {
    auto const [at, is_new] =
        m_key_index.try_emplace(std::string{name}, static_cast<std::uint32_t>(m_key_index.size()));
    if (is_new) {
        protozero::pbf_builder<LayerField>{m_keys}.add_string(LayerField::keys, name.data(), name.size());
    }
    return at->second;
}

std::uint32_t LayerEncoder::value(Value const& value) {
    std::string const bytes = encode_value(value);
    assert(!bytes.empty());
    return encoded_value(bytes);
}

std::uint32_t LayerEncoder::encoded_value(std::string_view bytes) {
    auto const [at, is_new] = m_value_index.try_emplace(std::string{bytes}, m_value_count);
    if (is_new) {
        add_encoded_value(bytes);
    }
    return at->second;
}

std::uint32_t LayerEncoder::add_encoded_value(std::string_view bytes) {
    if (m_values.size() >= values_together) {
        m_values_before.push_back(std::exchange(m_values, {}));
        m_values.reserve(values_together + bytes.size() + longest_front);
    }
    protozero::pbf_builder<LayerField>{m_values}.add_bytes(LayerField::values, bytes.data(), bytes.size());
    return m_value_count++;
}

void LayerEncoder::feature(std::uint64_t id, GeometryType type, std::span<std::uint32_t const> commands,
                           std::span<std::uint32_t const> tags) {
    feature(id, type, packed(commands, m_geometry), tags);
}

void LayerEncoder::feature(std::uint64_t id, GeometryType type, std::string_view geometry,
                           std::span<std::uint32_t const> tags) {
    assert(tags.size() % 2 == 0 && !geometry.empty());
    std::string_view const packed_tags = packed(tags, m_scratch);

    std::array<char, 64> head{}; // all before the tags; then all between them and the commands
    char* at = put_varint(put_tag(head.data(), FeatureField::id, protozero::pbf_wire_type::varint), id);
    if (!tags.empty()) {
        at = put_varint(put_tag(at, FeatureField::tags, protozero::pbf_wire_type::length_delimited),
                        packed_tags.size());
    }
    char* const middle = at;
    at = put_varint(put_tag(at, FeatureField::type, protozero::pbf_wire_type::varint),
                    static_cast<std::uint64_t>(type));
    at = put_varint(put_tag(at, FeatureField::geometry, protozero::pbf_wire_type::length_delimited),
                    geometry.size());
    std::size_t const message =
        static_cast<std::size_t>(at - head.data()) + packed_tags.size() + geometry.size();

    std::size_t const old_size = m_features.size();
    if (old_size > large_tile && old_size + 1 + max_varint + message > m_features.capacity()) {
        // Room for the values, too, so that nothing is copied at the end. What is not used takes no memory.
        m_features.reserve(4 * m_features.capacity());
    }
    m_features.resize(old_size + 1 + max_varint + message);
    char* to = m_features.data() + old_size;
    *to++ = static_cast<char>(static_cast<unsigned>(LayerField::features) << 3U |
                              static_cast<unsigned>(protozero::pbf_wire_type::length_delimited));
    to = put_varint(to, message);
    to = put_bytes(to, head.data(), static_cast<std::size_t>(middle - head.data()));
    to = put_bytes(to, packed_tags.data(), packed_tags.size());
    to = put_bytes(to, middle, static_cast<std::size_t>(at - middle));
    to = put_bytes(to, geometry.data(), geometry.size());
    m_features.resize(static_cast<std::size_t>(to - m_features.data()));
    ++m_feature_count;
}

void LayerEncoder::append_to(std::string& tile) {
    assert(m_feature_count > 0);
    std::string tail;
    protozero::pbf_builder<LayerField>{tail}.add_uint32(LayerField::extent, tile_units);
    m_values_before.push_back(std::move(m_values));
    std::size_t rest = m_keys.size() + tail.size(); // of what stands behind the features
    for (std::string const& values : m_values_before) {
        rest += values.size();
    }
    std::size_t const features = m_features.size() - m_room;
    std::array<char, longest_front> front{};
    char* at = front.data();
    *at++ = static_cast<char>(static_cast<unsigned>(TileField::layers) << 3U |
                              static_cast<unsigned>(protozero::pbf_wire_type::length_delimited));
    at = put_varint(at, m_head.size() + features + rest);
    auto const front_size = static_cast<std::size_t>(at - front.data());
    if (tile.empty()) { // what is written last goes into the room before the features
        std::size_t const begin = m_room - front_size - m_head.size();
        m_features.replace(begin, front_size, front.data(), front_size);
        m_features.replace(begin + front_size, m_head.size(), m_head);
        m_features.erase(0, begin);
        tile.swap(m_features);
    } else {
        tile.reserve(tile.size() + front_size + m_head.size() + features + rest);
        tile.append(front.data(), front_size);
        tile += m_head;
        tile.append(m_features, m_room);
    }
    tile += m_keys;
    for (std::string& values : m_values_before) {
        tile += values;
        if (&values != &m_values_before.back()) {
            std::string{}.swap(values);
        }
    }
    tile += tail;
    if (m_values_before.size() == 1) { // its memory serves the next tile
        m_values.swap(m_values_before.back());
    }
    m_values_before.clear();
    if (m_features.capacity() > large_tile) { // these are not to stand beside it as it is compressed
        std::string{}.swap(m_features);
    }
}

} // namespace kharita::tile
