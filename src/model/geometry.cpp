#include "model/geometry.hpp"

namespace kharita {

Extent extent(Geometry const& geometry) {
    Extent all;
    for_each_position(geometry, [&](LonLat at) { all.add(at); });
    return all;
}

std::size_t vertex_count(Geometry const& geometry) {
    std::size_t count = 0;
    for_each_position(geometry, [&](LonLat) { ++count; });
    return count;
}

} // namespace kharita
