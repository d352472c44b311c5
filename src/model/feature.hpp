#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "model/geometry.hpp"

namespace kharita {

/// An attribute value; numbers keep their type.
using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string>;

/// A geometry with attributes, as layers are exported and tiled.
struct Feature {
    std::uint64_t id = 0; ///< the low 53 bits of the event's id, so that JavaScript keeps it exact
    Geometry geometry;
    std::vector<std::pair<std::string, Value>> properties; ///< in the order they are written
    double rank = 0; ///< importance, for thinning: the higher stays longer

    friend bool operator==(Feature const&, Feature const&) = default;
};

/// A named set of features of one kind.
struct FeatureLayer {
    std::string name;
    std::vector<Feature> features;
};

} // namespace kharita
