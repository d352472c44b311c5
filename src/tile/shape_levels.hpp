#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "tile/arcs.hpp"
#include "tile/layer_data.hpp"
#include "tile/path_facts.hpp"
#include "tile/slicer.hpp"

namespace kharita::tile {

/// A piece of a line or ring in one tile.
struct ShapePiece {
    std::uint64_t tile = 0;  ///< hilbert_key()
    std::uint32_t owner = 0; ///< feature
    std::uint32_t path = 0;  ///< its number in the layer: pieces of an owner keep this order
    std::uint32_t part = 0;  ///< of ShapeLevel::points
    std::uint32_t begin = 0; ///< into the part: bytes
    std::uint32_t end = 0;
};

/// The pieces of one zoom, sorted by tile, owner and path. Their positions stay in the parts in which they
/// were made.
struct ShapeLevel {
    std::vector<std::string> points; ///< as ShapePart has them
    std::vector<ShapePiece> pieces;

    /// Reads the positions of a piece into `to`, instead of what is there.
    void read_points(ShapePiece const& piece, std::vector<SubPoint>& to) const;
};

/// Pieces of some paths at one zoom.
struct ShapePart {
    /// Steps from one position to the next, the first from (0, 0): zigzag numbers of as many bytes as each
    /// needs, half of what the positions take.
    std::string points;
    std::vector<ShapePiece> pieces;

    /// Adds a piece of a path; `tile` is a hilbert_key().
    void add(std::uint64_t tile, std::uint32_t owner, std::uint32_t path, std::span<SubPoint const> piece);
    /// To be called when all pieces are there, before joined().
    void sort();
};

/// The lines or the polygons of a layer, ready to be cut for any zoom.
class Shapes {
public:
    /// The layer must outlive it, but not its vertices, which are not looked at again.
    Shapes(LayerData const& layer, PathKind kind, std::size_t jobs);

    /// Cuts paths into arcs that those of one coverage share. Must be called before kept() and cut().
    void cut_into_arcs(std::size_t jobs);

    /// Who owns each path at a zoom: path_owners().
    std::vector<std::uint32_t> owners(int zoom) const;

    /// Which vertices remain at a zoom, by coverage.
    using Kept = std::vector<std::vector<bool>>;
    Kept kept(int zoom) const;
    /// Forgets what kept() needs: it is known for all zooms.
    void forget_rates();

    /// Cuts the kept vertices of paths [first, last) into tiles.
    ShapePart cut(int zoom, int buffer, std::span<std::uint32_t const> owners, Kept const& kept,
                  std::size_t first, std::size_t last) const;

    /// Bounds of ranges of paths of about equal numbers of vertices, for work in parallel.
    std::vector<std::size_t> ranges(std::size_t count) const;

private:
    LayerData const& m_layer;
    PathKind m_kind;
    std::span<Path const> m_paths;
    std::vector<NumberedPaths> m_numbered; ///< by coverage; empty once cut into arcs
    std::vector<Arcs> m_coverages;
    std::vector<PathFacts> m_facts;      ///< by path
    std::vector<std::size_t> m_place_in; ///< by path: its number in the coverage
};

/// Joins parts whose pieces are sorted.
ShapeLevel joined(std::vector<ShapePart> parts);

} // namespace kharita::tile
