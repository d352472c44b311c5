#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "geo/geos.hpp"
#include "model/geometry.hpp"

namespace kharita::overlay {

/// A piece of ground and the site it belongs to. Pieces of a partition do not overlap, and neighbours share
/// the same positions along their common edge.
struct Face {
    Polygon area;
    std::size_t site = 0; ///< index into the sites

    friend bool operator==(Face const&, Face const&) = default;
};

/// Divides the ground among sites: each face is what of `ground` is nearer to its site than to any other and
/// not farther than `reach`. A site can have several faces, or none.
/// Throws GeometryError for sites or ground that are no valid geometry.
std::vector<Face> partition(geo::Geos& geos, std::span<LonLat const> sites, MultiPolygon const& ground,
                            Metres reach);

} // namespace kharita::overlay
