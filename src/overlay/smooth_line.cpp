#include "overlay/smooth_line.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kharita::overlay {

namespace {

/// Positive where a, b, c turn left.
double turn(LonLat a, LonLat b, LonLat c) noexcept {
    return (b.lon - a.lon) * (c.lat - a.lat) - (b.lat - a.lat) * (c.lon - a.lon);
}

bool in_triangle(LonLat a, LonLat b, LonLat c, LonLat at) noexcept {
    double const ab = turn(a, b, at);
    double const bc = turn(b, c, at);
    double const ca = turn(c, a, at);
    return (ab >= 0 && bc >= 0 && ca >= 0) || (ab <= 0 && bc <= 0 && ca <= 0);
}

LonLat quarter_way(LonLat from, LonLat to) noexcept {
    return rounded({std::lerp(from.lon, to.lon, 0.25), std::lerp(from.lat, to.lat, 0.25)});
}

/// Positions of one round, with the segment each lies on.
class Round {
public:
    void add(LonLat at, std::size_t segment) {
        if (m_line.points.empty() || m_line.points.back() != at) {
            m_line.points.push_back(at);
            m_line.segments.push_back(segment);
        }
    }

    /// The corner `at` between its neighbours, cut or, where an obstacle forbids, as it is.
    void corner(LonLat before, LonLat at, LonLat after, std::size_t segment_before, std::size_t segment_after,
                std::span<LonLat const> obstacles) {
        LonLat const first = quarter_way(at, before);
        LonLat const last = quarter_way(at, after);
        Extent box;
        for (LonLat const each : {first, at, last}) {
            box.add(each);
        }
        bool const blocked = std::any_of(obstacles.begin(), obstacles.end(), [&](LonLat obstacle) {
            return obstacle != at && box.contains(obstacle) && in_triangle(first, at, last, obstacle);
        });
        if (blocked) {
            add(at, segment_after);
        } else {
            add(first, segment_before);
            add(last, segment_after);
        }
    }

    TracedLine take() { return std::move(m_line); }

private:
    TracedLine m_line;
};

TracedLine once_smoothed(TracedLine const& line, std::span<LonLat const> obstacles) {
    auto const& points = line.points;
    auto const& segments = line.segments;
    std::size_t const last = points.size() - 1;
    Round round;
    bool const closed = line.is_closed();
    if (!closed) {
        round.add(points.front(), segments.front());
    }
    for (std::size_t i = 1; i < last; ++i) {
        round.corner(points[i - 1], points[i], points[i + 1], segments[i - 1], segments[i], obstacles);
    }
    if (!closed) {
        round.add(points.back(), segments.back());
        return round.take();
    }
    round.corner(points[last - 1], points[last], points[1], segments[last - 1], segments.front(), obstacles);
    TracedLine result = round.take();
    if (result.points.front() != result.points.back()) {
        result.points.push_back(result.points.front());
        result.segments.push_back(result.segments.front());
    }
    return result;
}

} // namespace

TracedLine smoothed(std::span<LonLat const> line, std::span<LonLat const> obstacles, int rounds) {
    TracedLine result{{line.begin(), line.end()}, std::vector<std::size_t>(line.size())};
    std::iota(result.segments.begin(), result.segments.end(), std::size_t{0});
    if (line.size() < 2) {
        return result;
    }
    result.segments.back() = line.size() - 2; // the last position lies on the last segment
    if (line.size() == 2) {
        return result;
    }
    for (int i = 0; i < rounds; ++i) {
        result = once_smoothed(result, obstacles);
    }
    return result;
}

} // namespace kharita::overlay
