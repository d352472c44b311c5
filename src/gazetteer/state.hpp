#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gazetteer/gazetteer.hpp"
#include "gazetteer/name_index.hpp"
#include "gazetteer/spelling.hpp"

namespace kharita::gazetteer {

struct TransparentHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
        return std::hash<std::string_view>{}(text);
    }
};

struct Gazetteer::State {
    std::vector<Place> places;                   ///< by id
    std::vector<std::vector<std::string>> names; ///< Arabic, English, aliases
    std::vector<FeatureClass> classes;
    std::vector<PlaceIndex> parents;
    std::unordered_map<std::string, PlaceIndex, TransparentHash, std::equal_to<>> by_id;
    NameIndex index;
    SpellingIndex spelling; ///< of index.names()
    std::string content_hash;
};

} // namespace kharita::gazetteer
