#pragma once

#include <optional>

#include "gazetteer/boundaries.hpp"
#include "gazetteer/gazetteer.hpp"
#include "model/lon_lat.hpp"
#include "model/place.hpp"

namespace kharita::extract {

/// A place for a point that an analyst set: that of no gazetteer, in the admin units whose outlines hold it,
/// of the smallest of them whatever the gazetteer says is above it. Nothing where no outline holds it; ids of
/// outlines that the gazetteer does not know do not count.
std::optional<Place> forced_point(LonLat at, Metres uncertainty, gazetteer::Boundaries const& outlines,
                                  gazetteer::Gazetteer const& gazetteer);

} // namespace kharita::extract
