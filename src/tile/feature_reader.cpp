#include "tile/feature_reader.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include <simdjson.h>

#include "base/ordered_work.hpp"
#include "geo/geojson.hpp"

namespace kharita::tile {

namespace {

using simdjson::SUCCESS;
using simdjson::dom::element;
using simdjson::dom::element_type;
using simdjson::dom::object;

/// Some thousand events; a few blocks a thread are in memory at a time.
constexpr std::size_t block_bytes = std::size_t{1} << 18U;

/// Longer lines are hardly ever points.
constexpr std::size_t longest_point = std::size_t{1} << 16U;

/// The position of a Point geometry with two or three coordinates in range; nothing for all else.
std::optional<LonLat> point_of(object feature) {
    std::string_view type;
    object geometry;
    simdjson::dom::array numbers;
    if (feature["geometry"].get_object().get(geometry) != SUCCESS ||
        geometry["type"].get_string().get(type) != SUCCESS || type != "Point" ||
        geometry["coordinates"].get_array().get(numbers) != SUCCESS) {
        return std::nullopt;
    }
    LonLat at;
    std::size_t count = 0;
    for (element const number : numbers) {
        double value = 0;
        if (number.get_double().get(value) != SUCCESS) {
            return std::nullopt;
        }
        if (count < 2) {
            (count == 0 ? at.lon : at.lat) = value;
        }
        ++count;
    }
    return count >= 2 && is_valid(at) ? std::optional{at} : std::nullopt;
}

/// Text lives as long as the parser's document; what is neither text nor number is written to `scratch`.
ValueView view_of(element value, std::string& scratch) {
    switch (value.type()) {
    case element_type::NULL_VALUE:
        return std::monostate{};
    case element_type::BOOL:
        return value.get_bool().value_unsafe();
    case element_type::INT64:
        return value.get_int64().value_unsafe();
    case element_type::UINT64: // more than an int64 holds
    case element_type::DOUBLE:
        return value.get_double().value_unsafe();
    case element_type::STRING:
        return value.get_string().value_unsafe();
    default:
        scratch = simdjson::minify(value);
        return std::string_view{scratch};
    }
}

/// One block of lines and what became of it.
class BlockParser {
public:
    BlockParser(geo::GeoJsonBlock block, LayerBuilder const& layer)
        : m_block{std::move(block)},
          m_columns{layer.make_columns()} {}

    void run() {
        std::string& text = m_block.text;
        std::size_t const size = text.size();
        text.resize(size + simdjson::SIMDJSON_PADDING, ' ');
        std::size_t line = m_block.first_line;
        for (std::size_t begin = 0; begin < size; ++line) {
            std::size_t const end = text.find('\n', begin);
            std::size_t const past = end == std::string::npos ? size : end;
            add_line(std::string_view{text}.substr(begin, past - begin), line);
            begin = past + 1;
        }
        std::string{}.swap(m_block.text); // assigning would keep the memory
        m_parser = simdjson::dom::parser{};
    }

    FeatureColumns const& columns() const noexcept { return m_columns; }
    Rejects& rejects() noexcept { return m_rejects; }

private:
    void add_line(std::string_view line, std::size_t number) {
        if (line.size() > longest_point || !add_point(line)) {
            geo::parse_geojson_line(
                line, m_block.file, number, [&](Feature&& feature) { m_columns.add(feature); },
                [&](Reject&& reject) { m_rejects.push_back(std::move(reject)); });
        }
    }

    /// The usual case without a detour: a Feature that is one Point. Answers whether it was one.
    bool add_point(std::string_view line) {
        element root;
        object feature;
        std::string_view type;
        if (m_parser.parse(line.data(), line.size(), false).get(root) != SUCCESS ||
            root.get_object().get(feature) != SUCCESS || feature["type"].get_string().get(type) != SUCCESS ||
            type != "Feature") {
            return false;
        }
        std::optional<LonLat> const at = point_of(feature);
        if (!at) {
            return false;
        }
        m_columns.begin_point(*at);
        object properties;
        bool const has_properties = feature["properties"].get_object().get(properties) == SUCCESS;
        std::uint64_t number = 0;
        element id;
        if (feature["id"].get(id) == SUCCESS && id.get_uint64().get(number) != SUCCESS && !id.is_null()) {
            element own;
            if (!has_properties || properties["id"].get(own) != SUCCESS) {
                m_columns.attribute("id", view_of(id, m_scratch));
            }
        }
        if (has_properties) {
            for (auto const [name, value] : properties) {
                m_columns.attribute(name, view_of(value, m_scratch));
            }
        }
        m_columns.end(number);
        return true;
    }

    geo::GeoJsonBlock m_block;
    FeatureColumns m_columns;
    Rejects m_rejects;
    simdjson::dom::parser m_parser; ///< emptied when the block is done
    std::string m_scratch;
};

/// Parses blocks on several threads while those before are added to the layer, in order.
class BlockQueue {
public:
    BlockQueue(LayerBuilder& layer, std::size_t jobs, Rejects& rejects, std::size_t file_bytes,
               std::function<void(std::size_t)> const& on_progress)
        : m_layer{layer},
          m_rejects{rejects},
          m_file_bytes{file_bytes},
          m_on_progress{on_progress},
          m_work{jobs, 2 * jobs} {}

    void add(geo::GeoJsonBlock&& block) {
        std::size_t const bytes = block.text.size();
        auto const parser = std::make_shared<BlockParser>(std::move(block), m_layer);
        m_work.add([parser] { parser->run(); }, [this, parser, bytes] { append(*parser, bytes); });
    }

    void finish() { m_work.finish(); }

private:
    void append(BlockParser& block, std::size_t bytes) {
        std::size_t const before = m_layer.feature_count();
        m_layer.append(block.columns());
        m_rejects.insert(m_rejects.end(), block.rejects().begin(), block.rejects().end());
        m_bytes += bytes;
        constexpr std::size_t enough = 4 * block_bytes;
        if (!m_reserved && m_bytes >= enough && m_layer.feature_count() > 0) {
            // As many as the file's size makes likely, so that columns need not grow step by step.
            m_layer.reserve(static_cast<std::size_t>(1.02 * static_cast<double>(m_layer.feature_count()) *
                                                     static_cast<double>(m_file_bytes) /
                                                     static_cast<double>(m_bytes)));
            m_reserved = true;
        }
        m_on_progress(m_layer.feature_count() - before);
    }

    LayerBuilder& m_layer;
    Rejects& m_rejects;
    std::size_t m_file_bytes;
    std::function<void(std::size_t)> const& m_on_progress;
    std::size_t m_bytes = 0; ///< of the blocks appended
    bool m_reserved = false;
    OrderedWork m_work;
};

/// A member of a JSON object that has a text, without a look at what surrounds it.
std::string_view text_after(std::string_view json, std::string_view name) noexcept {
    std::size_t const at = json.find(name);
    std::size_t const begin = at == std::string_view::npos ? at : json.find('"', at + name.size());
    std::size_t const end = begin == std::string_view::npos ? begin : json.find('"', begin + 1);
    return end == std::string_view::npos ? std::string_view{} : json.substr(begin + 1, end - begin - 1);
}

} // namespace

bool names_other_reference(std::filesystem::path const& file) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error)) { // of a pipe, what is read is gone
        return false;
    }
    constexpr std::size_t enough = std::size_t{1} << 16U;
    std::string head(enough, '\0');
    std::ifstream stream{file, std::ios::binary};
    stream.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(stream.gcount()));
    std::string_view const before = std::string_view{head}.substr(0, head.find(R"("features")"));
    std::size_t const crs = before.find(R"("crs")");
    if (crs == std::string_view::npos) {
        return false;
    }
    // "name" is also a member of what holds the name: {"type":"name","properties":{"name":"urn:…"}}
    std::string_view const properties =
        before.substr(std::min(before.find(R"("properties")", crs), before.size()));
    std::string_view const name = text_after(properties, R"("name")");
    return !name.empty() && !name.ends_with("CRS84") && !name.ends_with(":4326");
}

void read_features(std::filesystem::path const& file, LayerBuilder& layer, std::size_t jobs, Rejects& rejects,
                   std::function<void(std::size_t)> const& on_progress) {
    std::error_code error;
    auto const bytes = static_cast<std::size_t>(std::filesystem::file_size(file, error));
    if (!error && bytes == 0) {
        rejects.push_back(make_reject(file.string(), 0, "empty; expected GeoJSON", {}));
        return;
    }
    BlockQueue queue{layer, jobs, rejects, error ? 0 : bytes, on_progress};
    geo::read_geojson_blocks(
        file, block_bytes, [&](geo::GeoJsonBlock&& block) { queue.add(std::move(block)); },
        [&](Feature&& feature) {
            layer.add(feature);
            on_progress(1);
        },
        [&](Reject&& reject) { rejects.push_back(std::move(reject)); });
    queue.finish();
}

} // namespace kharita::tile
