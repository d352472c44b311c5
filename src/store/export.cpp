#include "store/export.hpp"

#include <utility>

#include "geo/geojson.hpp"
#include "store/database.hpp"
#include "store/event_lines.hpp"

namespace kharita::store {

namespace {

constexpr std::size_t flush_at = std::size_t{1} << 16U;

/// Lines of events come straight from the tables of a file.
bool is_fast(Database const& database, Layer layer) noexcept {
    return is_of_events(layer) && !database.is_on_server();
}

} // namespace

std::optional<ExportFormat> parse_format(std::string_view name) noexcept {
    if (name == "geojson") {
        return ExportFormat::geojson;
    }
    return name == "geojsonseq" ? std::optional{ExportFormat::geojsonseq} : std::nullopt;
}

std::string_view extension_of(ExportFormat format) noexcept {
    return format == ExportFormat::geojson ? ".geojson" : ".geojsonl";
}

ExportCounts write_layer(Database& database, Layer layer, ExportFormat format,
                         std::function<void(std::string_view)> const& sink,
                         std::function<void()> const& each) {
    ExportCounts counts;
    auto const done = [&] {
        ++counts.features;
        if (each) {
            each();
        }
    };
    if (format == ExportFormat::geojson) {
        std::string members = "\"name\":";
        geo::append_json_string(members, name_of(layer));
        if (std::string const attribution = database.metadata("attribution"); !attribution.empty()) {
            members += ",\"attribution\":";
            geo::append_json_string(members, attribution);
        }
        geo::GeoJsonWriter writer{sink, members};
        if (is_fast(database, layer)) {
            std::string line;
            counts.without_position = event_lines(database, layer, line, [&](LonLat at) {
                                          Extent box;
                                          box.add(at);
                                          writer.write(line, box);
                                          line.clear();
                                          done();
                                      }).count;
            writer.finish();
            return counts;
        }
        counts.without_position = features(database, layer, [&](Feature const& feature) {
                                      writer.write(feature);
                                      done();
                                  }).count;
        writer.finish();
        return counts;
    }
    std::string lines;
    auto const end_line = [&] {
        lines += '\n';
        if (lines.size() >= flush_at) {
            sink(lines);
            lines.clear();
        }
        done();
    };
    if (is_fast(database, layer)) {
        counts.without_position = event_lines(database, layer, lines, [&](LonLat) { end_line(); }).count;
    } else {
        counts.without_position = features(database, layer, [&](Feature const& feature) {
                                      geo::append_geojson(lines, feature);
                                      end_line();
                                  }).count;
    }
    sink(lines);
    return counts;
}

} // namespace kharita::store
