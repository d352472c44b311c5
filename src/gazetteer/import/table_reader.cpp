#include "gazetteer/import/table_reader.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/tsv.hpp"
#include "gazetteer/gazetteer.hpp"
#include "gazetteer/import/line_joiner.hpp"
#include "geo/geodesic.hpp"
#include "geo/geometry.hpp"
#include "geo/geos.hpp"
#include "geo/vector_file.hpp"

namespace kharita::gazetteer {

namespace {

constexpr int deepest_level = 4;

bool same_name(std::string_view a, std::string_view b) noexcept {
    return std::ranges::equal(
        a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

/// A cell's text; sources write several words for "nothing".
std::string_view content(std::string_view cell) noexcept {
    cell = trimmed(cell);
    bool const nothing = cell == "<Null>" || cell == "NULL" || cell == "null" || cell == "None";
    return nothing ? std::string_view{} : cell;
}

std::optional<double> number(std::string_view cell) noexcept {
    double value = 0;
    auto const [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    bool const whole = error == std::errc{} && end == cell.data() + cell.size();
    return whole ? std::optional{value} : std::nullopt;
}

bool has_name(SourceRecord const& record) {
    return !record.name_ar.empty() || !record.name_en.empty() ||
           std::ranges::any_of(record.aliases, [](std::string const& alias) { return !alias.empty(); });
}

/// An id in another source: a GeoNames number, or the list that Who's On First keeps in one cell,
/// `{ "gn:id": 170654, "wd:id": "Q41183" }`.
void add_ref(std::string_view column, std::string_view cell, SourceRecord& record) {
    if (cell.empty()) {
        return;
    }
    if (!cell.starts_with('{')) {
        std::string prefix{column};
        std::ranges::transform(prefix, prefix.begin(),
                               [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        std::string const source = prefix == "wikidata"                            ? "wd"
                                   : prefix == "geonameid" || prefix == "geonames" ? "gn"
                                                                                   : prefix;
        record.refs.push_back(fmt::format("{}:{}", source, cell));
        return;
    }
    for (std::string_view const source : {"gn", "wd"}) {
        std::size_t at = cell.find(fmt::format(R"("{}:id")", source));
        at = at == std::string_view::npos ? at : cell.find_first_of("0123456789Q", at + source.size() + 5);
        if (at != std::string_view::npos) {
            std::size_t const end = cell.find_first_not_of("0123456789", at + 1);
            record.refs.push_back(fmt::format("{}:{}", source, cell.substr(at, end - at)));
        }
    }
}

/// Whether a row is a stretch of a road or river, not a point on it.
bool is_line(geo::VectorRow const& row, SourceRecord const& record) {
    bool const line = row.geometry && (std::holds_alternative<LineString>(*row.geometry) ||
                                       std::holds_alternative<MultiLineString>(*row.geometry));
    return line && feature_class(record.feature) == FeatureClass::line;
}

/// Empty for points and lines.
MultiPolygon area_of(Geometry const& shape) {
    if (auto const* const one = std::get_if<Polygon>(&shape)) {
        return {{*one}};
    }
    auto const* const many = std::get_if<MultiPolygon>(&shape);
    return many != nullptr ? *many : MultiPolygon{};
}

/// Where a layer has our fields.
class LayerReader {
public:
    LayerReader(geo::VectorLayer const& layer, TableProfile const& profile);

    bool has_names() const noexcept { return m_has_names; }
    /// By which the pieces of a road or river are told; empty for what has no pieces.
    std::string line_name(geo::VectorRow const& row, SourceRecord const& record) const;
    /// A row as a record, or why it is none; nothing and an empty id where it is to be passed over.
    std::optional<std::string> read(geo::VectorRow const& row, TableInput const& input, geo::Geos& geos,
                                    SourceRecord& record) const;

private:
    /// Columns of one field, by preference.
    using Columns = std::vector<std::size_t>;

    Columns look_up(std::string_view field, int level) const;
    /// `level` stands for `{n}`; -1: the columns without it.
    Columns const& find(std::string_view field, int level) const {
        return m_columns.find(std::pair{field, level})->second;
    }
    std::string_view first(geo::VectorRow const& row, std::string_view field) const;
    int level_of(geo::VectorRow const& row) const;
    void read_names(geo::VectorRow const& row, int level, SourceRecord& record) const;
    /// The number of a road, where the row is one.
    std::string_view line_number(geo::VectorRow const& row, SourceRecord const& record) const;
    void read_units(geo::VectorRow const& row, int level, TableInput const& input,
                    SourceRecord& record) const;
    void read_feature(geo::VectorRow const& row, int level, SourceRecord& record) const;
    std::optional<std::string> read_position(geo::VectorRow const& row, geo::Geos& geos,
                                             SourceRecord& record) const;

    std::string id_of(geo::VectorRow const& row, int level) const;
    bool is_gone(geo::VectorRow const& row) const;

    geo::VectorLayer const& m_layer;
    TableProfile const& m_profile;
    std::map<std::pair<std::string_view, int>, Columns> m_columns;
    bool m_has_names = false;
};

LayerReader::LayerReader(geo::VectorLayer const& layer, TableProfile const& profile)
    : m_layer{layer},
      m_profile{profile} {
    for (std::string_view const field : TableProfile::fields()) {
        for (int level = -1; level <= deepest_level; ++level) {
            Columns columns = look_up(field, level);
            m_has_names = m_has_names || (field.starts_with("name") && !columns.empty());
            m_columns.emplace(std::pair{field, level}, std::move(columns));
        }
    }
}

LayerReader::Columns LayerReader::look_up(std::string_view field, int level) const {
    Columns found;
    for (std::string const& pattern : m_profile.columns(field)) {
        std::size_t const hole = pattern.find("{n}");
        if ((hole == std::string::npos) != (level < 0)) {
            continue;
        }
        std::string name = pattern;
        if (level >= 0) {
            name.replace(hole, 3, std::to_string(level));
        }
        for (std::size_t i = 0; i < m_layer.fields.size(); ++i) {
            if (same_name(m_layer.fields[i], name)) {
                found.push_back(i);
            }
        }
    }
    return found;
}

/// Whether the source keeps the row but says that there is no such place: deprecated, superseded.
bool LayerReader::is_gone(geo::VectorRow const& row) const {
    constexpr std::array<std::string_view, 6> no{"", "0", "-1", "uuuu", "[]", "[ ]"};
    return std::ranges::any_of(find("skip", -1), [&](std::size_t column) {
        return std::ranges::find(no, content(row.values[column])) == no.end();
    });
}

std::string_view LayerReader::first(geo::VectorRow const& row, std::string_view field) const {
    if (std::string const& fixed = m_profile.fixed(field); !fixed.empty()) {
        return fixed;
    }
    for (std::size_t const column : find(field, -1)) {
        if (auto const cell = content(row.values[column]); !cell.empty()) {
            return cell;
        }
    }
    return {};
}

/// The deepest level of admin units whose code the row states; -1 where it states none.
int LayerReader::level_of(geo::VectorRow const& row) const {
    for (int level = deepest_level; level >= 0; --level) {
        for (std::size_t const column : find("id", level)) {
            if (!content(row.values[column]).empty()) {
                return level;
            }
        }
    }
    return -1;
}

void LayerReader::read_names(geo::VectorRow const& row, int level, SourceRecord& record) const {
    auto const value = [&](std::string_view field) -> std::string {
        for (std::size_t const column : level >= 0 ? find(field, level) : Columns{}) {
            if (auto const cell = content(row.values[column]); !cell.empty()) {
                return std::string{cell};
            }
        }
        return std::string{first(row, field)};
    };
    // Of several names in a cell the first is the main one.
    auto const take = [&](std::string_view field, std::string& main) {
        std::string const cell = value(field);
        for (std::string_view const part : split(cell, ';')) {
            (main.empty() ? main : record.aliases.emplace_back()) = trimmed(part);
        }
    };
    take("name_ar", record.name_ar);
    take("name_en", record.name_en);
    take("name", record.aliases.emplace_back());
    auto columns = find("alias", -1);
    for (std::size_t const column : level >= 0 ? find("alias", level) : Columns{}) {
        columns.push_back(column);
    }
    for (std::size_t const column : columns) {
        std::string cell{content(row.values[column])};
        std::ranges::replace(cell, '|', ';'); // both are in use
        for (std::string_view const part : split(cell, ';')) {
            record.aliases.emplace_back(trimmed(part));
        }
    }
    // Of two spellings in Latin letters without a language, the first is the name.
    if (record.name_en.empty()) {
        auto const latin = std::ranges::find_if(record.aliases, is_latin_name);
        if (latin != record.aliases.end()) {
            record.name_en = *latin;
        }
    }
}

std::string_view LayerReader::line_number(geo::VectorRow const& row, SourceRecord const& record) const {
    std::string_view const number = is_line(row, record) ? first(row, "line_ref") : std::string_view{};
    return trimmed(number.substr(0, number.find(';')));
}

std::string LayerReader::line_name(geo::VectorRow const& row, SourceRecord const& record) const {
    if (m_profile.prefix() != "osm:" || !is_line(row, record)) {
        return {};
    }
    std::string const number{line_number(row, record)};
    return !number.empty() ? number : record.name_ar.empty() ? record.name_en : record.name_ar;
}

void LayerReader::read_units(geo::VectorRow const& row, int level, TableInput const& input,
                             SourceRecord& record) const {
    std::string country{first(row, "country")};
    if (auto const found = input.country_codes.find(country); found != input.country_codes.end()) {
        country = found->second;
    }
    record.country = country;
    for (int outer = 0; outer < level; ++outer) {
        for (std::size_t const column : find("id", outer)) {
            if (auto const cell = content(row.values[column]); !cell.empty()) {
                record.units.emplace_back(cell);
                break;
            }
        }
    }
    for (std::string_view const field : {"unit1", "unit2", "unit3"}) {
        if (auto const cell = first(row, field); !cell.empty()) {
            bool const numbered = std::ranges::all_of(cell, [](char c) { return c >= '0' && c <= '9'; });
            record.units.push_back((numbered ? m_profile.prefix() : std::string{}) + std::string{cell});
        }
    }
}

void LayerReader::read_feature(geo::VectorRow const& row, int level, SourceRecord& record) const {
    if (std::string const& fixed = m_profile.fixed("feature"); !fixed.empty()) {
        record.feature = fixed;
        return;
    }
    for (std::size_t const column : find("feature", -1)) {
        if (auto const cell = content(row.values[column]); !cell.empty()) {
            record.feature = m_profile.feature(m_layer.fields[column], cell);
            if (!record.feature.empty()) {
                return;
            }
        }
    }
    if (level >= 0) {
        record.feature = level == 0 ? "PCLI" : level == 4 ? "PPL" : fmt::format("ADM{}", level);
    }
}

std::optional<std::string> LayerReader::read_position(geo::VectorRow const& row, geo::Geos& geos,
                                                      SourceRecord& record) const {
    std::string_view const lon = first(row, "lon");
    std::string_view const lat = first(row, "lat");
    if (!lon.empty() && !lat.empty()) {
        auto const x = number(lon);
        auto const y = number(lat);
        if (!x || !y) {
            return fmt::format(R"("{}", "{}" where longitude and latitude are expected)", lon, lat);
        }
        record.at = {*x, *y};
        return std::nullopt;
    }
    if (!row.geometry) {
        // Tables of admin units name them without saying where they are: that may be known already.
        record.is_located = !row.problem.empty() || record.codes.empty();
        return row.problem.empty() && !record.is_located ? std::nullopt
               : row.problem.empty()                     ? std::optional<std::string>{"it has no position"}
                                                         : row.problem;
    }
    if (auto const* const point = std::get_if<Point>(&*row.geometry)) {
        record.at = point->at;
        return std::nullopt;
    }
    try {
        Geometry const shape = geos.make_valid(*row.geometry);
        record.at = geos.point_inside(shape);
        if (FeatureClass const level = feature_class(record.feature);
            level == FeatureClass::admin1 || level == FeatureClass::admin2 || level == FeatureClass::admin3) {
            record.outline = area_of(shape);
        }
    } catch (GeometryError const& error) {
        return error.what();
    }
    record.extent = extent(*row.geometry);
    LonLat const corner = rounded({record.extent.west, record.extent.south});
    LonLat const opposite = rounded({record.extent.east, record.extent.north});
    record.extent = {corner.lon, corner.lat, opposite.lon, opposite.lat};
    record.uncertainty = Metres{std::max(100.0, std::round(geo::distance(corner, opposite).value / 2))};
    return std::nullopt;
}

/// The row's own id with the source's prefix. OpenStreetMap counts nodes, ways and relations apart.
std::string LayerReader::id_of(geo::VectorRow const& row, int level) const {
    Columns columns = find("id", -1);
    for (std::size_t const column : level >= 0 ? find("id", level) : Columns{}) {
        columns.push_back(column);
    }
    for (std::size_t const column : columns) {
        auto const cell = content(row.values[column]);
        if (cell.empty()) {
            continue;
        }
        std::string kind;
        if (m_profile.prefix() == "osm:") {
            bool const way = m_layer.name == "lines" || same_name(m_layer.fields[column], "osm_way_id");
            kind = m_layer.name == "points" ? "n" : way ? "w" : "r";
        }
        return m_profile.prefix() + kind + std::string{cell};
    }
    return m_profile.fixed("id");
}

std::optional<std::string> LayerReader::read(geo::VectorRow const& row, TableInput const& input,
                                             geo::Geos& geos, SourceRecord& record) const {
    if (is_gone(row)) {
        return std::nullopt;
    }
    int const level = level_of(row);
    read_names(row, level, record);
    read_feature(row, level, record);
    record.aliases.emplace_back(line_number(row, record));
    if (m_profile.prefix() == "osm:" && (record.feature.empty() || !has_name(record))) {
        return std::nullopt; // most of a map is no place that a report names
    }
    record.id = id_of(row, level);
    if (record.id.empty()) {
        return "it has no id";
    }
    for (std::size_t const column : find("ref", -1)) {
        add_ref(m_layer.fields[column], content(row.values[column]), record);
    }
    if (level >= 0 && level < deepest_level) {
        record.codes.push_back(record.id);
    }
    if (auto const people = number(first(row, "population"))) {
        record.population = std::llround(std::clamp(*people, 0.0, 2e9));
    }
    read_units(row, level, input, record);
    if (auto problem = read_position(row, geos, record)) {
        return problem;
    }
    return normalise(record);
}

} // namespace

void read_table(TableInput const& input, TableProfile const& profile, UseRecord const& use,
                SetAside const& set_aside) {
    geo::VectorFile file{{input.file.string(), input.layer, input.options, input.query}};
    std::vector<LayerReader> readers;
    readers.reserve(file.layers().size());
    for (geo::VectorLayer const& layer : file.layers()) {
        readers.emplace_back(layer, profile);
    }
    if (std::ranges::none_of(readers, &LayerReader::has_names)) {
        std::string columns;
        for (std::string const& column : file.layers().front().fields) {
            columns += (columns.empty() ? "" : ", ") + column;
        }
        fail<InputError>("{}: no column gives a name; say which with --map name_en=COLUMN. There are: {}",
                         input.file.string(), columns);
    }
    geo::Geos geos;
    LineJoiner lines;
    file.read([&](geo::VectorRow&& row) {
        LayerReader const& reader = readers[row.layer];
        if (!reader.has_names()) {
            return; // a layer that holds something else
        }
        SourceRecord record;
        if (auto const problem = reader.read(row, input, geos, record)) {
            std::string const text = fmt::format("{}", fmt::join(row.values, "\t"));
            set_aside(make_reject(input.file.string(), row.number, *problem, text));
        } else if (auto const line = reader.line_name(row, record); !line.empty()) {
            lines.add(std::move(record), *row.geometry, line);
        } else if (!record.id.empty()) {
            use(std::move(record));
        }
    });
    lines.finish(use);
}

} // namespace kharita::gazetteer
