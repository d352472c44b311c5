#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "model/lon_lat.hpp"

namespace kharita::overlay {

/// A line that remembers where its positions come from.
struct TracedLine {
    std::vector<LonLat> points; ///< of a closed line the last equals the first
    /// Per position, the index of a segment of the line as it was first given: segment i joins the given
    /// positions i and i + 1.
    std::vector<std::size_t> segments;

    bool is_closed() const noexcept { return points.size() > 3 && points.front() == points.back(); }
};

/// The line with every corner cut at a quarter of its sides, `rounds` times over (Chaikin 1974). A corner
/// stays when one of `obstacles` other than itself lies in the triangle that would be cut off, so that the
/// line never passes over an obstacle. The ends of an open line stay.
TracedLine smoothed(std::span<LonLat const> line, std::span<LonLat const> obstacles, int rounds);

} // namespace kharita::overlay
