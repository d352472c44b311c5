#include "tile/shape_levels.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include <protozero/varint.hpp>

#include "base/thread_pool.hpp"
#include "tile/simplify.hpp"

namespace kharita::tile {

namespace {

void put_number(std::string& bytes, std::int32_t number) {
    std::uint32_t rest = protozero::encode_zigzag32(number);
    while (rest >= 0x80) {
        bytes.push_back(static_cast<char>(rest | 0x80U));
        rest >>= 7U;
    }
    bytes.push_back(static_cast<char>(rest));
}

std::int32_t take_number(char const*& at) noexcept {
    std::uint32_t number = 0;
    for (unsigned shift = 0;; shift += 7) {
        auto const byte = static_cast<unsigned char>(*at++);
        number |= (byte & 0x7FU) << shift;
        if (byte < 0x80) {
            return protozero::decode_zigzag32(number);
        }
    }
}

/// The order in which a level has its pieces.
bool stands_before(ShapePiece const& a, ShapePiece const& b) noexcept {
    return std::tie(a.tile, a.owner, a.path, a.part, a.begin) <
           std::tie(b.tile, b.owner, b.path, b.part, b.begin);
}

} // namespace

void ShapePart::add(std::uint64_t tile, std::uint32_t owner, std::uint32_t path,
                    std::span<SubPoint const> piece) {
    auto const begin = static_cast<std::uint32_t>(points.size());
    SubPoint last;
    for (SubPoint const at : piece) {
        put_number(points, at.x - last.x);
        put_number(points, at.y - last.y);
        last = at;
    }
    pieces.push_back({tile, owner, path, 0, begin, static_cast<std::uint32_t>(points.size())});
}

void ShapePart::sort() {
    std::ranges::sort(pieces, stands_before);
}

void ShapeLevel::read_points(ShapePiece const& piece, std::vector<SubPoint>& to) const {
    to.clear();
    std::string const& bytes = points[piece.part];
    char const* at = bytes.data() + piece.begin;
    char const* const end = bytes.data() + piece.end;
    SubPoint last;
    while (at != end) {
        last.x += take_number(at);
        last.y += take_number(at);
        to.push_back(last);
    }
}

Shapes::Shapes(LayerData const& layer, PathKind kind, std::size_t jobs)
    : m_layer{layer},
      m_kind{kind},
      m_paths{kind == PathKind::ring ? layer.rings : layer.lines},
      m_numbered(layer.coverage_count) {
    std::vector<std::vector<Path>> paths(layer.coverage_count);
    m_place_in.reserve(m_paths.size());
    for (Path const& path : m_paths) {
        std::uint32_t const coverage = layer.coverages[path.feature];
        m_place_in.push_back(paths[coverage].size());
        paths[coverage].push_back(path);
    }
    m_facts.resize(m_paths.size());
    parallel_for(m_paths.size(), jobs, [&](std::size_t i) {
        m_facts[i] = facts_of(m_paths[i], layer.coverages[m_paths[i].feature], layer.vertices, kind);
    });
    std::size_t const inner_jobs = paths.size() == 1 ? jobs : 1;
    parallel_for(paths.size(), jobs, [&](std::size_t i) {
        m_numbered[i] = number_vertices(layer.vertices, paths[i], kind, inner_jobs);
    });
}

void Shapes::cut_into_arcs(std::size_t jobs) {
    m_coverages.resize(m_numbered.size());
    std::size_t const inner_jobs = m_numbered.size() == 1 ? jobs : 1;
    parallel_for(m_coverages.size(), jobs, [&](std::size_t i) {
        m_coverages[i] = tile::cut_into_arcs(std::exchange(m_numbered[i], {}), m_kind, inner_jobs);
    });
    m_numbered.clear();
}

Shapes::Kept Shapes::kept(int zoom) const {
    double const tolerance = tolerance_at(m_layer.config, zoom, m_layer.maxzoom);
    Kept kept;
    for (Arcs const& arcs : m_coverages) {
        kept.push_back(kept_vertices(arcs, tolerance,
                                     m_kind == PathKind::ring ? Crossings::prevented : Crossings::allowed));
    }
    return kept;
}

void Shapes::forget_rates() {
    for (Arcs& arcs : m_coverages) {
        arcs.keep_below = std::vector<float>{};
    }
}

std::vector<std::uint32_t> Shapes::owners(int zoom) const {
    return path_owners(m_facts, m_layer.ranks, m_layer.config, m_kind, zoom, m_layer.maxzoom);
}

ShapePart Shapes::cut(int zoom, int buffer, std::span<std::uint32_t const> owners, Kept const& kept,
                      std::size_t first, std::size_t last) const {
    ShapePart part;
    Slicer slicer{zoom, buffer, small_paths_at(zoom, m_layer.maxzoom)};
    std::vector<GridPoint> simplified;
    for (std::size_t path = first; path < last; ++path) {
        if (owners[path] == no_owner) {
            continue;
        }
        std::uint32_t const coverage = m_facts[path].coverage;
        simplified.clear();
        append_kept(m_coverages[coverage], m_place_in[path], m_kind, kept[coverage], simplified);
        slicer.slice(simplified, m_kind, [&](TileId tile, std::span<SubPoint const> piece) {
            part.add(hilbert_key(tile), owners[path], static_cast<std::uint32_t>(path), piece);
        });
    }
    part.sort();
    return part;
}

std::vector<std::size_t> Shapes::ranges(std::size_t count) const {
    std::size_t total = 0;
    for (PathFacts const& path : m_facts) {
        total += path.vertices;
    }
    std::vector<std::size_t> bounds{0};
    std::size_t const step = total / count;
    std::size_t next = step;
    std::size_t sum = 0;
    for (std::size_t path = 0; path + 1 < m_facts.size(); ++path) {
        sum += m_facts[path].vertices;
        if (sum >= next) {
            bounds.push_back(path + 1);
            next += step;
        }
    }
    bounds.push_back(m_facts.size());
    return bounds;
}

ShapeLevel joined(std::vector<ShapePart> parts) {
    ShapeLevel all;
    all.points.reserve(parts.size());
    all.pieces.reserve(
        std::accumulate(parts.begin(), parts.end(), std::size_t{0},
                        [](std::size_t sum, ShapePart const& part) { return sum + part.pieces.size(); }));
    std::vector<std::ptrdiff_t> bounds{0}; // of stretches that are sorted
    for (ShapePart& part : parts) {
        auto const number = static_cast<std::uint32_t>(all.points.size());
        all.points.push_back(std::move(part.points));
        for (ShapePiece& piece : part.pieces) {
            piece.part = number;
            all.pieces.push_back(piece);
        }
        bounds.push_back(static_cast<std::ptrdiff_t>(all.pieces.size()));
        part = {};
    }
    auto const first = all.pieces.begin();
    for (std::size_t step = 1; step + 1 < bounds.size(); step *= 2) {
        for (std::size_t i = 0; i + step + 1 < bounds.size(); i += 2 * step) {
            std::inplace_merge(first + bounds[i], first + bounds[i + step],
                               first + bounds[std::min(i + 2 * step, bounds.size() - 1)], stands_before);
        }
    }
    return all;
}

} // namespace kharita::tile
