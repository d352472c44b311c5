#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "tile/layer_data.hpp"
#include "tile/tile_id.hpp"

namespace kharita::tile {

/// A stretch of line between two junctions, or a whole ring that meets no other.
struct Arc {
    std::size_t begin = 0; ///< into Arcs::vertices
    std::size_t end = 0;   ///< one past its last vertex; a closed arc repeats its first vertex there
    bool is_free = false;  ///< a whole ring without any junction
};

/// A use of an arc in a path.
struct ArcUse {
    std::uint32_t arc = 0;
    bool reversed = false;
};

/// The lines or rings of a layer cut into arcs, each of which several paths may share.
///
/// A vertex is a junction when paths meet or part there: that is, when it does not have the same two
/// neighbours wherever it occurs, or ends a line. Between junctions, what two rings have in common is one
/// arc, so that simplifying arcs with their ends kept leaves neighbours without gaps or overlaps.
struct Arcs {
    std::vector<GridPoint> vertices;
    /// By vertex: the largest tolerance (on the grid) at which Douglas–Peucker keeps it; infinite at ends.
    /// Empty of arcs that were not rated.
    std::vector<float> keep_below;
    std::vector<Arc> arcs;
    std::vector<ArcUse> uses;
    std::vector<std::size_t> use_begin; ///< by path, and one more

    std::span<ArcUse const> uses_of(std::size_t path) const noexcept {
        return std::span{uses}.subspan(use_begin[path], use_begin[path + 1] - use_begin[path]);
    }
};

/// The vertices of paths as numbers, equal ones alike: all that cutting into arcs has to know, so that the
/// vertices themselves need not be kept.
struct NumberedPaths {
    /// Positions in shares, each of which one thread numbers: the last share_bits of a number say which,
    /// those before them the place there. Some numbers may stand for nothing.
    std::vector<std::vector<GridPoint>> points;
    unsigned share_bits = 0;
    std::vector<std::uint32_t> numbers; ///< of the vertices of each path, one path after the other
    std::vector<std::size_t> begin{0};  ///< by path, and one more: into numbers

    std::size_t size() const noexcept { return begin.size() - 1; }
    std::size_t share_count() const noexcept { return std::size_t{1} << share_bits; }
    std::size_t share_of(std::uint32_t number) const noexcept { return number & (share_count() - 1); }
    GridPoint point(std::uint32_t number) const noexcept {
        return points[share_of(number)][number >> share_bits];
    }
    /// One more than the largest number.
    std::size_t number_count() const noexcept;
    std::span<std::uint32_t const> path(std::size_t index) const noexcept {
        return std::span{numbers}.subspan(begin[index], begin[index + 1] - begin[index]);
    }
};

/// Which numbers they get depends on `jobs`, the number of threads; nothing else does.
NumberedPaths number_vertices(std::span<GridPoint const> vertices, std::span<Path const> paths, PathKind kind,
                              std::size_t jobs = 1);

/// What is known of a vertex before arcs are cut.
enum class Junction : std::uint8_t {
    open, ///< it is to be found out, from the paths given
    no,
    yes,
};

/// Cuts paths into arcs and rates their vertices.
///
/// Of some paths of a coverage only, `known` says by vertex (as NumberedPaths::numbers) which are junctions
/// with regard to paths that are not among these; a position must be known, or open, wherever it occurs.
Arcs cut_into_arcs(NumberedPaths paths, PathKind kind, std::size_t jobs,
                   std::span<Junction const> known = {});

/// The same, but the vertices are not rated.
Arcs cut_unrated(NumberedPaths paths, PathKind kind, std::size_t jobs, std::span<Junction const> known = {});

/// Arcs::keep_below of an arc, which has at least two vertices.
std::vector<float> rates_of(std::span<GridPoint const> arc);

/// Appends the vertices of a path that are kept (by index into Arcs::vertices), in order; a ring's first
/// vertex is not repeated.
void append_kept(Arcs const& arcs, std::size_t path, PathKind kind, std::vector<bool> const& kept,
                 std::vector<GridPoint>& to);

} // namespace kharita::tile
