#pragma once

#include <memory>

#include "model/geometry.hpp"

namespace kharita::geo {

/// A position in a plane: metres to the east and to the north of a projection's centre.
struct PlanePoint {
    double x = 0;
    double y = 0;
    friend constexpr bool operator==(PlanePoint, PlanePoint) = default;
};

/// A map projection of the WGS 84 ellipsoid round a centre, by PROJ. One thread at a time.
class Projection {
public:
    /// True distances and directions from the centre (PROJ: aeqd). For discs and nearest places.
    static Projection azimuthal_equidistant(LonLat centre);

    Projection(Projection&&) noexcept;
    Projection& operator=(Projection&&) noexcept;
    Projection(Projection const&) = delete;
    Projection& operator=(Projection const&) = delete;
    ~Projection();

    /// Throws GeometryError for a position that is not valid or that the projection cannot show.
    PlanePoint to_plane(LonLat at) const;
    LonLat to_lon_lat(PlanePoint at) const;

private:
    struct State;
    explicit Projection(std::unique_ptr<State> state) noexcept;
    static Projection make(char const* method, LonLat centre);
    std::unique_ptr<State> m_state;
};

} // namespace kharita::geo
