#pragma once

#include "model/feature.hpp"

namespace kharita::tile {

/// Gives every feature of a layer an id of its own, below 2^53 so that JavaScript keeps it exact, and the
/// same from build to build: the low 53 bits of the id it has; else of a hexadecimal text property "id" of 32
/// digits or "event_id"; else of a hash of that text; else of a hash of its content. Features that would
/// share an id get the next free one, in their order.
void assign_ids(FeatureLayer& layer);

} // namespace kharita::tile
