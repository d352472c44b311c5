#pragma once

#include <vector>

#include "geoparse/draft.hpp"

namespace kharita::geoparse {

/// Ties drafts to the wider place that binds them: stated («A، وB بريف D», «D:: …»), or inherited from a
/// scope named before in the sentence or in the bulletin's heading. Lists must be formed.
void bind_scopes(Context const& context, std::vector<Draft>& drafts);

} // namespace kharita::geoparse
