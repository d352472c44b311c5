#include "overlay/frontline.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>
#include <string>
#include <utility>

#include "geo/geodesic.hpp"
#include "overlay/shared_edges.hpp"
#include "overlay/smooth_line.hpp"

namespace kharita::overlay {

namespace {

/// How much of the confidence is left to a stretch that no event proves.
constexpr double unproven = 0.7;

std::vector<LonLat> obstacles_of(ControlMap const& map, std::vector<SharedLine> const& lines) {
    std::vector<LonLat> obstacles;
    obstacles.reserve(map.places.size());
    for (HeldPlace const& place : map.places) {
        obstacles.push_back(place.at);
    }
    for (SharedLine const& line : lines) {
        obstacles.insert(obstacles.end(), line.points.begin(), line.points.end());
    }
    return obstacles;
}

/// The line cut at positions of its own into parts of about equal length; parts share their ends.
std::vector<TracedLine> stretches(TracedLine const& line, Metres about) {
    std::vector<double> so_far{0};
    for (std::size_t i = 1; i < line.points.size(); ++i) {
        so_far.push_back(so_far.back() + geo::distance(line.points[i - 1], line.points[i]).value);
    }
    double const total = so_far.back();
    double const count = std::max(1.0, std::round(total / about.value));
    std::vector<TracedLine> parts;
    TracedLine part;
    double next = 1;
    for (std::size_t i = 0; i < line.points.size(); ++i) {
        part.points.push_back(line.points[i]);
        part.segments.push_back(line.segments[i]);
        bool const is_last = i + 1 == line.points.size();
        if (!is_last && part.points.size() > 1 && so_far[i] >= total * next / count) {
            parts.push_back(std::exchange(part, {{line.points[i]}, {line.segments[i]}}));
            next = std::floor(so_far[i] / total * count) + 1;
        }
    }
    parts.push_back(std::move(part));
    return parts;
}

/// Distance from a position to a line, on a plane that touches the Earth there: good to 0.5 % within 50 km.
double metres_to(LonLat at, std::vector<LonLat> const& line) noexcept {
    constexpr double metres_a_degree = 111'195;
    double const narrower = std::cos(at.lat * std::numbers::pi / 180);
    auto const x = [&](LonLat each) { return (each.lon - at.lon) * narrower * metres_a_degree; };
    auto const y = [&](LonLat each) { return (each.lat - at.lat) * metres_a_degree; };
    double best = std::numeric_limits<double>::infinity();
    for (std::size_t i = 1; i < line.size(); ++i) {
        double const ax = x(line[i - 1]);
        double const ay = y(line[i - 1]);
        double const dx = x(line[i]) - ax;
        double const dy = y(line[i]) - ay;
        double const squared = dx * dx + dy * dy;
        double const along = squared > 0 ? std::clamp(-(ax * dx + ay * dy) / squared, 0.0, 1.0) : 0.0;
        best = std::min(best, std::hypot(ax + along * dx, ay + along * dy));
    }
    return best;
}

bool proves_a_front(PlacedEvent const& event) noexcept {
    return event.at && event.date &&
           (event.modality == Modality::occurred || event.modality == Modality::failed) &&
           (event.event_type == "Battles" || !event.control_change.empty());
}

void add_evidence(Frontline& front, std::vector<LonLat> const& line, std::span<PlacedEvent const> events,
                  Config const& config) {
    for (PlacedEvent const& event : events) {
        if (!proves_a_front(event) || *event.date > front.date ||
            front.date - *event.date > std::chrono::days{config.evidence_days} ||
            event.uncertainty > config.evidence_reach || // "in the countryside of Hama" proves no stretch
            metres_to(*event.at, line) > config.evidence_reach.value) {
            continue;
        }
        front.evidence.push_back(event.id);
        front.last_evidence = std::max(front.last_evidence.value_or(*event.date), *event.date);
    }
    std::sort(front.evidence.begin(), front.evidence.end());
    front.evidence.erase(std::unique(front.evidence.begin(), front.evidence.end()), front.evidence.end());
}

double confidence_of(Frontline const& front, TracedLine const& part, SharedLine const& line,
                     ControlMap const& map, Config const& config) {
    double sum = 0;
    for (std::size_t const segment : part.segments) {
        auto const [a, b] = line.facing[segment];
        HeldPlace const& left = map.places[a];
        HeldPlace const& right = map.places[b];
        double const apart = geo::distance(left.at, right.at).value / (2 * config.reach.value);
        sum += std::min(left.confidence, right.confidence) * (1 - 0.5 * std::min(1.0, apart));
    }
    double const places = sum / static_cast<double>(part.segments.size());
    double fresh = 0;
    if (front.last_evidence) {
        auto const age = static_cast<double>((front.date - *front.last_evidence).count());
        fresh = 1 - age / (config.evidence_days + 1);
    }
    return places * (unproven + (1 - unproven) * fresh);
}

} // namespace

std::vector<Frontline> frontlines(ControlMap const& map, std::span<PlacedEvent const> events,
                                  Config const& config) {
    std::vector<SharedLine> const lines = shared_lines(map, config);
    std::vector<LonLat> const obstacles = obstacles_of(map, lines);
    std::vector<Frontline> all;
    for (SharedLine const& line : lines) {
        TracedLine const smooth = smoothed(line.points, obstacles, config.smoothing_rounds);
        for (TracedLine const& part : stretches(smooth, config.stretch)) {
            Frontline front{line.actor_a, line.actor_b, map.date, {{{part.points}}}, {}, {}, 0};
            add_evidence(front, part.points, events, config);
            front.confidence = confidence_of(front, part, line, map, config);
            all.push_back(std::move(front));
        }
    }
    return all;
}

} // namespace kharita::overlay
