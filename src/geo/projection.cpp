#include "geo/projection.hpp"

#include <cmath>
#include <string>
#include <utility>

#include <fmt/core.h>

#include "base/error.hpp"
#include "geo/proj_library.hpp"

namespace kharita::geo {

namespace {

struct DestroyContext {
    void operator()(PJ_CONTEXT* context) const noexcept { proj().context_destroy(context); }
};

struct DestroyProjection {
    void operator()(PJ* projection) const noexcept { proj().destroy(projection); }
};

} // namespace

struct Projection::State {
    std::unique_ptr<PJ_CONTEXT, DestroyContext> context; // before `projection`: it must die last
    std::unique_ptr<PJ, DestroyProjection> projection;
};

Projection::Projection(std::unique_ptr<State> state) noexcept : m_state{std::move(state)} {}
Projection::Projection(Projection&&) noexcept = default;
Projection& Projection::operator=(Projection&&) noexcept = default;
Projection::~Projection() = default;

Projection Projection::make(char const* method, LonLat centre) {
    if (!is_valid(centre)) {
        fail<GeometryError>("projection: the centre [{}, {}] is no position", centre.lon, centre.lat);
    }
    auto state = std::make_unique<State>();
    state->context.reset(proj().context_create());
    std::string const definition =
        fmt::format("+proj={} +lat_0={} +lon_0={} +ellps=WGS84", method, centre.lat, centre.lon);
    state->projection.reset(proj().create(state->context.get(), definition.c_str()));
    if (!state->projection) {
        fail<GeometryError>(
            "PROJ: {}: {}", definition,
            proj().context_errno_string(state->context.get(), proj().context_errno(state->context.get())));
    }
    return Projection{std::move(state)};
}

Projection Projection::azimuthal_equidistant(LonLat centre) {
    return make("aeqd", centre);
}

PlanePoint Projection::to_plane(LonLat at) const {
    if (!is_valid(at)) {
        fail<GeometryError>("projection: [{}, {}] is no position", at.lon, at.lat);
    }
    PJ* const projection = m_state->projection.get();
    proj().errno_reset(projection);
    PJ_COORD const plane = proj().trans(
        projection, PJ_FWD, proj().coord(proj().to_radians(at.lon), proj().to_radians(at.lat), 0, 0));
    if (int const number = proj().error(projection)) {
        fail<GeometryError>("PROJ: [{}, {}]: {}", at.lon, at.lat,
                            proj().context_errno_string(m_state->context.get(), number));
    }
    return {plane.xy.x, plane.xy.y};
}

LonLat Projection::to_lon_lat(PlanePoint at) const {
    constexpr double half_circumference = 20'037'509; // of the ellipsoid's equator, rounded up
    bool const on_earth = std::abs(at.x) <= half_circumference && std::abs(at.y) <= half_circumference;
    if (!on_earth) { // NaN is not, either
        fail<GeometryError>("projection: ({}, {}) metres is not on the Earth", at.x, at.y);
    }
    PJ* const projection = m_state->projection.get();
    proj().errno_reset(projection);
    PJ_COORD const sphere = proj().trans(projection, PJ_INV, proj().coord(at.x, at.y, 0, 0));
    LonLat const position{proj().to_degrees(sphere.lp.lam), proj().to_degrees(sphere.lp.phi)};
    if (proj().error(projection) != 0 || !is_valid(position)) {
        fail<GeometryError>("PROJ: ({}, {}) metres is outside the projection", at.x, at.y);
    }
    return position;
}

} // namespace kharita::geo
