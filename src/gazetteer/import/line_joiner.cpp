#include "gazetteer/import/line_joiner.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "geo/geodesic.hpp"
#include "geo/nearest.hpp"

namespace kharita::gazetteer {

namespace {

constexpr double gap = 0.05; ///< degrees, some 5 km

bool are_near(Extent const& a, Extent const& b) noexcept {
    return a.west <= b.east + gap && b.west <= a.east + gap && a.south <= b.north + gap &&
           b.south <= a.north + gap;
}

/// What each piece belongs to: the number of the first piece that it hangs together with.
std::vector<std::size_t> parts_of(std::vector<Extent> const& extents) {
    std::vector<std::size_t> root(extents.size());
    std::iota(root.begin(), root.end(), std::size_t{0});
    auto const find = [&](std::size_t at) {
        while (root[at] != at) {
            at = root[at] = root[root[at]];
        }
        return at;
    };
    for (std::size_t i = 0; i < extents.size(); ++i) {
        for (std::size_t j = i + 1; j < extents.size(); ++j) {
            if (are_near(extents[i], extents[j])) {
                std::size_t const a = find(i);
                std::size_t const b = find(j);
                root[std::max(a, b)] = std::min(a, b);
            }
        }
    }
    for (std::size_t i = 0; i < root.size(); ++i) {
        root[i] = find(i);
    }
    return root;
}

void add_names(SourceRecord const& from, SourceRecord& to) {
    for (auto const& [name, main] : {std::pair{&from.name_ar, &to.name_ar}, {&from.name_en, &to.name_en}}) {
        if (main->empty()) {
            *main = *name;
        } else {
            to.aliases.push_back(*name);
        }
    }
    to.aliases.insert(to.aliases.end(), from.aliases.begin(), from.aliases.end());
    to.refs.insert(to.refs.end(), from.refs.begin(), from.refs.end());
}

void place_on(MultiLineString const& course, SourceRecord& record) {
    Extent const area = extent(course);
    LonLat const corner = rounded({area.west, area.south});
    LonLat const opposite = rounded({area.east, area.north});
    record.extent = {corner.lon, corner.lat, opposite.lon, opposite.lat};
    LonLat const middle{(corner.lon + opposite.lon) / 2, (corner.lat + opposite.lat) / 2};
    record.at = geo::nearest_on(course, middle).value_or(middle);
    record.uncertainty = Metres{std::max(100.0, std::round(geo::distance(corner, opposite).value / 2))};
}

} // namespace

void LineJoiner::add(SourceRecord&& record, Geometry const& course, std::string_view name) {
    MultiLineString lines;
    if (auto const* const one = std::get_if<LineString>(&course)) {
        lines.lines.push_back(*one);
    } else if (auto const* const many = std::get_if<MultiLineString>(&course)) {
        lines = *many;
    }
    if (lines.lines.empty()) {
        return;
    }
    auto const [at, is_new] =
        m_numbers.try_emplace(fmt::format("{}\t{}", record.feature, name), m_named.size());
    if (is_new) {
        m_named.emplace_back();
    }
    m_named[at->second].push_back({std::move(record), std::move(lines)});
}

void LineJoiner::join(std::vector<Piece>& pieces, UseRecord const& use) {
    std::vector<Extent> extents;
    extents.reserve(pieces.size());
    for (Piece const& piece : pieces) {
        extents.push_back(extent(piece.course));
    }
    std::vector<std::size_t> const parts = parts_of(extents);
    for (std::size_t first = 0; first < pieces.size(); ++first) {
        if (parts[first] != first) {
            continue;
        }
        Piece& whole = pieces[first];
        for (std::size_t next = first + 1; next < pieces.size(); ++next) {
            if (parts[next] == first) {
                add_names(pieces[next].record, whole.record);
                std::ranges::move(pieces[next].course.lines, std::back_inserter(whole.course.lines));
            }
        }
        place_on(whole.course, whole.record);
        // Each piece has a name and a position that is one: together they have them too.
        if (!normalise(whole.record)) {
            use(std::move(whole.record));
        }
    }
}

void LineJoiner::finish(UseRecord const& use) {
    for (std::vector<Piece>& pieces : m_named) {
        join(pieces, use);
    }
    m_named.clear();
    m_numbers.clear();
}

} // namespace kharita::gazetteer
