#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <optional>
#include <utility>

#include <fmt/core.h>
#include <simdjson.h>

#include "base/error.hpp"
#include "base/line_reader.hpp"
#include "geo/feature_collection.hpp"
#include "geo/geojson.hpp"
#include "geo/geometry.hpp"
#include "geo/json_numbers.hpp"
#include "geo/long_line.hpp"

namespace kharita::geo {

namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

/// Lines from this length on are read without JSON values for their coordinates.
constexpr std::size_t long_line = std::size_t{1} << 22U;

/// Why one feature cannot be used; becomes a Reject or an InputError one level up.
[[noreturn]] void refuse(std::string const& reason) {
    throw InputError{reason};
}

array list(element value, char const* what) {
    array items;
    if (value.get_array().get(items) != simdjson::SUCCESS) {
        refuse(fmt::format("the {} is no array", what));
    }
    return items;
}

LonLat position(element value) {
    array const numbers = list(value, "position");
    LonLat at{std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};
    std::size_t index = 0;
    for (element const number : numbers) {
        double coordinate = 0;
        if (number.get_double().get(coordinate) != simdjson::SUCCESS) {
            refuse("a position holds something that is no number");
        }
        if (index == 0) {
            at.lon = coordinate;
        } else if (index == 1) {
            at.lat = coordinate;
        }
        ++index;
    }
    if (index < 2) {
        refuse(fmt::format("a position of {} numbers; expected longitude and latitude", index));
    }
    return at;
}

std::vector<LonLat> positions(element value) {
    std::vector<LonLat> all;
    for (element const each : list(value, "list of positions")) {
        all.push_back(position(each));
    }
    return all;
}

MultiLineString lines(element value) {
    MultiLineString all;
    for (element const each : list(value, "list of lines")) {
        all.lines.push_back({positions(each)});
    }
    return all;
}

Polygon polygon(element value) {
    Polygon result;
    bool outer = true;
    for (element const each : list(value, "list of rings")) {
        if (outer) {
            result.outer = positions(each);
            outer = false;
        } else {
            result.holes.push_back(positions(each));
        }
    }
    return right_handed(std::move(result));
}

MultiPolygon polygons(element value) {
    MultiPolygon all;
    for (element const each : list(value, "list of polygons")) {
        all.polygons.push_back(polygon(each));
    }
    return all;
}

Geometry unchecked_geometry(std::string_view type, element coordinates) {
    if (type == "Point") {
        return Point{position(coordinates)};
    }
    if (type == "MultiPoint") {
        return MultiPoint{positions(coordinates)};
    }
    if (type == "LineString") {
        return LineString{positions(coordinates)};
    }
    if (type == "MultiLineString") {
        return lines(coordinates);
    }
    if (type == "Polygon") {
        return polygon(coordinates);
    }
    if (type == "MultiPolygon") {
        return polygons(coordinates);
    }
    refuse(fmt::format("geometry type \"{}\"; expected points, lines or polygons", type));
}

/// A geometry of coordinates that were read apart from their type; nothing where they are not of one kind.
std::optional<Geometry> geometry_of(std::string_view type, Coordinates&& given) {
    auto& first = given.lists.front();
    if (given.depth == 2 && type == "MultiPoint") {
        return MultiPoint{std::move(first.front())};
    }
    if (given.depth == 2 && type == "LineString") {
        return LineString{std::move(first.front())};
    }
    if (given.depth == 3 && type == "MultiLineString") {
        MultiLineString all;
        for (std::vector<LonLat>& line : first) {
            all.lines.push_back({std::move(line)});
        }
        return all;
    }
    if ((given.depth == 3 && type == "Polygon") || (given.depth == 4 && type == "MultiPolygon")) {
        MultiPolygon all;
        for (auto& rings : given.lists) {
            Polygon& polygon = all.polygons.emplace_back();
            polygon.outer = std::move(rings.front());
            std::move(rings.begin() + 1, rings.end(), std::back_inserter(polygon.holes));
            polygon = right_handed(std::move(polygon));
        }
        return type == "Polygon" ? Geometry{std::move(all.polygons.front())} : Geometry{std::move(all)};
    }
    return std::nullopt;
}

Geometry checked(Geometry geometry) {
    if (auto problem = problem_of(geometry)) {
        refuse(*problem);
    }
    if (extent(geometry).is_empty()) {
        refuse("an empty geometry");
    }
    return geometry;
}

Geometry geometry_of(element value) {
    object members;
    std::string_view type;
    element coordinates;
    if (value.get_object().get(members) != simdjson::SUCCESS) {
        refuse(value.is_null() ? "a null geometry" : "a geometry that is no object");
    }
    if (members["type"].get_string().get(type) != simdjson::SUCCESS) {
        refuse("a geometry without \"type\"");
    }
    if (type == "GeometryCollection") {
        refuse("a GeometryCollection; expected points, lines or polygons of one kind");
    }
    if (members["coordinates"].get(coordinates) != simdjson::SUCCESS) {
        refuse("a geometry without \"coordinates\"");
    }
    return checked(unchecked_geometry(type, coordinates));
}

Value value_of(element value) {
    switch (value.type()) {
    case simdjson::dom::element_type::NULL_VALUE:
        return std::monostate{};
    case simdjson::dom::element_type::BOOL:
        return value.get_bool().value_unsafe();
    case simdjson::dom::element_type::INT64:
        return value.get_int64().value_unsafe();
    case simdjson::dom::element_type::UINT64: // more than an int64 holds
    case simdjson::dom::element_type::DOUBLE:
        return value.get_double().value_unsafe();
    case simdjson::dom::element_type::STRING:
        return std::string{value.get_string().value_unsafe()};
    default:
        return simdjson::minify(value);
    }
}

/// An id that is a number JavaScript keeps exact, else nothing.
std::optional<std::uint64_t> numeric_id(element value) {
    std::uint64_t id = 0;
    return value.get_uint64().get(id) == simdjson::SUCCESS ? std::optional{id} : std::nullopt;
}

/// A feature's id for messages: `, id 17` or `, id "SY05"`.
std::string id_words(object feature) {
    element id;
    return feature["id"].get(id) == simdjson::SUCCESS ? ", id " + simdjson::minify(id) : std::string{};
}

/// A feature's id and properties.
Feature described_feature(object members) {
    Feature feature;
    bool has_id_property = false;
    object properties;
    if (members["properties"].get_object().get(properties) == simdjson::SUCCESS) {
        for (auto const& [key, value] : properties) {
            has_id_property = has_id_property || key == "id";
            feature.properties.emplace_back(key, value_of(value));
        }
    }
    element id;
    if (members["id"].get(id) == simdjson::SUCCESS) {
        if (auto const number = numeric_id(id)) {
            feature.id = *number;
        } else if (!has_id_property && !id.is_null()) {
            feature.properties.emplace(feature.properties.begin(), "id", value_of(id));
        }
    }
    return feature;
}

Feature feature_of(object members) {
    element geometry;
    if (members["geometry"].get(geometry) != simdjson::SUCCESS) {
        refuse("a feature without \"geometry\"");
    }
    Geometry read = geometry_of(geometry);
    Feature feature = described_feature(members);
    feature.geometry = std::move(read);
    return feature;
}

/// One file being read: knows how to name a feature in messages.
class FeatureReader {
public:
    FeatureReader(std::string file, std::function<void(Feature&&)> const& use,
                  std::function<void(Reject&&)> const& set_aside)
        : m_file{std::move(file)},
          m_use{use},
          m_set_aside{set_aside} {}

    /// A member of a collection.
    void feature(element value, std::size_t line) {
        m_number += m_counts ? 1 : 0;
        object members;
        if (value.get_object().get(members) != simdjson::SUCCESS) {
            reject(line, m_counts ? fmt::format("feature {}: no object", m_number) : "feature: no object",
                   value);
            return;
        }
        guarded(value, line, name_of(members), [&] { return feature_of(members); });
    }

    /// Messages no longer say how many features came before: their lines are enough.
    void stop_counting() noexcept { m_counts = false; }

    /// A Feature, a FeatureCollection or a geometry. `line` is 0 for a document of many lines.
    void document(element root, std::size_t line) {
        object members;
        std::string_view type;
        if (root.get_object().get(members) != simdjson::SUCCESS ||
            members["type"].get_string().get(type) != simdjson::SUCCESS) {
            reject(line, "no GeoJSON: expected an object with \"type\"", root);
        } else if (type == "FeatureCollection") {
            collection(members, line);
        } else if (type == "Feature") {
            feature(root, line);
        } else {
            guarded(root, line, {}, [&] { return Feature{0, geometry_of(root), {}, 0}; });
        }
    }

    /// A line of a Feature whose coordinates were read apart. Answers whether it is one; else it must be read
    /// as a whole.
    bool split_feature(SplitLine& split, std::size_t line, simdjson::dom::parser& parser) {
        element root;
        object members;
        object geometry;
        std::string_view kind;
        std::string_view type;
        if (parser.parse(split.rest).get(root) != simdjson::SUCCESS ||
            root.get_object().get(members) != simdjson::SUCCESS ||
            members["type"].get_string().get(kind) != simdjson::SUCCESS || kind != "Feature" ||
            members["geometry"].get_object().get(geometry) != simdjson::SUCCESS ||
            geometry["type"].get_string().get(type) != simdjson::SUCCESS) {
            return false;
        }
        std::optional<Geometry> read = geometry_of(type, std::move(split.coordinates));
        if (!read) {
            return false;
        }
        m_number += m_counts ? 1 : 0;
        guarded(root, line, name_of(members), [&] {
            Geometry whole = checked(std::move(*read));
            Feature made = described_feature(members);
            made.geometry = std::move(whole);
            return made;
        });
        return true;
    }

    void reject(std::size_t line, std::string reason, element value) {
        m_set_aside(make_reject(m_file, line, std::move(reason), simdjson::minify(value)));
    }

    void reject(std::size_t line, std::string reason, std::string_view text) {
        m_set_aside(make_reject(m_file, line, std::move(reason), text));
    }

private:
    void collection(object members, std::size_t line) {
        array features;
        if (members["features"].get_array().get(features) != simdjson::SUCCESS) {
            fail<InputError>("{}: a FeatureCollection without \"features\"", m_file);
        }
        for (element const each : features) {
            feature(each, line);
        }
    }

    std::string name_of(object members) const {
        return m_counts ? fmt::format("feature {}{}: ", m_number, id_words(members))
                        : fmt::format("feature{}: ", id_words(members));
    }

    template <typename Make>
    void guarded(element value, std::size_t line, std::string const& name, Make&& make) {
        std::optional<Feature> made;
        try {
            made = make();
        } catch (InputError const& error) {
            reject(line, name + error.what(), value);
        }
        if (made) { // outside the try: what `use` throws is not the feature's fault
            m_use(std::move(*made));
        }
    }

    std::string m_file;
    std::function<void(Feature&&)> const& m_use;
    std::function<void(Reject&&)> const& m_set_aside;
    std::size_t m_number = 0;
    bool m_counts = true;
};

std::string_view without_record_separator(std::string_view line) noexcept {
    if (!line.empty() && line.front() == '\x1E') {
        line.remove_prefix(1);
    }
    return line;
}

bool is_blank(std::string_view line) noexcept {
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

/// Parses JSON; where it fails for its numbers, with others in their place (with_readable_numbers()).
simdjson::error_code parse(simdjson::dom::parser& parser, std::string_view text, element& root) {
    auto const error = parser.parse(text.data(), text.size()).get(root);
    if (error == simdjson::SUCCESS) {
        return error;
    }
    std::optional<std::string> const mended = with_readable_numbers(text);
    bool const is_read = mended && parser.parse(*mended).get(root) == simdjson::SUCCESS;
    return is_read ? simdjson::SUCCESS : error;
}

/// Whether a line looks like one feature of several.
bool is_like_object(std::string_view line) noexcept {
    std::string_view const text = without_record_separator(line);
    std::size_t const first = text.find_first_not_of(" \t");
    std::size_t const last = text.find_last_not_of(" \t\r");
    return first != std::string_view::npos && text[first] == '{' && text[last] == '}';
}

/// Reads a long line of a Feature; answers whether it is one.
bool read_long_line(std::string_view text, std::size_t number, simdjson::dom::parser& parser,
                    FeatureReader& reader) {
    if (text.size() < long_line) {
        return false;
    }
    std::optional<SplitLine> split = split_line(text);
    return split && reader.split_feature(*split, number, parser);
}

/// One of the features of a collection.
void read_member(std::string_view text, std::size_t number, LineReader const& lines,
                 simdjson::dom::parser& parser, FeatureReader& reader) {
    if (read_long_line(text, number, parser, reader)) {
        return;
    }
    element root;
    if (auto const error = parse(parser, text, root)) {
        fail<InputError>("{}: no GeoJSON: {}", lines.name(), simdjson::error_message(error));
    }
    reader.feature(root, number);
}

/// A document of one JSON value, which `text` begins; of a FeatureCollection, one feature after the other. It
/// ends on the line `number`, or, where that is 0, with the file.
void read_whole(LineReader& lines, std::string_view text, std::size_t number, simdjson::dom::parser& parser,
                FeatureReader& reader) {
    CollectionSplitter splitter{
        [&](std::string_view feature) { read_member(feature, number, lines, parser, reader); }};
    splitter.add(text);
    for (auto line = number == 0 ? lines.next() : std::nullopt; line.has_value(); line = lines.next()) {
        splitter.add("\n");
        splitter.add(*line);
    }
    element root;
    if (auto const error =
            splitter.is_broken() ? simdjson::TAPE_ERROR : parse(parser, splitter.rest(), root)) {
        fail<InputError>("{}: no GeoJSON: {}", lines.name(), simdjson::error_message(error));
    }
    if (!splitter.is_collection()) {
        reader.document(root, number);
    }
}

void read_line(std::string_view line, std::size_t number, simdjson::dom::parser& parser,
               FeatureReader& reader) {
    std::string_view const text = without_record_separator(line);
    if (is_blank(text) || read_long_line(text, number, parser, reader)) {
        return;
    }
    element root;
    if (auto const error = parse(parser, text, root)) {
        reader.reject(number, simdjson::error_message(error), text);
    } else {
        reader.document(root, number);
    }
}

/// Reads a document whole; of a sequence, only the first line, and leaves the others to `read_rest`.
void read_document(
    std::filesystem::path const& file, std::function<void(Feature&&)> const& use,
    std::function<void(Reject&&)> const& set_aside,
    std::function<void(LineReader&, simdjson::dom::parser&, FeatureReader&)> const& read_rest) {
    LineReader lines{file};
    simdjson::dom::parser parser;
    FeatureReader reader{lines.name(), use, set_aside};
    std::optional<std::string_view> line = lines.next();
    while (line && is_blank(without_record_separator(*line))) {
        line = lines.next();
    }
    if (!line) {
        fail<InputError>("{}: empty; expected GeoJSON", lines.name());
    }
    std::string_view const begin = without_record_separator(*line);
    if (begins_collection(begin)) {
        if (is_closed(begin)) {
            read_whole(lines, begin, lines.line_number(), parser, reader);
            read_rest(lines, parser, reader);
        } else {
            read_whole(lines, std::string{begin}, 0, parser, reader);
        }
        return;
    }
    if (read_long_line(begin, lines.line_number(), parser, reader)) {
        read_rest(lines, parser, reader);
        return;
    }
    std::string first{begin};
    element root;
    if (auto const error = parse(parser, first, root)) {
        std::size_t const number = lines.line_number();
        line = is_like_object(first) ? lines.next() : std::nullopt;
        if (line && is_like_object(*line)) { // a sequence, and only its first line is bad
            reader.reject(number, simdjson::error_message(error), first);
            read_line(*line, lines.line_number(), parser, reader);
            read_rest(lines, parser, reader);
        } else {
            first += line ? "\n" + std::string{*line} : "";
            read_whole(lines, first, 0, parser, reader);
        }
        return;
    }
    if (!root.is_object()) {
        fail<InputError>("{}: no GeoJSON: expected an object", lines.name());
    }
    reader.document(root, lines.line_number());
    read_rest(lines, parser, reader);
}

} // namespace

void read_geojson(std::filesystem::path const& file, std::function<void(Feature&&)> const& use,
                  std::function<void(Reject&&)> const& set_aside) {
    read_document(file, use, set_aside,
                  [](LineReader& lines, simdjson::dom::parser& parser, FeatureReader& reader) {
                      for (auto line = lines.next(); line.has_value(); line = lines.next()) {
                          read_line(*line, lines.line_number(), parser, reader);
                      }
                  });
}

void read_geojson_blocks(std::filesystem::path const& file, std::size_t block_bytes,
                         std::function<void(GeoJsonBlock&&)> const& take,
                         std::function<void(Feature&&)> const& use,
                         std::function<void(Reject&&)> const& set_aside) {
    read_document(file, use, set_aside, [&](LineReader& lines, simdjson::dom::parser&, FeatureReader&) {
        GeoJsonBlock block{lines.name(), {}, lines.line_number() + 1};
        for (auto line = lines.next(); line.has_value(); line = lines.next()) {
            if (block.text.size() + line->size() > block_bytes && !block.text.empty()) {
                take(std::move(block));
                block = {lines.name(), {}, lines.line_number()};
            }
            if (block.text.empty()) {
                block.text.reserve(std::max(block_bytes, line->size() + 1) + simdjson::SIMDJSON_PADDING);
            }
            block.text += *line;
            block.text += '\n';
        }
        if (!block.text.empty()) {
            take(std::move(block));
        }
    });
}

void parse_geojson_line(std::string_view text, std::string const& file, std::size_t line,
                        std::function<void(Feature&&)> const& use,
                        std::function<void(Reject&&)> const& set_aside) {
    simdjson::dom::parser parser;
    FeatureReader reader{file, use, set_aside};
    reader.stop_counting();
    read_line(text, line, parser, reader);
}

std::vector<Feature> read_geojson(std::filesystem::path const& file) {
    std::vector<Feature> features;
    read_geojson(
        file, [&](Feature&& feature) { features.push_back(std::move(feature)); },
        [](Reject&& reject) { throw InputError{to_string(reject)}; });
    return features;
}

Geometry parse_geojson_geometry(std::string_view json) {
    simdjson::dom::parser parser;
    element root;
    if (auto const error = parser.parse(json.data(), json.size()).get(root)) {
        fail<InputError>("no GeoJSON geometry: {}", simdjson::error_message(error));
    }
    return geometry_of(root);
}

Value const& property(Feature const& feature, std::string_view name) noexcept {
    static Value const none;
    for (auto const& [key, value] : feature.properties) {
        if (key == name) {
            return value;
        }
    }
    return none;
}

std::string const& text_property(Feature const& feature, std::string_view name, std::string_view where) {
    auto const* const text = std::get_if<std::string>(&property(feature, name));
    if (text == nullptr || text->empty()) {
        fail<InputError>("{}: no text property \"{}\"", where, name);
    }
    return *text;
}

} // namespace kharita::geo
