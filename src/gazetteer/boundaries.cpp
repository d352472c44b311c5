#include "gazetteer/boundaries.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "gazetteer/additions.hpp"
#include "geo/geojson.hpp"

namespace kharita::gazetteer {

namespace {

std::vector<std::filesystem::path> outline_files(std::filesystem::path const& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (auto entry = std::filesystem::directory_iterator{folder, error};
         !error && entry != std::filesystem::directory_iterator{}; entry.increment(error)) {
        if (entry->path().extension() == ".geojson") {
            files.push_back(entry->path());
        }
    }
    if (error) {
        fail<InputError>("{}: {}; expected a folder of outlines (*.geojson)", folder.string(),
                         error.message());
    }
    if (files.empty()) {
        fail<InputError>("{}: no *.geojson file of outlines in it", folder.string());
    }
    std::ranges::sort(files);
    return files;
}

MultiPolygon area_of(Feature& feature, std::string_view where) {
    if (auto* const one = std::get_if<Polygon>(&feature.geometry)) {
        return {{std::move(*one)}};
    }
    if (auto* const many = std::get_if<MultiPolygon>(&feature.geometry)) {
        return std::move(*many);
    }
    fail<InputError>("{}: an outline that is no polygon; a border line needs properties left and right",
                     where);
}

MultiLineString line_of(Feature& feature, std::string_view where) {
    if (auto* const one = std::get_if<LineString>(&feature.geometry)) {
        return {{std::move(*one)}};
    }
    if (auto* const many = std::get_if<MultiLineString>(&feature.geometry)) {
        return std::move(*many);
    }
    fail<InputError>("{}: a border that is no line", where);
}

template <typename Item>
void refuse_repeated(std::vector<Item> const& sorted, std::filesystem::path const& folder) {
    auto const twice = std::ranges::adjacent_find(sorted, {}, &Item::id);
    if (twice != sorted.end()) {
        fail<InputError>("{}: two shapes have the id {}", folder.string(), twice->id);
    }
}

} // namespace

void Boundaries::read(std::filesystem::path const& file) {
    std::size_t number = 0;
    for (Feature& feature : geo::read_geojson(file)) {
        std::string const where = fmt::format("{}: feature {}", file.string(), ++number);
        std::string const& id = geo::text_property(feature, "id", where);
        if (std::holds_alternative<std::monostate>(geo::property(feature, "left"))) {
            m_areas.push_back({id, area_of(feature, where)});
            continue;
        }
        m_borders.push_back({id, geo::text_property(feature, "left", where),
                             geo::text_property(feature, "right", where),
                             geo::text_property(feature, "name_ar", where),
                             geo::text_property(feature, "name_en", where), line_of(feature, where)});
    }
}

void Boundaries::sort(std::filesystem::path const& where) {
    std::ranges::sort(m_areas, {}, &Boundary::id);
    std::ranges::sort(m_borders, {}, &BorderLine::id);
    refuse_repeated(m_areas, where);
    refuse_repeated(m_borders, where);
}

Boundaries Boundaries::load(std::filesystem::path const& folder) {
    Boundaries boundaries;
    for (std::filesystem::path const& file : outline_files(folder)) {
        boundaries.read(file);
    }
    boundaries.sort(folder);
    return boundaries;
}

Boundaries Boundaries::of_gazetteer(std::filesystem::path const& gazetteer) {
    return with_imports(gazetteer, import_outlines(gazetteer));
}

Boundaries Boundaries::with_imports(std::filesystem::path const& gazetteer,
                                    std::vector<std::filesystem::path> const& imports) {
    Boundaries boundaries = std::filesystem::is_directory(gazetteer / "boundaries")
                                ? load(gazetteer / "boundaries")
                                : Boundaries{};
    for (std::filesystem::path const& file : imports) {
        Boundaries imported;
        imported.read(file);
        imported.sort(file);
        boundaries.put(std::move(imported.m_areas));
    }
    return boundaries;
}

std::vector<std::filesystem::path> Boundaries::files_of_gazetteer(std::filesystem::path const& gazetteer) {
    std::vector<std::filesystem::path> files;
    if (std::filesystem::is_directory(gazetteer / "boundaries")) {
        files = outline_files(gazetteer / "boundaries");
    }
    std::ranges::move(import_outlines(gazetteer), std::back_inserter(files));
    return files;
}

void Boundaries::put(std::vector<Boundary> areas) {
    std::ranges::stable_sort(areas, {}, &Boundary::id);
    std::erase_if(m_areas, [&](Boundary const& area) {
        return std::ranges::binary_search(areas, area.id, {}, &Boundary::id);
    });
    std::ranges::move(areas, std::back_inserter(m_areas));
    std::ranges::sort(m_areas, {}, &Boundary::id);
}

Boundary const* Boundaries::find(std::string_view id) const noexcept {
    auto const at = std::ranges::lower_bound(m_areas, id, {}, &Boundary::id);
    return at != m_areas.end() && at->id == id ? &*at : nullptr;
}

BorderLine const* Boundaries::border(std::string_view a, std::string_view b) const noexcept {
    auto const at = std::ranges::find_if(m_borders, [&](BorderLine const& line) {
        return (line.left == a && line.right == b) || (line.left == b && line.right == a);
    });
    return at != m_borders.end() ? &*at : nullptr;
}

} // namespace kharita::gazetteer
