#pragma once

#include <geodesic.h>
#include <proj.h>

#include "base/loaded_module.hpp"

namespace kharita::geo {

/// The functions of PROJ, under names of our own. Its library is loaded when the first is needed: with what
/// reads grids from the network, which it brings along, it takes several milliseconds to start.
struct ProjLibrary {
    LoadedModule library = LoadedModule::library(KHARITA_PROJ_LIBRARY);

    decltype(&::proj_context_create) context_create = find<decltype(context_create)>("proj_context_create");
    decltype(&::proj_context_destroy) context_destroy =
        find<decltype(context_destroy)>("proj_context_destroy");
    decltype(&::proj_context_errno) context_errno = find<decltype(context_errno)>("proj_context_errno");
    decltype(&::proj_context_errno_string) context_errno_string =
        find<decltype(context_errno_string)>("proj_context_errno_string");
    decltype(&::proj_create) create = find<decltype(create)>("proj_create");
    decltype(&::proj_destroy) destroy = find<decltype(destroy)>("proj_destroy");
    decltype(&::proj_errno) error = find<decltype(error)>("proj_errno");
    decltype(&::proj_errno_reset) errno_reset = find<decltype(errno_reset)>("proj_errno_reset");
    decltype(&::proj_coord) coord = find<decltype(coord)>("proj_coord");
    decltype(&::proj_torad) to_radians = find<decltype(to_radians)>("proj_torad");
    decltype(&::proj_todeg) to_degrees = find<decltype(to_degrees)>("proj_todeg");
    decltype(&::proj_trans) trans = find<decltype(trans)>("proj_trans");
    decltype(&::geod_init) geod_init = find<decltype(geod_init)>("geod_init");
    decltype(&::geod_inverse) geod_inverse = find<decltype(geod_inverse)>("geod_inverse");
    decltype(&::geod_direct) geod_direct = find<decltype(geod_direct)>("geod_direct");
    decltype(&::geod_polygon_init) polygon_init = find<decltype(polygon_init)>("geod_polygon_init");
    decltype(&::geod_polygon_addpoint) polygon_add = find<decltype(polygon_add)>("geod_polygon_addpoint");
    decltype(&::geod_polygon_compute) polygon_compute =
        find<decltype(polygon_compute)>("geod_polygon_compute");

private:
    template <typename Function>
    Function find(char const* name) const {
        return library.function<Function>(name);
    }
};

/// Throws InputError when it cannot be loaded.
inline ProjLibrary const& proj() {
    static ProjLibrary const loaded;
    return loaded;
}

} // namespace kharita::geo
