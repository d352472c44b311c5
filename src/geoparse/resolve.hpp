#pragma once

#include <vector>

#include "geoparse/draft.hpp"

namespace kharita::geoparse {

/// Chooses each draft's place: scope, type words, neighbours, one sense per text, prominence. Where no
/// candidate stands out, `place` stays no_place, with the reason and the alternatives. Scopes must be bound.
/// Drafts further apart than `neighbour_window` (neighbours.hpp) say nothing of each other but by scope.
void resolve(Context const& context, std::vector<Draft>& drafts);

} // namespace kharita::geoparse
