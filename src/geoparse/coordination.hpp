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

/// «بين X وY» is a space between two towns, not what two governments have with each other: takes the relation
/// from members that are countries or both capitals, from lists of one or of more than two, and from what
/// stands behind «تعاون» and its like. To be called once lists are formed.
void drop_false_between(Context const& context, std::vector<Draft>& drafts);

} // namespace kharita::geoparse
