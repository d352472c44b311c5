#include "gazetteer/lines.hpp"

#include <algorithm>
#include <cstdint>
#include <system_error>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "base/error.hpp"
#include "geo/geojson.hpp"
#include "geo/geometry.hpp"

namespace kharita::gazetteer {

namespace {

std::vector<std::filesystem::path> line_files(std::filesystem::path const& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code error;
    if (!std::filesystem::exists(folder, error)) {
        return files;
    }
    for (auto entry = std::filesystem::directory_iterator{folder, error};
         !error && entry != std::filesystem::directory_iterator{}; entry.increment(error)) {
        if (entry->path().extension() == ".geojson") {
            files.push_back(entry->path());
        }
    }
    if (error) {
        fail<InputError>("{}: {}; expected a folder of lines (*.geojson)", folder.string(), error.message());
    }
    std::ranges::sort(files);
    return files;
}

Metres uncertainty_of(Feature const& feature, std::string_view where) {
    Value const& value = geo::property(feature, "uncertainty_m");
    double metres = 0;
    if (auto const* const whole = std::get_if<std::int64_t>(&value)) {
        metres = static_cast<double>(*whole);
    } else if (auto const* const number = std::get_if<double>(&value)) {
        metres = *number;
    }
    if (!(metres > 0)) {
        fail<InputError>("{}: no property uncertainty_m; expected metres, above 0", where);
    }
    return Metres{metres};
}

} // namespace

Lines Lines::load(std::filesystem::path const& folder) {
    Lines lines;
    for (std::filesystem::path const& file : line_files(folder)) {
        std::size_t number = 0;
        for (Feature& feature : geo::read_geojson(file)) {
            std::string const where = fmt::format("{}: feature {}", file.string(), ++number);
            std::string const id = geo::text_property(feature, "id", where);
            Metres const uncertainty = uncertainty_of(feature, where);
            MultiLineString line = geo::lines_of(std::move(feature.geometry));
            if (line.lines.empty()) {
                fail<InputError>("{}: {} is no line", where, id);
            }
            lines.m_lines.push_back({id, std::move(line), uncertainty});
        }
    }
    std::ranges::sort(lines.m_lines, {}, &CourseLine::id);
    auto const twice = std::ranges::adjacent_find(lines.m_lines, {}, &CourseLine::id);
    if (twice != lines.m_lines.end()) {
        fail<InputError>("{}: two lines have the id {}", folder.string(), twice->id);
    }
    return lines;
}

CourseLine const* Lines::find(std::string_view id) const noexcept {
    auto const at = std::ranges::lower_bound(m_lines, id, {}, &CourseLine::id);
    return at != m_lines.end() && at->id == id ? &*at : nullptr;
}

} // namespace kharita::gazetteer
