#pragma once

#include <vector>

#include "event/scene.hpp"
#include "model/zone.hpp"

namespace kharita::event {

/// The zones a text speaks of, in text order, each once: kind, how far it has come, the border or road it
/// runs along, the side it lies on, stated depth and length, name, and who declared it. A zone that the text
/// ties to no border, road or area is left out.
std::vector<Zone> find_zones(Scene const& scene);

} // namespace kharita::event
