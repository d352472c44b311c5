#include "tile/arc_update.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "tile/shape_pieces.hpp"

namespace kharita::tile {

namespace {

/// The positions of a path in order, and whether each was a junction; of rings, the first is not repeated.
struct PathVertices {
    std::vector<GridPoint> positions;
    std::vector<Junction> junctions;
};

PathVertices vertices_of(PathRecord const& table, PathRecord const& store, std::size_t path, PathKind kind) {
    PathVertices all;
    for (std::uint32_t const use : table.uses_of(path)) {
        PathRecord::Arc const& arc = table.arcs[use / 2];
        auto const vertices = store.view(arc).vertices;
        bool const reversed = use % 2 == 1;
        for (std::size_t i = all.positions.empty() ? 0 : 1; i < vertices.size(); ++i) {
            bool const is_end = (i == 0 || i + 1 == vertices.size()) && arc.is_free == 0;
            all.positions.push_back(vertices[reversed ? vertices.size() - 1 - i : i]);
            all.junctions.push_back(is_end ? Junction::yes : Junction::no);
        }
    }
    if (kind == PathKind::ring && all.positions.size() > 1) {
        all.positions.pop_back();
        all.junctions.pop_back();
    }
    return all;
}

bool meets_any(GridBox const& box, GridBox const& around, std::span<GridBox const> boxes) noexcept {
    return box.meets(around) &&
           std::any_of(boxes.begin(), boxes.end(), [&](GridBox const& each) { return box.meets(each); });
}

GridBox joined_box(std::span<GridBox const> boxes) noexcept {
    GridBox all;
    for (GridBox const& box : boxes) {
        all.add(box);
    }
    return all;
}

std::span<PutBack const> of_arc(std::vector<PutBack> const& all, std::uint32_t arc) noexcept {
    auto const by_arc = [](PutBack const& a, PutBack const& b) { return a.arc < b.arc; };
    auto const [begin, end] = std::equal_range(all.begin(), all.end(), PutBack{arc, 0, 0}, by_arc);
    return {begin, end};
}

ArcUpdate::ArcKey key_of(std::span<GridPoint const> arc) {
    return {arc[0], arc[1], arc.size()};
}

} // namespace

ArcUpdate::ArcUpdate(PathRecord before, PathKind kind, Shows shows, std::span<ChangedPath const> paths,
                     std::span<std::uint32_t const> coverages)
    : m_kind{kind},
      m_before{std::move(before)},
      m_recut(paths.size(), false),
      m_uses(paths.size()),
      m_diverged(m_before.put_back.size()) {
    m_after.vertices = std::move(m_before.vertices);
    m_after.keep_below = std::move(m_before.keep_below);
    for (PathFacts const& path : m_before.paths) {
        m_coverage_before.push_back(coverages[path.coverage]);
    }
    for (PathRecord::Arc& arc : m_before.arcs) {
        arc.coverage = coverages[arc.coverage];
    }
    m_after.arcs = m_before.arcs;
    m_after.put_back = m_before.put_back;
    find_changes(paths);
    for (Coverage& coverage : m_coverages) {
        if (!coverage.removed.empty() || !coverage.fresh.empty()) {
            recut(coverage, paths);
        }
    }
    write_uses();
    std::vector<PathRecord::Arc> all = m_before.arcs; // a number stands for the same arc before and after
    all.insert(all.end(), m_after.arcs.begin() + static_cast<std::ptrdiff_t>(all.size()), m_after.arcs.end());
    m_blocks = ArcBlocks{all, looked_at(all.size(), shows, paths), m_after};
    count_arcs();
}

/// Arcs of which other vertices than the ends are asked for: of lines, which do not depend on each other,
/// those of paths that are other than before, unless all are shown.
std::vector<bool> ArcUpdate::looked_at(std::size_t arcs, Shows shows,
                                       std::span<ChangedPath const> paths) const {
    std::vector<bool> wanted(arcs, m_kind == PathKind::ring || shows == Shows::all);
    std::vector<bool> stays(m_before.paths.size(), false);
    auto const add_uses = [&](std::span<std::uint32_t const> uses) {
        for (std::uint32_t const use : uses) {
            wanted[use / 2] = true;
        }
    };
    for (std::size_t i = 0; i < paths.size(); ++i) {
        if (paths[i].is_kept && !m_recut[i]) {
            stays[*paths[i].before] = true;
        } else {
            add_uses(m_after.uses_of(i));
        }
    }
    for (std::size_t i = 0; i < stays.size(); ++i) {
        if (!stays[i]) {
            add_uses(m_before.uses_of(i));
        }
    }
    return wanted;
}

void ArcUpdate::find_changes(std::span<ChangedPath const> paths) {
    std::vector<bool> stays(m_before.paths.size(), false);
    std::uint32_t count = 0;
    for (ChangedPath const& path : paths) {
        m_after.paths.push_back(path.facts);
        count = std::max(count, path.facts.coverage + 1);
    }
    m_coverages.resize(count);
    for (std::uint32_t i = 0; i < paths.size(); ++i) {
        if (paths[i].is_kept) {
            stays[*paths[i].before] = true;
            auto const uses = m_before.uses_of(*paths[i].before);
            m_uses[i].assign(uses.begin(), uses.end());
        } else {
            m_coverages[paths[i].facts.coverage].fresh.push_back(i);
        }
    }
    for (std::uint32_t i = 0; i < stays.size(); ++i) {
        if (!stays[i] && m_coverage_before[i] < count) {
            m_coverages[m_coverage_before[i]].removed.push_back(i);
        }
    }
}

RenewedPaths ArcUpdate::renewed(Coverage const& coverage, std::span<ChangedPath const> paths) const {
    std::vector<std::span<GridPoint const>> parts;
    std::vector<std::vector<Junction>> junctions;
    std::deque<PathVertices> replaced; // of which some parts are
    std::unordered_set<std::uint32_t> known;
    for (std::uint32_t const path : coverage.fresh) {
        std::span<GridPoint const> const own = paths[path].vertices;
        std::vector<Junction>& own_junctions = junctions.emplace_back(own.size(), Junction::open);
        auto const before = paths[path].before;
        if (m_kind == PathKind::ring || !before || m_coverage_before[*before] != paths[path].facts.coverage) {
            parts.push_back(own);
            continue;
        }
        PathVertices const& was = replaced.emplace_back(vertices_of(m_before, m_after, *before, m_kind));
        known.insert(*before);
        auto const [gone, fresh] = where_lines_differ(was.positions, own);
        bool const same = gone.empty() && fresh.empty();
        auto const begin = same ? own.size() : static_cast<std::size_t>(fresh.data() - own.data());
        std::size_t const end = same ? 0 : own.size() - begin - fresh.size();
        std::copy_n(was.junctions.begin(), begin, own_junctions.begin());
        std::copy_n(was.junctions.rbegin(), end, own_junctions.rbegin());
        parts.push_back(gone);
        parts.push_back(fresh);
    }
    for (std::uint32_t const path : coverage.removed) {
        for (std::uint32_t const use :
             known.contains(path) ? std::span<std::uint32_t const>{} : m_before.uses_of(path)) {
            parts.push_back(view_before(use / 2).vertices);
        }
    }
    std::vector<GridBox> boxes;
    for (std::span<GridPoint const> const part : parts) {
        GridBox& box = boxes.emplace_back();
        for (GridPoint const at : part) {
            box.add(at);
        }
    }
    std::erase_if(boxes, [](GridBox const& box) { return box.is_empty(); });
    return {PositionSet{parts}, std::move(boxes), std::move(junctions)};
}

/// Paths after the changes that are as they were and have one of the positions.
std::vector<std::uint32_t> ArcUpdate::neighbours(Coverage const& coverage, std::span<ChangedPath const> paths,
                                                 RenewedPaths const& renewed) const {
    GridBox const around = joined_box(renewed.boxes);
    auto const number = static_cast<std::uint32_t>(&coverage - m_coverages.data());
    std::vector<std::uint32_t> found;
    for (std::uint32_t i = 0; i < paths.size(); ++i) {
        if (!paths[i].is_kept || paths[i].facts.coverage != number ||
            !meets_any(paths[i].facts.box, around, renewed.boxes)) {
            continue;
        }
        auto const uses = m_before.uses_of(*paths[i].before);
        bool const shares = std::any_of(uses.begin(), uses.end(), [&](std::uint32_t use) {
            return meets_any(m_before.arcs[use / 2].box, around, renewed.boxes) &&
                   renewed.positions.contains_any(view_before(use / 2).vertices);
        });
        if (shares) {
            found.push_back(i);
        }
    }
    return found;
}

/// Puts arcs into the record, but for those that are known by their first segment; answers the number of
/// each.
std::vector<std::uint32_t> ArcUpdate::numbered(Arcs const& cut, KnownArcs const& known,
                                               std::uint32_t coverage) {
    std::vector<std::uint32_t> numbers;
    numbers.reserve(cut.arcs.size());
    for (Arc const& arc : cut.arcs) {
        auto const own = std::span{cut.vertices}.subspan(arc.begin, arc.end - arc.begin);
        auto const same = known.find(key_of(own));
        if (same != known.end() && std::ranges::equal(view_before(same->second).vertices, own)) {
            numbers.push_back(same->second);
            m_after.arcs[same->second].is_free = arc.is_free ? 1 : 0;
            continue;
        }
        PathRecord::Arc made{m_after.vertices.size(),
                             static_cast<std::uint32_t>(own.size()),
                             coverage,
                             arc.is_free ? 1U : 0U,
                             {}};
        for (GridPoint const at : own) {
            made.box.add(at);
        }
        m_after.vertices.append(own);
        if (m_kind == PathKind::ring) {
            m_after.keep_below.append(std::span{cut.keep_below}.subspan(arc.begin, arc.end - arc.begin));
        }
        numbers.push_back(static_cast<std::uint32_t>(m_after.arcs.size()));
        m_after.arcs.push_back(made);
    }
    return numbers;
}

void ArcUpdate::recut(Coverage& coverage, std::span<ChangedPath const> paths) {
    RenewedPaths const renewed = this->renewed(coverage, paths);
    std::vector<std::uint32_t> again = neighbours(coverage, paths, renewed);
    KnownArcs known;
    std::vector<GridPoint> vertices;
    std::vector<Junction> junctions;
    std::vector<Path> parts;
    auto const add = [&](std::span<GridPoint const> own, std::span<Junction const> own_junctions) {
        for (std::size_t i = 0; i < own.size(); ++i) {
            junctions.push_back(renewed.positions.contains(own[i]) ? Junction::open : own_junctions[i]);
        }
        parts.push_back({0, 0, vertices.size(), vertices.size() + own.size(), 0});
        vertices.insert(vertices.end(), own.begin(), own.end());
    };
    auto const add_known = [&](std::uint32_t path) {
        for (std::uint32_t const use : m_before.uses_of(path)) {
            known.emplace(key_of(view_before(use / 2).vertices), use / 2);
        }
    };
    for (std::uint32_t const path : again) {
        PathVertices const own = vertices_of(m_before, m_after, *paths[path].before, m_kind);
        add(own.positions, own.junctions);
        add_known(*paths[path].before);
    }
    for (std::size_t i = 0; i < coverage.fresh.size(); ++i) {
        ChangedPath const& path = paths[coverage.fresh[i]];
        add(path.vertices, renewed.junctions[i]);
        if (m_kind == PathKind::line && path.before &&
            m_coverage_before[*path.before] == path.facts.coverage) {
            add_known(*path.before);
        }
        again.push_back(coverage.fresh[i]);
    }
    auto* const cut_again = m_kind == PathKind::ring ? &cut_into_arcs : &cut_unrated;
    Arcs const cut = cut_again(number_vertices(vertices, parts, m_kind), m_kind, 1, junctions);

    std::vector<std::uint32_t> const numbers =
        numbered(cut, known, static_cast<std::uint32_t>(&coverage - m_coverages.data()));
    for (std::size_t i = 0; i < again.size(); ++i) {
        m_uses[again[i]].clear();
        for (ArcUse const use : cut.uses_of(i)) {
            m_uses[again[i]].push_back(2 * numbers[use.arc] + (use.reversed ? 1 : 0));
        }
        m_recut[again[i]] = true;
    }
}

void ArcUpdate::write_uses() {
    m_after.use_begin.push_back(0);
    for (std::vector<std::uint32_t>& uses : m_uses) {
        m_after.uses.insert(m_after.uses.end(), uses.begin(), uses.end());
        m_after.use_begin.push_back(m_after.uses.size());
    }
    m_uses.clear();
}

/// Which arcs remain, and what grid they are compared on.
void ArcUpdate::count_arcs() {
    std::vector<bool> used(m_after.arcs.size(), false);
    for (std::uint32_t const use : m_after.uses) {
        used[use / 2] = true;
    }
    std::vector<GridBox> before(m_coverages.size());
    std::vector<GridBox> after(m_coverages.size());
    for (std::uint32_t arc = 0; arc < m_after.arcs.size(); ++arc) {
        PathRecord::Arc& each = m_after.arcs[arc];
        bool const was = arc < m_before.arcs.size() && each.size > 0;
        if (each.coverage >= m_coverages.size()) {
            each.size = 0;
            continue;
        }
        Coverage& coverage = m_coverages[each.coverage];
        if (was) {
            before[each.coverage].add(each.box);
        }
        if (used[arc]) {
            after[each.coverage].add(each.box);
            coverage.arcs.push_back(arc);
            if (!was) {
                coverage.made.push_back(arc);
            }
        } else {
            if (was) {
                coverage.gone.push_back(arc);
            }
            each.size = 0;
        }
    }
    for (std::size_t i = 0; i < m_coverages.size(); ++i) {
        m_coverages[i].shift = shift_for(after[i]);
        m_coverages[i].is_whole = m_coverages[i].shift != shift_for(before[i]);
    }
    for (std::vector<PutBack>& zoom : m_after.put_back) {
        std::erase_if(zoom, [&](PutBack const& each) { return m_after.arcs[each.arc].size == 0; });
    }
}

void ArcUpdate::simplify(std::size_t zoom_index, double tolerance) {
    for (Coverage const& coverage : m_coverages) {
        if (m_kind == PathKind::ring &&
            (coverage.is_whole || !coverage.made.empty() || !coverage.gone.empty())) {
            simplify(coverage, zoom_index, tolerance);
        }
    }
    std::sort(m_diverged[zoom_index].begin(), m_diverged[zoom_index].end());
}

void ArcUpdate::simplify(Coverage const& coverage, std::size_t zoom_index, double tolerance) {
    std::vector<PutBack> const& was = m_before.put_back[zoom_index];
    std::vector<GridBox> dirty; // of arcs that are not as they were, at any round
    dirty.reserve(coverage.gone.size() + coverage.made.size());
    for (std::uint32_t const arc : coverage.gone) {
        dirty.push_back(m_before.arcs[arc].box);
    }
    for (std::uint32_t const arc : coverage.made) {
        dirty.push_back(m_after.arcs[arc].box);
    }
    std::vector<std::uint32_t> diverged;
    std::vector<std::uint32_t> part; // arcs to be simplified; behind them, those that they may cross
    std::size_t active = 0;
    std::vector<PutBack> result;
    for (bool grows = true; grows;) {
        GridBox const around = joined_box(dirty);
        part = coverage.arcs;
        auto const middle = std::stable_partition(part.begin(), part.end(), [&](std::uint32_t arc) {
            return coverage.is_whole || meets_any(m_after.arcs[arc].box, around, dirty);
        });
        active = static_cast<std::size_t>(middle - part.begin());
        std::vector<GridBox> boxes;
        for (std::size_t i = 0; i < active; ++i) {
            boxes.push_back(m_after.arcs[part[i]].box);
        }
        GridBox const reach = joined_box(boxes);
        part.erase(std::stable_partition(
                       middle, part.end(),
                       [&](std::uint32_t arc) { return meets_any(m_after.arcs[arc].box, reach, boxes); }),
                   part.end());

        Tangle tangle;
        tangle.shift = coverage.shift;
        tangle.tolerance = tolerance;
        for (std::uint32_t i = 0; i < part.size(); ++i) {
            tangle.arcs.push_back(m_after.view(part[i]));
            tangle.active.push_back(i < active);
            tangle.box.add(m_after.arcs[part[i]].box);
            if (i >= active) {
                for (PutBack const& each : of_arc(was, part[i])) {
                    tangle.known.push_back({i, each.round, each.vertex});
                }
            }
        }
        std::stable_sort(tangle.known.begin(), tangle.known.end(),
                         [](PutBack const& a, PutBack const& b) { return a.round < b.round; });
        result = untangle(tangle);
        grows = false;
        for (std::uint32_t i = 0; i < active; ++i) {
            auto const now = of_arc(result, i);
            auto const then = of_arc(was, part[i]);
            bool const same = std::ranges::equal(now, then, [](PutBack const& a, PutBack const& b) {
                return a.round == b.round && a.vertex == b.vertex;
            });
            bool const is_old = part[i] < m_before.arcs.size();
            if (is_old && !same && std::ranges::find(diverged, part[i]) == diverged.end()) {
                diverged.push_back(part[i]);
                dirty.push_back(m_after.arcs[part[i]].box);
                grows = true;
            }
        }
    }
    std::vector<bool> is_active(m_after.arcs.size(), false);
    for (std::size_t i = 0; i < active; ++i) {
        is_active[part[i]] = true;
    }
    std::vector<PutBack>& into = m_after.put_back[zoom_index];
    std::erase_if(into, [&](PutBack const& each) { return is_active[each.arc]; });
    for (PutBack const& each : result) {
        into.push_back({part[each.arc], each.round, each.vertex});
    }
    std::sort(into.begin(), into.end());
    m_diverged[zoom_index].insert(m_diverged[zoom_index].end(), diverged.begin(), diverged.end());
}

bool ArcUpdate::is_touched(std::size_t path, std::size_t zoom_index) const {
    auto const uses = m_after.uses_of(path);
    auto const& diverged = m_diverged[zoom_index];
    return m_recut[path] ||
           (!diverged.empty() && std::any_of(uses.begin(), uses.end(), [&](std::uint32_t use) {
               return std::binary_search(diverged.begin(), diverged.end(), use / 2);
           }));
}

PathRecord ArcUpdate::take() {
    std::size_t live = 0;
    std::vector<std::uint32_t> numbers(m_after.arcs.size(), 0);
    std::vector<PathRecord::Arc> arcs;
    arcs.reserve(m_after.arcs.size());
    for (std::uint32_t arc = 0; arc < m_after.arcs.size(); ++arc) {
        if (m_after.arcs[arc].size > 0) {
            numbers[arc] = static_cast<std::uint32_t>(arcs.size());
            arcs.push_back(m_after.arcs[arc]);
            live += m_after.arcs[arc].size;
        }
    }
    for (std::uint32_t& use : m_after.uses) {
        use = 2 * numbers[use / 2] + use % 2;
    }
    for (std::vector<PutBack>& zoom : m_after.put_back) {
        for (PutBack& each : zoom) {
            each.arc = numbers[each.arc];
        }
    }
    if (live < m_after.vertices.size() - m_after.vertices.size() / 4) { // too much that nobody uses
        std::vector<GridPoint> vertices;
        std::vector<float> keep_below;
        vertices.reserve(live);
        keep_below.reserve(live);
        for (PathRecord::Arc& arc : arcs) {
            ArcView const view = m_after.view(arc);
            arc.begin = vertices.size();
            vertices.insert(vertices.end(), view.vertices.begin(), view.vertices.end());
            keep_below.insert(keep_below.end(), view.keep_below.begin(), view.keep_below.end());
        }
        m_after.vertices = std::move(vertices);
        m_after.keep_below = std::move(keep_below);
    }
    m_after.arcs = std::move(arcs);
    return std::move(m_after);
}

} // namespace kharita::tile
