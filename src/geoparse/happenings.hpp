#pragma once

#include <vector>

#include "geoparse/draft.hpp"

namespace kharita::geoparse {

/// Notes at which of the drafts something is told to have happened, by words of their own sentence before
/// them (gazetteer/vocabulary/geoparse/happenings.tsv). Lists must be formed and roles assigned.
void find_happenings(Context const& context, std::vector<Draft>& drafts);

} // namespace kharita::geoparse
