#include "overlay/shared_edges.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

namespace kharita::overlay {

namespace {

using Spot = std::pair<double, double>; ///< longitude and latitude, with an order

Spot spot(LonLat at) noexcept {
    return {at.lon, at.lat};
}

LonLat position(Spot at) noexcept {
    return {at.first, at.second};
}

struct Edge {
    Spot from; ///< the lesser end
    Spot to;
    std::size_t site = 0;

    friend auto operator<=>(Edge const&, Edge const&) = default;
};

struct SharedEdge {
    Spot from;
    Spot to;
    std::pair<std::size_t, std::size_t> sites;
    bool is_used = false;
};

using Parties = std::pair<std::string_view, std::string_view>;

std::vector<Edge> all_edges(ControlMap const& map) {
    std::vector<Edge> edges;
    auto const add = [&](Ring const& ring, std::size_t site) {
        for (std::size_t i = 1; i < ring.size(); ++i) {
            auto const [from, to] = std::minmax({spot(ring[i - 1]), spot(ring[i])});
            edges.push_back({from, to, site});
        }
    };
    for (Face const& face : map.faces) {
        add(face.area.outer, face.site);
        for (Ring const& hole : face.area.holes) {
            add(hole, face.site);
        }
    }
    std::sort(edges.begin(), edges.end());
    return edges;
}

/// Joins edges of one pair of parties into lines.
class Chains {
public:
    explicit Chains(std::vector<SharedEdge> edges) : m_edges{std::move(edges)} {
        for (std::size_t i = 0; i < m_edges.size(); ++i) {
            m_at[m_edges[i].from].push_back(i);
            m_at[m_edges[i].to].push_back(i);
        }
    }

    std::vector<SharedLine> all() {
        std::vector<SharedLine> lines;
        for (auto const& [end, edges] : m_at) { // open lines, from each end that is no mere joint
            if (edges.size() != 2) {
                start_at(end, edges, lines);
            }
        }
        for (auto const& [start, edges] : m_at) { // what is left is closed
            start_at(start, edges, lines);
        }
        return lines;
    }

private:
    void start_at(Spot start, std::vector<std::size_t> const& edges, std::vector<SharedLine>& lines) {
        for (std::size_t const edge : edges) {
            if (!m_edges[edge].is_used) {
                lines.push_back(follow(start, edge));
            }
        }
    }

    SharedLine follow(Spot at, std::size_t edge) {
        SharedLine line;
        line.points.push_back(position(at));
        for (;;) {
            SharedEdge& current = m_edges[edge];
            current.is_used = true;
            at = current.from == at ? current.to : current.from;
            line.points.push_back(position(at));
            line.facing.push_back(current.sites);
            auto const& next = m_at.at(at);
            if (next.size() != 2) {
                return line;
            }
            edge = next[0] == edge ? next[1] : next[0];
            if (m_edges[edge].is_used) {
                return line;
            }
        }
    }

    std::vector<SharedEdge> m_edges;
    std::map<Spot, std::vector<std::size_t>> m_at;
};

} // namespace

std::vector<SharedLine> shared_lines(ControlMap const& map, Config const& config) {
    std::map<Parties, std::vector<SharedEdge>> by_parties;
    std::vector<Edge> const edges = all_edges(map);
    for (std::size_t i = 1; i < edges.size(); ++i) {
        Edge const& one = edges[i - 1];
        Edge const& other = edges[i];
        if (one.from != other.from || one.to != other.to) {
            continue;
        }
        std::string_view const a = map.places[one.site].holder;
        std::string_view const b = map.places[other.site].holder;
        if (a.empty() || b.empty() || !config.are_rivals(a, b)) {
            continue;
        }
        by_parties[std::minmax(a, b)].push_back({one.from, one.to, {one.site, other.site}});
    }
    std::vector<SharedLine> all;
    for (auto& [parties, shared] : by_parties) {
        for (SharedLine& line : Chains{std::move(shared)}.all()) {
            line.actor_a = parties.first;
            line.actor_b = parties.second;
            all.push_back(std::move(line));
        }
    }
    return all;
}

} // namespace kharita::overlay
