#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "geo/geojson.hpp"
#include "geo/geometry.hpp"

namespace kharita::geo {

namespace {

constexpr std::size_t decimals = 7;

bool is_plain(char c) noexcept {
    return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
}

/// How many bytes stand before the first that JSON wants escaped. Nearly all texts need none, so that eight
/// bytes are looked at together: a byte minus one borrows into its highest bit only where it was 0.
std::size_t plain_prefix(std::string_view text) noexcept {
    constexpr std::uint64_t each = 0x0101010101010101U;
    constexpr std::uint64_t highest = 0x8080808080808080U;
    std::size_t i = 0;
    for (; i + sizeof(std::uint64_t) <= text.size(); i += sizeof(std::uint64_t)) {
        std::uint64_t bytes = 0;
        std::memcpy(&bytes, text.data() + i, sizeof bytes);
        std::uint64_t const quotes = bytes ^ (each * '"');
        std::uint64_t const backslashes = bytes ^ (each * '\\');
        std::uint64_t const found = ((bytes - each * 0x20) & ~bytes) | ((quotes - each) & ~quotes) |
                                    ((backslashes - each) & ~backslashes);
        if ((found & highest) != 0) {
            break;
        }
    }
    while (i < text.size() && is_plain(text[i])) {
        ++i;
    }
    return i;
}

void append_escaped(std::string& out, char c) {
    switch (c) {
    case '"':
        out += "\\\"";
        break;
    case '\\':
        out += "\\\\";
        break;
    case '\n':
        out += "\\n";
        break;
    case '\r':
        out += "\\r";
        break;
    case '\t':
        out += "\\t";
        break;
    default:
        fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
    }
}

void append_number(std::string& out, auto value) {
    std::array<char, 32> digits{};
    out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
}

} // namespace

void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    while (true) {
        std::size_t const plain = plain_prefix(text);
        out.append(text.data(), plain);
        if (plain == text.size()) {
            break;
        }
        append_escaped(out, text[plain]);
        text.remove_prefix(plain + 1);
    }
    out += '"';
}

namespace {

void append_value(std::string& out, Value const& value) {
    std::visit(detail::Overloaded{
                   [&](std::monostate) { out += "null"; },
                   [&](bool each) { out += each ? "true" : "false"; },
                   [&](std::int64_t each) { append_number(out, each); },
                   [&](double each) {
                       if (!std::isfinite(each)) {
                           out += "null";
                           return;
                       }
                       append_number(out, each);
                   },
                   [&](std::string const& each) { append_json_string(out, each); },
               },
               value);
}

void append_position(std::string& out, LonLat at) {
    out += '[';
    append_coordinate(out, at.lon);
    out += ',';
    append_coordinate(out, at.lat);
    out += ']';
}

template <typename Item, typename Append>
void append_list(std::string& out, std::vector<Item> const& items, Append&& append) {
    out += '[';
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0) {
            out += ',';
        }
        append(out, items[i]);
    }
    out += ']';
}

void append_positions(std::string& out, std::vector<LonLat> const& positions) {
    append_list(out, positions, append_position);
}

void append_rings(std::string& out, Polygon const& polygon) {
    Polygon const sound = right_handed(polygon);
    out += '[';
    append_positions(out, sound.outer);
    for (Ring const& hole : sound.holes) {
        out += ',';
        append_positions(out, hole);
    }
    out += ']';
}

void append_coordinates(std::string& out, Point const& each) {
    append_position(out, each.at);
}
void append_coordinates(std::string& out, MultiPoint const& each) {
    append_positions(out, each.points);
}
void append_coordinates(std::string& out, LineString const& each) {
    append_positions(out, each.points);
}
void append_coordinates(std::string& out, MultiLineString const& each) {
    append_list(out, each.lines,
                [](std::string& to, LineString const& line) { append_positions(to, line.points); });
}
void append_coordinates(std::string& out, Polygon const& each) {
    append_rings(out, each);
}
void append_coordinates(std::string& out, MultiPolygon const& each) {
    append_list(out, each.polygons, append_rings);
}

constexpr std::array<std::string_view, 6> kinds{"Point",           "MultiPoint", "LineString",
                                                "MultiLineString", "Polygon",    "MultiPolygon"};

void append_bbox(std::string& out, Extent const& box) {
    out += "\"bbox\":[";
    append_coordinate(out, box.west);
    out += ',';
    append_coordinate(out, box.south);
    out += ',';
    append_coordinate(out, box.east);
    out += ',';
    append_coordinate(out, box.north);
    out += ']';
}

} // namespace

void append_coordinate(std::string& out, double degrees) {
    auto const units = static_cast<std::int64_t>(std::llround(degrees * 1e7));
    std::uint64_t const size =
        units < 0 ? 0 - static_cast<std::uint64_t>(units) : static_cast<std::uint64_t>(units);
    constexpr std::uint64_t one = 10'000'000;
    if (units < 0) {
        out += '-';
    }
    append_number(out, size / one);
    std::uint64_t fraction = size % one;
    if (fraction == 0) {
        return;
    }
    std::array<char, decimals> digits{};
    std::size_t used = 0;
    for (std::size_t i = decimals; i > 0; --i, fraction /= 10) {
        digits[i - 1] = static_cast<char>('0' + fraction % 10);
        if (used == 0 && fraction % 10 != 0) {
            used = i;
        }
    }
    out += '.';
    out.append(digits.data(), used);
}

void append_geojson(std::string& out, Geometry const& geometry) {
    out += R"({"type":")";
    out += kinds[geometry.index()];
    out += R"(","coordinates":)";
    std::visit([&](auto const& each) { append_coordinates(out, each); }, geometry);
    out += '}';
}

void append_geojson(std::string& out, Feature const& feature) {
    out += R"({"type":"Feature",)";
    if (feature.id != 0) {
        out += "\"id\":";
        append_number(out, feature.id);
        out += ',';
    }
    Extent const box = extent(feature.geometry);
    if (!std::holds_alternative<Point>(feature.geometry) && !box.is_empty()) {
        append_bbox(out, box);
        out += ',';
    }
    out += "\"geometry\":";
    append_geojson(out, feature.geometry);
    out += ",\"properties\":{";
    std::string_view separator;
    for (auto const& [name, value] : feature.properties) {
        out += separator;
        separator = ",";
        append_json_string(out, name);
        out += ':';
        append_value(out, value);
    }
    out += "}}";
}

std::string to_geojson(Geometry const& geometry) {
    std::string text;
    append_geojson(text, geometry);
    return text;
}

GeoJsonWriter::GeoJsonWriter(Sink sink, std::string_view members)
    : m_sink{std::move(sink)},
      m_line{R"({"type":"FeatureCollection",)"},
      m_separator{"\n"} {
    if (!members.empty()) {
        m_line += members;
        m_line += ',';
    }
    m_line += "\"features\":[";
    m_sink(m_line);
}

void GeoJsonWriter::write(Feature const& feature) {
    m_line.clear();
    append_geojson(m_line, feature);
    write(m_line, extent(feature.geometry));
}

void GeoJsonWriter::write(std::string_view feature, Extent const& box) {
    m_sink(m_separator);
    m_separator = ",\n";
    m_sink(feature);
    m_extent.add(box);
}

void GeoJsonWriter::finish() {
    m_line = "\n]";
    if (!m_extent.is_empty()) {
        m_line += ",\n";
        append_bbox(m_line, m_extent);
    }
    m_line += "}\n";
    m_sink(m_line);
}

std::string to_geojson(std::vector<Feature> const& features, std::string_view members) {
    std::string text;
    GeoJsonWriter writer{[&](std::string_view piece) { text += piece; }, members};
    for (Feature const& feature : features) {
        writer.write(feature);
    }
    writer.finish();
    return text;
}

} // namespace kharita::geo
