#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "overlay/config.hpp"
#include "overlay/control.hpp"

namespace kharita::overlay {

/// A line along which two rival parties face each other.
struct SharedLine {
    std::string actor_a; ///< parties in alphabetical order
    std::string actor_b;
    std::vector<LonLat> points; ///< of a closed line the last equals the first
    /// Per segment the places (indices into ControlMap::places) on either side.
    std::vector<std::pair<std::size_t, std::size_t>> facing;
};

/// The edges between faces of rival parties, joined end to end where exactly two of one pair of parties meet;
/// each from its western end (a closed one from its westernmost position), by parties, then from west to
/// east.
std::vector<SharedLine> shared_lines(ControlMap const& map, Config const& config);

} // namespace kharita::overlay
