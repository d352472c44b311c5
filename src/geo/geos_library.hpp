#pragma once

#include <geos_c.h>

#include "base/loaded_module.hpp"

namespace kharita::geo {

/// The functions of GEOS, under names of our own. Its library is loaded when the first is needed: to start it
/// takes a third of the time that the whole program takes otherwise, which most commands need not spend.
struct GeosLibrary {
    LoadedModule library = LoadedModule::library(KHARITA_GEOS_C_LIBRARY);

    decltype(&::GEOSContext_setErrorMessageHandler_r) set_error_message_handler =
        find<decltype(set_error_message_handler)>("GEOSContext_setErrorMessageHandler_r");
    decltype(&::GEOSCoordSeq_copyFromBuffer_r) copy_from_buffer =
        find<decltype(copy_from_buffer)>("GEOSCoordSeq_copyFromBuffer_r");
    decltype(&::GEOSCoordSeq_copyToBuffer_r) copy_to_buffer =
        find<decltype(copy_to_buffer)>("GEOSCoordSeq_copyToBuffer_r");
    decltype(&::GEOSCoordSeq_getSize_r) get_size = find<decltype(get_size)>("GEOSCoordSeq_getSize_r");
    decltype(&::GEOSCoverageUnion_r) coverage_union = find<decltype(coverage_union)>("GEOSCoverageUnion_r");
    decltype(&::GEOSCovers_r) covers = find<decltype(covers)>("GEOSCovers_r");
    decltype(&::GEOSDifferencePrec_r) difference_prec =
        find<decltype(difference_prec)>("GEOSDifferencePrec_r");
    decltype(&::GEOSFree_r) free = find<decltype(free)>("GEOSFree_r");
    decltype(&::GEOSGeomTypeId_r) geom_type_id = find<decltype(geom_type_id)>("GEOSGeomTypeId_r");
    decltype(&::GEOSGeom_createCollection_r) create_collection =
        find<decltype(create_collection)>("GEOSGeom_createCollection_r");
    decltype(&::GEOSGeom_createLineString_r) create_line_string =
        find<decltype(create_line_string)>("GEOSGeom_createLineString_r");
    decltype(&::GEOSGeom_createLinearRing_r) create_linear_ring =
        find<decltype(create_linear_ring)>("GEOSGeom_createLinearRing_r");
    decltype(&::GEOSGeom_createPointFromXY_r) create_point =
        find<decltype(create_point)>("GEOSGeom_createPointFromXY_r");
    decltype(&::GEOSGeom_createPolygon_r) create_polygon =
        find<decltype(create_polygon)>("GEOSGeom_createPolygon_r");
    decltype(&::GEOSGeom_destroy_r) destroy = find<decltype(destroy)>("GEOSGeom_destroy_r");
    decltype(&::GEOSGeom_getCoordSeq_r) get_coord_seq =
        find<decltype(get_coord_seq)>("GEOSGeom_getCoordSeq_r");
    decltype(&::GEOSGeom_setPrecision_r) set_precision =
        find<decltype(set_precision)>("GEOSGeom_setPrecision_r");
    decltype(&::GEOSGeom_transformXY_r) transform_xy = find<decltype(transform_xy)>("GEOSGeom_transformXY_r");
    decltype(&::GEOSGetExteriorRing_r) get_exterior_ring =
        find<decltype(get_exterior_ring)>("GEOSGetExteriorRing_r");
    decltype(&::GEOSGetGeometryN_r) get_geometry_n = find<decltype(get_geometry_n)>("GEOSGetGeometryN_r");
    decltype(&::GEOSGetInteriorRingN_r) get_interior_ring_n =
        find<decltype(get_interior_ring_n)>("GEOSGetInteriorRingN_r");
    decltype(&::GEOSGetNumGeometries_r) get_num_geometries =
        find<decltype(get_num_geometries)>("GEOSGetNumGeometries_r");
    decltype(&::GEOSGetNumInteriorRings_r) get_num_interior_rings =
        find<decltype(get_num_interior_rings)>("GEOSGetNumInteriorRings_r");
    decltype(&::GEOSIntersectionPrec_r) intersection_prec =
        find<decltype(intersection_prec)>("GEOSIntersectionPrec_r");
    decltype(&::GEOSIntersects_r) intersects = find<decltype(intersects)>("GEOSIntersects_r");
    decltype(&::GEOSMakeValid_r) make_valid = find<decltype(make_valid)>("GEOSMakeValid_r");
    decltype(&::GEOSMaximumInscribedCircle_r) maximum_inscribed_circle =
        find<decltype(maximum_inscribed_circle)>("GEOSMaximumInscribedCircle_r");
    decltype(&::GEOSPointOnSurface_r) point_on_surface =
        find<decltype(point_on_surface)>("GEOSPointOnSurface_r");
    decltype(&::GEOSPolygonize_r) polygonize = find<decltype(polygonize)>("GEOSPolygonize_r");
    decltype(&::GEOSTopologyPreserveSimplify_r) topology_preserve_simplify =
        find<decltype(topology_preserve_simplify)>("GEOSTopologyPreserveSimplify_r");
    decltype(&::GEOSUnaryUnionPrec_r) unary_union_prec =
        find<decltype(unary_union_prec)>("GEOSUnaryUnionPrec_r");
    decltype(&::GEOSVoronoiDiagram_r) voronoi_diagram =
        find<decltype(voronoi_diagram)>("GEOSVoronoiDiagram_r");
    decltype(&::GEOS_finish_r) finish = find<decltype(finish)>("GEOS_finish_r");
    decltype(&::GEOS_init_r) begin = find<decltype(begin)>("GEOS_init_r");
    decltype(&::GEOSisEmpty_r) is_empty = find<decltype(is_empty)>("GEOSisEmpty_r");
    decltype(&::GEOSisValidReason_r) is_valid_reason = find<decltype(is_valid_reason)>("GEOSisValidReason_r");
    decltype(&::GEOSisValid_r) is_valid = find<decltype(is_valid)>("GEOSisValid_r");

private:
    template <typename Function>
    Function find(char const* name) const {
        return library.function<Function>(name);
    }
};

/// Throws InputError when it cannot be loaded.
inline GeosLibrary const& geos() {
    static GeosLibrary const loaded;
    return loaded;
}

} // namespace kharita::geo
