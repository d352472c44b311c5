#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/geometry.hpp"

namespace kharita::geo {

/// A GEOS session: what can be asked of and done with geometries as flat figures of longitude and latitude.
///
/// One session per thread; sessions share nothing. Every geometry is checked before GEOS sees it (GEOS 3.11
/// crashes on NaN): each function throws GeometryError for positions not finite or out of range, rings not
/// closed and the like (see problem_of), and with GEOS's own words when it cannot do what was asked.
///
/// Results are on the grid of 1e-7 degrees on which everything is stored, valid there, outer rings
/// counter-clockwise. An operation keeps the parts of the dimension its sentence names and drops lower ones
/// (two polygons that merely touch have an empty intersection). One part comes as the single kind, several
/// or none as the Multi kind.
class Geos {
public:
    Geos();
    Geos(Geos&&) noexcept;
    Geos& operator=(Geos&&) noexcept;
    Geos(Geos const&) = delete;
    Geos& operator=(Geos const&) = delete;
    ~Geos();

    /// Why a geometry is not valid by the rules of OGC Simple Features, with the place:
    /// "Self-intersection [36.1 35.2]"; nothing when it is.
    std::optional<std::string> invalid_because(Geometry const& geometry);

    /// A valid geometry of the same dimension that covers the same ground; empty when nothing remains.
    Geometry make_valid(Geometry const& geometry);

    bool intersects(Geometry const& a, Geometry const& b);
    /// Whether no point of `inner` lies outside `outer`.
    bool covers(Geometry const& outer, Geometry const& inner);

    /// Common ground, of the lower dimension of the two.
    Geometry intersection(Geometry const& a, Geometry const& b);
    /// What of `a` is not in `b`, of the dimension of `a`.
    Geometry difference(Geometry const& a, Geometry const& b);
    /// All together, of the highest dimension among them; of lines: noded where they cross or meet.
    Geometry union_all(std::span<Geometry const> geometries);

    /// Union of polygons of which none overlap and neighbours share the same positions along their common
    /// edge; keeps every position that lies on the outside. Fast; other input gives a wrong result.
    MultiPolygon coverage_union(std::span<Polygon const> polygons);

    /// The faces that lines enclose. The lines must be noded (union_all); dangling ends are left out.
    std::vector<Polygon> polygonize(MultiLineString const& noded);

    /// With fewer positions, none further than `tolerance` (in degrees of the plane) from the given figure,
    /// and still valid (Douglas and Peucker, topology kept).
    Geometry simplified(Geometry const& geometry, Degrees tolerance);

    /// A position that is certainly inside a polygon, or on a line.
    LonLat point_inside(Geometry const& geometry);

    /// Where an area's name is best written: the middle of the largest circle within it (its pole of
    /// inaccessibility), found to a hundredth of its size, as the map shows it at its latitude. Polygons
    /// only.
    LonLat label_point(Geometry const& area);

    /// The Thiessen cells of sites in a region: cell i holds what is nearer to site i than to any other,
    /// measured in an azimuthal equidistant projection at the region's middle, cut to a rectangle `margin`
    /// wider than the sites. Neighbours share the same positions along their edge.
    ///
    /// Of sites at one spot (1e-7 degrees) only the first has a cell; the others' are empty. Meant for
    /// regions up to some 1,000 km across: 500 km from the middle, distances across are 0.1 % off.
    std::vector<Polygon> voronoi(std::span<LonLat const> sites, Metres margin);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace kharita::geo
