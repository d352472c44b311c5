#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/event.hpp"
#include "model/geometry.hpp"
#include "model/lon_lat.hpp"
#include "model/span.hpp"

namespace kharita {

enum class ZoneKind { safe_zone, corridor, deescalation, buffer, no_fly };
enum class ZoneStatus { proposed, agreed, in_force, violated, ended };

/// A zone that a text speaks of. Its polygon is derived later, by overlay/.
struct Zone {
    std::string id; ///< 32 hexadecimal digits, from doc_id, span and ordinal
    Span span;      ///< the words that name it
    ZoneKind kind = ZoneKind::safe_zone;
    ZoneStatus status = ZoneStatus::proposed;
    /// A border ("SYR-TUR border") or a road ("M4"); empty where the text names none. Where it names two
    /// places between which the zone lies, the section of the border, or of one not named, from one to the
    /// other, longitude first: "SYR-TUR border from Tell Abyad (38.9507 36.6935) to Ras al-Ayn (40.0726
    /// 36.8498)", "from … to …".
    std::string along;
    std::string side; ///< country or governorate id in which it lies; empty where unknown
    std::optional<double> depth_km;
    std::optional<double> length_km;
    std::vector<ActorRef> declared_by;
    std::string name;         ///< proper name, «ممر السلام»; empty where it has none
    std::optional<Date> date; ///< the day it is spoken of
    double confidence = 0;
    std::string why;

    friend bool operator==(Zone const&, Zone const&) = default;
};

} // namespace kharita
