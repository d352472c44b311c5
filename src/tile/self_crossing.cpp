#include "tile/self_crossing.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "tile/segment_grid.hpp"

namespace kharita::tile {

namespace {

struct Box {
    SubPoint least;
    SubPoint most;

    void add(SubPoint at) noexcept {
        least = {std::min(least.x, at.x), std::min(least.y, at.y)};
        most = {std::max(most.x, at.x), std::max(most.y, at.y)};
    }
    bool meets(Box const& other) const noexcept {
        return least.x <= other.most.x && other.least.x <= most.x && least.y <= other.most.y &&
               other.least.y <= most.y;
    }
};

/// The rings of a geometry on the finest grid that Segment can hold, cut into short runs of segments, with
/// boxes round the runs, round each two of these, and so on: what follows one another in a ring lies
/// together.
class RingTree {
public:
    explicit RingTree(Geometry const& geometry) {
        Extent const box = extent(geometry);
        m_west = box.west;
        m_south = box.south;
        double const width = std::max(box.east - box.west, box.north - box.south);
        m_scale = width > 0 ? 0x1p28 / width : 0;
        if (auto const* polygon = std::get_if<Polygon>(&geometry)) {
            add(*polygon);
        } else if (auto const* polygons = std::get_if<MultiPolygon>(&geometry)) {
            for (Polygon const& each : polygons->polygons) {
                add(each);
            }
        }
        add_boxes();
    }

    /// Whether any two segments cross.
    bool crosses() const {
        if (m_runs.empty()) {
            return false;
        }
        Node const top{m_boxes.size() - 1, 0};
        std::vector<std::pair<Node, Node>> open{{top, top}};
        while (!open.empty()) {
            auto const [a, b] = open.back();
            open.pop_back();
            if (a == b) {
                if (a.level == 0 && crosses_itself(m_runs[a.index])) {
                    return true;
                }
                open_node(a, open);
            } else if (box(a).meets(box(b))) {
                if (a.level == 0 && b.level == 0) {
                    if (cross(a.index, b.index)) {
                        return true;
                    }
                } else {
                    open_pair(a, b, open);
                }
            }
        }
        return false;
    }

private:
    /// Segments between points [begin, end].
    struct Run {
        std::size_t begin = 0;
        std::size_t end = 0;
    };
    /// A box: of a run at level 0, of two boxes of the level below at the others.
    struct Node {
        std::size_t level = 0;
        std::size_t index = 0;
        friend bool operator==(Node const&, Node const&) = default;
    };

    void add(Polygon const& polygon) {
        add(polygon.outer);
        for (Ring const& hole : polygon.holes) {
            add(hole);
        }
    }

    void add(Ring const& ring) {
        constexpr std::size_t segments_of_run = 16;
        std::size_t const begin = m_points.size();
        m_points.reserve(begin + ring.size());
        for (LonLat const position : ring) {
            m_points.push_back(at(position));
        }
        for (std::size_t first = begin; first + 1 < m_points.size(); first += segments_of_run) {
            m_runs.push_back({first, std::min(first + segments_of_run, m_points.size() - 1)});
        }
    }

    SubPoint at(LonLat position) const noexcept {
        return {static_cast<std::int32_t>(std::lround((position.lon - m_west) * m_scale)),
                static_cast<std::int32_t>(std::lround((position.lat - m_south) * m_scale))};
    }

    void add_boxes() {
        std::vector<Box> level;
        level.reserve(m_runs.size());
        for (Run const& run : m_runs) {
            Box box{m_points[run.begin], m_points[run.begin]};
            for (std::size_t i = run.begin + 1; i <= run.end; ++i) {
                box.add(m_points[i]);
            }
            level.push_back(box);
        }
        while (level.size() > 1) {
            std::vector<Box> above;
            above.reserve((level.size() + 1) / 2);
            for (std::size_t i = 0; i < level.size(); i += 2) {
                Box box = level[i];
                if (i + 1 < level.size()) {
                    box.add(level[i + 1].least);
                    box.add(level[i + 1].most);
                }
                above.push_back(box);
            }
            m_boxes.push_back(std::exchange(level, std::move(above)));
        }
        m_boxes.push_back(std::move(level));
    }

    Box const& box(Node const& node) const noexcept { return m_boxes[node.level][node.index]; }

    /// How many boxes a box holds.
    std::size_t parts(Node const& node) const noexcept {
        return std::min<std::size_t>(2, m_boxes[node.level - 1].size() - 2 * node.index);
    }

    /// Each part of a box with itself, and both with one another.
    void open_node(Node const& node, std::vector<std::pair<Node, Node>>& open) const {
        if (node.level == 0) {
            return;
        }
        Node const first{node.level - 1, 2 * node.index};
        Node const second{node.level - 1, 2 * node.index + 1};
        open.emplace_back(first, first);
        if (parts(node) == 2) {
            open.emplace_back(second, second);
            open.emplace_back(first, second);
        }
    }

    /// The parts of the higher of two boxes with the other one.
    void open_pair(Node const& a, Node const& b, std::vector<std::pair<Node, Node>>& open) const {
        Node const& higher = a.level >= b.level ? a : b;
        Node const& other = a.level >= b.level ? b : a;
        for (std::size_t i = 0; i < parts(higher); ++i) {
            open.emplace_back(Node{higher.level - 1, 2 * higher.index + i}, other);
        }
    }

    Segment segment(std::size_t i) const noexcept {
        return {std::min(m_points[i], m_points[i + 1]), std::max(m_points[i], m_points[i + 1])};
    }

    bool crosses_itself(Run const& run) const noexcept {
        for (std::size_t i = run.begin; i < run.end; ++i) {
            Segment const one = segment(i);
            for (std::size_t k = i + 2; k < run.end; ++k) { // the next one only touches it, or lies along it
                Segment const other = segment(k);
                if (boxes_meet(one, other) && crossing(one, other)) {
                    return true;
                }
            }
        }
        return false;
    }

    bool cross(std::size_t first, std::size_t second) const noexcept {
        Run const& a = m_runs[first];
        Run const& b = m_runs[second];
        for (std::size_t i = a.begin; i < a.end; ++i) {
            Segment const one = segment(i);
            Box round{one.low, one.low};
            round.add(one.high);
            if (!round.meets(m_boxes.front()[second])) {
                continue;
            }
            for (std::size_t k = b.begin; k < b.end; ++k) {
                Segment const other = segment(k);
                if (boxes_meet(one, other) && crossing(one, other)) {
                    return true;
                }
            }
        }
        return false;
    }

    double m_west = 0;
    double m_south = 0;
    double m_scale = 0;
    std::vector<SubPoint> m_points; ///< of all rings, each with its first again at its end
    std::vector<Run> m_runs;
    std::vector<std::vector<Box>> m_boxes; ///< by level: of each run, of each two, …; of all
};

} // namespace

bool rings_cross(Geometry const& geometry) {
    return RingTree{geometry}.crosses();
}

} // namespace kharita::tile
