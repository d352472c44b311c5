#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/lon_lat.hpp"

namespace kharita {

/// An administrative unit by its id (a P-code where one exists) and English name.
struct AdminUnit {
    std::string id;
    std::string name;
    friend bool operator==(AdminUnit const&, AdminUnit const&) = default;
};

/// A place as annotations, database and layers carry it: self-contained, no gazetteer needed to read it.
struct Place {
    std::string id;                ///< the gazetteer's, stable
    std::vector<std::string> refs; ///< ids in public sources: `C3458`, `gn:173566`
    std::string name;              ///< English
    std::string name_ar;
    std::string feature; ///< GeoNames feature code: PPL, ADM1, PCLI, AIRB, HLL …
    std::string country; ///< ISO 3166-1 alpha-3
    std::optional<AdminUnit> admin1;
    std::optional<AdminUnit> admin2;
    std::optional<AdminUnit> admin3;
    LonLat at;                   ///< a point inside it
    Metres uncertainty;          ///< radius round `at` in which "in this place" can be
    std::int64_t population = 0; ///< 0 where unknown
    int prominence = 0;          ///< how often conflict reporting names it, 0 .. 5

    friend bool operator==(Place const&, Place const&) = default;
};

} // namespace kharita
