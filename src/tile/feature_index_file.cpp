#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <functional>
#include <numeric>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/hash.hpp"
#include "base/hash_pieces.hpp"
#include "base/mapped_file.hpp"
#include "tile/feature_index.hpp"
#include "tile/mvt_decoder.hpp"

namespace kharita::tile {

namespace {

using Json = nlohmann::ordered_json;

static_assert(std::endian::native == std::endian::little, "numbers are written as they lie in memory");

constexpr std::string_view magic = "KHRTIDX4";

template <typename Number>
std::string_view bytes_of(std::span<Number const> column) noexcept {
    return {reinterpret_cast<char const*>(column.data()), column.size_bytes()};
}

template <typename Number>
std::string_view bytes_of(std::vector<Number> const& column) noexcept {
    return bytes_of(std::span{column});
}

/// Takes an index apart, and notes the hash of each part.
class IndexReader {
public:
    IndexReader(std::string_view bytes, Columns columns) : m_bytes{bytes}, m_columns{columns} {}

    std::string_view part(std::uint64_t size) {
        if (size > m_bytes.size()) {
            fail<FormatError>("index: it ends early");
        }
        std::string_view const part = m_bytes.substr(0, size);
        m_bytes.remove_prefix(size);
        m_parts.push_back(part);
        return part;
    }
    std::uint64_t number() {
        std::uint64_t value = 0;
        std::memcpy(&value, part(sizeof value).data(), sizeof value);
        return value;
    }
    template <typename Number>
    Grown<Number> column(std::uint64_t count) {
        if (count > m_bytes.size() / sizeof(Number)) {
            fail<FormatError>("index: it ends early");
        }
        std::string_view const bytes = part(count * sizeof(Number));
        if (m_columns == Columns::in_place &&
            reinterpret_cast<std::uintptr_t>(bytes.data()) % alignof(Number) == 0) {
            return Grown<Number>{std::span{reinterpret_cast<Number const*>(bytes.data()), count}};
        }
        std::vector<Number> numbers(count);
        if (!bytes.empty()) {
            std::memcpy(static_cast<void*>(numbers.data()), bytes.data(), bytes.size());
        }
        return Grown<Number>{std::move(numbers)};
    }
    std::vector<std::string_view> const& parts() const noexcept { return m_parts; }

private:
    std::string_view m_bytes;
    Columns m_columns;
    std::vector<std::string_view> m_parts;
};

std::uint64_t hash_of(std::span<std::string_view const> parts) {
    std::vector<std::uint64_t> hashes;
    hashes.reserve(parts.size());
    for (std::string_view const part : parts) {
        hashes.push_back(xxh3(part));
    }
    return xxh3(bytes_of(hashes));
}

Json key_json(FeatureIndex::Key const& key) {
    return {{"name", key.name},         {"description", key.description}, {"minzoom", key.minzoom},
            {"declared", key.declared}, {"gathered", key.gathered},       {"features", key.features}};
}

Json layer_json(FeatureIndex::Layer const& layer) {
    VectorLayer const& described = layer.described;
    Json fields = Json::array();
    for (VectorLayer::Field const& field : described.fields) {
        fields.push_back({field.name, field.type, field.description});
    }
    Json keys = Json::array();
    for (FeatureIndex::Key const& key : layer.keys) {
        keys.push_back(key_json(key));
    }
    return {{"id", described.id},
            {"description", described.description},
            {"minzoom", described.minzoom},
            {"maxzoom", described.maxzoom},
            {"geometry", described.geometry},
            {"features", described.feature_count},
            {"fields", std::move(fields)},
            {"fixed", layer.fixed},
            {"bounds", {layer.bounds.west, layer.bounds.south, layer.bounds.east, layer.bounds.north}},
            {"keys", std::move(keys)},
            {"points", layer.ids.size()},
            {"contents", layer.contents.size()},
            {"shapes", layer.shapes.has_value()}};
}

/// A number that is whole and not negative; any other, taken for one, would be undefined.
std::uint64_t whole_number(Json const& json) {
    if (!json.is_number_unsigned()) {
        fail<FormatError>("index: its head is damaged: a number is not whole");
    }
    return json.get<std::uint64_t>();
}

int zoom_number(Json const& json) {
    constexpr std::int64_t none = -1; // of a layer that is in no tile
    if (!json.is_number_integer() || json.get<std::int64_t>() < none ||
        json.get<std::int64_t>() > max_zoom + 1) {
        fail<FormatError>("index: its head is damaged: a zoom is none");
    }
    return json.get<int>();
}

FeatureIndex::Layer parse_layer(Json const& json) {
    FeatureIndex::Layer layer;
    VectorLayer& described = layer.described;
    described.id = json.at("id").get<std::string>();
    described.description = json.at("description").get<std::string>();
    described.minzoom = zoom_number(json.at("minzoom"));
    described.maxzoom = zoom_number(json.at("maxzoom"));
    described.geometry = json.at("geometry").get<std::string>();
    described.feature_count = whole_number(json.at("features"));
    for (Json const& field : json.at("fields")) {
        described.fields.push_back(
            {field.at(0).get<std::string>(), field.at(1).get<std::string>(), field.at(2).get<std::string>()});
    }
    layer.fixed = json.at("fixed").get<std::string>();
    auto const bounds = json.at("bounds").get<std::array<double, 4>>();
    layer.bounds = {bounds[0], bounds[1], bounds[2], bounds[3]};
    for (Json const& key : json.at("keys")) {
        Json const& features = key.at("features");
        layer.keys.push_back(
            {key.at("name").get<std::string>(),
             key.at("description").get<std::string>(),
             zoom_number(key.at("minzoom")),
             key.at("declared").get<bool>(),
             key.at("gathered").get<bool>(),
             {whole_number(features.at(0)), whole_number(features.at(1)), whole_number(features.at(2))}});
    }
    return layer;
}

/// What of a layer follows the head.
struct LayerColumns {
    std::size_t points = 0;
    std::size_t contents = 0;
    bool has_shapes = false;
};

FeatureIndex parse_head(Json const& json, std::vector<LayerColumns>& columns) {
    FeatureIndex index;
    index.settings = whole_number(json.at("settings"));
    index.tiles = whole_number(json.at("tiles"));
    for (Json const& layer : json.at("layers")) {
        index.layers.push_back(parse_layer(layer));
        columns.push_back({whole_number(layer.at("points")), whole_number(layer.at("contents")),
                           layer.at("shapes").get<bool>()});
    }
    for (Json const& count : json.at("counts")) {
        index.counts.push_back({count.at(0).get<std::string>(), zoom_number(count.at(1)),
                                whole_number(count.at(2)), whole_number(count.at(3))});
    }
    return index;
}

void check(FeatureIndex::Layer const& layer) {
    auto const inside = [](WorldPoint at) {
        return at.x >= 0 && at.y >= 0 && at.x <= world_size && at.y <= world_size;
    };
    auto const finite = [](double rank) { return std::isfinite(rank); };
    if (std::ranges::adjacent_find(layer.ids.all(), std::ranges::greater_equal{}) != layer.ids.all().end() ||
        std::ranges::adjacent_find(layer.contents, std::ranges::greater_equal{},
                                   &FeatureIndex::Content::id) != layer.contents.end() ||
        !std::ranges::all_of(layer.places.all(), inside) || !std::ranges::all_of(layer.ranks.all(), finite)) {
        fail<FormatError>("index: layer {} is damaged", layer.described.id);
    }
}

} // namespace

std::filesystem::path index_path(std::filesystem::path const& archive) {
    std::filesystem::path const plain = archive.has_filename() ? archive : archive.parent_path();
    return plain.string() + ".index";
}

void write_index(FeatureIndex const& index, std::filesystem::path const& file, Overwrite overwrite) {
    Json head{{"settings", index.settings}, {"tiles", index.tiles}};
    head["layers"] = Json::array();
    for (FeatureIndex::Layer const& layer : index.layers) {
        head["layers"].push_back(layer_json(layer));
    }
    head["counts"] = Json::array();
    for (LayerZoomCount const& count : index.counts) {
        head["counts"].push_back({count.layer, count.zoom, count.shown, count.hidden});
    }
    std::string text = head.dump(-1, ' ', false, Json::error_handler_t::replace);
    text.append((8 - text.size() % 8) % 8, ' '); // what follows lies so that it can be used in place
    std::vector<std::uint64_t> sizes{text.size()};
    std::vector<ShapeBytes> shapes;
    shapes.reserve(index.layers.size());
    sizes.reserve(index.layers.size() + 1);
    for (FeatureIndex::Layer const& layer : index.layers) {
        shapes.push_back(layer.shapes ? write_shapes(*layer.shapes) : ShapeBytes{});
        sizes.push_back(shapes.back().size);
    }
    std::vector<std::string_view> parts{magic, bytes_of(sizes).substr(0, sizeof(std::uint64_t)), text};
    std::vector<std::uint64_t> hashes{xxh3(parts[0]), xxh3(parts[1]), xxh3(parts[2])};
    auto const add = [&](std::string_view part) {
        parts.push_back(part);
        hashes.push_back(xxh3(part));
    };
    for (std::size_t i = 0; i < index.layers.size(); ++i) {
        FeatureIndex::Layer const& layer = index.layers[i];
        for (std::string_view const part : {bytes_of(layer.ids.all()), bytes_of(layer.places.all()),
                                            bytes_of(layer.ranks.all()), bytes_of(layer.contents)}) {
            add(part);
        }
        if (layer.shapes) {
            add(bytes_of(sizes).substr((i + 1) * sizeof(std::uint64_t), sizeof(std::uint64_t)));
            hashes.push_back(xxh3_of_pieces(shapes[i].pieces));
            parts.insert(parts.end(), shapes[i].pieces.begin(), shapes[i].pieces.end());
        }
    }
    OutputFile output{file, overwrite};
    output.expect(std::accumulate(parts.begin(), parts.end(), sizeof(std::uint64_t),
                                  [](std::size_t sum, std::string_view part) { return sum + part.size(); }));
    for (std::string_view const part : parts) {
        output.write(part);
    }
    output.write(bytes_of(std::vector<std::uint64_t>{xxh3(bytes_of(hashes))}));
    output.commit();
}

namespace {

enum class Verify { structure, every_byte };

FeatureIndex parse_index(std::string_view bytes, Verify verify, Columns in_place) {
    IndexReader reader{bytes, in_place};
    if (reader.part(std::min(magic.size(), bytes.size())) != magic) {
        fail<FormatError>("index: not one of this program's version");
    }
    std::string_view const text = reader.part(reader.number());
    FeatureIndex index;
    std::vector<LayerColumns> columns;
    try {
        index = parse_head(Json::parse(text, nullptr, false), columns);
    } catch (Json::exception const& error) {
        fail<FormatError>("index: its head is damaged: {}", error.what());
    }
    std::vector<std::string_view> shapes(columns.size());
    for (std::size_t i = 0; i < index.layers.size(); ++i) {
        FeatureIndex::Layer& layer = index.layers[i];
        layer.ids = reader.column<std::uint64_t>(columns[i].points);
        layer.places = reader.column<WorldPoint>(columns[i].points);
        layer.ranks = reader.column<double>(columns[i].points);
        auto const contents = reader.column<FeatureIndex::Content>(columns[i].contents);
        layer.contents.assign(contents.all().begin(), contents.all().end());
        check(layer);
        if (columns[i].has_shapes) {
            shapes[i] = reader.part(reader.number());
        }
    }
    if (verify == Verify::every_byte) {
        std::uint64_t const expected = hash_of(reader.parts());
        if (reader.number() != expected) {
            fail<FormatError>("index: it is damaged");
        }
    }
    for (std::size_t i = 0; i < index.layers.size(); ++i) {
        if (columns[i].has_shapes) {
            index.layers[i].shapes = read_shapes(shapes[i], in_place);
        }
    }
    return index;
}

} // namespace

FeatureIndex read_index(std::string_view bytes) {
    return parse_index(bytes, Verify::structure, Columns::copied);
}

FeatureIndex read_index(std::filesystem::path const& file) {
    auto mapped = std::make_shared<MappedFile const>(file);
    FeatureIndex index = parse_index(mapped->bytes(), Verify::every_byte, Columns::in_place);
    index.file = std::move(mapped);
    return index;
}

} // namespace kharita::tile
