#include "tile/mvt_encoder.hpp"

#include <cassert>
#include <cmath>
#include <limits>

#include <protozero/buffer_string.hpp>
#include <protozero/pbf_builder.hpp>
#include <protozero/varint.hpp>

#include "tile/mvt_fields.hpp"

namespace kharita::tile {

namespace {

constexpr std::uint32_t command(Command id, std::size_t count) noexcept {
    return static_cast<std::uint32_t>(id) | (static_cast<std::uint32_t>(count) << 3U);
}

/// Appends a field of packed unsigned integers, leaving `scratch` with other content.
void append_packed(std::string& to, FeatureField field, std::span<std::uint32_t const> values,
                   std::string& scratch) {
    scratch.clear();
    for (std::uint32_t const value : values) {
        protozero::add_varint_to_buffer(&scratch, value);
    }
    protozero::pbf_builder<FeatureField>{to}.add_bytes(field, scratch);
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

std::string encode_value(Value const& value) {
    std::string bytes;
    protozero::pbf_builder<ValueField> builder{bytes};
    if (auto const* text = std::get_if<std::string>(&value)) {
        builder.add_string(ValueField::string_value, *text);
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
    return bytes;
}

LayerEncoder::LayerEncoder(std::string_view name) {
    protozero::pbf_builder<LayerField> builder{m_head};
    builder.add_uint32(LayerField::version, 2);
    builder.add_string(LayerField::name, name.data(), name.size());
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
    protozero::pbf_builder<LayerField>{m_values}.add_bytes(LayerField::values, bytes.data(), bytes.size());
    return m_value_count++;
}

void LayerEncoder::feature(std::uint64_t id, GeometryType type, std::span<std::uint32_t const> commands,
                           std::span<std::uint32_t const> tags) {
    assert(tags.size() % 2 == 0 && !commands.empty());
    m_message.clear();
    protozero::pbf_builder<FeatureField> builder{m_message};
    builder.add_uint64(FeatureField::id, id);
    if (!tags.empty()) {
        append_packed(m_message, FeatureField::tags, tags, m_scratch);
    }
    builder.add_enum(FeatureField::type, static_cast<std::int32_t>(type));
    append_packed(m_message, FeatureField::geometry, commands, m_scratch);
    protozero::pbf_builder<LayerField>{m_features}.add_bytes(LayerField::features, m_message);
    ++m_feature_count;
}

void LayerEncoder::append_to(std::string& tile) const {
    assert(m_feature_count > 0);
    std::string tail;
    protozero::pbf_builder<LayerField>{tail}.add_uint32(LayerField::extent, tile_units);
    protozero::pbf_builder<TileField>{tile}.add_bytes_vectored(TileField::layers, m_head, m_features, m_keys,
                                                               m_values, tail);
}

} // namespace kharita::tile
