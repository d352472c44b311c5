#pragma once

#include "geoparse/draft.hpp"
#include "geoparse/name_facts.hpp"

namespace kharita::geoparse {

/// «بيان جنيف», «جنيف 2», «حملة «حلب تنادي»»: a paper, a conference by its number or the title of a campaign,
/// called after a place that is not meant. The draft's setting must have been read.
bool is_called_after_place(Context const& context, Draft const& draft, NameFacts const& facts);

/// The name stands in quotation marks by itself («الطائف»), as papers do once they were told of.
bool is_quoted_alone(Context const& context, Draft const& draft);

} // namespace kharita::geoparse
