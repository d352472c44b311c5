#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/rejects.hpp"
#include "model/feature.hpp"

namespace kharita::geo {

// Writing. RFC 7946: WGS 84, longitude first, outer rings counter-clockwise, no "crs" member; coordinates
// with at most seven decimals, the shortest form that reads back as the same rounded number, never with an
// exponent.

/// Appends a text as a JSON string with its quotes. It must be valid UTF-8.
void append_json_string(std::string& out, std::string_view text);

/// Appends a coordinate, rounded to 1e-7: `36.6231`, `-0.5`, `0`.
void append_coordinate(std::string& out, double degrees);

/// Appends a geometry object. Positions must be valid; strings everywhere must be valid UTF-8.
void append_geojson(std::string& out, Geometry const& geometry);

/// Appends a feature object without line end: "id" where it is not 0, "bbox" for all but points, properties
/// in their order; numbers that are not finite become null. `rank` is not written.
void append_geojson(std::string& out, Feature const& feature);

/// `{"type":"Point","coordinates":[36.6231,35.3211]}`
std::string to_geojson(Geometry const& geometry);

/// Writes one FeatureCollection feature by feature, each on a line of its own.
class GeoJsonWriter {
public:
    /// Where the text goes, piece by piece.
    using Sink = std::function<void(std::string_view)>;

    /// Begins the collection. `members` is put into it as it is, before the features: the inside of a JSON
    /// object such as `"name":"events","attribution":"…"`, or nothing.
    explicit GeoJsonWriter(Sink sink, std::string_view members = {});

    void write(Feature const& feature);
    /// A feature that is written already, with its extent.
    void write(std::string_view feature, Extent const& box);

    /// Ends the collection with its "bbox", if it has any position. Nothing may be written afterwards.
    void finish();

private:
    Sink m_sink;
    std::string m_line;
    Extent m_extent;
    std::string_view m_separator;
};

/// A whole layer as a FeatureCollection; `members` as in GeoJsonWriter.
std::string to_geojson(std::vector<Feature> const& features, std::string_view members = {});

// Reading. A FeatureCollection, a Feature, a geometry, or a sequence of features, one a line (with or
// without RFC 8142 record separators), plain or gzip.
//
// Whole numbers become integers, other numbers doubles; arrays and objects among the properties become their
// JSON text. A numeric id is the feature's id; a text id becomes property "id" where there is none. Heights
// are dropped. Members that RFC 7946 does not know are ignored. Numbers beyond 64 bits become doubles; NaN
// and numbers beyond a double, nothing.

/// Calls `use` for every feature in file order, and `set_aside` for every one that cannot be used: no or a
/// null geometry, GeometryCollection, wrong shape (see problem_of), positions out of range. Its reason names
/// the feature by its number, and by its id where it has one.
/// Throws InputError naming the file when it is no GeoJSON at all.
void read_geojson(std::filesystem::path const& file, std::function<void(Feature&&)> const& use,
                  std::function<void(Reject&&)> const& set_aside);

/// Lines of a sequence of features that stand together in a file, for reading on several threads.
struct GeoJsonBlock {
    std::string file; ///< as messages name it
    std::string text; ///< whole lines, each ended by LF
    std::size_t first_line = 0;
};

/// As read_geojson(), but leaves the lines of a sequence to `take`, in blocks of about `block_bytes` in file
/// order; their features come of parse_geojson_line(). Of other documents, features go to `use`.
void read_geojson_blocks(std::filesystem::path const& file, std::size_t block_bytes,
                         std::function<void(GeoJsonBlock&&)> const& take,
                         std::function<void(Feature&&)> const& use,
                         std::function<void(Reject&&)> const& set_aside);

/// One line of a sequence, as read_geojson() reads it; `line` is its number.
void parse_geojson_line(std::string_view text, std::string const& file, std::size_t line,
                        std::function<void(Feature&&)> const& use,
                        std::function<void(Reject&&)> const& set_aside);

/// All features of a file. Throws InputError naming file, feature and reason when one cannot be used.
std::vector<Feature> read_geojson(std::filesystem::path const& file);

/// A geometry object. Throws InputError with the reason.
Geometry parse_geojson_geometry(std::string_view json);

/// A property by name: std::monostate where there is none.
Value const& property(Feature const& feature, std::string_view name) noexcept;

/// A property that must be text and not empty. Throws InputError naming `where` and the property.
std::string const& text_property(Feature const& feature, std::string_view name, std::string_view where);

} // namespace kharita::geo
