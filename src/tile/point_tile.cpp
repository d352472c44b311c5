#include "tile/point_tile.hpp"

#include <protozero/buffer_string.hpp>
#include <protozero/pbf_builder.hpp>
#include <protozero/pbf_message.hpp>

#include "tile/mvt_decoder.hpp"
#include "tile/mvt_fields.hpp"

namespace kharita::tile {

namespace {

using protozero::pbf_wire_type;

template <typename Field>
constexpr std::uint32_t tagged(Field field, pbf_wire_type type) noexcept {
    return protozero::tag_and_type(field, type);
}

std::string_view as_text(protozero::data_view view) noexcept {
    return {view.data(), view.size()};
}

/// Calls `read` and makes of its errors ours.
template <typename Read>
auto guarded(Read const& read) {
    try {
        return read();
    } catch (protozero::exception const& error) {
        fail<FormatError>("tile: {}", error.what());
    }
}

TilePoint position(protozero::iterator_range<protozero::pbf_reader::const_uint32_iterator> commands) {
    constexpr std::uint32_t one_move = 1U << 3U | static_cast<std::uint32_t>(Command::move_to);
    auto const next = [&] {
        if (commands.empty()) {
            fail<FormatError>("tile: geometry commands end early");
        }
        std::uint32_t const value = commands.front();
        commands.drop_front();
        return value;
    };
    bool const is_point = next() == one_move;
    std::int32_t const x = protozero::decode_zigzag32(next());
    std::int32_t const y = protozero::decode_zigzag32(next());
    if (!is_point || !commands.empty() || x < 0 || y < 0 || x >= tile_units || y >= tile_units) {
        fail<FormatError>("tile: a feature is not one point within its tile");
    }
    return {x, y};
}

void read_tags(protozero::iterator_range<protozero::pbf_reader::const_uint32_iterator> tags,
               PointTile& points) {
    while (!tags.empty()) {
        std::uint32_t const key = tags.front();
        tags.drop_front();
        if (tags.empty()) {
            fail<FormatError>("tile: odd number of tags");
        }
        points.tags.emplace_back(key, tags.front());
        tags.drop_front();
    }
}

void read_feature(protozero::data_view bytes, PointTile& points) {
    protozero::pbf_message<FeatureField> message{bytes};
    PointTile::Feature feature;
    bool placed = false;
    while (message.next()) {
        switch (message.tag_and_type()) {
        case tagged(FeatureField::id, pbf_wire_type::varint):
            feature.id = message.get_uint64();
            break;
        case tagged(FeatureField::tags, pbf_wire_type::length_delimited):
            read_tags(message.get_packed_uint32(), points);
            break;
        case tagged(FeatureField::geometry, pbf_wire_type::length_delimited):
            feature.at = position(message.get_packed_uint32());
            placed = true;
            break;
        default:
            message.skip();
        }
    }
    if (!placed) {
        fail<FormatError>("tile: a feature has no geometry");
    }
    feature.tags_end = points.tags.size();
    points.features.push_back(feature);
}

/// A feature's message with another geometry.
std::string with_geometry(std::string_view feature, std::string_view geometry) {
    std::string bytes;
    protozero::pbf_message<FeatureField> message{feature.data(), feature.size()};
    for (std::size_t begin = 0; message.next(); begin = feature.size() - message.length()) {
        bool const is_geometry =
            message.tag_and_type() == tagged(FeatureField::geometry, pbf_wire_type::length_delimited);
        message.skip();
        if (is_geometry) {
            protozero::pbf_builder<FeatureField>{bytes}.add_bytes(FeatureField::geometry, geometry.data(),
                                                                  geometry.size());
        } else {
            bytes += feature.substr(begin, feature.size() - message.length() - begin);
        }
    }
    return bytes;
}

} // namespace

std::vector<RawLayer> raw_layers(std::string_view tile) {
    return guarded([&] {
        std::vector<RawLayer> layers;
        protozero::pbf_message<TileField> message{tile.data(), tile.size()};
        while (message.next(TileField::layers, pbf_wire_type::length_delimited)) {
            RawLayer layer;
            layer.bytes = as_text(message.get_view());
            protozero::pbf_message<LayerField> inner{layer.bytes.data(), layer.bytes.size()};
            while (layer.name.empty() && inner.next(LayerField::name, pbf_wire_type::length_delimited)) {
                layer.name = as_text(inner.get_view());
            }
            layers.push_back(layer);
        }
        return layers;
    });
}

void append_layer(std::string_view layer, std::string& tile) {
    protozero::pbf_builder<TileField>{tile}.add_message(TileField::layers, layer.data(), layer.size());
}

PointTile read_points(std::string_view layer) {
    return guarded([&] {
        PointTile points;
        protozero::pbf_message<LayerField> message{layer.data(), layer.size()};
        while (message.next()) {
            switch (message.tag_and_type()) {
            case tagged(LayerField::features, pbf_wire_type::length_delimited):
                read_feature(message.get_view(), points);
                break;
            case tagged(LayerField::keys, pbf_wire_type::length_delimited):
                points.keys.push_back(as_text(message.get_view()));
                break;
            case tagged(LayerField::values, pbf_wire_type::length_delimited):
                points.values.push_back(as_text(message.get_view()));
                break;
            default:
                message.skip();
            }
        }
        for (auto const& [key, value] : points.tags) {
            if (key >= points.keys.size() || value >= points.values.size()) {
                fail<FormatError>("tile: a tag's index is out of range");
            }
        }
        return points;
    });
}

std::vector<BareFeature> bare_features(std::string_view layer) {
    return guarded([&] {
        std::vector<BareFeature> features;
        protozero::pbf_message<LayerField> message{layer.data(), layer.size()};
        while (message.next(LayerField::features, pbf_wire_type::length_delimited)) {
            BareFeature& feature = features.emplace_back();
            protozero::pbf_message<FeatureField> inner{message.get_view()};
            while (inner.next()) {
                if (inner.tag_and_type() == tagged(FeatureField::id, pbf_wire_type::varint)) {
                    feature.id = inner.get_uint64();
                } else if (inner.tag_and_type() ==
                           tagged(FeatureField::geometry, pbf_wire_type::length_delimited)) {
                    feature.geometry = as_text(inner.get_view());
                } else {
                    inner.skip();
                }
            }
            if (feature.geometry.empty()) {
                fail<FormatError>("tile: a feature has no geometry");
            }
        }
        return features;
    });
}

std::string with_geometries(std::string_view layer, std::span<std::string_view const> geometries) {
    return guarded([&] {
        std::string bytes;
        bytes.reserve(layer.size());
        protozero::pbf_message<LayerField> message{layer.data(), layer.size()};
        std::size_t copied = 0;
        auto next = geometries.begin();
        for (std::size_t begin = 0; message.next(); begin = layer.size() - message.length()) {
            if (message.tag_and_type() != tagged(LayerField::features, pbf_wire_type::length_delimited)) {
                message.skip();
                continue;
            }
            std::string_view const feature = as_text(message.get_view());
            if (next == geometries.end()) {
                fail<FormatError>("tile: more features than geometries");
            }
            if (std::string_view const geometry = *next++; !geometry.empty()) {
                bytes += layer.substr(copied, begin - copied);
                copied = layer.size() - message.length();
                protozero::pbf_builder<LayerField>{bytes}.add_message(LayerField::features,
                                                                      with_geometry(feature, geometry));
            }
        }
        bytes += layer.substr(copied);
        return bytes;
    });
}

std::vector<std::string> layer_keys(std::string_view layer) {
    return guarded([&] {
        std::vector<std::string> keys;
        protozero::pbf_message<LayerField> message{layer.data(), layer.size()};
        while (message.next(LayerField::keys, pbf_wire_type::length_delimited)) {
            keys.emplace_back(as_text(message.get_view()));
        }
        return keys;
    });
}

std::size_t count_features(std::string_view layer) {
    return guarded([&] {
        std::size_t count = 0;
        protozero::pbf_message<LayerField> message{layer.data(), layer.size()};
        while (message.next(LayerField::features, pbf_wire_type::length_delimited)) {
            message.skip();
            ++count;
        }
        return count;
    });
}

} // namespace kharita::tile
