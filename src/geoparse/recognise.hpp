#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "geoparse/draft.hpp"

namespace kharita::geoparse {

/// Which tokens are not the report's own text: links to other reports, tags, datelines. True is furniture.
std::vector<bool> find_furniture(Context const& context);

/// The names of places in a text, in order, none overlapping: matches of the gazetteer that evidence
/// supports, and unknown names where a place must stand.
std::vector<Draft> recognise(Context const& context);

/// Names that the gazetteer has with a type word which the text says once for several: «حقلي A وB» are «حقل
/// A» and «حقل B». Drafts of their tokens, spans and candidates alone.
std::vector<Draft> names_with_shared_head(Context const& context, std::vector<bool> const& furniture);

/// «أوتركيا»: a country run together with the «أو» before it. A draft of its tokens, span and candidates
/// alone.
std::optional<Draft> name_behind_or(Context const& context, std::size_t token);

/// «المملكة», where the text names by its name or adjective just one of the countries that may be meant, or
/// one by far the most often. Adds them to `drafts`, which keep their order.
void add_epithets(Context const& context, std::vector<bool> const& furniture, std::vector<Draft>& drafts);

/// «X الجديدة», where the gazetteer knows X alone, is a place that it lacks, «X القديمة» a part of the town.
void extend_by_tails(Context const& context, std::vector<Draft>& drafts);

/// Names that the gazetteer lacks, where the words around say that a place must stand: «قرية X», X in a list
/// of places, «في X بريف D». Adds them to `drafts`, which keep their order.
void add_unknown_names(Context const& context, std::vector<bool> const& furniture,
                       std::vector<Draft>& drafts);

} // namespace kharita::geoparse
