#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <tuple>
#include <vector>

#include "tile/arc_blocks.hpp"
#include "tile/path_facts.hpp"
#include "tile/position_set.hpp"
#include "tile/shape_record.hpp"
#include "tile/tileset_config.hpp"

namespace kharita::tile {

/// A path of a layer after its changes.
struct ChangedPath {
    PathFacts facts;                     ///< numbers of features and coverages are those after the changes
    std::optional<std::uint32_t> before; ///< the number of the one in whose place it stands
    bool is_kept = false;                ///< its feature has not changed
    std::span<GridPoint const> vertices; ///< else
};

/// What is new in a coverage: some positions, and of each path that comes, what is known of its vertices.
struct RenewedPaths {
    PositionSet positions;
    std::vector<GridBox> boxes; ///< they all lie in one of them
    /// By path that comes: of lines, what vertices were that have the same neighbours there as before.
    std::vector<std::vector<Junction>> junctions;
};

/// Paths cut into arcs again after some of them changed, with what simplification makes of them.
///
/// Cut again are changed paths and those that share a vertex with them, before or after: with lines, a vertex
/// of the stretch that changed; simplified again, the arcs that this gives, and those that they may cross,
/// and from there on whatever comes out otherwise than before. The result is what cutting and simplifying all
/// paths would give.
class ArcUpdate {
public:
    static constexpr std::uint32_t no_coverage = std::numeric_limits<std::uint32_t>::max();

    /// The first segment of an arc and how many vertices it has: few have the same.
    using ArcKey = std::tuple<GridPoint, GridPoint, std::size_t>;

    /// Which paths will be asked for, with all vertices that simplification leaves.
    enum class Shows { changed, all };

    /// `coverages` has the new number of each coverage, or no_coverage.
    ArcUpdate(PathRecord before, PathKind kind, Shows shows, std::span<ChangedPath const> paths,
              std::span<std::uint32_t const> coverages);

    /// Calculates what simplification puts back at a zoom, by its index into PathRecord::put_back. Different
    /// zooms may be calculated by several threads at a time.
    void simplify(std::size_t zoom_index, double tolerance);

    /// As it was: paths, uses, arcs, put_back. Vertices are those of after().
    PathRecord const& before() const noexcept { return m_before; }
    PathRecord const& after() const noexcept { return m_after; }
    /// Of the arcs of before() and after().
    ArcBlocks const& blocks() const noexcept { return m_blocks; }
    /// An arc's vertices, as it was.
    ArcView view_before(std::uint32_t arc) const noexcept { return m_after.view(m_before.arcs[arc]); }
    /// Whether a path may look other than before at a zoom that was simplified, though its vertices are the
    /// same.
    bool is_touched(std::size_t path, std::size_t zoom_index) const;

    /// The record after the changes, without what is used no more. The object is empty afterwards.
    PathRecord take();

private:
    struct Coverage {
        std::vector<std::uint32_t> removed; ///< paths before
        std::vector<std::uint32_t> fresh;   ///< paths after
        std::vector<std::uint32_t> arcs;    ///< after
        std::vector<std::uint32_t> gone;    ///< arcs before
        std::vector<std::uint32_t> made;    ///< arcs after
        unsigned shift = 0;
        bool is_whole = false; ///< all arcs are to be simplified again
    };

    using KnownArcs = std::map<ArcKey, std::uint32_t>;

    void find_changes(std::span<ChangedPath const> paths);
    void recut(Coverage& coverage, std::span<ChangedPath const> paths);
    RenewedPaths renewed(Coverage const& coverage, std::span<ChangedPath const> paths) const;
    std::vector<std::uint32_t> numbered(Arcs const& cut, KnownArcs const& known, std::uint32_t coverage);
    std::vector<std::uint32_t> neighbours(Coverage const& coverage, std::span<ChangedPath const> paths,
                                          RenewedPaths const& renewed) const;
    std::vector<bool> looked_at(std::size_t arcs, Shows shows, std::span<ChangedPath const> paths) const;
    void write_uses();
    void count_arcs();
    void simplify(Coverage const& coverage, std::size_t zoom_index, double tolerance);

    PathKind m_kind;
    PathRecord m_before;
    PathRecord m_after;
    ArcBlocks m_blocks;
    std::vector<std::uint32_t> m_coverage_before; ///< by path before: the number after
    std::vector<Coverage> m_coverages;
    std::vector<bool> m_recut;                          ///< by path after
    std::vector<std::vector<std::uint32_t>> m_uses;     ///< by path after
    std::vector<std::vector<std::uint32_t>> m_diverged; ///< by zoom: arcs, sorted
};

} // namespace kharita::tile
