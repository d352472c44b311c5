#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/lon_lat.hpp"

namespace kharita::store {

class Database;

/// The point that distances are measured from.
struct NamedPlace {
    LonLat at;
    std::string note; ///< what the name was taken for; empty for an id or a position
};

/// The point of a place that reports name: by its id, by its name, English (in either case) or Arabic, or the
/// position itself as "LON,LAT". A settlement, or whatever else is at a point, goes before admin units of the
/// name, which are areas. Throws InputError where no report names it, or where several places are called so,
/// with their ids.
NamedPlace named_place(Database& database, std::string_view text);

/// Whether reports name a place of this id or name that is at a point, not an area, or the text is a
/// position.
bool knows_point(Database& database, std::string_view text);

} // namespace kharita::store
