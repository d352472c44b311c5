#pragma once

#include <optional>
#include <string>

#include "model/lon_lat.hpp"

namespace kharita {

/// An analyst's word against the program's, replayed on every rebuild.
struct Correction {
    enum class Kind { alias, force_place, never_place, merge, split, edit, remove };
    Kind kind = Kind::alias;
    std::string target; ///< event or mention id, or the name an alias is for
    std::string place;  ///< gazetteer id, where the kind needs one
    std::optional<LonLat> at;
    std::string field; ///< for edit: which field
    std::string value; ///< for edit: its new value
    std::string author;
    std::string reason;
    std::string made; ///< ISO 8601 time

    friend bool operator==(Correction const&, Correction const&) = default;
};

} // namespace kharita
