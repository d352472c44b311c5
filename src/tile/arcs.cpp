#include "tile/arcs.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <unordered_map>
#include <utility>

namespace kharita::tile {

namespace {

using PointId = std::uint32_t;

constexpr PointId no_point = std::numeric_limits<PointId>::max();

struct HashPoint {
    std::size_t operator()(WorldPoint at) const noexcept {
        auto const x = static_cast<std::uint64_t>(at.x) * 0x9e37'79b9'7f4a'7c15U;
        auto const y = static_cast<std::uint64_t>(at.y) * 0xc2b2'ae3d'27d4'eb4fU;
        std::uint64_t const both = x ^ (y << 31U | y >> 33U);
        return static_cast<std::size_t>(both ^ both >> 29U);
    }
};

/// Numbers distinct positions, by open addressing: the standard map costs several times as much.
class PointNumbers {
public:
    PointNumbers(std::span<WorldPoint const> vertices, std::span<Path const> paths) {
        std::size_t count = 0;
        for (Path const& path : paths) {
            m_begin.push_back(count);
            count += path.end - path.begin;
        }
        m_begin.push_back(count);
        m_ids.reserve(count);
        std::vector<PointId> slots(std::bit_ceil(2 * count + 16), no_point);
        for (Path const& path : paths) {
            for (std::size_t i = path.begin; i < path.end; ++i) {
                m_ids.push_back(number(vertices[i], slots));
            }
        }
    }

    std::size_t count() const noexcept { return m_points.size(); }
    WorldPoint point(PointId id) const noexcept { return m_points[id]; }
    /// The numbers of a path's positions.
    std::span<PointId const> ids_of(std::size_t path) const noexcept {
        return std::span{m_ids}.subspan(m_begin[path], m_begin[path + 1] - m_begin[path]);
    }

private:
    PointId number(WorldPoint at, std::vector<PointId>& slots) {
        std::size_t const mask = slots.size() - 1;
        std::size_t const hash = HashPoint{}(at);
        std::size_t slot = hash & mask;
        while (slots[slot] != no_point && m_points[slots[slot]] != at) {
            slot = (slot + 1) & mask;
        }
        if (slots[slot] == no_point) {
            slots[slot] = static_cast<PointId>(m_points.size());
            m_points.push_back(at);
        }
        return slots[slot];
    }

    std::vector<WorldPoint> m_points;
    std::vector<PointId> m_ids;
    std::vector<std::size_t> m_begin; ///< by path, and one more: into m_ids
};

/// Which positions are junctions.
std::vector<bool> find_junctions(PointNumbers const& numbers, std::size_t paths, PathKind kind) {
    std::vector<std::pair<PointId, PointId>> neighbours(numbers.count(), {no_point, no_point});
    std::vector<bool> junction(numbers.count(), false);
    for (std::size_t path = 0; path < paths; ++path) {
        auto const ids = numbers.ids_of(path);
        if (kind == PathKind::line) {
            junction[ids.front()] = true;
            junction[ids.back()] = true;
        }
        for (std::size_t i = 0; i < ids.size(); ++i) {
            if (kind == PathKind::line && (i == 0 || i + 1 == ids.size())) {
                continue;
            }
            PointId const before = ids[i == 0 ? ids.size() - 1 : i - 1];
            PointId const after = ids[i + 1 == ids.size() ? 0 : i + 1];
            auto const pair = std::minmax(before, after);
            auto& known = neighbours[ids[i]];
            if (known.first == no_point) {
                known = pair;
            } else if (known != std::pair<PointId, PointId>{pair}) {
                junction[ids[i]] = true;
            }
        }
    }
    return junction;
}

/// Douglas–Peucker for all tolerances at once: each vertex gets the distance at which it is chosen, at most
/// that of the vertices chosen before it, so that "keep_below > t" is the result for tolerance t.
class Rating {
public:
    Rating(std::span<WorldPoint const> vertices, std::span<float> keep_below)
        : m_vertices{vertices},
          m_keep_below{keep_below} {}

    void run() {
        constexpr float always = std::numeric_limits<float>::infinity();
        m_keep_below.front() = always;
        m_keep_below.back() = always;
        std::vector<Stretch> stretches{{0, m_vertices.size() - 1, always}};
        while (!stretches.empty()) {
            Stretch const stretch = stretches.back();
            stretches.pop_back();
            if (stretch.last - stretch.first < 2) {
                continue;
            }
            auto const [farthest, distance] = find_farthest(stretch.first, stretch.last);
            float const rate = std::min(stretch.limit, static_cast<float>(distance));
            m_keep_below[farthest] = rate;
            stretches.push_back({stretch.first, farthest, rate});
            stretches.push_back({farthest, stretch.last, rate});
        }
        if (m_vertices.front() == m_vertices.back()) {
            keep_a_triangle();
        }
    }

private:
    struct Stretch {
        std::size_t first = 0;
        std::size_t last = 0;
        float limit = 0;
    };

    /// A ring that shows at all must enclose something: the two vertices chosen first stay with its start.
    void keep_a_triangle() {
        std::span<float> const inner = m_keep_below.subspan(1, m_keep_below.size() - 2);
        for (std::size_t i = 0; i < std::min<std::size_t>(2, inner.size()); ++i) {
            auto const best = std::max_element(inner.begin(), inner.end(), [](float a, float b) {
                return (std::isinf(a) ? -1 : a) < (std::isinf(b) ? -1 : b);
            });
            *best = std::numeric_limits<float>::infinity();
        }
    }

    /// The vertex between two that lies farthest from the segment joining them, and its distance.
    std::pair<std::size_t, double> find_farthest(std::size_t first, std::size_t last) const {
        WorldPoint const from = m_vertices[first];
        auto const dx = static_cast<double>(m_vertices[last].x - from.x);
        auto const dy = static_cast<double>(m_vertices[last].y - from.y);
        double const length2 = dx * dx + dy * dy;
        std::size_t farthest = first + 1;
        double most = -1;
        for (std::size_t i = first + 1; i < last; ++i) {
            auto const x = static_cast<double>(m_vertices[i].x - from.x);
            auto const y = static_cast<double>(m_vertices[i].y - from.y);
            double const along = length2 > 0 ? std::clamp((x * dx + y * dy) / length2, 0.0, 1.0) : 0;
            double const off_x = x - along * dx;
            double const off_y = y - along * dy;
            double const distance2 = off_x * off_x + off_y * off_y;
            if (distance2 > most) {
                most = distance2;
                farthest = i;
            }
        }
        return {farthest, std::sqrt(most)};
    }

    std::span<WorldPoint const> m_vertices;
    std::span<float> m_keep_below;
};

class Cutter {
public:
    Cutter(PointNumbers const& numbers, PathKind kind, std::vector<bool> const& junction)
        : m_numbers{numbers},
          m_kind{kind},
          m_junction{junction} {
        m_result.use_begin.push_back(0);
    }

    void cut(std::size_t path) {
        auto const ids = m_numbers.ids_of(path);
        m_ids.assign(ids.begin(), ids.end());
        if (m_kind == PathKind::ring) {
            auto start = std::find_if(m_ids.begin(), m_ids.end(), [&](PointId id) { return m_junction[id]; });
            if (start == m_ids.end()) {
                // A ring without junctions begins at its first position in order, so that all its uses agree.
                start = std::min_element(m_ids.begin(), m_ids.end(), [&](PointId a, PointId b) {
                    return m_numbers.point(a) < m_numbers.point(b);
                });
            }
            std::rotate(m_ids.begin(), start, m_ids.end());
            m_ids.push_back(m_ids.front());
        }
        std::size_t begin = 0;
        for (std::size_t i = 1; i < m_ids.size(); ++i) {
            if (i + 1 == m_ids.size() || m_junction[m_ids[i]]) {
                use(std::span{m_ids}.subspan(begin, i + 1 - begin));
                begin = i;
            }
        }
        m_result.use_begin.push_back(m_result.uses.size());
    }

    Arcs take() { return std::move(m_result); }

private:
    void use(std::span<PointId const> ids) {
        // An arc is told by its first segment in its own direction: no other begins so, since inner vertices
        // have one pair of neighbours.
        std::pair<PointId, PointId> const forward{ids.front(), ids[1]};
        std::pair<PointId, PointId> const backward{ids.back(), ids[ids.size() - 2]};
        bool const reversed = backward < forward;
        auto const [first, second] = reversed ? backward : forward;
        auto const [at, is_new] = m_known.try_emplace(std::uint64_t{first} << 32U | second,
                                                      static_cast<std::uint32_t>(m_result.arcs.size()));
        if (is_new) {
            std::size_t const begin = m_result.vertices.size();
            for (std::size_t i = 0; i < ids.size(); ++i) {
                m_result.vertices.push_back(m_numbers.point(ids[reversed ? ids.size() - 1 - i : i]));
            }
            m_result.arcs.push_back({begin, m_result.vertices.size()});
        }
        m_result.uses.push_back({at->second, reversed});
    }

    PointNumbers const& m_numbers;
    PathKind m_kind;
    std::vector<bool> const& m_junction;
    std::vector<PointId> m_ids;
    std::unordered_map<std::uint64_t, std::uint32_t> m_known;
    Arcs m_result;
};

} // namespace

Arcs cut_into_arcs(std::span<WorldPoint const> vertices, std::span<Path const> paths, PathKind kind) {
    PointNumbers const numbers{vertices, paths};
    std::vector<bool> const junction = find_junctions(numbers, paths.size(), kind);
    Cutter cutter{numbers, kind, junction};
    for (std::size_t path = 0; path < paths.size(); ++path) {
        cutter.cut(path);
    }
    Arcs arcs = cutter.take();
    arcs.keep_below.resize(arcs.vertices.size());
    for (Arc const arc : arcs.arcs) {
        Rating{std::span{arcs.vertices}.subspan(arc.begin, arc.end - arc.begin),
               std::span{arcs.keep_below}.subspan(arc.begin, arc.end - arc.begin)}
            .run();
    }
    return arcs;
}

void append_kept(Arcs const& arcs, std::size_t path, PathKind kind, std::vector<bool> const& kept,
                 std::vector<WorldPoint>& to) {
    std::size_t const start = to.size();
    for (ArcUse const use : arcs.uses_of(path)) {
        Arc const arc = arcs.arcs[use.arc];
        for (std::size_t i = 0; i < arc.end - arc.begin; ++i) {
            std::size_t const at = use.reversed ? arc.end - 1 - i : arc.begin + i;
            bool const repeats_last = i == 0 && to.size() > start;
            if (!repeats_last && kept[at]) {
                to.push_back(arcs.vertices[at]);
            }
        }
    }
    if (kind == PathKind::ring && to.size() > start + 1 && to.back() == to[start]) {
        to.pop_back();
    }
}

} // namespace kharita::tile
