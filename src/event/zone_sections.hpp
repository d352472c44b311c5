#pragma once

#include <optional>
#include <string>

#include "event/scene.hpp"

namespace kharita::event {

/// The stretch of a border or way between two places that a sentence names for a zone.
struct ZoneSection {
    std::string words;   ///< as in Zone::along: "from NAME (LON LAT) to NAME (LON LAT)"
    std::string country; ///< in which both ends lie; empty where they lie in two
};

/// The first section named behind token `zone` in its sentence, else before it: «بين X وY», «من X إلى Y»,
/// "from X to Y". Both ends are resolved places smaller than a sub-district, no capitals and nobody's
/// metonym.
std::optional<ZoneSection> section_of_zone(Scene const& scene, text::TokenRange sentence, std::size_t zone);

} // namespace kharita::event
