#pragma once

#include <vector>

#include "geoparse/draft.hpp"

namespace kharita::geoparse {

/// Gives each draft its role: scope, origin, heading, metonym, else other. Places must be resolved.
void assign_roles(Context const& context, std::vector<Draft>& drafts);

} // namespace kharita::geoparse
