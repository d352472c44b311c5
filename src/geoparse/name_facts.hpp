#pragma once

#include <optional>
#include <string_view>

#include "geoparse/draft.hpp"

namespace kharita::geoparse {

/// What the gazetteer and the vocabulary say of a name, whatever stands around it.
struct NameFacts {
    int prominence = 0;   ///< of its most prominent place
    ClassSet classes = 0; ///< of all its places
    gazetteer::MatchKind best = gazetteer::MatchKind::fuzzy;
    std::optional<double> prior; ///< of a name that is also a word: how likely it is the place
};

/// The folded name without proclitics; of «للباب» the codes as written. Valid while the text lives.
std::string_view name_codes(Context const& context, Draft const& draft);

NameFacts facts_of(Context const& context, Draft const& draft);

/// Whether a match is another word by its form and its neighbours: an adjective («السورية»), a word that
/// begins with و or ب («وزارة»), half of a longer name («الحلوة» of «عين الحلوة»), a counted noun («140
/// حسينية»), a tag.
bool is_misread(Context const& context, Draft const& draft, NameFacts const& facts);

/// «عائلة سورية», «مقتل 12 سوريا»: a country's name that is an adjective, or its people counted. The draft's
/// setting must have been read.
bool is_nationality(Context const& context, Draft const& draft, NameFacts const& facts);

} // namespace kharita::geoparse
