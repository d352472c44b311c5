#pragma once

#include <optional>
#include <string>

#include "model/lon_lat.hpp"

namespace kharita {

/// An analyst's word against the program's, replayed on every rebuild.
///
/// What `target` names by kind: force_place and never_place a mention, `DOC_ID@START` (START in code points:
/// the words stay where they are when vocabulary moves), an event, whose mention is meant, or a name as texts
/// write it, wherever it stands; alias a name; edit and remove an event or zone; merge and split an event.
struct Correction {
    enum class Kind { alias, force_place, never_place, merge, split, edit, remove };
    Kind kind = Kind::alias;
    std::string target;
    std::string place;        ///< gazetteer id, where the kind needs one
    std::optional<LonLat> at; ///< for force_place: where it is, if at no place of the gazetteer
    std::string field;        ///< for edit: which field
    std::string value;        ///< for edit: its new value; for merge: the event that it is the same as
    std::string author;
    std::string reason;
    std::string made; ///< ISO 8601 time

    friend bool operator==(Correction const&, Correction const&) = default;
};

} // namespace kharita
