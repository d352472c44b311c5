#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kharita::gazetteer {

/// A name as places are compared by: equal hashes mean equal names.
struct MatchName {
    std::uint64_t letters = 0; ///< of the folded letters without article: the same name
    std::uint64_t sound = 0;   ///< of what a transliteration or misspelling keeps; 0 where too little remains
    bool arabic = false;
};

/// What romanisations of one Arabic name have in common: consonants, digraphs and emphatics as one letter,
/// doubled ones once, without articles. "Dayr az Zawr", "Deir ez-Zor" → "drzr". Empty below three letters.
std::string latin_sound(std::string_view letters);

/// The name, and where it begins with a word for its kind («محافظة», "Governorate" at its end) the rest of it
/// too. None where nothing can be compared.
std::vector<MatchName> match_names(std::string_view name);

} // namespace kharita::gazetteer
