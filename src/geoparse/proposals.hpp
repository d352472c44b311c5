#pragma once

#include <optional>
#include <vector>

#include "geoparse/draft.hpp"
#include "geoparse/name_facts.hpp"

namespace kharita::geoparse {

/// What a match is by itself, before its neighbours are looked at.
struct Proposal {
    Draft draft;
    NameFacts facts;
    double own = 0;               ///< evidence of the name and its setting
    std::optional<TypeWord> head; ///< of many, its own or that at the head of its list
    bool runs_on = false; ///< a word of the language that the phrase goes on after («كسب تأييد»)
    bool accepted = false;
    bool called_after = false; ///< a paper or title called after the place, which is not meant
};

/// «وقاح»: behind a proclitic, three letters of a name that few know.
bool is_short_rest(Context const& context, Draft const& draft, NameFacts const& facts);

/// Accepts the proposals that their own evidence supports with that of their lists and of the same name
/// elsewhere in the text. `proposals` are in the order of their first tokens and may overlap.
void accept_by_neighbours(Context const& context, std::vector<Proposal>& proposals);

} // namespace kharita::geoparse
