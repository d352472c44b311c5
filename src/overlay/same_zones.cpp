#include <algorithm>
#include <map>
#include <tuple>

#include "overlay/zones.hpp"

namespace kharita::overlay {

namespace {

/// Zones that may be one: none states what another contradicts.
struct Group {
    std::optional<double> depth_km;
    std::optional<double> length_km;
    std::string name;
    std::vector<std::size_t> zones;
};

template <typename Value>
bool agree(std::optional<Value> const& a, std::optional<Value> const& b) {
    return !a || !b || *a == *b;
}

bool may_join(Group const& group, Zone const& zone) {
    return agree(group.depth_km, zone.depth_km) && agree(group.length_km, zone.length_km) &&
           (group.name.empty() || zone.name.empty() || group.name == zone.name);
}

void join(Group& group, Zone const& zone, std::size_t position) {
    group.depth_km = group.depth_km ? group.depth_km : zone.depth_km;
    group.length_km = group.length_km ? group.length_km : zone.length_km;
    group.name = group.name.empty() ? zone.name : group.name;
    group.zones.push_back(position);
}

int stated(Zone const& zone) {
    // A depth is drawn; a length is only told; a name helps readers.
    return (zone.depth_km ? 4 : 0) + (zone.length_km ? 2 : 0) + (zone.name.empty() ? 0 : 1);
}

} // namespace

std::vector<std::size_t> same_zones(std::span<Zone const> zones) {
    using Key = std::tuple<ZoneKind, ZoneStatus, std::string_view, std::string_view>;
    std::map<Key, std::vector<Group>> groups;
    std::vector<std::size_t> same;
    same.reserve(zones.size());
    for (std::size_t i = 0; i < zones.size(); ++i) {
        Zone const& zone = zones[i];
        same.push_back(i);
        if (zone.along.empty()) {
            continue;
        }
        auto& of_key = groups[{zone.kind, zone.status, zone.along, zone.side}];
        auto group = std::ranges::find_if(of_key, [&](Group const& each) { return may_join(each, zone); });
        if (group == of_key.end()) {
            group = of_key.insert(of_key.end(), Group{});
        }
        join(*group, zone, i);
    }
    for (auto const& [key, of_key] : groups) {
        for (Group const& group : of_key) {
            std::size_t const best = *std::ranges::max_element(
                group.zones, {}, [&](std::size_t position) { return stated(zones[position]); });
            for (std::size_t const position : group.zones) {
                same[position] = best;
            }
        }
    }
    return same;
}

} // namespace kharita::overlay
