#include "tile/arcs.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <unordered_map>
#include <utility>

#include "base/thread_pool.hpp"

namespace kharita::tile {

namespace {

using PointId = std::uint32_t;

constexpr PointId no_point = std::numeric_limits<PointId>::max();

/// Numbers distinct positions, by open addressing: the standard map costs several times as much.
class Numbering {
public:
    /// Of the positions of a share, of about so many vertices.
    Numbering(std::size_t vertices, PathKind kind, unsigned share_bits, std::size_t share)
        : m_share_bits{share_bits},
          m_share{static_cast<PointId>(share)} {
        m_points.reserve(vertices);
        // As many as are likely to be needed: borders that two areas share halve the number.
        std::size_t const likely = kind == PathKind::ring ? vertices / 2 : vertices;
        grow(likely + likely / 2 + least_slots);
    }

    static std::uint64_t hash_of(GridPoint at) noexcept {
        std::uint64_t const both = (std::uint64_t{at.x} << 32U | at.y) * 0x9e37'79b9'7f4a'7c15U;
        return (both ^ both >> 29U) * 0xc2b2'ae3d'27d4'eb4fU;
    }

    /// Writes the number of a position to `number`, after some others or finish(): the table is larger than
    /// what the processor has at hand, and is asked for early.
    void ask(GridPoint at, std::uint64_t hash, PointId& number) {
        __builtin_prefetch(&m_slots[first_slot(hash)]);
        m_asked[m_asked_count++] = {at, hash, &number};
        if (m_asked_count == m_asked.size()) {
            finish();
        }
    }

    void finish() {
        for (Asked const& each : std::span{m_asked}.first(m_asked_count)) {
            *each.number = (number(each.at, each.hash) << m_share_bits) + m_share;
        }
        m_asked_count = 0;
    }

    std::vector<GridPoint> take() { return std::move(m_points); }

private:
    static constexpr std::size_t least_slots = 16;

    struct Asked {
        GridPoint at;
        std::uint64_t hash = 0;
        PointId* number = nullptr;
    };

    PointId number(GridPoint at, std::uint64_t hash) {
        if (10 * m_points.size() >= 7 * m_slots.size()) {
            grow(m_slots.size() + m_slots.size() / 2);
        }
        std::size_t const slot = slot_of(at, hash);
        if (m_slots[slot] == no_point) {
            m_slots[slot] = static_cast<PointId>(m_points.size());
            m_points.push_back(at);
        }
        return m_slots[slot];
    }

    std::size_t first_slot(std::uint64_t hash) const noexcept {
        return static_cast<std::size_t>((hash >> 32U) * m_slots.size() >> 32U); // less than 2^32 slots
    }

    std::size_t slot_of(GridPoint at, std::uint64_t hash) const noexcept {
        std::size_t slot = first_slot(hash);
        while (m_slots[slot] != no_point && m_points[m_slots[slot]] != at) {
            slot = slot + 1 == m_slots.size() ? 0 : slot + 1;
        }
        return slot;
    }

    void grow(std::size_t slots) {
        m_slots = std::vector<PointId>{}; // before there are others; `= {}` would keep the memory
        m_slots.assign(slots, no_point);
        for (PointId id = 0; id < m_points.size(); ++id) {
            m_slots[slot_of(m_points[id], hash_of(m_points[id]))] = id;
        }
    }

    static constexpr std::size_t asked_together = 16;

    unsigned m_share_bits;
    PointId m_share;
    std::vector<GridPoint> m_points;
    std::vector<PointId> m_slots;
    std::array<Asked, asked_together> m_asked;
    std::size_t m_asked_count = 0;
};

/// Into how many shares the positions of so many vertices are dealt out, each the work of one thread: as bits
/// of a number.
unsigned share_bits_for(std::size_t vertices, std::size_t jobs) noexcept {
    constexpr std::size_t few = 50'000; // not worth it
    constexpr std::size_t most = 8;     // each share looks at every vertex
    std::size_t const shares = vertices < few ? 1 : std::clamp<std::size_t>(jobs, 1, most);
    return static_cast<unsigned>(std::bit_width(shares)) - 1;
}

/// By position: 1 where it is a junction.
using Junctions = std::vector<std::uint8_t>;

/// Calls `visit(index)` for those of so many indices that are `chosen`. Which are is found out for some at a
/// time, without a branch: nothing foretells whether the next one is.
template <typename Chosen, typename Visit>
void for_each_chosen(std::size_t count, Chosen const& chosen, Visit const& visit) {
    std::array<std::uint32_t, 256> found; // NOLINT(*-member-init): filled as far as it is read
    for (std::size_t begin = 0; begin < count; begin += found.size()) {
        std::size_t const end = std::min(begin + found.size(), count);
        std::size_t size = 0;
        for (std::size_t i = begin; i < end; ++i) {
            found[size] = static_cast<std::uint32_t>(i - begin);
            size += std::size_t{chosen(i)};
        }
        for (std::uint32_t const i : std::span{found}.first(size)) {
            visit(begin + i);
        }
    }
}

/// Finds those of the positions of one share that are junctions.
void find_junctions(NumberedPaths const& paths, PathKind kind, std::size_t share, Junctions& junction) {
    std::vector<std::pair<PointId, PointId>> neighbours(paths.points[share].size(), {no_point, no_point});
    for (std::size_t path = 0; path < paths.size(); ++path) {
        auto const ids = paths.path(path);
        auto const is_ours = [&](std::size_t i) { return paths.share_of(ids[i]) == share; };
        for_each_chosen(ids.size(), is_ours, [&](std::size_t i) {
            if (kind == PathKind::line && (i == 0 || i + 1 == ids.size())) {
                junction[ids[i]] = 1;
                return;
            }
            PointId const before = ids[i == 0 ? ids.size() - 1 : i - 1];
            PointId const after = ids[i + 1 == ids.size() ? 0 : i + 1];
            auto const pair = std::minmax(before, after);
            auto& known = neighbours[ids[i] >> paths.share_bits];
            if (known.first == no_point) {
                known = pair;
            } else if (known != std::pair<PointId, PointId>{pair}) {
                junction[ids[i]] = 1;
            }
        });
    }
}

/// Douglas–Peucker for all tolerances at once: each vertex gets the distance at which it is chosen, at most
/// that of the vertices chosen before it, so that "keep_below > t" is the result for tolerance t.
class Rating {
public:
    Rating(std::span<GridPoint const> vertices, std::span<float> keep_below)
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
        GridPoint const from = m_vertices[first];
        auto const off = [](std::uint32_t a, std::uint32_t b) {
            return static_cast<double>(std::int64_t{a} - std::int64_t{b});
        };
        double const dx = off(m_vertices[last].x, from.x);
        double const dy = off(m_vertices[last].y, from.y);
        double const length2 = dx * dx + dy * dy;
        std::size_t farthest = first + 1;
        double most = -1;
        for (std::size_t i = first + 1; i < last; ++i) {
            double const x = off(m_vertices[i].x, from.x);
            double const y = off(m_vertices[i].y, from.y);
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

    std::span<GridPoint const> m_vertices;
    std::span<float> m_keep_below;
};

class Cutter {
public:
    Cutter(NumberedPaths const& paths, PathKind kind, Junctions const& junction)
        : m_paths{paths},
          m_kind{kind},
          m_junction{junction} {
        m_result.use_begin.push_back(0);
        m_result.vertices.reserve(paths.numbers.size() + paths.size());
    }

    void cut(std::size_t path) {
        auto const ids = m_paths.path(path);
        m_ids.assign(ids.begin(), ids.end());
        if (m_kind == PathKind::ring) {
            auto start =
                std::find_if(m_ids.begin(), m_ids.end(), [&](PointId id) { return m_junction[id] != 0; });
            m_is_free = start == m_ids.end();
            if (m_is_free) {
                // A ring without junctions begins at its first position in order, so that all its uses agree.
                start = std::min_element(m_ids.begin(), m_ids.end(), [&](PointId a, PointId b) {
                    return m_paths.point(a) < m_paths.point(b);
                });
            }
            std::rotate(m_ids.begin(), start, m_ids.end());
            m_ids.push_back(m_ids.front());
        }
        std::size_t begin = 0;
        for (std::size_t i = 1; i < m_ids.size(); ++i) {
            if (i + 1 == m_ids.size() || m_junction[m_ids[i]] != 0) {
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
        auto const places = [&](std::pair<PointId, PointId> segment) {
            return std::pair{m_paths.point(segment.first), m_paths.point(segment.second)};
        };
        bool const reversed = places(backward) < places(forward);
        auto const [first, second] = reversed ? backward : forward;
        auto const [at, is_new] = m_known.try_emplace(std::uint64_t{first} << 32U | second,
                                                      static_cast<std::uint32_t>(m_result.arcs.size()));
        if (is_new) {
            std::size_t const begin = m_result.vertices.size();
            for (std::size_t i = 0; i < ids.size(); ++i) {
                m_result.vertices.push_back(m_paths.point(ids[reversed ? ids.size() - 1 - i : i]));
            }
            m_result.arcs.push_back({begin, m_result.vertices.size(), m_is_free});
        }
        m_result.uses.push_back({at->second, reversed});
    }

    NumberedPaths const& m_paths;
    PathKind m_kind;
    Junctions const& m_junction;
    std::vector<PointId> m_ids;
    bool m_is_free = false; ///< the ring being cut
    std::unordered_map<std::uint64_t, std::uint32_t> m_known;
    Arcs m_result;
};

} // namespace

std::size_t NumberedPaths::number_count() const noexcept {
    std::size_t most = 0;
    for (std::vector<GridPoint> const& share : points) {
        most = std::max(most, share.size());
    }
    return most << share_bits;
}

NumberedPaths number_vertices(std::span<GridPoint const> vertices, std::span<Path const> paths, PathKind kind,
                              std::size_t jobs) {
    NumberedPaths result;
    result.begin.reserve(paths.size() + 1);
    for (Path const& path : paths) {
        result.begin.push_back(result.begin.back() + path.end - path.begin);
    }
    result.numbers.resize(result.begin.back());
    result.share_bits = share_bits_for(result.numbers.size(), jobs);
    std::size_t const shares = result.share_count();
    result.points.resize(shares);
    parallel_for(shares, jobs, [&](std::size_t share) {
        Numbering numbering{result.numbers.size() / shares, kind, result.share_bits, share};
        PointId* next = result.numbers.data();
        for (Path const& path : paths) {
            auto const own = vertices.subspan(path.begin, path.end - path.begin);
            auto const is_ours = [&](std::size_t i) {
                return (Numbering::hash_of(own[i]) & (shares - 1)) == share;
            };
            for_each_chosen(own.size(), is_ours, [&](std::size_t i) {
                numbering.ask(own[i], Numbering::hash_of(own[i]), next[i]);
            });
            next += own.size();
        }
        numbering.finish();
        result.points[share] = numbering.take();
    });
    return result;
}

Arcs cut_unrated(NumberedPaths paths, PathKind kind, std::size_t jobs, std::span<Junction const> known) {
    Junctions junction(paths.number_count(), 0);
    parallel_for(paths.share_count(), jobs,
                 [&](std::size_t share) { find_junctions(paths, kind, share, junction); });
    for (std::size_t i = 0; i < known.size(); ++i) {
        if (known[i] != Junction::open) {
            junction[paths.numbers[i]] = known[i] == Junction::yes ? 1 : 0;
        }
    }
    Cutter cutter{paths, kind, junction};
    for (std::size_t path = 0; path < paths.size(); ++path) {
        cutter.cut(path);
    }
    return cutter.take();
}

Arcs cut_into_arcs(NumberedPaths paths, PathKind kind, std::size_t jobs, std::span<Junction const> known) {
    Arcs arcs = cut_unrated(std::move(paths), kind, jobs, known);
    arcs.keep_below.resize(arcs.vertices.size());
    parallel_for(arcs.arcs.size(), jobs, [&](std::size_t i) {
        Arc const arc = arcs.arcs[i];
        Rating{std::span{arcs.vertices}.subspan(arc.begin, arc.end - arc.begin),
               std::span{arcs.keep_below}.subspan(arc.begin, arc.end - arc.begin)}
            .run();
    });
    return arcs;
}

std::vector<float> rates_of(std::span<GridPoint const> arc) {
    std::vector<float> rates(arc.size());
    Rating{arc, rates}.run();
    return rates;
}

void append_kept(Arcs const& arcs, std::size_t path, PathKind kind, std::vector<bool> const& kept,
                 std::vector<GridPoint>& to) {
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
