#pragma once

#include <cstddef>

#include "geoparse/draft.hpp"

namespace kharita::geoparse {

/// What stands between two phrases.
enum class Gap : std::uint8_t {
    nothing,   ///< nothing, or quotation marks and adjectives («المحتلة»)
    separator, ///< a comma, a dash, «و», "and"
    bracket,   ///< an opening bracket: the second explains the first
    other,     ///< other words
};

Gap gap_between(Context const& context, Setting const& first, Setting const& second);

/// Whether the second phrase goes on with a list that the first belongs to: «A، وB», «بلدتي A وB».
bool coordinates(Context const& context, Setting const& first, Setting const& second);

/// Gives every draft its list, and type words of a list's head («قرى A وB») to its members.
void form_lists(Context const& context, std::vector<Draft>& drafts);

} // namespace kharita::geoparse
